package index

import (
	"cmp"
	"slices"
)

// What it takes to complete the score of a candidate, in postings that could be read in the same time: for being
// looked at, which waits for memory, and for each clause that is left.
const (
	candidateCost = 60
	clauseCost    = 10
)

// pruning finds the best without reading all postings (MaxScore, after Turtle and Flood). Clauses are scored from
// the one that can earn most on. Once what is left can't lift a document that nothing has scored among the best,
// and only few of the others, the scores of these few are completed and the rest of the postings, the longest, stay
// unread.
type pruning struct {
	*view
	*scratch
	rest     []*clause // still to be scored, the most earning first
	left     points    // what the rest can earn
	postings int       // of the rest
	limit    int
	bar      points // what a candidate has to have earned
}

// prune puts the best documents into s.best, best first. Patterns have been awarded.
func (v *view) prune(s *scratch, clauses []clause, limit int) {
	p := pruning{view: v, scratch: s, limit: limit}
	for i := range clauses {
		c := &clauses[i]
		v.limits(c, s.scale)
		p.rest = append(p.rest, c)
		p.left += c.bound
		p.postings += c.size
	}
	slices.SortStableFunc(p.rest, func(a, b *clause) int { return cmp.Compare(b.bound, a.bound) })
	for len(p.rest) > 0 && !p.enough() {
		c := p.rest[0]
		v.score(s, c)
		p.rest, p.left, p.postings = p.rest[1:], p.left-c.bound, p.postings-c.size
	}
	p.finish()
}

// enough reports whether the candidates are known and few, and sets the bar for them. It isn't asked in vain:
// looking through what was scored must cost less than the next clause.
func (p *pruning) enough() bool {
	p.bar = 0
	if next := p.rest[0].size; next < p.pruneFrom/4 || next < (p.count+p.classes.count)/2 {
		return false
	}
	floor := p.floor()
	if floor <= p.left {
		return false
	}
	p.bar = floor - p.left
	return p.cheap()
}

// floor returns a score that the worst of the best has at least; 0 while there are too few of them.
func (p *pruning) floor() points {
	low := lowest{most: p.limit, scores: p.lows[:0]}
	for _, n := range p.classes.touched[:p.classes.count] {
		if score := p.classes.scores[n]; score > low.floor() {
			i, c := p.locateClass(n)
			for range min(int(p.shards[i].all[c].live), p.limit) {
				low.add(score)
			}
		}
	}
	floor := low.floor()
	low.scores = low.scores[:0] // a document of a scored class may be scored itself: not both count
	for _, n := range p.touched[:p.count] {
		if score := p.partial(n); score > low.floor() {
			if i, d := p.locate(n); !p.sizes[i][d].dead {
				low.add(score)
			}
		}
	}
	p.lows = low.scores[:0]
	return max(floor, low.floor())
}

// partial returns what a document has earned so far.
func (p *pruning) partial(n uint32) points {
	i, d := p.locate(n)
	return p.scores[n] + p.classes.scores[p.firstClass[i]+p.shards[i].of[d]]
}

// cheap reports whether to complete the scores of all above the bar takes less time than to read on.
func (p *pruning) cheap() bool {
	candidates := 0
	for _, n := range p.touched[:p.count] {
		if p.partial(n) >= p.bar {
			candidates++
		}
	}
	whole := p.openWords()
	for _, n := range p.classes.touched[:p.classes.count] {
		if p.classes.scores[n] < p.bar {
			continue
		}
		if candidates++; whole {
			i, c := p.locateClass(n)
			candidates += len(p.shards[i].all[c].docs)
		}
	}
	return candidates*(candidateCost+clauseCost*len(p.rest)) < p.postings
}

// openWords reports whether documents of one class may still come to differ.
func (p *pruning) openWords() bool {
	return slices.ContainsFunc(p.rest, func(c *clause) bool { return c.kind != byConcept })
}
