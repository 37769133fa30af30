package delivery

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/guard"
	"github.com/whosays/whosays/knowledge"
)

// Options say how a desk works. All but Name, Store and Sender may be zero.
type Options struct {
	Name   string // of the platform: each desk takes up its own records only
	Store  Store
	Sender chat.Sender
	Log    *slog.Logger

	// Stands reports whether what a reply quotes is still in the base as it was, as a tenant sees it. It is asked before a post that was
	// kept is sent later than at once: nobody is told what was taken back since. Nil: it is sent as it was kept.
	Stands func(ctx context.Context, tenant string, r *chat.Reply) (bool, error)

	// Ended is called with each record that a desk has tried to send, once it is known what came of it, and that is kept: once, but not where
	// the process ends in between. It is called by many at once. Nil: nobody is told.
	Ended func(ctx context.Context, r Record)

	// Nonces is how long the platform drops a second post of one nonce; zero: it doesn't. Discord does so for "the past few
	// minutes", https://docs.discord.com/developers/resources/message#create-message.
	Nonces   time.Duration
	Lease    time.Duration // how long one try may take before another desk tries; zero: 30 s
	Patience time.Duration // how long after it was written a post is still worth sending; zero: 1 h
	Poll     time.Duration // how often Run looks for what is due; zero: 1 s
	Batch    int           // how many records Run takes up at once; zero: 16
}

// Desk says things on one platform, each once. It is safe for concurrent use.
type Desk struct {
	name                          string
	store                         Store
	sender                        chat.Sender
	stands                        func(context.Context, string, *chat.Reply) (bool, error)
	ended                         func(context.Context, Record)
	log                           *slog.Logger
	nonces, lease, patience, poll time.Duration
	batch                         int
}

// New returns a desk.
func New(o Options) *Desk {
	if o.Ended == nil {
		o.Ended = func(context.Context, Record) {}
	}
	return &Desk{
		name: o.Name, store: o.Store, sender: o.Sender, stands: o.Stands, ended: o.Ended, log: cmp.Or(o.Log, slog.New(slog.DiscardHandler)), nonces: o.Nonces,
		lease: cmp.Or(o.Lease, 30*time.Second), patience: cmp.Or(o.Patience, time.Hour), poll: cmp.Or(o.Poll, time.Second),
		batch: cmp.Or(o.Batch, 16),
	}
}

// Name returns the platform's name.
func (d *Desk) Name() string { return d.name }

// Say says a post, and returns what is kept of it. A second Say of one key of a tenant sends nothing, and returns what there is,
// which may still be under way. Where the platform asks to wait or doesn't tell whether it took the post, the error is nil,
// and Run goes on with it. The error is a *guard.Error for a reply that is refused, of which nothing is kept; one that is
// chat.ErrRefused where the platform refuses; else a *knowledge.Error: nothing was sent if the record has no id, and if it has,
// Run goes on with it.
func (d *Desk) Say(ctx context.Context, tenant string, p chat.Post) (Record, error) {
	if err := guard.Check(p.Reply); err != nil {
		return Record{}, fmt.Errorf("delivery: %w", err)
	}
	r, first, err := d.store.Insert(ctx, Record{
		ID: cmp.Or(p.ID, NewID()), Tenant: tenant, Desk: d.name, Key: p.Key, To: p.To, ReplyTo: p.ReplyTo, Reply: p.Reply, State: StateSending,
	}, d.lease)
	if err != nil {
		return Record{}, err
	}
	if !first {
		return r, nil
	}
	return d.send(ctx, r)
}

// Note keeps what was said by other means than the desk's: as an answer to a button or command, perhaps for one person alone.
// Of r it takes the id, or makes one, and Tenant, Key, To, ReplyTo, Reply and Ref. It is noted before it is said, so that its
// buttons work; Attach adds the message. It returns false, and what there is, where the tenant's key is there already.
func (d *Desk) Note(ctx context.Context, r Record) (Record, bool, error) {
	if err := guard.Check(r.Reply); err != nil {
		return Record{}, false, fmt.Errorf("delivery: %w", err)
	}
	return d.store.Insert(ctx, Record{
		ID: cmp.Or(r.ID, NewID()), Tenant: r.Tenant, Desk: d.name, Key: r.Key, To: r.To, ReplyTo: r.ReplyTo, Reply: r.Reply,
		State: StateSent, Ref: r.Ref,
	}, 0)
}

// Attach notes the message of what was said.
func (d *Desk) Attach(ctx context.Context, tenant, id string, ref chat.MessageRef) error {
	return d.store.Attach(ctx, tenant, id, ref)
}

// Get returns what was said under an id. The tenant is that of whoever asks: the error is of kind NotFound for what
// another was told, and for what isn't kept any more.
func (d *Desk) Get(ctx context.Context, tenant, id string) (Record, error) {
	return d.store.Get(ctx, tenant, id)
}

