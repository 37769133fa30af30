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
	next := time.NewTimer(0)
	defer next.Stop()
	for failures := 0; ; {
		select {
		case <-ctx.Done():
			return
		case <-next.C:
		}
		taken, err := d.round(ctx)
		switch {
		case err != nil && ctx.Err() == nil:
			if failures++; failures == 1 {
				d.log.ErrorContext(ctx, "what is due to be sent can't be read: nothing is sent again until it can", "desk", d.name, "error", err)
			}
			next.Reset(max(d.poll, backoff(failures)))
			continue
		case taken == d.batch:
			next.Reset(0)
		default:
			next.Reset(d.poll)
		}
		failures = 0
	}
}

// round takes up what is due, as much as one batch, and waits until it is done with.
func (d *Desk) round(ctx context.Context) (int, error) {
	due, err := d.store.Take(ctx, d.name, d.lease, d.batch)
	var all sync.WaitGroup
	for _, r := range due {
		all.Go(func() {
			if r, err := d.resume(ctx, r); err != nil {
				d.log.WarnContext(ctx, "a post that was taken up again isn't sent", "desk", d.name, "id", r.ID, "state", r.State, "error", err)
			}
		})
	}
	all.Wait()
	return len(due), err
}

// resume goes on with a record that the desk has just taken. A post that the platform may have from a try before isn't
// sent again unless it is known not to be there, or the platform would drop it.
func (d *Desk) resume(ctx context.Context, r Record) (Record, error) {
	late := r.Taken.Sub(r.At) > d.patience
	if r.Tried.Before(r.Taken) {
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

// current reports whether what a record quotes is in the base as it was when it was written.
func (d *Desk) current(ctx context.Context, r *Record) (bool, error) {
	if d.stands == nil {
		return true, nil
	}
	ctx, cancel := context.WithTimeout(ctx, d.sending())
	defer cancel()
	return d.stands(ctx, r.Tenant, &r.Reply)
}

// doubt looks for a post that the platform may have, and reports whether it may be sent again, else how the try ends.
func (d *Desk) doubt(ctx context.Context, r *Record, late bool) (end Result, again bool) {
	ref, presence, err := d.lookup(ctx, *r)
	switch {
	case err == nil && presence == chat.PresenceFound:
		return Result{State: StateSent, Ref: ref}, false
	case err == nil && presence == chat.PresenceAbsent:
		r.Tried = r.Taken
		return Result{}, true
	case !late && r.Taken.Sub(r.Tried)+d.lease < d.nonces:
		return Result{}, true
	case err != nil && !late:
		return Result{State: StateUnknown, Why: ReasonLost, Tried: r.Tried, Again: backoff(r.Tries)}, false
	}
	d.log.WarnContext(ctx, "it isn't known whether a post was sent, and it isn't sent again", "desk", d.name, "id", r.ID, "error", err)
	return Result{State: StateUnknown, Why: ReasonLost, Tried: r.Tried}, false
}
