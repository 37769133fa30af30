package index

import (
	"slices"
	"sort"
)

// finish completes the scores of all above the bar, puts the best into best, and leaves zeros elsewhere.
func (p *pruning) finish() {
	p.finishClasses()
	p.finishDocs()
	p.clear()
	p.classes.clear()
	slices.SortFunc(p.best, func(a, b candidate) int { return a.compare(&b) })
}

// finishClasses offers the documents of which nothing but the class has scored. If words are still open they differ,
// and become candidates of their own.
func (p *pruning) finishClasses() {
	p.candidates = p.candidates[:0]
	whole := p.openWords()
	for _, n := range p.classes.touched[:p.classes.count] {
		score := p.classes.scores[n]
		if score < p.bar || p.beaten(score) {
			continue
		}
		i, c := p.locateClass(n)
		if !whole {
			p.offerClass(p.scratch, i, c, score+p.restOfClass(i, c), p.limit)
			continue
		}
		for _, d := range p.shards[i].all[c].docs {
			if n := p.first[i] + d; p.scores[n] == 0 {
				p.candidates = append(p.candidates, n)
			}
		}
	}
}

// finishDocs offers the documents above the bar. They go by rising number, which leads through postings in one
// direction.
func (p *pruning) finishDocs() {
	if len(p.rest) == 0 {
		for _, n := range p.touched[:p.count] {
			p.offerDoc(n, nil)
		}
		return
	}
	for _, n := range p.touched[:p.count] {
		if p.partial(n) >= p.bar {
			p.candidates = append(p.candidates, n)
		}
	}
	slices.Sort(p.candidates)
	cursors := p.cursors()
	for _, n := range p.candidates {
		p.offerDoc(n, cursors)
	}
}

func (p *pruning) offerDoc(n uint32, cursors []cursor) {
	i, d := p.locate(n)
	class := p.shards[i].of[d]
	partial := p.scores[n] + p.classes.scores[p.firstClass[i]+class]
	if p.beaten(partial) || p.sizes[i][d].dead {
		return
	}
	score := partial + p.restOfDoc(cursors, i, d) + p.restOfClass(i, class)
	c := candidate{score: score, number: n, tie: p.shards[i].docs[d].tie}
	c.pattern, c.size = p.heaviest(p.scratch, i, class)
	p.offer(&c, p.limit)
}

// beaten reports that what has earned so much can't come among the best any more.
func (p *pruning) beaten(partial points) bool {
	return len(p.best) == p.limit && partial+p.left < p.best[0].score
}

// restOfClass returns what a class earns by the rest of the concepts.
func (p *pruning) restOfClass(shard int, class uint32) (sum points) {
	if len(p.rest) == 0 {
		return 0
	}
	key, count := p.shards[shard].all[class].key, p.counts[shard][class]
	for _, c := range p.rest {
		if c.kind != byConcept {
			continue
		}
		if times := key.count(c.numbers[shard]); times > 0 {
			sum += p.scale.points(c.points * p.lengths.concept(newPosting(0, times, 0), count))
		}
	}
	return sum
}

// restOfDoc returns what a document earns by the rest of the words and figures.
func (p *pruning) restOfDoc(cursors []cursor, shard int, doc uint32) (sum points) {
	for i, c := range p.rest {
		if c.kind == byConcept {
			continue
		}
		at, ok := cursors[i].seek(shard, doc)
		switch {
		case !ok:
		case c.kind == byFigure:
			sum += p.scale.points(c.points)
		default:
			sum += p.scale.points(c.points * p.lengths.word(at, p.sizes[shard][doc]))
		}
	}
	return sum
}

// offerClass offers the documents of a class of which nothing but the class scores. They rank by tieBreak alone, so
// that the first of them that isn't good enough ends the class.
func (v *view) offerClass(s *scratch, shard int, class uint32, score points, limit int) {
	if len(s.best) == limit && score < s.best[0].score {
		return
	}
	sh := v.shards[shard]
	c := candidate{score: score}
	c.pattern, c.size = v.heaviest(s, shard, class)
	for _, d := range sh.all[class].docs {
		c.number, c.tie = v.first[shard]+d, sh.docs[d].tie
		if sh.sizes[d].dead || s.scores[c.number] != 0 {
			continue
		}
		if !s.offer(&c, limit) {
			return
		}
	}
}

// cursor is a place in the postings of a clause, which only moves on.
type cursor struct{ postings [maxShards][]posting }

func (p *pruning) cursors() []cursor {
	out := make([]cursor, len(p.rest))
	for i, c := range p.rest {
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