// Quoting yields what the desk has said since, to all tenants, that quotes a claim in any of its versions and stands in a
// message that can be found, or is under way and may stand in one yet; Quotes says which version. What one person alone was shown
// isn't among it.
func (d *Desk) Quoting(ctx context.Context, claim knowledge.Key, since time.Time) iter.Seq2[Record, error] {
	return d.store.Quoting(ctx, d.name, claim, since)
}

// ForgetAt deletes what was said where no tenant is, as in direct conversations, at the addresses that begin so, and returns how
// much it was: there the bot was removed.
func (d *Desk) ForgetAt(ctx context.Context, prefix string) (int, error) {
	return d.store.ForgetAt(ctx, prefix)
}

// send sends a record that the desk holds the lease of, and notes what came of it.
func (d *Desk) send(ctx context.Context, r Record) (Record, error) {
	ref, err := d.post(ctx, r)
	end, why := Result{State: StateSent, Ref: ref}, error(nil)
	if err != nil {
		end, why = d.failed(ctx, r, err)
	}
	r, finished := d.finish(ctx, r, end)
	return r, errors.Join(why, finished)
}

// post sends a record before its lease ends. A sender that panics has perhaps sent it.
func (d *Desk) post(ctx context.Context, r Record) (ref chat.MessageRef, err error) {
	ctx, cancel := context.WithTimeout(ctx, d.sending())
	defer cancel()
	defer recovered(&err)
	return d.sender.Send(ctx, r.Post())
}

// lookup looks for a record's message. Where the store's clock was set back since the first try, that is as long ago as can be.
func (d *Desk) lookup(ctx context.Context, r Record) (ref chat.MessageRef, presence chat.Presence, err error) {
	ctx, cancel := context.WithTimeout(ctx, d.sending())
	defer cancel()
	defer recovered(&err)
	ago := r.Taken.Sub(r.Tried)
	if ago < 0 {
		ago = d.patience
	}
	return d.sender.Lookup(ctx, r.Post(), ago)
}

func recovered(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("delivery: the sender panicked: %v", p)
	}
}

// sending is how long a call of the sender may take. A lease lasts for a lookup, a send, and noting what came of them.
func (d *Desk) sending() time.Duration { return d.lease / 3 }

// failed says how a try ends that failed. Its error is that of a post that won't be sent.
func (d *Desk) failed(ctx context.Context, r Record, err error) (Result, error) {
	d.log.WarnContext(ctx, "a post wasn't sent", "desk", d.name, "id", r.ID, "tries", r.Tries, "error", err)
	if errors.Is(err, chat.ErrRefused) {
		return Result{State: StateFailed, Why: ReasonRefused}, fmt.Errorf("delivery: %w", err)
	}
	end := Result{State: StateUnknown, Why: ReasonLost, Tried: r.Tried, Again: backoff(r.Tries)}
	if delayed, ok := errors.AsType[*chat.Delayed](err); ok {
		end.State, end.Why = StatePending, ReasonDelayed
		end.Again = cmp.Or(delayed.After, end.Again) // the platform knows best
		if r.Tried.Equal(r.Taken) {                  // no try before this one is in doubt
			end.Tried = time.Time{}
		} else {
			end.State = StateUnknown
		}
	}
	return end, nil
}

// finishing bounds the write that ends a try. It is made though the caller has gone.
const finishing = 5 * time.Second

// finish notes how a try ended. Where the lease has gone to another desk, it is that one's to say.
func (d *Desk) finish(ctx context.Context, r Record, end Result) (Record, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishing)
	defer cancel()
	now, held, err := d.store.Finish(ctx, r, end)
	switch {
	case err != nil:
		return r, err
	case !held:
		d.log.WarnContext(ctx, "a try outlived its lease: what came of it isn't noted", "desk", d.name, "id", r.ID, "epoch", r.Epoch)
		return r, nil
	}
	if !now.UnderWay() {
		d.over(ctx, now)
	}
	return now, nil
}

// over tells what came of a record. One of which that can't be known is the operator's to look at.
func (d *Desk) over(ctx context.Context, r Record) {
	if r.State == StateUnknown {
		d.log.WarnContext(ctx, "it isn't known whether a post was sent, and it isn't sent again: look whether it stands there",
			"desk", d.name, "id", r.ID, "tenant", r.Tenant, "for", r.Key, "to", string(r.To), "tried", r.Tried, "tries", r.Tries)
	}
	d.ended(ctx, r)
}

// Tries are a second apart, then twice as long each time, up to a minute.
const (
	firstBackoff = time.Second
	mostBackoff  = time.Minute
)

func backoff(tries int) time.Duration {
	if tries > 6 { // 64 s
		return mostBackoff
	}
	return min(firstBackoff<<max(tries-1, 0), mostBackoff)
}
