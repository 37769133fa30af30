package index

import (
	"slices"
	"testing"
)

func TestTenants(t *testing.T) {
	t.Parallel()
	scope := words("metric:killed")
	doc := func(tenant, id string) Doc {
		return Doc{Tenant: tenant, ID: id, Concepts: scope, Patterns: [][]string{scope}, Words: words("word"), Numbers: []float64{7}}
	}
	x := New()
	x.Put(doc("", "shared"), doc("", "both"), doc("a", "both"), doc("a", "own"), doc("b", "both"), doc("b", "secret"))
	tests := []struct {
		tenant string
		want   []string
	}{
		{"", words("both shared")},
		{"a", words("a/both a/own both shared")},
		{"b", words("b/both b/secret both shared")},
		{"nobody", words("both shared")},
	}
	for _, tt := range tests {
		for _, q := range []Query{{Concepts: scope}, {Words: words("word")}, {Numbers: []float64{7}}} {
			q.Tenant = tt.tenant
			hits := x.Search(q)
			got := names(hits)
			if slices.Sort(got); !slices.Equal(got, tt.want) {
				t.Errorf("%+v finds %q, want %q", q, got, tt.want)
			}
			for _, h := range hits {
				if (h.Pattern == 0) != (len(q.Concepts) > 0) {
					t.Errorf("%+v: %+v", q, h)
				}
			}
		}
	}
}

// Rarity and mean lengths would tell what another tenant keeps, though no hit of theirs is shown.
func TestOtherTenantsDontChangeTheRanking(t *testing.T) {
	t.Parallel()
	alone, crowded := New(), New()
	docs := newGenerator(21).docs(300)
	for i := range docs {
		if i%3 == 0 {
			docs[i].Tenant = "a"
		}
	}
	alone.Put(docs...)
	crowded.Put(docs...)
	others := newGenerator(22).docs(300)
	for i := range others {
		others[i].Tenant = "b"
	}
	crowded.Put(others...)
	g := newGenerator(23)
	for range 100 {
		q := g.query(3, 6)
		for _, tenant := range []string{"", "a"} {
			q.Tenant = tenant
			if got, want := crowded.Search(q), alone.Search(q); !slices.Equal(got, want) {
				t.Fatalf("%+v: got %+v\nwant %+v", q, got, want)
			}
		}
	}
}
