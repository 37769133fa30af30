package index

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestPatterns(t *testing.T) {
	t.Parallel()
	scope := words("party:ukraine group:soldiers metric:killed")
	tests := []struct {
		name     string
		patterns [][]string
		concepts []string // of the query
		pattern  int
		size     int
	}{
		{"none", nil, scope, -1, 0},
		{"held whole", [][]string{scope}, scope, 0, 3},
		{"held by a query that asks for more", [][]string{scope}, append(words("place:kursk unknown:thing"), scope...), 0, 3},
		{"in another order, with repetitions", [][]string{words("metric:killed group:soldiers metric:killed party:ukraine")}, scope, 0, 3},
		{"held in part", [][]string{scope}, scope[:2], -1, 0},
		{"held by words only", [][]string{words("lorem")}, nil, -1, 0},
		{"one of two", [][]string{words("party:russia"), scope}, scope, 1, 3},
		{"the heavier of two", [][]string{scope[:1], scope, scope[:2]}, scope, 1, 3},
		{"the rarer of two", [][]string{words("common:thing"), words("metric:killed")}, append(words("common:thing"), scope...), 1, 1},
		{"the first of equals", [][]string{scope[2:], scope[1:2]}, scope, 0, 1},
		{"the first of twins", [][]string{scope[:1], scope, scope}, scope, 1, 3},
		{"empty ones keep their place", [][]string{{}, nil, scope}, scope, 2, 3},
		{"of concepts that the document has not", [][]string{words("topic:talks")}, words("topic:talks"), 0, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			x := New()
			x.Put(filler(9)...)
			x.Put(Doc{ID: "common", Concepts: words("common:thing")}, Doc{ID: "too", Concepts: words("common:thing")})
			x.Put(Doc{ID: "claim", Concepts: scope, Patterns: tt.patterns, Words: words("servicemen")})
			hits := x.Search(Query{Concepts: tt.concepts, Words: words("servicemen"), Limit: 50})
			i := slices.IndexFunc(hits, func(h Hit) bool { return h.ID == "claim" })
			if got := hits[i]; got.Pattern != tt.pattern || got.PatternSize != tt.size {
				t.Errorf("pattern %d of %d concepts, want %d of %d", got.Pattern, got.PatternSize, tt.pattern, tt.size)
			}
		})
	}
}

func TestOfEqualPatternsTheLongerIsHeaviest(t *testing.T) {
	t.Parallel()
	x := New()
	x.Put(Doc{ID: "a", Patterns: [][]string{words("c:1"), words("c:2 c:3"), words("c:4 c:5")}})
	v, s := x.view(""), new(scratch)
	s.fit(&v)
	for i, p := range v.shards[0].briefs[0].key.patterns() {
		s.held[0][p] = heldPattern{weight: 2, size: min(i+1, 2)}
	}
	if at, size := v.heaviest(s, 0, 0); at != 1 || size != 2 {
		t.Errorf("pattern %d of %d concepts, want 1 of 2", at, size)
	}
}

// rivals are documents beside the one that asks for the scope, and the order in which both come.
type rivals []struct {
	name  string
	other Doc
	query Query
	want  []string
}

func (all rivals) try(t *testing.T, asked Doc, common []string) {
	for _, tt := range all {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			x := New()
			x.Put(asked, tt.other)
			for i, d := range filler(200) {
				if i%3 == 0 { // as common as concepts are
					d.Concepts = common
				}
				x.Put(d)
			}
			tt.query.Limit = 500
			got := slices.DeleteFunc(names(x.Search(tt.query)), func(id string) bool { return !slices.Contains(tt.want, id) })
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPatternsRank(t *testing.T) {
	t.Parallel()
	scope := words("party:ukraine group:soldiers metric:killed")
	many := words("q:a q:b q:c q:d q:e q:f q:g q:h q:i")
	asked := Doc{ID: "asked", Concepts: append(words("more:a more:b more:c more:d"), scope...), Patterns: [][]string{scope}}
	rivals{
		{
			name:  "before a document with the same concepts and no pattern",
			other: Doc{ID: "other", Concepts: scope},
			query: Query{Concepts: scope},
			want:  words("asked other"),
		},
		{
			name:  "before one that shares more concepts",
			other: Doc{ID: "other", Concepts: append(words("place:kursk topic:talks"), scope...)},
			query: Query{Concepts: append(words("place:kursk topic:talks"), scope...)},
			want:  words("asked other"),
		},
		{
			name:  "a pattern that is the whole question, before one that has all of its words",
			other: Doc{ID: "other", Concepts: scope[:2], Words: words("how many soldier fall"), Title: words("how many soldier fall")},
			query: Query{Concepts: scope, Words: words("how many soldier fall")},
			want:  words("asked other"),
		},
		{
			name:  "but a text word for word comes before a pattern that it touches on",
			other: Doc{ID: "other", Concepts: many, Words: words("minister told hall student march nobody count body field near river town east")},
			query: Query{
				Concepts: append(slices.Clone(scope), many...),
				Words:    words("minister told hall student march nobody count body field near river town east"),
			},
			want: words("other asked"),
		},
		{
			name:  "the pattern that covers more of the question first",
			other: Doc{ID: "other", Concepts: scope, Patterns: [][]string{scope[:2]}},
			query: Query{Concepts: scope},
			want:  words("asked other"),
		},
	}.try(t, asked, append(slices.Clone(scope), many...))
}

// What award promises, over random documents: the reference can't tell, for it has the same bonus.
func TestPatternsComeBeforeSharedConcepts(t *testing.T) {
	t.Parallel()
	s := newScript(rand.New(rand.NewPCG(5, 6)).IntN)
	seen := 0
	for range 2000 {
		x := New()
		docs := make([]Doc, 1+s.draw(8))
		for i := range docs {
			docs[i] = s.doc()
			docs[i].Tenant, docs[i].ID = "", s.id()+string(rune('a'+i))
		}
		x.Put(docs...)
		q := s.query()
		bare := x.Search(Query{Concepts: q.Concepts})
		if !slices.IsSortedFunc(bare, func(a, b Hit) int { return min(b.Pattern, 0) - min(a.Pattern, 0) }) {
			t.Fatalf("%+v: a pattern stands behind shared concepts: %+v", q.Concepts, bare)
		}
		hits := x.Search(q)
		for i, h := range hits {
			if h.PatternSize == len(distinct(q.Concepts)) && h.Pattern >= 0 && i > 0 && hits[i-1].Pattern < 0 {
				t.Fatalf("%+v: a pattern that is the whole question stands behind none: %+v", q, hits)
			}
			seen += h.PatternSize
		}
	}
	if seen == 0 {
		t.Error("no pattern was ever held")
	}
}
