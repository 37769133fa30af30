// Package inbox is the fast path in front of the bot: what a platform brings is taken, or refused, at once.
//
// What was seen before is dropped, whoever asks too fast is told so, and the queue is bounded: past it the verdict is busy,
// instead of an answer that comes too late. What keeps a thing from being said twice is bot/delivery; here it only costs
// less.
package inbox

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/whosays/whosays/bot/chat"
)

// Work is what an event of a platform asks for.
type Work struct {
	Platform string // whose event it is; empty: nobody's, and nobody waits for an answer
	Key      string // of the event, unique on its platform; empty: it has none, and is never seen before
	User     string // who asks; empty: without a limit
	Tenant   string // where; empty: no tenant, and no limit of one
	// Do does the work. Its context has a deadline and the id of the request; it ends early when the process gives up on what is
	// left at its end. Do may panic: then the event has no answer.
	Do func(ctx context.Context)
}

// Verdict is what becomes of an event.
type Verdict string

// The verdicts. Only of what is accepted Do is called, once.
const (
	Accepted Verdict = "accepted"
	Seen     Verdict = "seen"     // it was offered before: nothing is to be said
	Busy     Verdict = "busy"     // the queue is full
	TooFast  Verdict = "too_fast" // the person or the tenant asks more than the limit
	Draining Verdict = "draining" // the process ends: another replica may take it
)

// Options say how much an inbox takes. All but Workers and Queue may be zero.
type Options struct {
	Workers         int           // how much is done at once
	Queue           int           // how much waits at most
	Deadline        time.Duration // from the offer to the end of the work; zero: one minute
	UserPerMinute   int           // how much a person may ask; zero: without a limit
	TenantPerMinute int           // how much all of a tenant may ask together; zero: without a limit
	Remembered      int           // how many keys the process remembers; zero: 100,000
	Memory          time.Duration // for how long; zero: one hour
	Asides          int           // how much may be done or wait beside the queue; zero: 2,000, negative: nothing
	AsideDeadline   time.Duration // from the call to the end of it; zero: 8 s
	Shared          SeenBefore    // what replicas share of what has been done, asked for what this process hasn't seen; nil: nothing
	Watch           Watch         // nil: nobody watches
	Metrics         prometheus.Registerer
	Log             *slog.Logger
}

// Watch is called as the work on an event of a platform begins, with the moment at which that was offered; the work is done in the
// context that it returns, and ends with one call of the function. Both return at once.
type Watch func(ctx context.Context, platform string, offered time.Time) (context.Context, func(panicked bool))

// Inbox takes work. It is safe for concurrent use.
type Inbox struct {
	seen     *Local
	shared   SeenBefore
	limits   *limits
	asides   *asides
	deadline time.Duration
	watch    Watch
	metrics  *metrics
	log      *slog.Logger

	mu      sync.RWMutex // held for reading while something is put into the queue, so that it is open then
	closed  bool
	queue   chan item
	workers sync.WaitGroup
	abandon context.CancelFunc // ends the contexts of all work
	root    context.Context
}

// item is work that waits.
type item struct {
	Work
	ctx     context.Context
	offered time.Time
}

// New returns an inbox whose workers run until Close. The error is of metrics that are registered already.
func New(o Options) (*Inbox, error) {
	seen, err := NewLocal(cmp.Or(o.Remembered, 100_000), cmp.Or(o.Memory, time.Hour))
	if err != nil {
		return nil, err
	}
	limits, err := newLimits(o.UserPerMinute, o.TenantPerMinute)
	if err != nil {
		return nil, err
	}
	b := &Inbox{
		seen: seen, shared: o.Shared, limits: limits, deadline: cmp.Or(o.Deadline, time.Minute), watch: o.Watch,
		asides: newAsides(cmp.Or(o.Asides, 2000), cmp.Or(o.AsideDeadline, 8*time.Second)),
		log:    cmp.Or(o.Log, slog.New(slog.DiscardHandler)), queue: make(chan item, o.Queue),
	}
	b.metrics = newMetrics(o.Queue, func() float64 { return float64(len(b.queue)) })
	if o.Metrics != nil {
		if err := b.metrics.register(o.Metrics); err != nil {
			return nil, fmt.Errorf("inbox: %w", err)
		}
	}
	b.root, b.abandon = context.WithCancel(context.Background())
	for range o.Workers {
		b.workers.Go(b.work)
	}
	return b, nil
}

