package tenancy

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"
)

// Options say how tenants end. All but Store may be zero.
type Options struct {
	Store Store
	// Changed is told of each tenant that has ended, so that what is in memory of it, here and on other replicas, goes at once,
	// and not when the tenant is asked for again.
	Changed func(ctx context.Context, tenant string)
	Log     *slog.Logger
}

// Ending is a tenant that has removed the bot.
type Ending struct {
	Tenant string
	Actor  string // on whose word, as the audit chain names it
	Reason string
	// Sure looks whether the tenant has really gone, where that was concluded and not told; nil: it was told. An error means
	// that it isn't known yet.
	Sure func(ctx context.Context) (bool, error)
}

// Endings are the tenants that are to be forgotten, until they are. It holds them in memory: a platform that lists where
// the bot is tells of them again when the process is started anew. It is safe for concurrent use.
type Endings struct {
	Options

	mu      sync.Mutex
	pending map[string]*pending
	wake    chan struct{}
}

// pending is an ending that is still to be done.
type pending struct {
	Ending

	tries int
	due   time.Time
}

// NewEndings returns none, of which [Endings.Run] has to run.
func NewEndings(o Options) *Endings {
	o.Log = cmp.Or(o.Log, slog.New(slog.DiscardHandler))
	return &Endings{Options: o, pending: map[string]*pending{}, wake: make(chan struct{}, 1)}
}

// Kept returns the tenants whose names begin so and of whom something is kept.
func (e *Endings) Kept(ctx context.Context, prefix string) ([]string, error) {
	return e.Store.Kept(ctx, prefix)
}

// End has a tenant forgotten, soon, and returns at once. What was told stands over what was concluded.
func (e *Endings) End(end Ending) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if before := e.pending[end.Tenant]; before != nil && (before.Sure == nil || end.Sure != nil) {
		return
	}
	e.pending[end.Tenant] = &pending{Ending: end}
	select {
	case e.wake <- struct{}{}:
	default:
	}
}

// Run forgets tenants until the context ends, one at a time. What fails is tried again, at first after a second, in the end
// every minute, until it is done.
func (e *Endings) Run(ctx context.Context) {
	for {
		next, wait := e.next()
		if next != nil {
			e.settle(ctx, next, e.try(ctx, next))
			continue
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			e.leave(ctx)
			return
		case <-e.wake:
			timer.Stop()
		case <-timer.C:
		}
	}
}

// Tries are a second apart, then twice as long each time.
const (
	firstPause = time.Second
	mostPause  = time.Minute
)

// next returns what is due, or how long nothing is.
func (e *Endings) next() (*pending, time.Duration) {
	e.mu.Lock()
	defer e.mu.Unlock()
	wait := mostPause
	for _, p := range e.pending {
		left := time.Until(p.due)
		if left <= 0 {
			return p, 0
		}
		wait = min(wait, left)
	}
	return nil, wait
}

// patience bounds one try: a database that hangs doesn't hold up the others for ever.
const patience = time.Minute

// try forgets a tenant, if it has gone. A panic is an error: it would end the process.
func (e *Endings) try(ctx context.Context, p *pending) (err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("tenancy: it panicked: %v\n%s", r, debug.Stack())
		}
	}()
	if p.Sure != nil {
		if gone, err := p.Sure(ctx); err != nil || !gone {
			return err
		}
	}
	f, err := e.Store.ForgetTenant(ctx, p.Tenant, p.Actor, p.Reason)
	if err != nil {
		return err
	}
	e.Log.InfoContext(ctx, "a tenant has removed the bot: what was kept of it is deleted", "tenant", p.Tenant, "changes", f.Changes,
		"said", f.Said, "reports", f.Reports, "head", fmt.Sprintf("%s@%d:%s", p.Tenant, f.Head.Revision, f.Head.Hash))
	if e.Changed != nil {
		e.Changed(ctx, p.Tenant)
	}
	return nil
}

// settle takes out what is done, and puts off what isn't. What was told meanwhile of the same tenant is another ending.
func (e *Endings) settle(ctx context.Context, p *pending, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err == nil {
		if e.pending[p.Tenant] == p {
			delete(e.pending, p.Tenant)
		}
		return
	}
	pause := min(firstPause<<min(p.tries, 6), mostPause)
	p.tries++
	p.due = time.Now().Add(pause)
	if ctx.Err() == nil {
		e.Log.WarnContext(ctx, "what was kept of a tenant that removed the bot couldn't be deleted: it is tried again", "tenant", p.Tenant,
			"tries", p.tries, "wait", pause.String(), "error", err)
	}
}

// leave says what isn't done when the process ends.
func (e *Endings) leave(ctx context.Context) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for tenant := range e.pending {
		e.Log.ErrorContext(ctx, "what is kept of a tenant that removed the bot isn't deleted yet, and the process ends", "tenant", tenant)
	}
}
