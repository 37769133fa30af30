package rediscache

import (
	"context"
	"iter"
	"time"

	"github.com/whosays/whosays/knowledge"
)

// loadTimeout bounds a load, which outlives the callers that wait for it.
const loadTimeout = 2 * time.Second

// asked is a claim as it is asked for: behind a head.
type asked struct {
	key knowledge.Key
	at  revision
}

// flight is the one load of a claim that is under way. entry and err are set once done is closed.
type flight struct {
	asked

	spot  spot
	since time.Time // when the head's change was made
	done  chan struct{}
	entry entry
	err   error
}

// Claims returns the claims that there are, beside their keys: from the process, else from Redis, else from the store behind.
// However many ask for a claim at once, it is loaded once, and who leaves leaves alone.
func (c *Cache) Claims(ctx context.Context, at knowledge.Heads, keys []knowledge.Key) ([]*knowledge.Claim, error) {
	out := make([]*knowledge.Claim, len(keys))
	shared, own := c.spots(at)
	var missing []*flight
	var places []int // of the missing ones in out
	for i, k := range keys {
		s := own
		switch k.Tenant {
		case "":
			s = shared
		case at.Tenant:
		default:
			continue
		}
		if e, ok := c.kept(k, s); ok {
			out[i] = e.claim
			continue
		}
		head := at.Of(k.Tenant)
		missing = append(missing, &flight{asked: asked{k, revisionOf(head)}, spot: s, since: head.At})
		places = append(places, i)
	}
	c.metrics.hit("process", len(keys)-len(missing))
	for i, f := range c.board(ctx, at, missing) {
		select {
		case <-f.done:
			if f.err != nil {
				return nil, f.err
			}
			out[places[i]] = f.entry.claim
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return out, nil
}

// spots returns where the heads lie.
func (c *Cache) spots(at knowledge.Heads) (shared, own spot) {
	if c.local == nil {
		return spot{}, spot{}
	}
	shared = c.lines.spot("", at.Shared)
	if at.Tenant != "" {
		own = c.lines.spot(at.Tenant, at.Own)
	}
	return shared, own
}

// kept returns what the process keeps and still holds at a spot.
func (c *Cache) kept(k knowledge.Key, at spot) (entry, bool) {
	if c.local == nil {
		return entry{}, false
	}
	e, ok := c.local.GetIfPresent(k)
	if !ok || !c.lines.same(k, e.spot, at) {
		return entry{}, false
	}
	return e.entry, true
}

// Edits yields those of the store behind, and notes what they touch: what else is kept in the process holds on.
func (c *Cache) Edits(ctx context.Context, tenant string, from, to knowledge.Head) iter.Seq2[knowledge.Edit, error] {
	edits := c.Store.Edits(ctx, tenant, from, to)
	if c.local == nil {
		return edits
	}
	return func(yield func(knowledge.Edit, error) bool) {
		var touched []string
		for e, err := range edits {
			if len(touched) <= mostTouched {
				touched = append(touched, e.Is.ID)
			}
			if !yield(e, err) || err != nil {
				return // it isn't known what else was touched
			}
		}
		c.lines.lead(tenant, from, to, touched)
	}
}

// board returns the flights of what is missing: those that are under way, and new ones for the others, which set off together.
func (c *Cache) board(ctx context.Context, at knowledge.Heads, missing []*flight) []*flight {
	if len(missing) == 0 {
		return nil
	}
	var started []*flight
	c.mu.Lock()
	for i, f := range missing {
		if under := c.flights[f.asked]; under != nil {
			missing[i] = under
			continue
		}
		if e, ok := c.kept(f.key, f.spot); ok { // it has landed since
			f.entry, f.done = e, closed()
			continue
		}
		f.done = make(chan struct{})
		c.flights[f.asked] = f
		started = append(started, f)
	}
	c.mu.Unlock()
	if len(started) > 0 {
		c.work.Go(func() {
			ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), loadTimeout)
			defer cancel()
			c.fly(ctx, at, started)
		})
	}
	return missing
}

func closed() chan struct{} {
	done := make(chan struct{})
	close(done)
	return done
}

// fly loads claims from Redis, and what isn't there from the store; that is put into Redis once nobody waits any more.
func (c *Cache) fly(ctx context.Context, at knowledge.Heads, flights []*flight) {
	rest := flights
	if c.redis != nil {
		rest = nil
		found := c.redis.get(ctx, flights)
		c.metrics.hit("redis", len(found))
		for _, f := range flights {
			if e, ok := found[f]; ok {
				c.land(f, e, nil)
			} else {
				rest = append(rest, f)
			}
		}
	}
	if len(rest) == 0 {
		return
	}
	c.metrics.loads.Inc()
	loaded, err := c.load(ctx, at, rest)
	entries := make(map[string]entry, len(rest))
	for i, f := range rest {
		if err != nil {
			c.land(f, entry{}, err)
			continue
		}
		e := entry{loaded[i]}
		c.land(f, e, nil)
		if c.redis != nil && !f.newer(e) {
			entries[f.name()] = e
		}
	}
	if len(entries) > 0 {
		c.redis.set(ctx, entries)
	}
}

// load asks the store behind.
func (c *Cache) load(ctx context.Context, at knowledge.Heads, flights []*flight) ([]*knowledge.Claim, error) {
	keys := make([]knowledge.Key, len(flights))
	for i, f := range flights {
		keys[i] = f.key
	}
	claims, err := c.Store.Claims(ctx, at, keys)
	if err == nil {
		c.metrics.hit("store", len(keys))
	}
	return claims, err
}

// land ends a flight. What it brought is kept before the flight is gone: no one loads it again in between.
func (c *Cache) land(f *flight, e entry, err error) {
	f.entry, f.err = e, err
	if err == nil && c.local != nil && !f.newer(e) {
		c.local.Set(f.key, kept{e, f.spot})
	}
	c.mu.Lock()
	delete(c.flights, f.asked)
	c.mu.Unlock()
	close(f.done)
}

// newer reports whether what was loaded is younger than the head that it was asked behind. It is handed out and not kept: a
// database that is put back to that very head never had it.
func (f *flight) newer(e entry) bool {
	return e.claim != nil && (f.at.number == 0 || !f.since.IsZero() && e.claim.At.After(f.since))
}
