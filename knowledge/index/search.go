package index

import (
	"math"
	"slices"
)

// search scores every document that shares a term with the query, and returns the best. Terms are taken in
// the order of their names, so that rounding is the same in every index that holds these documents.
func (v *view) search(s *scratch, q *Query) []Hit {
	asked := v.concepts(s, q.Concepts)
	most := v.words(s, q.Words) + v.figures(s, q.Numbers)
	v.award(s, asked, most)
	return v.hits(s, q.Limit)
}

// concepts scores by concepts and returns them, known or not.
func (v *view) concepts(s *scratch, keys []string) []term {
	keys = distinct(keys)
	asked := make([]term, 0, len(keys))
	for _, key := range keys {
		t := find(v, key, func(s *shard) map[string]uint32 { return s.concepts })
		asked = append(asked, t)
		for i, postings := range v.postings(&t) {
			v.classPoints(s, i, postings, float32(t.idf))
		}
	}
	return asked
}

// words scores by words and returns the most that they can earn a document.
func (v *view) words(s *scratch, words []string) (most float64) {
	for _, w := range distinct(words) {
		t := find(v, w, func(s *shard) map[string]uint32 { return s.words })
		if t.df == 0 {
			continue
		}
		most += t.idf
		for i, postings := range v.postings(&t) {
			first, z, points := v.first[i], v.sizes[i], float32(t.idf)
			for _, p := range postings {
				d := p.doc()
				s.score(first+d, points*v.lengths.word(p, z[d]))
			}
		}
	}
	return most
}

// figures scores by numbers and returns the most that they can earn a document.
func (v *view) figures(s *scratch, numbers []float64) (most float64) {
	numbers = slices.DeleteFunc(slices.Clone(numbers), math.IsNaN)
	slices.Sort(numbers)
	for _, f := range slices.Compact(numbers) {
		t := find(v, f, func(s *shard) map[float64]uint32 { return s.numbers })
		if t.df == 0 {
			continue
		}
		points := figure(v.docs, t.idf)
		most += points
		for i, postings := range v.postings(&t) {
			for _, p := range postings {
				s.score(v.first[i]+p.doc(), float32(points))
			}
		}
	}
	return most
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
