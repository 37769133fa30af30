package index

// award finds the patterns that the query holds whole, and what they earn. A document with none earns
// less by its concepts than reach, the idf of all concepts asked for, so reach alone puts the pattern
// before what merely shares concepts. The rest of the bonus grows with the share of the question that the
// pattern covers: a pattern that is the whole question comes before everything else; in a long message
// that touches on many things, a text that has its words and numbers still comes before a small pattern.
// The share is squared because even a word-for-word text earns only about half of most.
//
// asked are the query's concepts and most is what its other terms can earn. A concept that no document has
// is left out of reach, for nothing earns by it; it weighs only in the patterns that name it.
func (v *view) award(s *scratch, asked []term, most float64) {
	var reach float64
	for _, t := range asked {
		if t.df > 0 {
			reach += t.idf
		}
	}
	for i, sh := range v.shards {
		if sh == nil {
			continue
		}
		v.findHeld(s, i, asked)
		for n, h := range s.held[i] {
			h.points = s.scale.points(float32(h.bonus(reach, most)))
			s.held[i][n] = h
		}
	}
}

// scorePatterns gives the bonuses of the patterns held to the classes of one size, each that of its heaviest.
func (v *view) scorePatterns(s *scratch, size int) {
	for i, sh := range v.shards {
		for n, h := range s.held[i] {
			for _, p := range sh.bySize[size][n] {
				s.raise(v.firstClass[i]+p.doc(), h.points)
			}
		}
	}
	s.settle()
}

// bonusOfSize returns the highest bonus in the classes of one size; 0 where none has any.
func (v *view) bonusOfSize(s *scratch, size int) (most points) {
	for i, sh := range v.shards {
		for n, h := range s.held[i] {
			if h.points > most && len(sh.bySize[size][n]) > 0 {
				most = h.points
			}
		}
	}
	return most
}

// bonusOf returns the bonus of one class.
func (v *view) bonusOf(s *scratch, shard int, key classKey) (most points) {
	if len(s.held[shard]) == 0 {
		return 0
	}
	for _, n := range key.patterns() {
		most = max(most, s.held[shard][n].points)
	}
	return most
}

// bonus returns what the pattern earns a document; always above zero, and the more the heavier it is.
func (h heldPattern) bonus(reach, most float64) float64 {
	share := h.weight / max(reach, h.weight)
	return max(reach, h.weight) + h.weight + most*share*share
}

// findHeld notes the patterns of a shard that the query holds.
func (v *view) findHeld(s *scratch, shard int, asked []term) {
	clear(s.asked)
	for _, t := range asked {
		if t.numbers[shard] != gone {
			s.asked[t.numbers[shard]] = t.idf
		}
	}
	for c := range s.asked {
		for _, a := range v.shards[shard].anchors[c] {
			if w, ok := a.key.weight(s.asked); ok {
				s.held[shard][a.pattern] = heldPattern{weight: w, size: a.key.size()}
			}
		}
	}
}

// weight returns the sum of the idf of the pattern's concepts, and whether all of them are asked for.
func (k patternKey) weight(asked map[uint32]float64) (float64, bool) {
	var sum float64
	for c := range k.concepts() {
		idf, ok := asked[c]
		if !ok {
			return 0, false
		}
		sum += idf
	}
	return sum, true
}

// heaviest returns which pattern of a class the query holds that weighs most, and its size; −1 and 0
// without one. Of equals it is the longer, then the first.
func (v *view) heaviest(s *scratch, shard int, class uint32) (at, size int) {
	at = -1
	if len(s.held[shard]) == 0 {
		return at, size
	}
	var weight float64
	for i, p := range v.shards[shard].briefs[class].key.patterns() {
		h, ok := s.held[shard][p]
		if ok && (h.weight > weight || h.weight == weight && h.size > size) {
			at, size, weight = i, h.size, h.weight
		}
	}
	return at, size
}
