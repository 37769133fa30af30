package index

import (
	"cmp"
	"slices"
)

// finishClasses offers the documents that no word or figure has scored, by their classes. The others have been offered.
// Patterns score first, then concepts, the most earning one first, as far as needed: once what is left can't lift a class
// that nothing has scored among the best, and few of the others, these few are completed.
func (p *pruning) finishClasses() {
	for _, z := range p.sizes {
		p.scorePatterns(p.scratch, z.size)
	}
	concepts, left := p.unread()
	bar := p.worst()
	for len(concepts) > 0 {
		if p.worthAsking(&concepts[0]) {
			if bar = p.classBar(bar); left < bar && p.fewCan(concepts, left, bar) {
				break
			}
		}
		p.scoreSizes(&concepts[0], bar)
		left -= concepts[0].bound
		concepts = concepts[1:]
	}
	p.offerClasses(p.classBar(bar), left, concepts)
	p.clearClasses()
}

// unread returns the concepts that classes name, the most earning one first, each with its bound in classes of any size,
// and the sum of these.
func (p *pruning) unread() (concepts []clause, left points) {
	for _, c := range p.concepts {
		var bound points
		postings := 0
		for i := range p.sizes {
			p.limitsOfSize(&c, p.scale, p.sizes[i].size)
			p.sizes[i].left += c.bound
			bound = max(bound, c.bound)
			postings += c.size
		}
		if c.bound, c.size = bound, postings; postings > 0 {
			left += bound
			concepts = append(concepts, c)
		}
	}
	slices.SortStableFunc(concepts, func(a, b clause) int { return cmp.Compare(b.bound, a.bound) })
	return concepts, left
}

// worthAsking reports that to look through what was scored costs less than the next concept.
func (p *pruning) worthAsking(next *clause) bool {
	return next.size >= p.pruneFrom/4 && next.size >= p.classes.count
}

// scoreSizes scores the classes that name a concept, but for those of sizes in which none can reach the bar, and where
// it takes more than what is left those only that have scored.
func (p *pruning) scoreSizes(c *clause, bar points) {
	for i := range p.sizes {
		z := &p.sizes[i]
		one := *c
		p.limitsOfSize(&one, p.scale, z.size)
		if z.bound >= bar {
			p.scoreConcept(p.scratch, c, z.size, z.left < bar)
		}
		z.left -= one.bound
	}
}

// offerClasses offers what was scored and can reach the bar, completed by the concepts that are left. The best go first:
// what it takes to be among the best then rises at once, and to complete a class waits for memory.
func (p *pruning) offerClasses(bar, left points, concepts []clause) {
	open := p.open[:0]
	for _, n := range p.classes.touched[:p.classes.count] {
		if score := p.classes.scores[n]; score+left >= bar {
			open = append(open, newScoredClass(n, score))
		}
	}
	slices.Sort(open)
	for _, o := range open {
		if o.score()+left < bar {
			break
		}
		p.offerClass(o.number(), o.score(), left, concepts)
		bar = max(bar, p.worst())
	}
	p.open = open
}

// classBar returns what a class has to earn to be among the best, which before was known to be so much: the more was read,
// the more it is.
func (p *pruning) classBar(before points) points { return max(p.worst(), p.classFloor(before)) }

// classFloor returns a score that the worst of the best has at least once the classes that were scored are offered: what
// their documents have earned already. It is what was known before where words have scored some of these, which aren't
// offered by class.
func (p *pruning) classFloor(before points) points {
	if p.count > 0 {
		return before
	}
	low, floor := lowest{most: p.limit, scores: p.lows[:0]}, before
	for _, n := range p.classes.touched[:p.classes.count] {
		score := p.classes.scores[n]
		if score <= floor {
			continue
		}
		i, c := p.locateClass(n)
		for range min(int(p.shards[i].briefs[c].live), p.limit) {
			low.add(score)
		}
		floor = max(floor, low.floor())
	}
	p.lows = low.scores[:0]
	return floor
}

// fewCan reports that so few classes can still reach the bar that to complete them takes less time than to read on.
func (p *pruning) fewCan(concepts []clause, left, bar points) bool {
	postings, classes := 0, 0
	for i := range concepts {
		postings += concepts[i].size
	}
	for _, n := range p.classes.touched[:p.classes.count] {
		if p.classes.scores[n]+left >= bar {
			classes++
		}
	}
	return classes*(docCost+clauseCost*len(concepts)) <= postings
}

// offerClass offers the documents of a class of which nothing but the class scores, and which the concepts that are left
// may lift by so much. They rank by tieBreak alone, so that the first of them that isn't good enough ends the class.
// It looks at them last, and at the class before: in a big base each look waits for memory, and thousands of classes earn
// the same.
func (p *pruning) offerClass(n uint32, score, left points, concepts []clause) {
	shard, class := p.locateClass(n)
	sh := p.shards[shard]
	b := &sh.briefs[class]
	c := candidate{score: score + left, pattern: -1, tie: b.tie}
	if p.paid[n] {
		c.pattern, c.size = p.heaviest(p.scratch, shard, class)
	}
	if !p.wants(&c) {
		return
	}
	if c.score = score + p.ofClass(shard, class, concepts); !p.wants(&c) {
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
