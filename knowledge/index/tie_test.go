package index

import (
	"fmt"
	"slices"
	"testing"
)

func TestTiesDontShowTheOrderOfEntry(t *testing.T) {
	t.Parallel()
	docs := make([]Doc, 1000)
	ids := make([]string, len(docs))
	for i := range docs {
		ids[i] = fmt.Sprintf("ct-%04d", i)
		docs[i] = Doc{ID: ids[i], Words: words("same words")}
	}
	forth, back := New(), New()
	forth.Put(docs...)
	slices.Reverse(docs)
	back.Put(docs...)
	q := Query{Words: words("words"), Limit: len(docs)}
	got := names(forth.Search(q))
	if other := names(back.Search(q)); !slices.Equal(got, other) {
		t.Error("the order of entry decides ties")
	}
	rising := 0
	for i := range len(got) - 1 {
		if got[i] < got[i+1] {
			rising++
		}
	}
	if rising < 400 || rising > 600 {
		t.Errorf("%d of 999 neighbours stand in the order of their ids: that order shows", rising)
	}
	if slices.Sort(got); !slices.Equal(got, ids) {
		t.Errorf("%d of %d documents found, or some twice", len(got), len(ids))
	}
}

func TestCandidatesCompare(t *testing.T) {
	t.Parallel()
	ranked := []candidate{
		{score: 2, size: 1, tie: 9},
		{score: 1, size: 3, tie: 8},
		{score: 1, size: 2, tie: 6},
		{score: 1, size: 2, tie: 7},
		{score: 0, size: 4, tie: 1},
	}
	for i := range ranked {
		for j := range ranked {
			if got, want := ranked[i].before(&ranked[j]), i < j; got != want {
				t.Errorf("%+v before %+v: %v", ranked[i], ranked[j], got)
			}
		}
	}
}

func TestTieBreakTellsTenantFromID(t *testing.T) {
	t.Parallel()
	seen := make(map[uint64]string)
	for _, pair := range [][2]string{{"", ""}, {"", "ab"}, {"a", "b"}, {"ab", ""}, {"b", "a"}, {"", "ba"}} {
		h := tieBreak(pair[0], pair[1])
		if other, ok := seen[h]; ok {
			t.Errorf("%q and %q share a hash", pair, other)
		}
		seen[h] = fmt.Sprint(pair)
	}
}
