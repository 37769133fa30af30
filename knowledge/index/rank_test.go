package index

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// said makes a message of plain words.
func said(text string) Message {
	var m Message
	for w := range strings.FieldsSeq(text) {
		m.Terms = append(m.Terms, lexicon.Term{Text: w})
	}
	return m
}

// rivers are claims of one topic, and others.
func rivers() []Doc {
	docs := []Doc{
		{ID: "order", Words: words("farmer dam river flood village"), Title: words("dam flood")},
		{ID: "other-order", Words: words("village flood river dam farmer"), Title: words("flood dam")},
		{ID: "figure", Words: words("flood village 1200 house lose"), Title: words("1200 house")},
		{ID: "aliases", Words: append(append(words("mayor promise new bridge"), ""), words("bridge promise town")...)},
		{ID: "compound", Words: words("riverwatch count salmon"), Title: words("salmon")},
	}
	return append(docs, filler(20)...)
}

func TestRank(t *testing.T) {
	t.Parallel()
	x := New()
	x.Put(rivers()...)
	for _, tt := range []struct{ name, message, want string }{
		{"the words in their order", "farmer say dam river flood village", "order"},
		{"the words in the other order", "village say flood river dam farmer", "other-order"},
		{"a figure", "1200 house lose village", "figure"},
		{"one of several wordings", "bridge promise town", "aliases"},
		{"words written together", "salmonbridge salmon", "compound"},
		{"a word spelt alike", "riverwatching count", "compound"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := names(x.Rank(said(tt.message)).Hits); len(got) == 0 || got[0] != tt.want {
				t.Errorf("got %q, want %q first", got, tt.want)
			}
		})
	}
}

func TestRankWithoutAnythingInCommon(t *testing.T) {
	t.Parallel()
	x := New()
	for _, m := range []Message{{}, said("moon"), {Concepts: words("topic:moon")}} {
		if got := x.Rank(m); got.Answered || len(got.Hits) > 0 {
			t.Errorf("an empty index: %+v", got)
		}
	}
	x.Put(rivers()...)
	for _, m := range []Message{{}, said("moon"), {Concepts: words("topic:moon")}} {
		if got := x.Rank(m); got.Answered || len(got.Hits) > 0 {
			t.Errorf("%+v: %+v", m, got)
		}
	}
}

func TestRankAnswersOnlyWhatIsNear(t *testing.T) {
	t.Parallel()
	tiny := New()
	tiny.Put(Doc{ID: "only", Words: words("farmer dam river flood village"), Title: words("dam flood river")})
	many := New()
	many.Put(rivers()...)
	for name, x := range map[string]*Index{"one claim": tiny, "some claims": many} {
		for message, want := range map[string]bool{
			"farmer dam river flood village": true,
			"river":                          false,
			"dam flood":                      false,
			"sun beach holiday cake river guitar song train dance summer": false,
		} {
			if got := x.Rank(said(message)); got.Answered != want {
				t.Errorf("%s, %q: answered is %v, want %v", name, message, got.Answered, want)
			}
		}
	}
}

func TestRankLimit(t *testing.T) {
	t.Parallel()
	x := New()
	x.Put(filler(150)...)
	for limit, want := range map[int]int{-1: DefaultLimit, 0: DefaultLimit, 1: 1, 99: 99, 1000: looked} {
		m := said("lorem ipsum")
		m.Limit = limit
		if got := len(x.Rank(m).Hits); got != want {
			t.Errorf("limit %d: %d hits, want %d", limit, got, want)
		}
	}
}

// What came in which order, and what was there before, must not show: replicas have to agree.
func TestRankForgetsTheOrderOfEntry(t *testing.T) {
	t.Parallel()
	g := newGenerator(31)
	docs := g.docs(400)
	for i := range docs {
		if i%3 == 0 {
			docs[i].Tenant = "a"
		}
	}
	forth, back := New(), New()
	forth.Put(docs...)
	other := g.docs(400)
	for i := range other { // to be replaced: leaves tombstones and other numbers of words
		other[i].Tenant = docs[i].Tenant
	}
	back.Put(other...)
	slices.Reverse(docs)
	back.Put(docs...)
	for range 60 {
		m := g.message(20)
		m.Tenant, m.Limit = "a", looked
		if diff := cmp.Diff(forth.Rank(m), back.Rank(m)); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestRankKeepsTenantsApart(t *testing.T) {
	t.Parallel()
	g := newGenerator(41)
	docs := g.docs(300)
	for i := range docs {
		docs[i].Tenant = []string{"", "a"}[i%2]
	}
	alone, crowded := New(), New()
	alone.Put(docs...)
	crowded.Put(docs...)
	for i := range docs {
		docs[i].Tenant = "b"
	}
	crowded.Put(docs...)
	for range 60 {
		m := g.message(20)
		for _, m.Tenant = range []string{"", "a"} {
			want := alone.Look(m)
			if diff := cmp.Diff(want, crowded.Look(m), cmp.AllowUnexported(Looked{})); diff != "" {
				t.Fatal(diff)
			}
		}
	}
}

// A claim in a shard of its own has to be judged as one in the shared shard is.
func TestRankDoesNotDependOnTheShard(t *testing.T) {
	t.Parallel()
	g := newGenerator(51)
	docs := g.docs(looked) // no more: of equals at the end, lots are drawn with the tenant
	shared, own := New(), New()
	shared.Put(docs...)
	for i := range docs {
		if i%2 == 0 {
			docs[i].Tenant = "a"
		}
	}
	own.Put(docs...)
	for range 40 {
		m := g.message(20)
		m.Tenant = "a"
		features := map[string]Features{}
		for _, c := range shared.Look(m) {
			features[c.ID] = c.Features
		}
		for _, c := range own.Look(m)[:10] {
			if diff := cmp.Diff(features[c.ID], c.Features); diff != "" {
				t.Fatal(c.ID, diff)
			}
		}
	}
}

func TestFeaturesAreShares(t *testing.T) {
	t.Parallel()
	g := newGenerator(61)
	x := New()
	x.Put(g.docs(500)...)
	for range 50 {
		for _, c := range x.Look(g.message(15)) {
			for k, f := range c.Features {
				if k != Behind && k != Spread && (f < 0 || f > 1.001) || f != f {
					t.Fatalf("%s of %s is %v", FeatureNames()[k], c.ID, f)
				}
			}
		}
	}
}

// Twins differ in their ids only: that must not decide in the order of the ids, nor of the entry.
func TestRankDrawsTwinsByLot(t *testing.T) {
	t.Parallel()
	docs := make([]Doc, looked)
	for i := range docs {
		docs[i] = Doc{ID: fmt.Sprintf("ct-%03d", i), Words: words("same words here")}
	}
	x := New()
	x.Put(docs...)
	m := said("same words here")
	m.Limit = looked
	got := names(x.Rank(m).Hits)
	if len(got) != looked {
		t.Fatalf("%d hits", len(got))
	}
	rising := 0
	for i := range len(got) - 1 {
		if got[i] < got[i+1] {
			rising++
		}
	}
	if rising < 30 || rising > 70 {
		t.Errorf("%d of 99 neighbours stand in the order of their ids: that order shows", rising)
	}
}
