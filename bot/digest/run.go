package digest

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"log/slog"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/guard"
	"github.com/whosays/whosays/knowledge"
)

// Composer writes digests.
type Composer interface {
	// Compose writes the digest of a subscription at a moment: what changed since what the last one knew of. It returns what this one knows
	// of, and whether anything changed.
	Compose(ctx context.Context, s Subscription, now time.Time) (r chat.Reply, knows knowledge.Heads, changed bool, err error)
}

// Options say how a press works. All but Store and Composer may be zero.
type Options struct {
	Store    Store
	Composer Composer
	Now      func() time.Time // the clock by which digests are composed; what is due is told by the store's own. Nil: time.Now
	Log      *slog.Logger
	// Subscribers are told where their digest is paused; nil: nobody is.
	Subscribers *Subscribers
	Counted     func(Outcome, time.Duration) // called for each slot with what became of it, and how long after it was due
	Lease       time.Duration                // how long what was taken up may take to be written; zero: 1 min
	Batch       int                          // how many subscriptions are taken up at once; zero: 100
	Writers     int                          // how many of them are written at once; zero: 8
	Every       time.Duration                // how often Run asks what is due; zero: 10 s
}

// Press writes the digests that are due. Any number of replicas may have one. It is safe for concurrent use.
type Press struct {
	store       Store
	composer    Composer
	subscribers *Subscribers
	now         func() time.Time
	log         *slog.Logger
	counted     func(Outcome, time.Duration)
	lease       time.Duration
	batch       int
	writers     int
	every       time.Duration
}

// NewPress returns a press.
func NewPress(o Options) *Press {
	p := &Press{
		store: o.Store, composer: o.Composer, subscribers: o.Subscribers, now: o.Now, log: cmp.Or(o.Log, slog.New(slog.DiscardHandler)),
		counted: o.Counted, lease: cmp.Or(o.Lease, time.Minute), batch: cmp.Or(o.Batch, 100), writers: cmp.Or(o.Writers, 8),
		every: cmp.Or(o.Every, 10*time.Second),
	}
	if p.counted == nil {
		p.counted = func(Outcome, time.Duration) {}
	}
	if p.now == nil {
		p.now = time.Now
	}
	return p
}

// Run writes what is due, until the context ends; then nothing of it is under way. A ticker drives it, which runs by the monotonic clock:
// cron would sleep for two hours where the clock is set back by two (https://github.com/robfig/cron/issues/480).
func (p *Press) Run(ctx context.Context) {
	tick := time.NewTicker(p.every)
	defer tick.Stop()
	for {
		p.tick(ctx)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// tick writes what is due, and says so where it can't. A panic ends it, and the next tick begins anew.
func (p *Press) tick(ctx context.Context) {
	defer func() {
		if r := recover(); r != nil {
			p.log.ErrorContext(ctx, "a tick of the digests panicked", "panic", r)
		}
	}()
	if _, err := p.Tick(ctx); err != nil && ctx.Err() == nil {
		p.log.ErrorContext(ctx, "digests that are due can't be written: they are tried again", "error", err)
	}
}

// Tick writes all that is due now, what has been for longest first, and returns how many editions it was. One that can't be written is left
// for a later tick.
func (p *Press) Tick(ctx context.Context) (written int, err error) {
	for {
		due, err := p.store.Take(ctx, p.lease, p.batch)
		written += p.editions(ctx, due)
		if err != nil || len(due) == 0 || ctx.Err() != nil {
			return written, err
		}
	}
}

// editions writes what is due of some subscriptions, several at once: a database that commits them together waits for its disk once.
func (p *Press) editions(ctx context.Context, due []Subscription) int {
	var written atomic.Int64
	var all errgroup.Group
	all.SetLimit(p.writers)
	for _, s := range due {
		all.Go(func() error {
			done, err := p.whole(ctx, s)
			if err != nil {
				p.log.WarnContext(ctx, "a digest can't be written", "subscription", s.ID, "slot", s.Next.Civil, "error", err)
			}
			if done {
				written.Add(1)
			}
			return nil
		})
	}
	_ = all.Wait() // each has said what failed
	return int(written.Load())
}

// whole is edition, of which a panic is an error: the other subscriptions get theirs.
func (p *Press) whole(ctx context.Context, s Subscription) (done bool, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("digest: it panicked: %v", r)
		}
	}()
	return p.edition(ctx, s)
}

// edition writes what is due of a subscription. That is a matter of the store's clock, whatever this process's shows.
func (p *Press) edition(ctx context.Context, s Subscription) (bool, error) {
	now := s.Taken
	if refused, err := p.refused(ctx, &s); err != nil || refused {
		return false, err
	}
	plan, err := s.Plan()
	if err != nil {
		return false, err
	}
	latest, before, err := plan.Latest(s.Next, now)
	if err != nil {
		return false, err
	}
	e := Edition{Slot: latest, Outcome: Missed, Missed: before, Knows: s.Since}
	if e.Next, err = plan.After(latest); err != nil {
		return false, err
	}
	if now.Sub(latest.At) <= CatchUp {
		if err := p.write(ctx, &s, &e); err != nil {
			return false, err
		}
	}
	done, err := p.store.Publish(ctx, s, e, p.shift(&s))
	if done {
		for range before {
			p.counted(Missed, 0)
		}
		p.counted(e.Outcome, now.Sub(latest.At))
	}
	return done, err
}

// write writes the digest of an edition, if there is something to say.
func (p *Press) write(ctx context.Context, s *Subscription, e *Edition) error {
	reply, knows, changed, err := p.composer.Compose(ctx, *s, p.now())
	if err != nil {
		return err
	}
	switch broken := guard.Check(reply); {
	case !changed && s.Silent:
		e.Outcome, e.Knows = Nothing, knows
	case broken != nil:
		p.log.ErrorContext(ctx, "the guard stopped a digest", "subscription", s.ID, "slot", e.Slot.Civil)
		e.Outcome = Stopped
	default:
		e.Outcome, e.Reply, e.Knows = Written, reply, knows
	}
	return nil
}

// shift returns by how much a slot is put off: always as much for one of a subscription, so that a channel's digest keeps its minute.
func (p *Press) shift(s *Subscription) time.Duration {
	most := min(s.Shift, MostShift)
	if most <= 0 {
		return 0
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(s.ID)) // a hash takes everything
	return time.Duration(h.Sum64() % uint64(most))
}
