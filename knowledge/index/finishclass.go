package index

import "slices"

// finishClasses offers the documents that no word or figure has scored, by their classes. The others have been offered.
// Patterns score first, then concepts, the most earning one first, as far as needed: once what is left can't lift a class
// that nothing has scored among the best, and few of the others, these few are completed.
func (p *pruning) finishClasses() {
	var left points
	postings := 0
	for i := range p.concepts {
		left += p.concepts[i].bound
		postings += p.concepts[i].size
	}
	for _, z := range p.sizes {
		p.scorePatterns(p.scratch, z.size)
	}
	rank, bar := 0, p.worst()
	for !p.enoughOfClasses(rank, left, postings, &bar) {
		c := &p.concepts[rank]
		p.scoreSizes(c, bar)
		left, postings = left-c.bound, postings-c.size
		rank++
	}
	p.offerClasses(rank, bar)
	p.clearClasses()
}

// enoughOfClasses reports that only classes that have scored are among the best, and that completing those that can be, which it
// puts into open, takes less time than to read the concepts from a rank on. It lifts the bar to what is known now. It isn't asked
// in vain: looking through what was scored, twice, must cost less than what is left.
func (p *pruning) enoughOfClasses(rank int, left points, postings int, bar *points) bool {
	all := rank == len(p.concepts)
	if !all && (postings < p.pruneFrom || postings < 2*p.classes.count) {
		return false
	}
	*bar = p.classBar(*bar, rank)
	if !all && left >= *bar {
		return false
	}
	p.sieve(rank, left, *bar)
	return all || len(p.open)*docCost <= postings
}

// sieve puts the classes into open that can reach the bar, each with what it may earn at most: without the concepts, from a rank
// on, that it is known not to name.
func (p *pruning) sieve(rank int, left, bar points) {
	p.open = p.open[:0]
	for _, n := range p.classes.touched[:p.classes.count] {
		if most := p.classes.scores[n] + left; most >= bar {
			p.open = append(p.open, newScoredClass(n, most))
		}
	}
	for i := rank; i < len(p.concepts); i++ {
		p.sieveBy(&p.concepts[i], bar)
	}
}

func (p *pruning) sieveBy(c *conceptClause, bar points) {
	often := p.often(&c.term)
	kept := p.open[:0]
	for _, o := range p.open {
		shard, class := p.locateClass(o.number())
		if often[shard] == nil || often[shard].has(class) {
			kept = append(kept, o)
		} else if most := o.score() - c.bound; most >= bar {
			kept = append(kept, newScoredClass(o.number(), most))
		}
	}
	p.open = kept
}

// scoreSizes scores the classes that name a concept, but for those of sizes in which none can reach the bar, and where
// it takes more than what is left those only that have scored.
func (p *pruning) scoreSizes(c *conceptClause, bar points) {
	for i := range p.sizes {
		z := &p.sizes[i]
		if c.bounds[z.size] > 0 && z.bound >= bar {
			p.scoreConcept(p.scratch, &c.clause, z.size, z.left < bar)
		}
		z.left -= c.bounds[z.size]
	}
}

// offerClasses offers the classes that are open, completed by the concepts that are left. The best go first: what it takes to be
// among the best then rises at once, and to complete a class waits for memory.
func (p *pruning) offerClasses(rank int, bar points) {
	slices.Sort(p.open)
	for _, o := range slices.Backward(p.open) {
		if o.score() < bar {
			break
		}
		p.offerClass(o, rank)
		bar = max(bar, p.worst())
	}
}

// classBar returns what a class has to earn to be among the best, which before was known to be so much.
func (p *pruning) classBar(before points, rank int) points {
	return max(before, p.worst(), p.classFloor(rank))
}

// classFloor returns a score that the worst of the best has at least once the classes that were scored are offered: what the
// documents of those earn that have scored most, completed by the concepts that are left. It is 0 where words have scored some
// of these, which aren't offered by class.
func (p *pruning) classFloor(rank int) points {
	if p.count > 0 {
		return 0
	}
	ahead := lowest[scoredClass]{most: p.limit, scores: p.ahead[:0]}
	for _, n := range p.classes.touched[:p.classes.count] {
		if score := p.classes.scores[n]; score > ahead.floor().score() {
			ahead.add(newScoredClass(n, score))
		}
	}
	low := lowest[points]{most: p.limit, scores: p.lows[:0]}
	for _, c := range ahead.scores {
		i, class := p.locateClass(c.number())
		score := c.score() + p.ofClass(i, class, rank)
		for range min(int(p.shards[i].briefs[class].live), p.limit) {
			low.add(score)
		}
	}
	p.ahead, p.lows = ahead.scores[:0], low.scores[:0]
	return low.floor()
}

// offerClass offers the documents of a class of which nothing but the class scores. They rank by tieBreak alone, so that the first
// of them that isn't good enough ends the class. It looks at them last, and at the class before: in a big base each look waits for
// memory, and thousands of classes earn the same.
func (p *pruning) offerClass(open scoredClass, rank int) {
	n := open.number()
	shard, class := p.locateClass(n)
	sh := p.shards[shard]
	b := &sh.briefs[class]
	c := candidate{score: open.score(), pattern: -1, tie: b.tie}
	if p.paid[n] {
		c.pattern, c.size = p.heaviest(p.scratch, shard, class)
	}
	if !p.wants(&c) {
		return
	}
	if c.score = p.classes.scores[n] + p.ofClass(shard, class, rank); !p.wants(&c) {
		return
	}
	if b.only != gone {
		c.number = p.first[shard] + b.only
		if b.live > 0 && p.scores[c.number] == 0 {
			p.offer(&c, p.limit)
		}
		return
	}
	for _, d := range sh.all[class].docs {
		c.number, c.tie = p.first[shard]+d, sh.docs[d].tie
		if sh.sizes[d].dead || p.scores[c.number] != 0 {
			continue
		}
		if !p.offer(&c, p.limit) {
			return
		}
	}
}

// wants reports whether a candidate would be among the best so far.
func (p *pruning) wants(c *candidate) bool { return len(p.best) < p.limit || c.before(&p.best[0]) }
