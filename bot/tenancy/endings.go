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
	// Then ends what only the platform knows of the tenant, behind the rest; nil: nothing. The tenant hasn't ended before.
	Then func(ctx context.Context) error
}

// Endings are the tenants that are to be forgotten, until they are. It holds them in memory: a platform that lists where
// the bot is tells of them again when the process is started anew. It is safe for concurrent use.
type Endings struct {
	store   Store
	changed func(ctx context.Context, tenant string)
	log     *slog.Logger

	mu    sync.Mutex
	tasks map[string]*task // by what they are about
	wake  chan struct{}
}

// task is what is done until it succeeds.
type task struct {
	about string
	told  bool // and not concluded
	do    func(ctx context.Context) error
	tries int
	due   time.Time
}

// NewEndings returns none, of which [Endings.Run] has to run.
func NewEndings(o Options) *Endings {
	return &Endings{
		store: o.Store, changed: o.Changed, log: cmp.Or(o.Log, slog.New(slog.DiscardHandler)),
		tasks: map[string]*task{}, wake: make(chan struct{}, 1),
	}
}

// End has a tenant forgotten, soon, and returns at once. What was told isn't doubted by what was concluded.
func (e *Endings) End(end Ending) {
	e.add(&task{about: "the end of " + end.Tenant, told: end.Sure == nil, do: func(ctx context.Context) error { return e.end(ctx, end) }})
}

// Look has all tenants whose names begin so and of whom something is kept looked at, soon, and ends those of whom gone returns
// how; it returns at once. A look stands in the place of one of the same name that isn't done yet.
func (e *Endings) Look(name, prefix string, gone func(tenant string) (Ending, bool)) {
	e.add(&task{about: "a look at " + name, told: true, do: func(ctx context.Context) error {
		kept, err := e.store.Kept(ctx, prefix)
		if err != nil {
			return err
		}
		for _, tenant := range kept {
			if end, ok := gone(tenant); ok {
				e.End(end)
			}
		}
		return nil
	}})
}

func (e *Endings) add(t *task) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if before := e.tasks[t.about]; before != nil && before.told && !t.told {
		return
	}
	e.tasks[t.about] = t
	select {
	case e.wake <- struct{}{}:
	default: // it is woken already
	}
}

// end forgets a tenant, if it has gone.
func (e *Endings) end(ctx context.Context, end Ending) error {
	if end.Sure != nil {
		if gone, err := end.Sure(ctx); err != nil || !gone {
			return err
		}
	}
	f, err := e.store.ForgetTenant(ctx, end.Tenant, end.Actor, end.Reason)
	if err != nil {
		return err
	}
	if end.Then != nil {
		if err := end.Then(ctx); err != nil {
			return err
		}
	}
	e.log.InfoContext(ctx, "a tenant has removed the bot: what was kept of it is deleted", "tenant", end.Tenant, "changes", f.Changes,
		"said", f.Said, "reports", f.Reports, "head", fmt.Sprintf("%s@%d:%s", end.Tenant, f.Head.Revision, f.Head.Hash))
	if e.changed != nil {
		e.changed(ctx, end.Tenant)
	}
	return nil
}

// Run forgets tenants until the context ends, one at a time. What fails is tried again, at first after a second, in the end
// every minute, until it is done.
func (e *Endings) Run(ctx context.Context) {
	for {
		next, wait := e.next()
		if next != nil && ctx.Err() == nil {
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
func (e *Endings) next() (*task, time.Duration) {
	e.mu.Lock()
	defer e.mu.Unlock()
	wait := mostPause
	for _, t := range e.tasks {
		left := time.Until(t.due)
		if left <= 0 {
			return t, 0
		}
		wait = min(wait, left)
	}
	return nil, wait
}

// patience bounds one try: a database that hangs doesn't hold up the others for ever.
const patience = time.Minute

// try does a task once. A panic is an error: it would end the process.
func (e *Endings) try(ctx context.Context, t *task) (err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("tenancy: it panicked: %v\n%s", p, debug.Stack())
		}
	}()
	return t.do(ctx)
}

// Pending returns how much isn't done yet: ends, and looks at who has gone.
func (e *Endings) Pending() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.tasks)
}

// settle takes out what is done, and puts off what isn't. One that took its place meanwhile is still to be done.
func (e *Endings) settle(ctx context.Context, t *task, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err == nil {
		if e.tasks[t.about] == t {
			delete(e.tasks, t.about)
		}
		return
	}
	pause := min(firstPause<<min(t.tries, 6), mostPause)
	t.tries++
	t.due = time.Now().Add(pause)
	if ctx.Err() == nil {
		e.log.WarnContext(ctx, "what is kept of tenants that removed the bot couldn't be deleted: it is tried again", "about", t.about,
			"tries", t.tries, "wait", pause.String(), "error", err)
	}
}

// leave says what isn't done when the process ends.
func (e *Endings) leave(ctx context.Context) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for about := range e.tasks {
		e.log.ErrorContext(ctx, "what is kept of tenants that removed the bot isn't all deleted, and the process ends", "about", about)
	}
}
