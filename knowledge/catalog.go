package knowledge

import (
	"maps"
	"sync"
	"time"

	"github.com/whosays/whosays/knowledge/index"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// catalog is what a base keeps in memory of the live claims, and how far it has followed each tenant's chain. The views
// of a base share it.
type catalog struct {
	index *index.Index
	turn  chan struct{} // held by who follows a chain: one at a time

	holds  time.Duration // for how long a review does
	recent recent        // a search holds mu over its use, and so does a change
	stated lastShared    // likewise

	mu     sync.RWMutex // of what is below; a reader holds it over a whole search, so that it sees a change whole
	heads  map[string]Head
	own    map[Key]bool               // the live claims of tenants: they stand before shared ones of the same id
	hidden map[string]map[string]bool // by tenant, the ids of the shared claims that it has hidden
	reach  map[string]*reaches
	links  links
	count  counts
}

func newCatalog() *catalog {
	return &catalog{
		index: index.New(), turn: make(chan struct{}, 1), heads: map[string]Head{}, own: map[Key]bool{}, hidden: map[string]map[string]bool{},
		reach: map[string]*reaches{}, links: newLinks(), count: newCounts(), holds: StaleAfter,
	}
}

// note keeps what of a live claim is needed without the store.
func (c *catalog) note(l *lexicon.Lexicon, claim Claim) {
	if claim.Tenant != "" {
		c.own[claim.Key()] = true
	}
	c.links.note(claim)
	c.count.note(&claim)
	if c.reach[claim.Tenant] == nil {
		c.reach[claim.Tenant] = newReaches()
	}
	c.reach[claim.Tenant].add(reachOf(l, claim), 1)
}

// hide keeps the shared claim of an id from a tenant, or doesn't any more.
func (c *catalog) hide(k Key, hidden bool) {
	ids := c.hidden[k.Tenant]
	switch {
	case hidden && ids == nil:
		c.hidden[k.Tenant] = map[string]bool{k.ID: true}
	case hidden:
		ids[k.ID] = true
	case ids != nil:
		if delete(ids, k.ID); len(ids) == 0 {
			delete(c.hidden, k.Tenant)
		}
	}
}

// covers reports whether the shared claim of an id isn't there for a tenant: it has its own, or has hidden it.
func (c *catalog) covers(tenant, id string) bool {
	return tenant != "" && (c.own[Key{tenant, id}] || c.hidden[tenant][id])
}

// forget takes out what note kept of a claim.
func (c *catalog) forget(l *lexicon.Lexicon, claim Claim) {
	delete(c.own, claim.Key())
	c.links.forget(claim)
	c.count.forget(&claim)
	if r := c.reach[claim.Tenant]; r != nil {
		r.add(reachOf(l, claim), -1)
	}
}

// drop takes out all claims of a tenant.
func (c *catalog) drop(tenant string) {
	c.recent.forget()
	c.stated.forget()
	c.index.Drop(tenant)
	delete(c.heads, tenant)
	delete(c.reach, tenant)
	delete(c.hidden, tenant)
	of := func(k Key) bool { return k.Tenant == tenant }
	maps.DeleteFunc(c.own, func(k Key, _ bool) bool { return of(k) })
	for _, names := range c.links.all() {
		maps.DeleteFunc(names, func(k Key, _ []Key) bool { return of(k) })
	}
	c.count.drop(tenant)
}

// reaches counts the claims of a tenant by what they reach to, so that one can be taken out again.
type reaches struct {
	reviewed, asOf map[Date]int
	domain         int
}

func newReaches() *reaches { return &reaches{reviewed: map[Date]int{}, asOf: map[Date]int{}} }

func (r *reaches) add(one Reach, n int) {
	tally(r.reviewed, one.Reviewed, n)
	tally(r.asOf, one.AsOf, n)
	if one.Domain {
		r.domain += n
	}
}

func tally(dates map[Date]int, d Date, n int) {
	if dates[d] += n; dates[d] <= 0 {
		delete(dates, d)
	}
}

// without joins what is counted, without some that are among it.
func (r *reaches) without(some *reaches) Reach {
	out := Reach{Domain: r.domain > some.domain}
	for d, n := range r.reviewed {
		if n > some.reviewed[d] {
			out.Reviewed = newest(out.Reviewed, d)
		}
	}
	for d, n := range r.asOf {
		if n > some.asOf[d] {
			out.AsOf = newest(out.AsOf, d)
		}
	}
	return out
}
