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
			p.offerDoc(n, score+p.ofClass(i, class, p.concepts)+p.bonusOf(p.scratch, i, p.shards[i].briefs[class].key))
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

// ofClass returns what a class earns by concepts.
func (p *pruning) ofClass(shard int, class uint32, concepts []clause) (sum points) {
	if len(concepts) == 0 {
		return 0
	}
	key, count := p.shards[shard].briefs[class].key, p.counts[shard][class]
	for i := range concepts {
		c := &concepts[i]
		if times := key.count(c.numbers[shard]); times > 0 {
			sum += p.scale.points(c.points * p.lengths.concept(newPosting(0, times, 0), count))
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
			p.scoreConcept(p.scratch, &p.concepts[i], z.size, false)
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
	p.offerClasses(p.classBar(0), 0, nil)
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
