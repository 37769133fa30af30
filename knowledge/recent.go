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
	mu   sync.Mutex
	hits map[string][]index.Hit
}

// mostRecent bounds how many searches are kept: some 4 MB. Where there are more, all are forgotten, which costs each of
// them one search.
const mostRecent = 1024

// search returns what was found, or finds it. The hits are read-only.
func (r *recent) search(q index.Query, find func(index.Query) []index.Hit) []index.Hit {
	key := keyOf(q)
	r.mu.Lock()
	hits, ok := r.hits[key]
	r.mu.Unlock()
	if ok {
		return hits
	}
	hits = slices.Clip(find(q)) // who appends to them, appends to a copy
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.hits == nil || len(r.hits) >= mostRecent {
		r.hits = make(map[string][]index.Hit)
	}
	r.hits[key] = hits
	return hits
}

// forget forgets all. The caller keeps searches out until what changed is in the index.
func (r *recent) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.hits = nil
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
