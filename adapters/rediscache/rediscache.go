// Package rediscache keeps claims in front of the database: in this process, and in the Redis that replicas share.
//
// What is kept is kept under the head of the chain that the claim was read behind. In Redis the key holds the head, so that a
// change makes what was kept before unreachable: nothing has to be taken out, and a hint that gets lost costs a read. The process
// sees which claims each change touches, and keeps the others. Nothing is here whose loss breaks a promise; without Redis, or
// while it is down, the cache in the process and the database answer.
package rediscache

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/maypok86/otter/v2"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/whosays/whosays/knowledge"
)

// Options say how claims are kept.
type Options struct {
	URL         string        // of Redis; empty: none. It may hold a password, and is in no error
	Claims      int           // how many the process keeps; 0: none
	Timeout     time.Duration // of each try of Redis
	PoolTimeout time.Duration // for a free connection to it
	Metrics     prometheus.Registerer
	Log         *slog.Logger
}

// Cache is a knowledge.Store in front of another. All of it may be called at once.
type Cache struct {
	knowledge.Store

	local   local // nil: none
	lines   lines
	redis   *remote // nil: none
	metrics *metrics

	mu      sync.Mutex
	flights map[asked]*flight
	work    sync.WaitGroup // what goes on behind the callers
}

// local is a cache of otter's. By its own name each package that knows [Cache] would compile all of otter, for these types: seconds.
type local interface {
	GetIfPresent(key knowledge.Key) (kept, bool)
	Set(key knowledge.Key, value kept) (kept, bool)
}

// entry is what is known of a claim: it, or that there is none.
type entry struct{ claim *knowledge.Claim }

// kept is an entry with the head behind which it was read.
type kept struct {
	entry

	spot spot
}

// New returns a cache in front of a store. It doesn't wait for Redis: whether that is there shows later. The error is of
// kind Invalid where the URL isn't one.
func New(inner knowledge.Store, o Options) (*Cache, error) {
	c := &Cache{Store: inner, metrics: newMetrics(), flights: map[asked]*flight{}}
	if o.Metrics != nil {
		if err := c.metrics.register(o.Metrics); err != nil {
			return nil, fmt.Errorf("rediscache: %w", err)
		}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Claims > 0 {
		there, err := otter.New(&otter.Options[knowledge.Key, kept]{MaximumSize: o.Claims})
		if err != nil {
			return nil, fmt.Errorf("rediscache: %w", err)
		}
		c.local = there
	}
	if o.URL != "" {
		r, err := newRemote(o, c.metrics)
		if err != nil {
			return nil, err
		}
		c.redis = r
	}
	return c, nil
}

// Close waits for what is being written, and ends the connections to Redis. The store behind stays open.
func (c *Cache) Close() error {
	c.work.Wait()
	if c.redis == nil {
		return nil
	}
	return c.redis.client.Close()
}

// Ping reports whether Redis answers; without one it always does. A process is ready and alive without it.
func (c *Cache) Ping(ctx context.Context) error {
	if c.redis == nil {
		return nil
	}
	return c.redis.client.Ping(ctx).Err()
}
