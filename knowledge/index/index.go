package index

import "sync"

// Index finds documents. It is made by New, and all of its methods may be called at once: a change is seen
// whole or not at all, and searches run side by side.
//
// Each tenant's documents lie in a shard of their own and a search opens two of them, the shared and its
// own. What another tenant keeps can't be found, and changes neither the ranking nor the time it takes.
type Index struct {
	mu     sync.RWMutex
	shards map[string]*shard // by tenant; none is empty
	pool   sync.Pool         // of *scratch, all zero

	pruneFrom int // see the constant; tests prune from the first posting on
}

// New returns an index without documents.
func New() *Index {
	return &Index{
		shards: make(map[string]*shard),
		pool:   sync.Pool{New: func() any { return new(scratch) }},

		pruneFrom: pruneFrom,
	}
}

// Put adds documents, each replacing the one of its tenant and id; of twins in one call the last stays.
// Searches see all of the call or nothing of it, and wait while it works (some 10 µs for each document), so
// a big base is best put in batches.
func (x *Index) Put(docs ...Doc) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for i := range docs {
		s := x.shards[docs[i].Tenant]
		if s == nil {
			s = newShard()
			x.shards[docs[i].Tenant] = s
		}
		s.remove(docs[i].ID)
		s.add(&docs[i])
		s.tidy()
	}
	for i := range docs {
		x.shards[docs[i].Tenant].sortClasses() // once for all that came into a class
	}
}

// Delete takes out the document of a tenant, if there is one.
func (x *Index) Delete(tenant, id string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	s := x.shards[tenant]
	if s == nil {
		return
	}
	s.remove(id)
	if s.live() == 0 {
		delete(x.shards, tenant)
		return
	}
	s.tidy()
}

// Drop takes out all documents of a tenant.
func (x *Index) Drop(tenant string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	delete(x.shards, tenant)
}

// Len returns how many documents the index holds, over all tenants.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	n := 0
	for _, s := range x.shards {
		n += s.live()
	}
	return n
}

// Search returns the documents that share a term with the query or have a pattern that it holds, best
// first; nil without any. The same documents give the same hits, whatever order they came in and whatever
// was there before them, so that replicas agree.
func (x *Index) Search(q Query) []Hit {
	x.mu.RLock()
	defer x.mu.RUnlock()
	v := x.view(q.Tenant)
	if v.docs == 0 {
		return nil
	}
	// Not deferred: should a search panic, its scratch isn't zero and must not go back.
	s := x.pool.Get().(*scratch)
	s.fit(&v)
	hits := v.search(s, &q)
	s.reset()
	x.pool.Put(s)
	return hits
}
