package rediscache

import (
	"context"
	"time"

	"github.com/whosays/whosays/knowledge"
)

// loadTimeout bounds a load, which outlives the callers that wait for it.
const loadTimeout = 2 * time.Second

// flight is the one load of a key that is under way. entry and err are set once done is closed.
type flight struct {
	key   knowledge.Key
	done  chan struct{}
	entry entry
	err   error
}

// Claims returns those of the claims that there are: from the process, else from Redis, else from the store behind. However many
// ask for a key at once, it is loaded once, and who leaves leaves alone.
func (c *Cache) Claims(ctx context.Context, at knowledge.Heads, keys []knowledge.Key) ([]knowledge.Claim, error) {
	out := make([]knowledge.Claim, 0, len(keys))
	missing := map[string]knowledge.Key{}
	for _, k := range keys {
		if k.Tenant != "" && k.Tenant != at.Tenant {
			continue
		}
		name := nameOf(at, k)
		if e, ok := c.kept(name); ok {
			out = e.appendTo(out)
		} else {
			missing[name] = k
		}
	}
	c.metrics.hit("process", len(keys)-len(missing))
	for _, f := range c.board(ctx, at, missing) {
		select {
		case <-f.done:
			if f.err != nil {
				return nil, f.err
			}
			out = f.entry.appendTo(out)
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return out, nil
}

func (e entry) appendTo(out []knowledge.Claim) []knowledge.Claim {
	if e.claim == nil {
		return out
	}
	return append(out, *e.claim)
}

// kept returns what the process keeps.
func (c *Cache) kept(name string) (entry, bool) {
	if c.local == nil {
		return entry{}, false
	}
	return c.local.GetIfPresent(name)
}

// board returns the flights of keys: those that are under way, and new ones for the others, which set off together.
func (c *Cache) board(ctx context.Context, at knowledge.Heads, missing map[string]knowledge.Key) []*flight {
	if len(missing) == 0 {
		return nil
	}
	all := make([]*flight, 0, len(missing))
	started := map[string]*flight{}
	c.mu.Lock()
	for name, k := range missing {
		f := c.flights[name]
		if f == nil {
			if e, ok := c.kept(name); ok { // it has landed since
				f = &flight{entry: e, done: closed()}
			} else {
				f = &flight{key: k, done: make(chan struct{})}
				c.flights[name], started[name] = f, f
			}
		}
		all = append(all, f)
	}
	c.mu.Unlock()
	if len(started) > 0 {
		c.work.Go(func() {
			ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), loadTimeout)
			defer cancel()
			c.fly(ctx, at, started)
		})
	}
	return all
}

func closed() chan struct{} {
	done := make(chan struct{})
	close(done)
	return done
}

// fly loads keys from Redis, and what isn't there from the store; that is put into Redis once nobody waits any more.
func (c *Cache) fly(ctx context.Context, at knowledge.Heads, flights map[string]*flight) {
	rest := flights
	if c.redis != nil {
		found := c.redis.get(ctx, flights)
		c.metrics.hit("redis", len(found))
		rest = make(map[string]*flight, len(flights)-len(found))
		for name, f := range flights {
			if e, ok := found[name]; ok {
				c.land(name, f, e, nil)
			} else {
				rest[name] = f
			}
		}
	}
	if len(rest) == 0 {
		return
	}
	c.metrics.loads.Inc()
	loaded, err := c.load(ctx, at, rest)
	for name, f := range rest {
		c.land(name, f, loaded[name], err)
	}
	if err == nil && c.redis != nil {
		c.redis.set(ctx, loaded)
	}
}

// load asks the store behind.
func (c *Cache) load(ctx context.Context, at knowledge.Heads, flights map[string]*flight) (map[string]entry, error) {
	keys := make([]knowledge.Key, 0, len(flights))
	out := make(map[string]entry, len(flights))
	for name, f := range flights {
		keys = append(keys, f.key)
		out[name] = entry{}
	}
	claims, err := c.Store.Claims(ctx, at, keys)
	if err != nil {
		return nil, err
	}
	c.metrics.hit("store", len(keys))
	for i := range claims {
		if name := nameOf(at, claims[i].Key()); flights[name] != nil {
			out[name] = entry{&claims[i]}
		}
	}
	return out, nil
}

// land ends a flight. What it brought is kept before the flight is gone: no one loads it again in between.
func (c *Cache) land(name string, f *flight, e entry, err error) {
	f.entry, f.err = e, err
	if err == nil && c.local != nil {
		c.local.Set(name, e)
	}
	c.mu.Lock()
	delete(c.flights, name)
	c.mu.Unlock()
	close(f.done)
}
