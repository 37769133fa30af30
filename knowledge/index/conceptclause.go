package index

import (
	"cmp"
	"slices"
)

// conceptClause is a concept of a query, which classes name: its bound is that in classes of any size, and its size counts its
// postings in all of them.
type conceptClause struct {
	clause

	bounds [sizeClasses]points // in classes of one size
}

// addConcept adds a concept that some class names.
func (p *pruning) addConcept(c *clause) {
	one := conceptClause{clause: *c}
	highest := p.highest(&c.term)
	for size := range sizeClasses {
		postings := 0
		for _, list := range p.view.sized(&c.term, size) {
			postings += len(list)
		}
		if postings > 0 {
			one.bounds[size] = p.scale.points(c.points * p.lengths.concept(highest, uint16(size)))
			one.bound = max(one.bound, one.bounds[size])
			one.size += postings
		}
	}
	if one.size > 0 {
		p.concepts = append(p.concepts, one)
		p.postings += one.size
	}
}

// rankConcepts puts the most earning concept first, and notes the rank of each by its number, for ofClass.
func (p *pruning) rankConcepts() {
	slices.SortStableFunc(p.concepts, func(a, b conceptClause) int { return cmp.Compare(b.bound, a.bound) })
	for rank := range p.concepts {
		for shard, n := range p.concepts[rank].numbers {
			if n != gone {
				p.ranks[shard][n] = uint16(rank + 1) //nolint:gosec // a query has few
			}
		}
	}
	p.scratch.concepts = p.concepts
}

// forgetConcepts leaves zeros.
func (p *pruning) forgetConcepts() {
	for i := range p.concepts {
		for shard, n := range p.concepts[i].numbers {
			if n != gone {
				p.ranks[shard][n] = 0
			}
		}
	}
}

// ofClass returns what a class earns by the concepts from a rank on.
func (p *pruning) ofClass(shard int, class uint32, from int) (sum points) {
	if from == len(p.concepts) {
		return 0
	}
	key, count, ranks := p.shards[shard].briefs[class].key, p.counts[shard][class], p.ranks[shard]
	for at, end := keyHead, key.firstPattern(); at < end; at += keyConcept {
		if rank := int(ranks[key.uint32(at)]); rank > from {
			sum += p.scale.points(p.concepts[rank-1].points * p.lengths.concept(newPosting(0, int(key[at+4]), 0), count))
		}
	}
	return sum
}
