package correction

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/whosays/whosays/knowledge"
)

// together is how many chains are followed at a time: one of which many were told doesn't keep the others waiting.
const together = 8

// watch is a chain that goes on, until it was followed.
type watch struct {
	mark    knowledge.Head // what was its end when it was first seen, at since
	since   time.Time
	through knowledge.Head // up to which it was gone through
	next    time.Time      // when it is gone through again, though it goes on no farther
	busy    bool
}

// Run makes corrections until the context ends. Any number of replicas may run it. When it returns, nothing of it is under way.
//
// A chain is gone through as soon as it goes on, and once more when answers have ended that were under way then: they may quote
// what has changed. Only then is it noted as followed.
func (c *Corrections) Run(ctx context.Context) {
	var all sync.WaitGroup
	defer all.Wait()
	done := make(chan pass)
	tick := time.NewTicker(c.poll)
	defer tick.Stop()
	failing := false
	for {
		if err := c.look(ctx, &all, done); ctx.Err() == nil && (err != nil) != failing {
			if failing = err != nil; failing {
				c.log.ErrorContext(ctx, "it can't be read which claims have changed: no one is told until it can", "error", err)
			}
		}
		for waiting := true; waiting; {
			select {
			case <-ctx.Done():
				return
			case p := <-done:
				c.ended(ctx, p)
			case <-tick.C:
				waiting = false
			}
		}
	}
}

// pass is one walk through a stretch, and what came of it.
type pass struct {
	Stretch
	began   time.Time
	settled bool // it is known of each correction what came of it
	err     error
}

// look begins to go through the chains that go on, as many as may be under way.
func (c *Corrections) look(ctx context.Context, all *sync.WaitGroup, done chan<- pass) error {
	behind, err := c.store.Behind(ctx)
	if err != nil {
		return err
	}
	busy := c.forget(behind)
	for _, s := range behind {
		if busy == together {
			return nil
		}
		if !c.due(s, time.Now()) {
			continue
		}
		busy++
		all.Go(func() {
			p := pass{Stretch: s, began: time.Now()}
			p.settled, p.err = c.safely(ctx, s)
			select {
			case done <- p:
			case <-ctx.Done():
			}
		})
	}
	return nil
}

// forget drops the chains that were followed, by whichever replica, and returns how many are gone through now.
func (c *Corrections) forget(behind []Stretch) (busy int) {
	from := map[string]knowledge.Head{}
	for _, s := range behind {
		from[s.Tenant] = s.From
	}
	for tenant, w := range c.watched {
		h, there := from[tenant]
		switch {
		case w.busy:
			busy++
		case !there || w.mark.Revision <= h.Revision:
			delete(c.watched, tenant)
		}
	}
	return busy
}

// due reports whether a chain is to be gone through now, and takes note of it.
func (c *Corrections) due(s Stretch, now time.Time) bool {
	w := c.watched[s.Tenant]
	if w == nil {
		w = &watch{mark: s.To, since: now}
		c.watched[s.Tenant] = w
	}
	if w.busy || w.through.Same(s.To) && now.Before(w.next) {
		return false
	}
	w.busy = true
	return true
}

// ended says when a chain is gone through next, or notes that it was followed.
func (c *Corrections) ended(ctx context.Context, p pass) {
	w, now := c.watched[p.Tenant], time.Now()
	w.busy, w.through, w.next = false, p.To, w.since.Add(c.grace)
	switch {
	case errors.Is(p.err, knowledge.ErrForked): // the base was put back to an earlier state: what it was told isn't known
		c.log.WarnContext(ctx, "a chain of changes has another course than before: nobody is told of it", "tenant", p.Tenant)
		w.mark = p.To
	case p.err != nil || !p.settled:
		if p.err != nil && ctx.Err() == nil {
			c.log.ErrorContext(ctx, "not all who were told a claim can be told that it changed: it is tried again", "tenant", p.Tenant, "error", p.err)
		}
		w.next = now.Add(c.grace)
		return
	case p.began.Before(w.next):
		return
	}
	if _, err := c.store.Followed(ctx, Stretch{p.Tenant, p.From, w.mark}); err != nil {
		w.next = now.Add(c.grace)
		return
	}
	delete(c.watched, p.Tenant)
}

// safely is through, of which a panic is an error: it would end the process.
func (c *Corrections) safely(ctx context.Context, s Stretch) (settled bool, err error) {
	defer func() {
		if p := recover(); p != nil {
			settled, err = false, fmt.Errorf("correction: it panicked: %v\n%s", p, debug.Stack())
		}
	}()
	return c.through(ctx, s)
}

// through goes through a stretch, on all desks at once, and reports whether it is known of each correction what came of it.
func (c *Corrections) through(ctx context.Context, s Stretch) (bool, error) {
	var edits []knowledge.Edit
	for e, err := range c.base.Edits(ctx, s.Tenant, s.From, s.To) {
		if err != nil {
			return false, err
		}
		edits = append(edits, e)
	}
	keys := perhaps(edits)
	settled, errs := make([]bool, len(c.desks)), make([]error, len(c.desks))
	var all sync.WaitGroup
	for i := range c.desks {
		settled[i] = true
		all.Go(func() {
			for _, key := range keys {
				done, err := c.onDesk(ctx, i, key, s.From.Revision)
				settled[i], errs[i] = settled[i] && done, errors.Join(errs[i], err)
			}
		})
	}
	all.Wait()
	for _, done := range settled {
		if !done {
			return false, errors.Join(errs...)
		}
	}
	return true, errors.Join(errs...)
}

// perhaps returns the claims that may say something else than before: one of which several versions came may have said something
// in between.
func perhaps(edits []knowledge.Edit) (out []knowledge.Key) {
	for i := range edits {
		e := &edits[i]
		switch {
		case e.Was == nil && e.Is.Revision <= 1:
		case e.Was != nil && e.Is.Revision == e.Was.Revision+1 && !differs(e.Was, &e.Is):
		default:
			out = append(out, e.Is.Key())
		}
	}
	return out
}

// onDesk answers the messages of a desk that were told a claim.
func (c *Corrections) onDesk(ctx context.Context, desk int, of knowledge.Key, behind int64) (bool, error) {
	settled := true
	for r, err := range c.desks[desk].Quoting(ctx, of, time.Now().Add(-Reach)) {
		if err != nil {
			return false, err
		}
		done, err := c.correct(ctx, subject{desk, of, behind}, r)
		if err != nil {
			return false, err
		}
		settled = settled && done
	}
	return settled, nil
}
