package index

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// agree checks a search of the index against the reference over the documents that it should hold.
func agree(t *testing.T, x *Index, docs []Doc, q Query) {
	t.Helper()
	q.Limit = len(docs) + 1
	got, want := x.Search(q), reference(docs, q)
	if len(got) != len(want) {
		t.Fatalf("%+v: %d hits, want %d\n%+v\n%+v", q, len(got), len(want), got, want)
	}
	for i, h := range got {
		w := want[[2]string{h.Tenant, h.ID}]
		if math.Abs(h.Score-w.Score) > 1e-5*(1+w.Score) {
			t.Errorf("%+v: %s/%s scores %v, want %v", q, h.Tenant, h.ID, h.Score, w.Score)
		}
		if w.Score = h.Score; h != w {
			t.Errorf("%+v: got %+v, want %+v", q, h, w)
		}
		if i > 0 && !ranks(got[i-1], h) {
			t.Errorf("%+v: %+v stands before %+v", q, got[i-1], h)
		}
	}
	for limit := 1; limit <= len(got); limit += 1 + limit/2 {
		q.Limit = limit
		if short := x.Search(q); !slices.Equal(short, got[:limit]) {
			t.Errorf("%+v: %s, want the first of %s", q, names(short), names(got))
		}
	}
}

// ranks reports whether a may stand before b.
func ranks(a, b Hit) bool {
	if a.Score != b.Score {
		return a.Score > b.Score
	}
	if a.PatternSize != b.PatternSize {
		return a.PatternSize > b.PatternSize
	}
	return tieBreak(a.Tenant, a.ID) < tieBreak(b.Tenant, b.ID)
}

// names prints hits as tenant/id, or as id where they are shared.
func names(hits []Hit) []string {
	out := make([]string, len(hits))
	for i, h := range hits {
		out[i] = h.ID
		if h.Tenant != "" {
			out[i] = fmt.Sprintf("%s/%s", h.Tenant, h.ID)
		}
	}
	return out
}