// Offer takes work, or says at once why not. It waits for nothing but the shared memory of what was seen, which bounds
// itself. The id of the request is that of ctx, else a new one; that ctx ends doesn't end the work.
func (b *Inbox) Offer(ctx context.Context, w Work) Verdict {
	v := b.offer(ctx, w)
	b.metrics.offers.WithLabelValues(string(v)).Inc()
	return v
}

func (b *Inbox) offer(ctx context.Context, w Work) Verdict {
	offered := time.Now()
	b.mu.RLock()
	defer b.mu.RUnlock()
	switch {
	case b.closed: // it isn't noted as seen: another replica may get it
		return Draining
	case !b.first(ctx, w.Key):
		return Seen
	case !b.limits.allow(w.User, w.Tenant):
		return TooFast
	}
	if chat.RequestID(ctx) == "" {
		ctx = chat.WithRequestID(ctx, rand.Text())
	}
	select {
	case b.queue <- item{w, context.WithoutCancel(ctx), offered}:
		return Accepted
	default:
		return Busy
	}
}

// first notes a key, and reports whether it wasn't there. To other replicas it isn't there before the work on it is done: what a process
// had taken that dies, another takes when the platform brings it again.
func (b *Inbox) first(ctx context.Context, key string) bool {
	if key == "" {
		return true
	}
	return b.seen.First(ctx, key) && (b.shared == nil || !b.shared.Seen(ctx, key))
}

// Forget lets an event be taken that was refused, should it come again: of which nobody could be told, either.
func (b *Inbox) Forget(ctx context.Context, key string) {
	b.seen.Forget(ctx, key)
}

// work does what waits, until the inbox is closed and nothing does.
func (b *Inbox) work() {
	for i := range b.queue {
		b.do(i)
	}
}

func (b *Inbox) do(i item) {
	begun := time.Now()
	b.metrics.waited.Observe(begun.Sub(i.offered).Seconds())
	ctx, cancel := context.WithDeadline(i.ctx, i.offered.Add(b.deadline))
	defer cancel()
	stop := context.AfterFunc(b.root, cancel)
	defer stop()
	ended := func(bool) {}
	if b.watch != nil && i.Platform != "" {
		ctx, ended = b.watch(ctx, i.Platform, i.offered)
	}
	defer func() {
		p := recover()
		ended(p != nil)
		b.metrics.worked.Observe(time.Since(begun).Seconds())
		if p != nil {
			b.metrics.panics.Inc()
			b.log.ErrorContext(ctx, "the work on an event panicked: it has no answer", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		}
	}()
	i.Do(ctx)
	if b.shared != nil && i.Key != "" && b.root.Err() == nil {
		b.shared.First(context.WithoutCancel(ctx), i.Key)
	}
}

// Close takes no more, and waits until what was accepted is done, and what is done beside the queue. When ctx ends first, the contexts of
// what is left are ended, and it returns the error of ctx without waiting any longer.
func (b *Inbox) Close(ctx context.Context) error {
	b.mu.Lock()
	if !b.closed {
		b.closed = true
		close(b.queue)
	}
	b.mu.Unlock()
	done := make(chan struct{})
	go func() {
		b.workers.Wait()
		close(done)
	}()
	defer b.abandon()
	select {
	case <-done:
	case <-ctx.Done():
		return fmt.Errorf("inbox: work was abandoned, %d events that waited among it: %w", len(b.queue), ctx.Err())
	}
	b.seen.keys.StopAllGoroutines()
	b.limits.stop()
	if err := b.asides.wait(ctx); err != nil {
		return fmt.Errorf("inbox: of what is done beside the queue some was abandoned: %w", err)
	}
	return nil
}
