// Package index is an in-memory search index over short documents: concepts and words in, ranked ids out.
package index

// Doc is what the index knows of a document. Words and Title are analysed terms (stems); Concepts are
// keys such as "metric:killed". Words and Title may hold several wordings with an empty term between them: a
// message is compared with each. Patterns are sets of concepts: a query that holds all of one asks for this
// document. The index copies what it keeps.
type Doc struct {
	ID       string
	Tenant   string // empty: every query sees it
	Concepts []string
	Patterns [][]string // an empty one is never held
	Words    []string
	Title    []string
	Numbers  []float64 // figures that the document states
}

// Query is what is looked for. It sees the documents of the empty tenant and of its own. The order of its
// terms doesn't matter, nor does it that one is repeated.
type Query struct {
	Tenant   string
	Concepts []string
	Words    []string
	Numbers  []float64
	Limit    int // the most hits to return; DefaultLimit where it is zero or less
}

// DefaultLimit is how many hits a query without a limit gets at most.
const DefaultLimit = 10

// Hit is a found document, best first. Pattern is the index of the heaviest of its patterns that the query
// holds whole, −1 without one; PatternSize how many concepts that one has. Scores compare within one search
// only: they are above zero, have no unit, and hold the bonus of the pattern.
type Hit struct {
	ID          string
	Tenant      string
	Score       float64
	Pattern     int
	PatternSize int
}
