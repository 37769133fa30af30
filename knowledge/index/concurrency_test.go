package index

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
)

// One writer replaces a set of documents again and again, each time as one Put and with a word of its own;
// readers must find the whole set of one round, never parts of two.
func TestReadersNeverSeeHalfAPut(t *testing.T) {
	t.Parallel()
	const size, rounds = 20, 400
	round := func(n int) []Doc {
		docs := make([]Doc, size)
		for i := range docs {
			tenant := []string{"", "a"}[i%2]
			mark := fmt.Sprint("round-", n)
			docs[i] = Doc{Tenant: tenant, ID: fmt.Sprint("d", i), Words: []string{"all", mark}, Concepts: words("c:all"), Patterns: [][]string{words("c:all"), {mark}}}
		}
		return docs
	}
	x := New()
	x.Put(round(0)...)
	var now atomic.Int64
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for now.Load() < rounds {
				n := now.Load()
				q := Query{Tenant: "a", Words: []string{"all"}, Concepts: []string{"c:all"}, Limit: 2 * size}
				if hits := x.Search(q); len(hits) != size || hits[0].Score != hits[size-1].Score {
					t.Errorf("%d hits with scores from %v", len(hits), hits)
					return
				}
				q = Query{Tenant: "a", Words: []string{fmt.Sprint("round-", n)}, Limit: 2 * size}
				if hits := x.Search(q); len(hits) != 0 && len(hits) != size {
					t.Errorf("round %d: %d hits, want all or none", n, len(hits))
					return
				}
				if got := x.Len(); got != size && got != size+1 {
					t.Errorf("Len() = %d", got)
					return
				}
			}
		})
	}
	for n := 1; n <= rounds; n++ {
		x.Put(round(n)...)
		now.Store(int64(n))
		x.Put(Doc{Tenant: "b", ID: "guest", Words: words("all")})
		x.Delete("b", "guest")
	}
	readers.Wait()
}

func TestConcurrentSearchesDontShareScratch(t *testing.T) {
	t.Parallel()
	x := New()
	x.Put(newGenerator(31).docs(2000)...)
	g := newGenerator(32)
	queries := make([]Query, 40)
	want := make([][]Hit, len(queries))
	for i := range queries {
		queries[i] = g.query(3, 8)
		want[i] = x.Search(queries[i])
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for i, q := range queries {
				if got := x.Search(q); !slices.Equal(got, want[i]) {
					t.Errorf("%+v: got %+v\nwant %+v", q, got, want[i])
				}
			}
		})
	}
	all.Wait()
}
