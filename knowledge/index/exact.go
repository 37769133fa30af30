package index

import (
	"slices"
	"sort"
)

// finish scores the candidates exactly, puts the best into best, and leaves zeros elsewhere.
func (p *pruning) finish() {
	whole := p.openWords()
	for _, n := range p.classCandidates {
		if p.beaten(p.classes.scores[n]) {
			continue
		}
		i, c := p.locateClass(n)
		if !whole {
			p.offerClass(p.scratch, i, c, p.exactClass(i, c), p.limit)
			continue
		}
		for _, d := range p.shards[i].all[c].docs {
			if n := p.first[i] + d; p.scores[n] == 0 && !p.sizes[i][d].dead {
				p.candidates = append(p.candidates, n)
			}
		}
	}
	p.finishDocs()
	p.clear()
	p.classes.clear()
	slices.SortFunc(p.best, func(a, b candidate) int { return a.compare(&b) })
}

// beaten reports that a partial score can't reach the best any more.
func (p *pruning) beaten(partial float32) bool {
	return len(p.best) == p.limit && (partial+p.left)*(1+slack) < p.best[0].score
}

// finishDocs scores documents by rising number, which leads through postings in one direction.
func (p *pruning) finishDocs() {
	slices.Sort(p.candidates)
	cursors := p.cursors()
	for _, n := range p.candidates {
		if p.beaten(p.partial(n)) {
			continue
		}
		i, d := p.locate(n)
		if p.sizes[i][d].dead {
			continue
		}
		class := p.shards[i].of[d]
		c := candidate{score: p.exactWords(cursors, i, d) + p.exactClass(i, class), number: n, tie: p.shards[i].docs[d].tie}
		c.pattern, c.size = p.heaviest(p.scratch, i, class)
		p.offer(&c, p.limit)
	}
}

// exactClass adds up what a class earns in the order of the clauses.
func (p *pruning) exactClass(shard int, class uint32) (sum float32) {
	key, count := p.shards[shard].all[class].key, p.counts[shard][class]
	for i := range p.clauses {
		c := &p.clauses[i]
		if c.kind != byConcept {
			break
		}
		if times := key.count(c.numbers[shard]); times > 0 {
			sum += c.points * p.lengths.concept(newPosting(0, times, 0), count)
		}
	}
	return sum + p.bonus(shard, key)
}

// bonus returns the bonus of the heaviest pattern held.
func (p *pruning) bonus(shard int, key classKey) (bonus float32) {
	if len(p.held[shard]) == 0 {
		return 0
	}
	for _, pattern := range key.patterns() {
		bonus = max(bonus, p.held[shard][pattern].points)
	}
	return bonus
}

// exactWords adds up what the words and figures of a document earn in the order of the clauses.
func (p *pruning) exactWords(cursors []cursor, shard int, doc uint32) (sum float32) {
	for i := range p.clauses {
		c := &p.clauses[i]
		if c.kind == byConcept {
			continue
		}
		at, ok := cursors[i].seek(shard, doc)
		switch {
		case !ok:
		case c.kind == byFigure:
			sum += c.points
		default:
			sum += c.points * p.lengths.word(at, p.sizes[shard][doc])
		}
	}
	return sum
}

// cursor is a place in the postings of a clause, which only moves on.
type cursor struct{ postings [maxShards][]posting }

func (p *pruning) cursors() []cursor {
	out := make([]cursor, len(p.clauses))
	for i := range p.clauses {
		out[i].postings = p.view.postings(&p.clauses[i].term)
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
