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

// limits bounds what a clause earns: by the highest counts in its postings, in the shortest field.
func (v *view) limits(c *clause, scale scale) {
	var most posting
	for i, n := range c.numbers {
		if n != gone {
			l := &v.shards[i].lists[n]
			c.size += len(l.postings)
			most = newPosting(0, int(max(most.body(), float32(l.body))), int(max(most.title(), float32(l.title))))
		}
	}
	switch c.kind {
	case byConcept:
		c.bound = scale.points(c.points * v.lengths.concept(most, 0))
	case byWord:
		c.bound = scale.points(c.points * v.lengths.word(most, sizes{}))
	case byFigure:
		c.bound = scale.points(c.points)
	}
}

// score scores by all postings of a clause.
func (v *view) score(s *scratch, c *clause) {
	for i, postings := range v.postings(&c.term) {
		if len(postings) == 0 {
			continue
		}
		switch c.kind {
		case byConcept:
			v.scoreClasses(s, i, postings, c.points)
		case byWord:
			v.scoreWord(s, i, postings, c.points)
		case byFigure:
			for _, p := range postings {
				s.score(v.first[i]+p.doc(), s.scale.points(c.points))
			}
		}
	}
}

// scoreClasses scores the classes of a shard that name a concept.
func (v *view) scoreClasses(s *scratch, shard int, postings []posting, points float32) {
	first, counts, scale := v.firstClass[shard], v.counts[shard], s.scale
	for _, p := range postings {
		c := p.doc()
		s.classes.score(first+c, scale.points(points*v.lengths.concept(p, counts[c])))
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
