package knowledge

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/whosays/whosays/knowledge/index"
)

// recent keeps what the latest searches found, until a claim changes: people ask the same things again and again, and
// what is in the news is asked by all.
type recent struct {
	mu    sync.Mutex
	hits  map[string][]index.Hit
	older map[string][]index.Hit
}

// mostRecent bounds how many searches are kept young, and how many old: some 4 MB each. Where there are more, the old ones are
// forgotten, and the young ones are the old ones. What is asked for again is young again.
const mostRecent = 1024

// search returns what was found, or finds it. The hits are read-only.
func (r *recent) search(q index.Query, find func(index.Query) []index.Hit) []index.Hit {
	key := keyOf(q)
	r.mu.Lock()
	hits, young := r.hits[key]
	old := false
	if !young {
		if hits, old = r.older[key]; old {
			r.keep(key, hits)
		}
	}
	r.mu.Unlock()
	if young || old {
		return hits
	}
	hits = slices.Clip(find(q)) // who appends to them, appends to a copy
	r.mu.Lock()
	defer r.mu.Unlock()
	r.keep(key, hits)
	return hits
}

func (r *recent) keep(key string, hits []index.Hit) {
	if r.hits == nil || len(r.hits) >= mostRecent {
		r.hits, r.older = make(map[string][]index.Hit), r.hits
	}
	r.hits[key] = hits
}

// forget forgets all. The caller keeps searches out until what changed is in the index.
func (r *recent) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.hits, r.older = nil, nil
}

// keyOf returns a query as a key: the order of its terms says nothing.
func keyOf(q index.Query) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%q %d %v", q.Tenant, q.Limit, q.Numbers)
	for _, terms := range [][]string{q.Concepts, q.Words} {
		b.WriteByte('\n')
		for _, t := range slices.Sorted(slices.Values(terms)) {
			fmt.Fprintf(&b, "%q", t)
		}
	}
	return b.String()
}
