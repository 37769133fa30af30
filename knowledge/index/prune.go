package index

// Scores are added up in float32, and in another order than exact ones. Where a partial score is compared with
// what is needed, this share allows for the rounding.
const slack = 1e-4

// What it takes to score a candidate exactly, in postings that could be read in the same time.
const (
	docCost   = 300
	classCost = 40
)

// pruning finds the best without reading all postings (MaxScore, after Turtle and Flood). Clauses are scored from
// the one that can earn most on. Once what is left can't lift a document that nothing has scored among the best,
// and only few of the others, these few are scored exactly and the rest of the postings, the longest, stay unread.
type pruning struct {
	*view
	*scratch
	clauses  []clause  // in the order of their names
	rest     []*clause // still to be scored, the most earning first
	left     float32   // what the rest can earn
	postings int       // of the rest
	limit    int
}

// prune puts the best documents into s.best, best first. Patterns have been awarded.
func (v *view) prune(s *scratch, clauses []clause, limit int) {
	p := pruning{view: v, scratch: s, clauses: clauses, rest: byBound(clauses), limit: limit}
	for _, c := range p.rest {
		p.left += c.bound
		p.postings += c.size
	}
	for len(p.rest) > 0 && !p.enough() {
		c := p.rest[0]
		v.score(s, c)
		p.rest, p.left, p.postings = p.rest[1:], p.left-c.bound, p.postings-c.size
	}
	if len(p.rest) == 0 {
		p.left = 0
		p.gather(p.floor())
	}
	p.finish()
}

// enough reports whether the candidates are known and few. It isn't asked in vain: looking through what was scored
// must cost less than the next clause.
func (p *pruning) enough() bool {
	if next := p.rest[0].size; next < p.pruneFrom/4 || next < (p.count+p.classes.count)/2 {
		return false
	}
	floor := p.floor() * (1 - slack)
	return floor > p.left*(1+slack) && p.gather(floor)
}

// floor returns a score that the worst of the best has at least; 0 while there are too few of them.
func (p *pruning) floor() float32 {
	lowest := lowest{most: p.limit, scores: p.lowest[:0]}
	for _, n := range p.classes.touched[:p.classes.count] {
		score := p.classes.scores[n]
		if score > lowest.floor() {
			i, c := p.locateClass(n)
			for range min(int(p.shards[i].all[c].live), p.limit) {
				lowest.add(score)
			}
		}
	}
	floor := lowest.floor()
	lowest.scores = lowest.scores[:0] // a document of a scored class may be scored itself: not both count
	for _, n := range p.touched[:p.count] {
		if score := p.partial(n); score > lowest.floor() {
			if i, d := p.locate(n); !p.sizes[i][d].dead {
				lowest.add(score)
			}
		}
	}
	p.scratch.lowest = lowest.scores[:0]
	return max(floor, lowest.floor())
}

// partial returns what a document has earned so far.
func (p *pruning) partial(n uint32) float32 {
	i, d := p.locate(n)
	return p.scores[n] + p.classes.scores[p.firstClass[i]+p.shards[i].of[d]]
}

// gather notes the documents and classes that can still be among the best, and reports whether scoring them is
// cheaper than to read on.
func (p *pruning) gather(floor float32) bool {
	p.candidates, p.classCandidates = p.candidates[:0], p.classCandidates[:0]
	bar, cost := floor*(1-slack)-p.left*(1+slack), 0
	for _, n := range p.touched[:p.count] {
		if p.partial(n) >= bar {
			p.candidates = append(p.candidates, n)
			if cost += docCost; p.dear(cost) {
				return false
			}
		}
	}
	whole := p.openWords()
	for _, n := range p.classes.touched[:p.classes.count] {
		if p.classes.scores[n] < bar {
			continue
		}
		p.classCandidates = append(p.classCandidates, n)
		if cost += classCost; whole {
			i, c := p.locateClass(n)
			cost += docCost * len(p.shards[i].all[c].docs)
		}
		if p.dear(cost) {
			return false
		}
	}
	return true
}

// dear reports whether a cost is higher than that of the rest; what has to be done anyway never is.
func (p *pruning) dear(cost int) bool { return len(p.rest) > 0 && cost > p.postings }

// openWords reports whether the documents of one class may still differ, other than by what they have earned.
func (p *pruning) openWords() bool {
	for _, c := range p.rest {
		if c.kind != byConcept {
			return true
		}
	}
	return false
}
