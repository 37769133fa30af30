package delivery

import (
	"context"
	"sync"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/guard"
)

// Run takes up what is due until the context ends: what a desk left behind that crashed or was stopped, on any replica,
// what a platform asked to wait with, and what it didn't answer to. Any number of replicas may run it. When it returns,
// nothing of it is under way.
func (d *Desk) Run(ctx context.Context) {
	h := newHands(d.batch)
	defer h.all.Wait()
	next := time.NewTimer(0)
	defer next.Stop()
	for failures := 0; ; {
		select {
		case <-ctx.Done():
			return
		case <-next.C:
		}
		more, err := d.round(ctx, h)
		switch {
		case err != nil && ctx.Err() == nil:
			if failures++; failures == 1 {
				d.log.ErrorContext(ctx, "what is due to be sent can't be read: nothing is sent again until it can", "desk", d.name, "error", err)
			}
			next.Reset(max(d.poll, backoff(failures)))
			continue
		case more:
			next.Reset(0)
		default:
			next.Reset(d.poll)
		}
		failures = 0
	}
}

// round takes up what is due, as much as there are hands free, and reports whether there may be more. It doesn't wait until that is done
// with: what one place takes long for holds up no other.
func (d *Desk) round(ctx context.Context, h *hands) (more bool, err error) {
	free := h.gather(ctx)
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	began := time.Now()
	due, err := d.store.Take(ctx, d.name, d.lease, free)
	h.rest(free - len(due))
	for _, r := range due {
		h.do(func() {
			ctx, cancel := d.holding(ctx, began)
			defer cancel()
			if r, err := d.resume(ctx, r); err != nil {
				d.log.WarnContext(ctx, "a post that was taken up again isn't sent", "desk", d.name, "id", r.ID, "state", r.State, "error", err)
			}
		})
	}
	return len(due) == free, err
}

// hands are what works at once.
type hands struct {
	free chan struct{}
	all  sync.WaitGroup
}

func newHands(n int) *hands {
	h := &hands{free: make(chan struct{}, n)}
	h.rest(n)
	return h
}

// gather takes those that are free, and waits until they are half of all: the store isn't asked anew for each record.
func (h *hands) gather(ctx context.Context) (n int) {
	for ; n < (cap(h.free)+1)/2; n++ {
		select {
		case <-h.free:
		case <-ctx.Done():
			return n
		}
	}
	for {
		select {
		case <-h.free:
			n++
		default:
			return n
		}
	}
}

// rest gives back those for which there is nothing to do.
func (h *hands) rest(n int) {
	for range n {
		h.free <- struct{}{}
	}
}

// do does something with one that was gathered.
func (h *hands) do(work func()) {
	h.all.Go(func() {
		defer h.rest(1)
		work()
	})
}

// resume goes on with a record that the desk has just taken. A post that the platform may have from a try before isn't
// sent again unless it is known not to be there, or the platform would drop it.
func (d *Desk) resume(ctx context.Context, r Record) (Record, error) {
	late := r.Taken.Sub(r.At) > d.patience
	if !r.Tried.Equal(r.Taken) {
		end, again := d.doubt(ctx, &r, late)
		if !again {
			return d.finish(ctx, r, end)
		}
	}
	if late {
		return d.finish(ctx, r, Result{State: StateFailed, Why: ReasonLate})
	}
	if err := guard.Check(r.Reply); err != nil { // the row was altered, or the guard is stricter by now
		d.log.ErrorContext(ctx, "the guard stopped a post that was kept", "desk", d.name, "id", r.ID)
		return d.finish(ctx, r, Result{State: StateFailed, Why: ReasonGuard})
	}
	switch stands, err := d.current(ctx, &r); {
	case err != nil:
		end, _ := d.failed(ctx, r, &chat.Delayed{Err: err})
		return d.finish(ctx, r, end)
	case !stands:
		return d.finish(ctx, r, Result{State: StateFailed, Why: ReasonChanged})
	}
	return d.send(ctx, r)
}

// current reports whether what a record quotes is in the base as it was when it was written. What nobody has tried to send yet was
// written just now: a digest isn't left out for a claim that changed in between, which is corrected as in all that was said.
func (d *Desk) current(ctx context.Context, r *Record) (bool, error) {
	if d.stands == nil || r.Tries == 1 {
		return true, nil
	}
	ctx, cancel := context.WithTimeout(ctx, d.sending())
	defer cancel()
	return d.stands(ctx, r.Tenant, &r.Reply)
}

// doubt reports whether a post that the platform may have may be sent again, else how the try ends. It looks for it, but while the
// platform drops a second one by itself.
func (d *Desk) doubt(ctx context.Context, r *Record, late bool) (end Result, again bool) {
	if ago := r.Taken.Sub(r.Tried); !late && ago > 0 && ago+d.lease < d.nonces {
		return Result{}, true
	}
	ref, presence, err := d.lookup(ctx, *r)
	switch {
	case err == nil && presence == chat.PresenceFound:
		return Result{State: StateSent, Ref: ref}, false
	case err == nil && presence == chat.PresenceAbsent:
		r.Tried = r.Taken
		return Result{}, true
	case err != nil && !late:
		return Result{State: StateUnknown, Why: ReasonLost, Tried: r.Tried, Again: backoff(r.Tries)}, false
	}
	if err != nil {
		d.log.WarnContext(ctx, "a post can't be looked for", "desk", d.name, "id", r.ID, "error", err)
	}
	return Result{State: StateUnknown, Why: ReasonUnknown, Tried: r.Tried}, false
}
