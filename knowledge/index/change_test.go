package index

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestPutReplaces(t *testing.T) {
	t.Parallel()
	x := New()
	x.Put(
		Doc{ID: "a", Words: words("old"), Concepts: words("c:old"), Patterns: [][]string{words("c:old")}, Numbers: []float64{1}},
		Doc{ID: "b", Words: words("first")},
		Doc{ID: "b", Words: words("last")},
	)
	x.Put(Doc{ID: "a", Words: words("new"), Concepts: words("c:new"), Patterns: [][]string{words("c:new")}, Numbers: []float64{2}})
	if got := x.Len(); got != 2 {
		t.Errorf("Len() = %d, want 2", got)
	}
	for _, old := range []Query{{Words: words("old")}, {Words: words("first")}, {Concepts: words("c:old")}, {Numbers: []float64{1}}} {
		if hits := x.Search(old); hits != nil {
			t.Errorf("%+v finds %+v, want none", old, hits)
		}
	}
	for _, there := range []Query{{Words: words("new last")}, {Words: words("last"), Concepts: words("c:new")}} {
		if got := len(x.Search(there)); got != 2 {
			t.Errorf("%+v: %d hits, want 2", there, got)
		}
	}
}

func TestDelete(t *testing.T) {
	t.Parallel()
	x := New()
	x.Put(Doc{ID: "a", Words: words("word")}, Doc{ID: "a", Tenant: "t", Words: words("word")})
	steps := []struct {
		tenant, id string
		left       []string
	}{
		{"other", "a", words("a t/a")},
		{"t", "b", words("a t/a")},
		{"", "a", words("t/a")},
		{"", "a", words("t/a")},
		{"t", "a", nil},
	}
	for _, s := range steps {
		x.Delete(s.tenant, s.id)
		got := names(x.Search(Query{Tenant: "t", Words: words("word")}))
		if slices.Sort(got); !slices.Equal(got, s.left) || x.Len() != len(s.left) {
			t.Errorf("after Delete(%q, %q): %q and Len() = %d, want %q", s.tenant, s.id, got, x.Len(), s.left)
		}
	}
	if len(x.shards) != 0 {
		t.Errorf("%d shards stay without documents", len(x.shards))
	}
}

func TestTheIndexKeepsAndChangesNothingOfTheCallers(t *testing.T) {
	t.Parallel()
	d := Doc{ID: "a", Concepts: words("c:2 c:1"), Patterns: [][]string{words("c:2 c:1")}, Words: words("w2 w1"), Title: words("w4 w3"), Numbers: []float64{2, 1}}
	q := Query{Concepts: words("c:2 c:1"), Words: words("w4 w3 w2 w1"), Numbers: []float64{2, 1}}
	x := New()
	x.Put(d)
	want := x.Search(q)
	for _, terms := range [][]string{d.Concepts, d.Patterns[0], q.Concepts} {
		if !slices.Equal(terms, words("c:2 c:1")) {
			t.Errorf("reordered: %q", terms)
		}
		if &terms[0] != &q.Concepts[0] {
			terms[0], terms[1] = "x", "y"
		}
	}
	d.Words[0], d.Title[0], d.Numbers[0] = "x", "x", 9
	if got := x.Search(q); !slices.Equal(got, want) || !slices.Equal(q.Numbers, []float64{2, 1}) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestTombstonesAndTermsGoAway(t *testing.T) {
	t.Parallel()
	x := New()
	x.Put(filler(50)...)
	r := rand.New(rand.NewPCG(8, 9))
	for i := range 5000 {
		unique := fmt.Sprint("w", i)
		id := fmt.Sprint("d", r.IntN(50))
		x.Put(Doc{ID: id, Words: words(unique), Concepts: words("c:" + unique), Patterns: [][]string{{"p:" + unique}}, Numbers: []float64{float64(i)}})
	}
	s := x.shards[""]
	if dead := len(s.docs) - s.live(); float64(dead) > maxDead*float64(len(s.docs)) {
		t.Errorf("%d tombstones of %d", dead, len(s.docs))
	}
	// Fifty documents of five terms each (the pattern and its concept are two), ten filler terms, and at
	// most as many again until the next compaction.
	if most := 2 * (50*5 + 10); len(s.lists) > most {
		t.Errorf("%d lists, want at most %d", len(s.lists), most)
	}
	if known := len(s.concepts) + len(s.words) + len(s.numbers) + len(s.patterns); known+len(s.free) != len(s.lists) {
		t.Errorf("%d terms and %d free numbers for %d lists", known, len(s.free), len(s.lists))
	}
}

func TestTheHistoryDoesntShow(t *testing.T) {
	t.Parallel()
	docs := newGenerator(11).docs(2000)
	r := rand.New(rand.NewPCG(11, 12))
	churned, fresh := New(), New()
	fresh.Put(docs...)
	churned.Put(newGenerator(13).docs(3000)...)
	for _, i := range r.Perm(len(docs)) {
		churned.Put(docs[i])
	}
	for i := len(docs); i < 3000; i++ {
		churned.Delete("", fmt.Sprint("claim-", i))
	}
	g := newGenerator(14)
	for range 200 {
		q := g.query(3, 6)
		if got, want := churned.Search(q), fresh.Search(q); !slices.Equal(got, want) {
			t.Fatalf("%+v: got %+v\nwant %+v", q, got, want)
		}
	}
}
