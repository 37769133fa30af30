package index

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// filler returns documents that share nothing with the others of a test, so that its terms are rare.
func filler(n int) []Doc {
	docs := make([]Doc, n)
	for i := range docs {
		docs[i] = Doc{ID: fmt.Sprint("filler-", i), Words: words("lorem ipsum dolor sit amet consectetur adipiscing elit sed do")}
	}
	return docs
}

func words(text string) []string { return strings.Fields(text) }

// ranked are documents that are searched among others, and the order in which they come.
type ranked []struct {
	name  string
	docs  []Doc
	query Query
	want  []string
}

func (all ranked) try(t *testing.T) {
	for _, tt := range all {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			x := New()
			x.Put(append(filler(20), tt.docs...)...)
			if got := names(x.Search(tt.query)); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestRanking(t *testing.T) {
	t.Parallel()
	ranked{
		{
			name: "a rare word before a common one",
			docs: []Doc{
				{ID: "rare", Words: words("ceasefire talk")},
				{ID: "common", Words: words("soldier talk")},
				{ID: "other", Words: words("soldier walk")},
				{ID: "another", Words: words("tree soldier soldier house garden fence")},
			},
			query: Query{Words: words("soldier ceasefire"), Limit: 1},
			want:  words("rare"),
		},
		{
			name: "two words before one",
			docs: []Doc{
				{ID: "one", Words: words("soldier talk")},
				{ID: "two", Words: words("soldier kill")},
			},
			query: Query{Words: words("soldier kill")},
			want:  words("two one"),
		},
		{
			name: "the short document before the long one",
			docs: []Doc{
				{ID: "long", Words: words("soldier on a field that is very wide and green")},
				{ID: "short", Words: words("soldier field")},
			},
			query: Query{Words: words("soldier")},
			want:  words("short long"),
		},
		{
			name: "title and text before text alone",
			docs: []Doc{
				{ID: "text", Words: words("soldier talk"), Title: words("field")},
				{ID: "both", Words: words("soldier talk"), Title: words("soldier")},
			},
			query: Query{Words: words("soldier")},
			want:  words("both text"),
		},
	}.try(t)
}

func TestWhatIsNotFound(t *testing.T) {
	t.Parallel()
	ranked{
		{
			name:  "nothing in common",
			docs:  []Doc{{ID: "a", Words: words("grain deal")}},
			query: Query{Words: words("losses"), Concepts: words("metric:killed"), Numbers: []float64{1}},
		},
		{
			name:  "an empty query",
			docs:  []Doc{{ID: "a", Words: words("grain deal"), Patterns: [][]string{{}}}},
			query: Query{},
		},
		{
			name: "a word is no concept and a concept no word",
			docs: []Doc{
				{ID: "word", Words: words("metric:killed")},
				{ID: "concept", Concepts: words("metric:killed")},
			},
			query: Query{Concepts: words("metric:killed")},
			want:  words("concept"),
		},
	}.try(t)
}

func TestRankingOfNumbers(t *testing.T) {
	t.Parallel()
	ranked{
		{
			name: "a document that states the figure before one that shares a word",
			docs: []Doc{
				{ID: "word", Words: words("soldier talk"), Numbers: []float64{43000}},
				{ID: "figure", Words: words("many talk"), Numbers: []float64{1, 2, 3, 55000}},
			},
			query: Query{Words: words("soldier"), Numbers: []float64{55000}},
			want:  words("figure word"),
		},
		{
			name: "a word before a number that many state",
			docs: []Doc{
				{ID: "word", Words: words("soldier talk")},
				{ID: "a", Words: words("x y"), Numbers: []float64{2024}},
				{ID: "b", Words: words("x y"), Numbers: []float64{2024}},
				{ID: "c", Words: words("x y"), Numbers: []float64{2024}},
			},
			query: Query{Words: words("soldier"), Numbers: []float64{2024}, Limit: 1},
			want:  words("word"),
		},
		{
			name: "numbers match exactly or not at all",
			docs: []Doc{
				{ID: "near", Numbers: []float64{55001}},
				{ID: "exact", Numbers: []float64{55000}},
				{ID: "spelt", Words: words("55000")},
			},
			query: Query{Numbers: []float64{55000}},
			want:  words("exact"),
		},
	}.try(t)
}

func TestSearchWithoutDocuments(t *testing.T) {
	t.Parallel()
	q := Query{Tenant: "a", Words: words("soldier"), Concepts: words("metric:killed"), Numbers: []float64{1}}
	if hits := New().Search(q); hits != nil {
		t.Errorf("got %+v, want none", hits)
	}
}

func TestNotANumberIsNeitherStatedNorFound(t *testing.T) {
	t.Parallel()
	x := New()
	x.Put(Doc{ID: "a", Numbers: []float64{math.NaN()}})
	if hits := x.Search(Query{Numbers: []float64{math.NaN()}}); hits != nil {
		t.Errorf("got %+v, want none", hits)
	}
}

func TestLimit(t *testing.T) {
	t.Parallel()
	x := New()
	x.Put(filler(30)...)
	for limit, want := range map[int]int{-1: DefaultLimit, 0: DefaultLimit, 1: 1, 29: 29, 30: 30, math.MaxInt: 30} {
		if got := len(x.Search(Query{Words: words("lorem"), Limit: limit})); got != want {
			t.Errorf("limit %d: %d hits, want %d", limit, got, want)
		}
	}
}

func TestOrderAndRepetitionOfTermsDontMatter(t *testing.T) {
	t.Parallel()
	x := New()
	x.Put(newGenerator(3).docs(500)...)
	q := newGenerator(4).query(5, 20)
	want := x.Search(q)
	for _, terms := range []*[]string{&q.Concepts, &q.Words} {
		*terms = append(*terms, (*terms)[:3]...)
		slices.Reverse(*terms)
	}
	q.Numbers = append(q.Numbers, q.Numbers...)
	if got := x.Search(q); len(got) == 0 || !slices.Equal(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}
