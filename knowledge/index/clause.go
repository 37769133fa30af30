package index

import (
	"math"
	"slices"
)

// clause is a term of a query that some document holds, with what it can earn.
type clause struct {
	term
	kind   clauseKind
	points float32 // what it is worth
	bound  points  // no document earns more by it
	size   int     // of its postings
}

type clauseKind uint8

const (
	byConcept clauseKind = iota
	byWord
	byFigure
)

// clauses makes the clauses of a query. asked are its concepts, known or not, and most is what its words and
// figures can earn.
func (v *view) clauses(q *Query) (out []clause, asked []term, most float64) {
	add := func(t term, kind clauseKind, points float64) {
		if t.df > 0 {
			out = append(out, clause{term: t, kind: kind, points: float32(points)})
		}
	}
	for _, key := range distinct(q.Concepts) {
		t := find(v, key, func(s *shard) map[string]uint32 { return s.concepts })
		asked = append(asked, t)
		add(t, byConcept, t.idf)
	}
	for _, w := range distinct(q.Words) {
		t := find(v, w, func(s *shard) map[string]uint32 { return s.words })
		if add(t, byWord, t.idf); t.df > 0 {
			most += t.idf
		}
	}
	numbers := slices.DeleteFunc(slices.Clone(q.Numbers), math.IsNaN)
	slices.Sort(numbers)
	for _, f := range slices.Compact(numbers) {
		t := find(v, f, func(s *shard) map[float64]uint32 { return s.numbers })
		points := figure(v.docs, t.idf)
		if add(t, byFigure, points); t.df > 0 {
			most += points
		}
	}
	return out, asked, most
}

// limits says how long the postings of a word or figure are, and bounds what it earns: by the highest counts in its
// postings, in the shortest field.
func (v *view) limits(c *clause, scale scale) {
	for _, postings := range v.postings(&c.term) {
		c.size += len(postings)
	}
	c.bound = scale.points(c.points)
	if c.kind == byWord {
		c.bound = scale.points(c.points * v.lengths.word(v.highest(&c.term), sizes{}))
	}
}

// highest returns the highest counts of a term in any posting.
func (v *view) highest(t *term) posting {
	var body, title uint8
	for i, n := range t.numbers {
		if n != gone {
			l := &v.shards[i].lists[n]
			body, title = max(body, l.body), max(title, l.title)
		}
	}
	return newPosting(0, int(body), int(title))
}

// scoreAll scores by all postings of a word or figure.
func (v *view) scoreAll(s *scratch, c *clause) {
	for i, postings := range v.postings(&c.term) {
		if c.kind == byWord {
			v.scoreWord(s, i, postings, c.points)
			continue
		}
		for _, p := range postings {
			s.score(v.first[i]+p.doc(), s.scale.points(c.points))
		}
	}
}

// scoreConcept scores the classes of one size that name a concept, all or those that have scored. But for the last size,
// which several share, all that name it once earn alike.
func (v *view) scoreConcept(s *scratch, c *clause, size int, scored bool) {
	once := s.scale.points(c.points * v.lengths.concept(newPosting(0, 1, 0), uint16(size)))
	for i, postings := range v.sized(&c.term, size) {
		first, counts := v.firstClass[i], v.counts[i]
		for _, p := range postings {
			earned, class := once, p.doc()
			if p != newPosting(class, 1, 0) || size == sizeClasses-1 {
				earned = s.scale.points(c.points * v.lengths.concept(p, counts[class]))
			}
			if n := first + class; !scored || s.classes.scores[n] != 0 {
				s.classes.score(n, earned)
			}
		}
	}
}

func (v *view) scoreWord(s *scratch, shard int, postings []posting, points float32) {
	first, z, scale := v.first[shard], v.sizes[shard], s.scale
	for _, p := range postings {
		d := p.doc()
		s.score(first+d, scale.points(points*v.lengths.word(p, z[d])))
	}
}

// postings returns a term's postings in each shard, empty ones where it has none.
func (v *view) postings(t *term) (all [maxShards][]posting) {
	for i, n := range t.numbers {
		if n != gone {
			all[i] = v.shards[i].lists[n].postings
		}
	}
	return all
}

// often returns the classes that name a concept in each shard, nil where these aren't known.
func (v *view) often(t *term) (all [maxShards]bits) {
	for i, n := range t.numbers {
		if n != gone {
			all[i] = v.shards[i].often[n]
		}
	}
	return all
}

// sized returns a concept's postings of one size in each shard.
func (v *view) sized(t *term, size int) (all [maxShards][]posting) {
	for i, n := range t.numbers {
		if n != gone {
			all[i] = v.shards[i].bySize[size][n]
		}
	}
	return all
}
