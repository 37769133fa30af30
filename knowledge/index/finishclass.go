package index

import (
	"cmp"
	"slices"
)

// finishClasses offers the documents that no word or figure has scored, by the size of their classes. The others have
// been offered.
func (p *pruning) finishClasses() {
	for _, z := range p.sizes {
		if z.bound < p.worst() {
			return
		}
		p.finishSize(z.size)
		p.clearClasses()
	}
}

// finishSize scores the classes of one size, as far as needed: once what is left can't lift a class that nothing has
// scored among the best, and few of the others, these few are completed.
func (p *pruning) finishSize(size int) {
	p.scorePatterns(p.scratch, size)
	concepts := p.inSize(size)
	left := points(0)
	for i := range concepts {
		left += concepts[i].bound
	}
	bar, settled := points(0), false
	for len(concepts) > 0 {
		if bar, settled = p.settled(concepts, left); settled {
			break
		}
		p.scoreConcept(p.scratch, &concepts[0], size)
		left -= concepts[0].bound
		concepts = concepts[1:]
	}
	if bar == 0 || !settled {
		bar = p.classBar()
	}
	p.offerClasses(bar, left, concepts)
}

// offerClasses offers what was scored and can reach the bar, completed by the concepts that are left. The best go first:
// what it takes to be among the best then rises at once, and to complete a class waits for memory.
func (p *pruning) offerClasses(bar, left points, concepts []clause) {
	open := p.open[:0]
	for _, n := range p.classes.touched[:p.classes.count] {
		if score := p.classes.scores[n]; score+left >= bar {
			open = append(open, scoredClass{n, score})
		}
	}
	slices.SortFunc(open, func(a, b scoredClass) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.number, b.number)) // equals as they lie in memory
	})
	for _, o := range open {
		if o.score+left < bar {
			break
		}
		p.offerClass(o.number, o.score, concepts)
		bar = max(bar, p.worst())
	}
	p.open = open
}

// classBar returns what a class has to earn to be among the best.
func (p *pruning) classBar() points { return max(p.worst(), p.classFloor()) }

// classFloor returns a score that the worst of the best has at least once the classes that were scored are offered: what
// their documents have earned already. It is 0 where words have scored some of these, which aren't offered by class.
func (p *pruning) classFloor() points {
	if p.count > 0 {
		return 0
	}
	low := lowest{most: p.limit, scores: p.lows[:0]}
	for _, n := range p.classes.touched[:p.classes.count] {
		score := p.classes.scores[n]
		if score <= low.floor() {
			continue
		}
		i, c := p.locateClass(n)
		for range min(int(p.shards[i].briefs[c].live), p.limit) {
			low.add(score)
		}
	}
	p.lows = low.scores[:0]
	return low.floor()
}

// inSize returns the concepts that classes of a size name, the most earning first.
func (p *pruning) inSize(size int) []clause {
	var some []*clause
	for i := range p.concepts {
		c := p.concepts[i]
		if p.limitsOfSize(&c, p.scale, size); c.size > 0 {
			some = append(some, &c)
		}
	}
	byBound(some)
	out := make([]clause, len(some))
	for i, c := range some {
		out[i] = *c
	}
	return out
}

// settled reports that no class that nothing has scored can come among the best any more, and that few of the others can.
// It isn't asked in vain: looking through what was scored must cost less than the next concept. The bar is that of
// classBar, 0 where that wasn't looked for.
func (p *pruning) settled(concepts []clause, left points) (bar points, settled bool) {
	if next := concepts[0].size; next < p.pruneFrom/4 || next < p.classes.count {
		return 0, left < p.worst() && p.fewCan(concepts, left, p.worst())
	}
	bar = p.classBar()
	return bar, left < bar && p.fewCan(concepts, left, bar)
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

// offerClass offers the documents of a class of which nothing but the class scores. They rank by tieBreak alone, so
// that the first of them that isn't good enough ends the class.
// It looks at them last: in a big base each look waits for memory, and thousands of classes earn the same.
func (p *pruning) offerClass(n uint32, score points, concepts []clause) {
	shard, class := p.locateClass(n)
	if score += p.ofClass(shard, class, concepts); score < p.worst() {
		return
	}
	sh := p.shards[shard]
	c := candidate{score: score, pattern: -1, tie: sh.briefs[class].tie}
	if p.paid[n] {
		c.pattern, c.size = p.heaviest(p.scratch, shard, class)
	}
	if len(p.best) == p.limit && !c.before(&p.best[0]) {
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
