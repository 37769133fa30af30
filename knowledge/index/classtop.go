package index

// classPoints scores the classes of a shard that name a concept.
func (v *view) classPoints(s *scratch, shard int, postings []posting, points float32) {
	first, sizes := v.classes[shard], v.counts[shard]
	for _, p := range postings {
		c := p.doc()
		s.classes.score(first+c, points*v.lengths.concept(p, sizes[c]))
	}
}

// chooseFromClasses offers the documents of scored classes of which nothing but the class scores. They rank by
// tieBreak alone, so that the first of them that isn't good enough ends the class.
func (v *view) chooseFromClasses(s *scratch, limit int) {
	for _, n := range s.classes.touched[:s.classes.count] {
		score := s.classes.scores[n]
		if len(s.best) == limit && score < s.best[0].score {
			continue
		}
		shard, number := v.locateClass(n)
		sh := v.shards[shard]
		c := candidate{score: score}
		c.pattern, c.size = v.heaviest(s, shard, number)
		for _, d := range sh.classes.all[number].docs {
			c.number, c.tie = v.first[shard]+d, sh.docs[d].tie
			if sh.sizes[d].dead || s.scores[c.number] != 0 {
				continue
			}
			if !s.offer(&c, limit) {
				break
			}
		}
	}
}

// locateClass returns the shard of a class and its number there.
func (v *view) locateClass(n uint32) (shard int, class uint32) {
	for n >= v.classes[shard+1] {
		shard++
	}
	return shard, n - v.classes[shard]
}
