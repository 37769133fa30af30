package index

import (
	"cmp"
	"slices"
)

// pruning finds the best documents without reading all postings (MaxScore, after Turtle and Flood).
//
// Words and figures come first, from the one that can earn most on. Once the rest of them and all concepts together
// can't lift a document that none has scored among the best, the search is over: what was scored is completed, and
// the longest postings stay unread. Where that never holds, as for a question, which is of concepts only, classes
// compete too. They are scored size by size, from the one in which most can be earned on; the first in which that is
// too little ends the search.
type pruning struct {
	*view
	*scratch

	concepts []conceptClause // the most earning one first
	words    []*clause       // words and figures still to be scored, the most earning first
	left     points          // what they can earn
	postings int             // of them, and of the concepts
	sizes    []sized         // of classes, the most earning first
	limit    int
}

// sized are the classes of one size: what they can earn at most, and by the concepts that are left only.
type sized struct {
	size  int
	bound points
	left  points // see scoreSizes
}

func newPruning(v *view, s *scratch, clauses []clause, limit int) *pruning {
	p := &pruning{view: v, scratch: s, limit: limit, concepts: s.concepts[:0], sizes: s.sized[:0]}
	for i := range clauses {
		c := &clauses[i]
		if c.kind == byConcept {
			p.addConcept(c)
			continue
		}
		v.limits(c, s.scale)
		p.words = append(p.words, c)
		p.left += c.bound
		p.postings += c.size
	}
	byBound(p.words)
	p.rankConcepts()
	for size := range sizeClasses {
		if z := p.sized(size); z.bound > 0 {
			p.sizes = append(p.sizes, z)
		}
	}
	s.sized = p.sizes
	slices.SortStableFunc(p.sizes, func(a, b sized) int { return cmp.Compare(b.bound, a.bound) })
	return p
}

func byBound(clauses []*clause) {
	slices.SortStableFunc(clauses, func(a, b *clause) int { return cmp.Compare(b.bound, a.bound) })
}

// sized bounds what classes of a size can earn.
func (p *pruning) sized(size int) sized {
	z := sized{size: size}
	for i := range p.concepts {
		z.left += p.concepts[i].bounds[size]
	}
	z.bound = z.left + p.bonusOfSize(p.scratch, size)
	return z
}

// byClass returns what any class can earn.
func (p *pruning) byClass() points {
	if len(p.sizes) == 0 {
		return 0
	}
	return p.sizes[0].bound
}

// worst returns the score of the worst of the best, 0 while there are too few of them.
func (p *pruning) worst() points {
	if len(p.best) < p.limit {
		return 0
	}
	return p.best[0].score
}

// search puts the best documents into best, best first, and leaves zeros elsewhere.
func (p *pruning) search() {
	over := false
	for len(p.words) > 0 && !over {
		if over = p.enough(); over {
			break
		}
		c := p.words[0]
		p.scoreAll(p.scratch, c)
		p.words, p.left, p.postings = p.words[1:], p.left-c.bound, p.postings-c.size
	}
	bar := p.bar()
	switch {
	case over:
		p.finishDocs(bar)
	case p.few(bar):
		p.finishDocs(bar)
		p.finishClasses()
	default:
		p.readAll()
	}
	p.clear()
	p.forgetConcepts()
	slices.SortFunc(p.best, func(a, b candidate) int { return a.compare(&b) })
}

// What it takes to complete the score of a document, in postings that could be read in the same time: for being
// looked at, which waits for memory, and for each clause that is left.
const (
	docCost    = 60
	clauseCost = 10
)

func (p *pruning) cost() int { return docCost + clauseCost*(len(p.words)+len(p.concepts)) }

// enough reports that only documents are among the best that words or figures have scored, and that completing those
// that can be takes less time than to read on. It isn't asked in vain: looking through what was scored must cost less
// than the next clause.
func (p *pruning) enough() bool {
	if next := p.words[0].size; next < p.pruneFrom/4 || next < p.count/2 {
		return false
	}
	bar := p.bar()
	return bar > 0 && p.few(bar)
}

// bar returns what a document has to have scored to be among the best; 0 where it may have nothing.
func (p *pruning) bar() points {
	floor, open := p.floor(), p.left+p.byClass()
	return max(floor, open) - open
}

// few reports that to complete the documents that have scored the bar takes less time than to read the rest.
func (p *pruning) few(bar points) bool {
	docs := 0
	for _, n := range p.touched[:p.count] {
		if p.scores[n] >= bar {
			docs++
		}
	}
	return docs*p.cost() <= p.postings
}

// floor returns a score that the worst of the best has at least; 0 while there are too few of them.
func (p *pruning) floor() points {
	low := lowest[points]{most: p.limit, scores: p.lows[:0]}
	for _, n := range p.touched[:p.count] {
		if score := p.scores[n]; score > low.floor() {
			if i, d := p.locate(n); !p.view.sizes[i][d].dead {
				low.add(score)
			}
		}
	}
	p.lows = low.scores[:0]
	return low.floor()
}
