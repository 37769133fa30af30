package index

import (
	"slices"
	"sort"
)

// finishDocs offers the documents that have scored the bar, completed. They go by rising number, which leads through
// postings in one direction.
func (p *pruning) finishDocs(bar points) {
	p.candidates = p.candidates[:0]
	for _, n := range p.touched[:p.count] {
		if p.scores[n] >= bar {
			p.candidates = append(p.candidates, n)
		}
	}
	slices.Sort(p.candidates)
	cursors := p.cursors()
	for _, n := range p.candidates {
		i, d := p.locate(n)
		if p.view.sizes[i][d].dead || p.scores[n]+p.left+p.byClass() < p.worst() {
			continue
		}
		score, class := p.scores[n]+p.restOfDoc(cursors, i, d), p.shards[i].of[d]
		if score+p.byClass() >= p.worst() { // before its class is looked at, which waits for memory
			p.offerDoc(n, score+p.ofClass(i, class, 0)+p.bonusOf(p.scratch, i, p.shards[i].briefs[class].key))
		}
	}
}

// offerDoc offers a document with all that it has earned.
func (p *pruning) offerDoc(n uint32, score points) {
	if score < p.worst() {
		return
	}
	i, d := p.locate(n)
	c := candidate{score: score, number: n, tie: p.shards[i].docs[d].tie}
	c.pattern, c.size = p.heaviest(p.scratch, i, p.shards[i].of[d])
	p.offer(&c, p.limit)
}

// restOfDoc returns what a document earns by the words and figures that are left.
func (p *pruning) restOfDoc(cursors []cursor, shard int, doc uint32) (sum points) {
	for i, c := range p.words {
		at, ok := cursors[i].seek(shard, doc)
		switch {
		case !ok:
		case c.kind == byFigure:
			sum += p.scale.points(c.points)
		default:
			sum += p.scale.points(c.points * p.lengths.word(at, p.view.sizes[shard][doc]))
		}
	}
	return sum
}

// readAll scores all classes, then offers documents and classes with what both have earned: where too many documents
// have scored to complete them one by one.
func (p *pruning) readAll() {
	for _, z := range p.sizes {
		p.scorePatterns(p.scratch, z.size)
		for i := range p.concepts {
			p.scoreConcept(p.scratch, &p.concepts[i].clause, z.size, false)
		}
	}
	worst := p.worst()
	for _, n := range p.touched[:p.count] {
		i, d := p.locate(n)
		score := p.scores[n] + p.classes.scores[p.firstClass[i]+p.shards[i].of[d]]
		if score >= worst && !p.view.sizes[i][d].dead {
			p.offerDoc(n, score)
			worst = p.worst()
		}
	}
	bar := p.classBar(0, len(p.concepts))
	p.sieve(len(p.concepts), 0, bar)
	p.offerClasses(len(p.concepts), bar)
	p.clearClasses()
}

// cursor is a place in the postings of a clause, which only moves on.
type cursor struct{ postings [maxShards][]posting }

func (p *pruning) cursors() []cursor {
	out := make([]cursor, len(p.words))
	for i, c := range p.words {
		out[i].postings = p.view.postings(&c.term)
	}
	return out
}

// seek returns the posting of a document, if there is one.
func (c *cursor) seek(shard int, doc uint32) (posting, bool) {
	rest := c.postings[shard]
	step := 1
	for step < len(rest) && rest[step].doc() < doc {
		step *= 2
	}
	from := step / 2
	within := rest[min(from, len(rest)):min(step+1, len(rest))]
	at := from + sort.Search(len(within), func(i int) bool { return within[i].doc() >= doc })
	c.postings[shard] = rest[min(at, len(rest)):]
	if at < len(rest) && rest[at].doc() == doc {
		return rest[at], true
	}
	return 0, false
}
