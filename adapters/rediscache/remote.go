package rediscache

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
	"github.com/sony/gobreaker/v2"

	"github.com/whosays/whosays/knowledge"
)

const (
	lifetime  = 24 * time.Hour  // of a value: what isn't asked for any more makes room
	opensAt   = 3               // failures in a row after which Redis is left alone
	opensFor  = time.Second     // and for how long
	mostFills = 8               // how many loads may be written at once; the others aren't kept
	fillTime  = 2 * time.Second // of one of them
)

// remote is Redis behind a breaker: one that hangs costs a few calls their time-out, and then nothing.
type remote struct {
	client  redis.UniversalClient
	breaker *gobreaker.CircuitBreaker[[]redis.Cmder]
	timeout time.Duration
	metrics *metrics
	log     *slog.Logger
	fills   chan struct{}

	mu   sync.Mutex
	down bool // as it was logged
}

func newRemote(o Options, m *metrics) (*remote, error) {
	client, err := connect(o)
	if err != nil {
		return nil, err
	}
	logging.Disable() // it writes to standard error; what it would say shows as errors here
	r := &remote{client: client, timeout: o.Timeout, metrics: m, log: o.Log, fills: make(chan struct{}, mostFills)}
	r.breaker = gobreaker.NewCircuitBreaker[[]redis.Cmder](gobreaker.Settings{
		Name: "redis", MaxRequests: 1, Timeout: opensFor,
		ReadyToTrip:   func(c gobreaker.Counts) bool { return c.ConsecutiveFailures >= opensAt },
		OnStateChange: func(_ string, _, to gobreaker.State) { r.changed(to) },
		IsExcluded:    func(err error) bool { return errors.Is(err, context.Canceled) },
	})
	m.up.Set(1)
	return r, nil
}

// connect makes the client that a URL asks for, by the measured time-outs of the defaults' place: a Redis that hangs would hold
// each call for five seconds. It tries once, for there is the database.
func connect(o Options) (redis.UniversalClient, error) {
	u, err := url.Parse(o.URL)
	if err != nil {
		return nil, badURL()
	}
	q := u.Query()
	switch {
	case q.Get("master_name") != "":
		f, err := redis.ParseFailoverURL(o.URL)
		if err != nil {
			return nil, badURL()
		}
		f.DialTimeout, f.ReadTimeout, f.WriteTimeout, f.PoolTimeout = o.Timeout, o.Timeout, o.Timeout, o.PoolTimeout
		f.MaxRetries, f.DialerRetries, f.ContextTimeoutEnabled = -1, 1, true
		return redis.NewFailoverClient(f), nil
	case q.Get("cluster") == "true":
		q.Del("cluster")
		u.RawQuery = q.Encode()
		c, err := redis.ParseClusterURL(u.String())
		if err != nil {
			return nil, badURL()
		}
		c.DialTimeout, c.ReadTimeout, c.WriteTimeout, c.PoolTimeout = o.Timeout, o.Timeout, o.Timeout, o.PoolTimeout
		c.MaxRetries, c.DialerRetries, c.ContextTimeoutEnabled = -1, 1, true
		return redis.NewClusterClient(c), nil
	}
	s, err := redis.ParseURL(o.URL)
	if err != nil {
		return nil, badURL()
	}
	s.DialTimeout, s.ReadTimeout, s.WriteTimeout, s.PoolTimeout = o.Timeout, o.Timeout, o.Timeout, o.PoolTimeout
	s.MaxRetries, s.DialerRetries, s.ContextTimeoutEnabled = -1, 1, true
	return redis.NewClient(s), nil
}

// badURL doesn't repeat the URL, nor what its parser said of it: both may hold the password.
func badURL() error {
	return &knowledge.Error{Kind: knowledge.Invalid, Msg: "redis.url isn't an address of Redis: write redis://user:password@host:6379, rediss:// for TLS, " +
		"?master_name=NAME&addr=HOST:PORT for Sentinel, or ?cluster=true for Cluster."}
}

// do sends commands together, unless Redis was left alone. That a key isn't there is no failure.
func (r *remote) do(ctx context.Context, fill func(redis.Pipeliner)) ([]redis.Cmder, error) {
	cmds, err := r.breaker.Execute(func() ([]redis.Cmder, error) {
		ctx, cancel := context.WithTimeout(ctx, r.timeout)
		defer cancel()
		p := r.client.Pipeline()
		fill(p)
		cmds, err := p.Exec(ctx)
		if errors.Is(err, redis.Nil) {
			err = nil
		}
		return cmds, err
	})
	if err != nil {
		r.metrics.errors.Inc()
	}
	return cmds, err
}

// get returns what Redis has of flights. One GET for each, sent together: in a cluster the keys lie apart.
func (r *remote) get(ctx context.Context, flights []*flight) map[*flight]entry {
	names := make([]string, len(flights))
	for i, f := range flights {
		names[i] = f.name()
	}
	cmds, err := r.do(ctx, func(p redis.Pipeliner) {
		for _, name := range names {
			p.Get(ctx, name)
		}
	})
	if err != nil || len(cmds) != len(names) {
		return nil
	}
	out := make(map[*flight]entry, len(names))
	for i, name := range names {
		get, ok := cmds[i].(*redis.StringCmd)
		if !ok || get.Err() != nil {
			continue
		}
		data, _ := get.Bytes() // its error is Err
		e, ok := decode(name, flights[i].key, data)
		if !ok {
			r.metrics.mismatches.Inc()
			r.log.ErrorContext(ctx, "Redis handed out a value that isn't the key's: it was dropped", "key", name)
			continue
		}
		out[flights[i]] = e
	}
	return out
}

// set puts entries into Redis, behind the caller, as far as there is room for more of that.
func (r *remote) set(ctx context.Context, entries map[string]entry) {
	select {
	case r.fills <- struct{}{}:
		defer func() { <-r.fills }()
	default:
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), fillTime)
	defer cancel()
	_, _ = r.do(ctx, func(p redis.Pipeliner) { // counted; what isn't kept is loaded again
		for name, e := range entries {
			if data, err := encode(name, e); err == nil {
				p.Set(ctx, name, data, lifetime)
			}
		}
	})
}

// changed notes what the breaker does: a line of the log for each change of state, not for each try.
func (r *remote) changed(to gobreaker.State) {
	if to == gobreaker.StateHalfOpen {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	down := to == gobreaker.StateOpen
	if down == r.down {
		return
	}
	if r.down = down; down {
		r.metrics.up.Set(0)
		r.log.Warn("Redis doesn't answer: claims come from the database until it does")
		return
	}
	r.metrics.up.Set(1)
	r.log.Info("Redis answers again")
}
