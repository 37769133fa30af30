package knowledge

import (
	"cmp"
	"context"
	"slices"

	"github.com/whosays/whosays/knowledge/index"
)

const (
	latestStates = 8       // how many states of a count are handed out, those that were found by themselves aside
	mostCrowded  = 1 << 14 // how many hits are looked at for what many states of few counts crowd out
	fewHits      = 128     // up to so many it takes less to look through them than to keep a map
)

// Find returns the claims that share something with the query, best first; none is no error. Of each count that it
// finds it hands out, behind these, the latest states too: which of many alike comes first is nothing that their words
// could tell.
func (b *Base) Find(ctx context.Context, q Query) ([]Found, error) {
	b, err := b.fresh(ctx, q.Tenant)
	if err != nil {
		return nil, err
	}
	hits, further := b.hits(&q)
	found, err := b.found(ctx, q.Tenant, hits)
	for i := range found {
		found[i].Further = further[found[i].Claim.Key()]
	}
	return found, err
}

// hits returns the hits of a query with the latest states of their counts, and how many more of these there are.
func (b *Base) hits(q *Query) ([]index.Hit, map[Key]int) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	hits, of := b.search(index.Query{Tenant: q.Tenant, Concepts: q.Concepts, Words: q.Words, Numbers: q.Numbers, Limit: q.Limit})
	return b.complete(hits, of, q)
}

// search returns the hits of a query, and which counts they are of. Where states of few counts fill them, it looks on for
// what they crowd out: for claims that are of none of these counts.
func (b *Base) search(q index.Query) (hits []index.Hit, of []*count) {
	limit := q.Limit
	if limit <= 0 {
		limit = index.DefaultLimit
	}
	q.Limit = limit
	hits = b.look(q)
	of = b.counts(hits)
	if len(hits) < limit {
		return hits, of
	}
	others, room := firsts(of)
	if 2*len(others) > limit {
		return hits, of
	}
	q.Limit = min(limit+room, mostCrowded)
	more := b.look(q)
	counts := b.counts(more)
	others, _ = firsts(counts)
	all := slices.Clone(hits)
	for _, i := range others[:min(limit, len(others))] {
		if !slices.Contains(hits, more[i]) {
			all, of = append(all, more[i]), append(of, counts[i])
		}
	}
	return all, of
}

// look returns the hits of a query without what its tenant has hidden, in whose place others come.
func (b *Base) look(q index.Query) []index.Hit {
	hidden, limit := b.hidden[q.Tenant], q.Limit
	q.Limit += len(hidden)
	return visible(b.recent.search(q, b.index.Search), hidden, limit)
}

// visible returns the first hits that aren't hidden.
func visible(hits []index.Hit, hidden map[string]bool, limit int) []index.Hit {
	if len(hidden) == 0 {
		return hits
	}
	hits = slices.DeleteFunc(slices.Clone(hits), func(h index.Hit) bool { return h.Tenant == "" && hidden[h.ID] })
	return hits[:min(limit, len(hits))]
}

// counts returns the counts that hits are of, nil for what is of none.
func (b *Base) counts(hits []index.Hit) []*count {
	of := make([]*count, len(hits))
	for i, h := range hits {
		of[i] = b.count.of[Key{h.Tenant, h.ID}]
	}
	return of
}

// firsts returns the places of what is of no count that something before is of, and how many states these counts have.
func firsts(of []*count) (places []int, states int) {
	places = make([]int, 0, len(of))
	met := func(i int) bool { return slices.Contains(of[:i], of[i]) }
	if len(of) > fewHits {
		seen := make(map[*count]bool, len(of))
		met = func(i int) bool {
			was := seen[of[i]]
			seen[of[i]] = true
			return was
		}
	}
	for i, c := range of {
		if c != nil && met(i) {
			continue
		}
		if c != nil {
			states += len(c.states)
		}
		places = append(places, i)
	}
	return places, states
}

// complete adds to hits the latest states of their counts that suit a query best, and returns with the latest of each
// how many more there are.
func (b *Base) complete(hits []index.Hit, of []*count, q *Query) (all []index.Hit, further map[Key]int) {
	places, _ := firsts(of)
	all = hits
	for _, i := range places {
		h, c := &hits[i], of[i]
		if c == nil {
			continue
		}
		handed := make(map[string]bool) // few: what of one count was found
		for k := i; k < len(hits); k++ {
			if of[k] == c {
				handed[hits[k].ID] = true
			}
		}
		few, more := c.latest(latestStates, b.grading(q.Tenant, c, q.Grade), func(s *state) bool { return handed[s.id] })
		for i, s := range few {
			k := c.key(s)
			if i == 0 && more > 0 {
				if further == nil {
					further = make(map[Key]int)
				}
				further[k] = more
			}
			if !handed[s.id] {
				all = append(all, index.Hit{Tenant: k.Tenant, ID: k.ID, Score: h.Score, Pattern: -1})
			}
		}
	}
	return all, further
}

// grading returns the grade of the states of a count; what a tenant may not be shown has none.
func (b *Base) grading(tenant string, c *count, grade func(When) int) func(*state) int {
	return func(s *state) int {
		switch {
		case c.tenant != tenant && b.covers(tenant, s.id) || !b.told(s.said.date()):
			return 0
		case grade == nil:
			return 1
		}
		return grade(s.when())
	}
}

// Series returns claims of a series that a tenant may be shown and that have a grade, in the order in which they were
// said, and how many it leaves out. Of a long series it takes the first, the last, those that break it, and some between
// them.
func (b *Base) Series(ctx context.Context, tenant, name string, most int, grade func(When) int) (members []Claim, left int, err error) {
	if b, err = b.fresh(ctx, tenant); err != nil {
		return nil, 0, err
	}
	keys, left := b.series(tenant, name, most, grade)
	members, err = b.listed(ctx, tenant, keys)
	slices.SortStableFunc(members, func(x, y Claim) int {
		return cmp.Or(x.Attribution.SaidOn.Compare(y.Attribution.SaidOn), x.When().UpTo().Compare(y.When().UpTo()))
	})
	return members, left, err
}

// series returns the keys of some states of a series, and how many it leaves out.
func (b *Base) series(tenant, name string, most int, grade func(When) int) (few []Key, left int) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	var states []*state
	keys := map[*state]Key{}
	for _, t := range sees(tenant) {
		c := b.count.series[Key{t, name}]
		if c == nil {
			continue
		}
		graded := b.grading(tenant, c, grade)
		for i := range c.states {
			if s := &c.states[i]; graded(s) > 0 {
				states, keys[s] = append(states, s), c.key(s)
			}
		}
	}
	slices.SortStableFunc(states, func(x, y *state) int { return cmp.Or(cmp.Compare(x.said, y.said), x.compare(y)) })
	chosen := excerpt(states, most)
	for _, s := range chosen {
		few = append(few, keys[s])
	}
	return few, len(states) - len(chosen)
}
