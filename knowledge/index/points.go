package index

import "math"

// points are what scores are added up in: whole numbers, so that a sum doesn't depend on the order in which it was
// added up. A search may then take the clauses in any order, and leave off where it likes.
type points uint32

// scale is how many points there are to one of the score; a power of two.
type scale float32

// newScale returns the finest scale in which a score of at most so much fits, and twice that.
func newScale(most float64) scale {
	const bits = 30
	_, exponent := math.Frexp(max(most, 1))
	return scale(math.Ldexp(1, bits-exponent))
}

// points returns the points of a score above zero, at least one.
func (s scale) points(score float32) points { return points(score*float32(s)) + 1 }

func (s scale) score(p points) float64 { return float64(p) / float64(s) }

// scaleOf returns the scale for a query: for what its clauses and the bonus of a pattern can earn. It depends only on
// the documents that there are, not on which ones there were.
func scaleOf(clauses []clause, asked []term, most float64) scale {
	for i := range clauses {
		most += float64(clauses[i].points)
	}
	for _, t := range asked {
		most += 2 * t.idf
	}
	return newScale(most)
}
