package moderation_test

import (
	"context"
	"iter"
	"sync"
	"testing"

	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/bot/moderation/storetest"
	"github.com/whosays/whosays/knowledge"
)

// between lets something happen once, behind the first look at what was changed before.
type between struct {
	knowledge.Store
	happens func()
}

func (b between) Changes(ctx context.Context, of knowledge.Trail) iter.Seq2[knowledge.Change, error] {
	return func(yield func(knowledge.Change, error) bool) {
		for c, err := range b.Store.Changes(ctx, of) {
			if !yield(c, err) {
				return
			}
		}
		b.happens()
	}
}

// judging lets something happen once, behind the first look at a proposal.
type judging struct {
	moderation.Store
	happens func()
}

func (j judging) Proposal(ctx context.Context, tenant, id string) (moderation.Proposal, error) {
	p, err := j.Store.Proposal(ctx, tenant, id)
	j.happens()
	return p, err
}

// Whoever presses twice is told the same both times, also where the first press is done with between two steps of the second.
func TestPressedInBetween(t *testing.T) {
	t.Parallel()
	change := revise("a", "About 1,200 civilians were killed there.", 1)
	for name, guarded := range map[string]bool{"made": false, "approved": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			p.own(t, "a")
			press := func(c *moderation.Council) (moderation.Result, error) { return c.Do(t.Context(), boss(), change) }
			if guarded {
				storetest.Guarded(t, p.Council, "one")
				id := storetest.Do(t, p.Council, boss(), change, moderation.Waiting).Proposal.ID
				press = func(c *moderation.Council) (moderation.Result, error) { return c.Approve(t.Context(), bob(), id) }
			}
			before := p.revision(t)
			happens := sync.OnceFunc(func() {
				if r, err := press(p.Council); err != nil || r.State != moderation.Made {
					t.Error(r.State, err)
				}
			})
			s := storetest.Stores{Claims: between{p.stores.Claims, happens}, Council: p.stores.Council}
			if guarded {
				s = storetest.Stores{Claims: p.stores.Claims, Council: judging{p.stores.Council, happens}}
			}
			r, err := press(moderation.New(storetest.NewBase(t, s), s.Council))
			if err != nil || r.State != moderation.Made || len(r.Made) != 1 {
				t.Error(r, err)
			}
			if n := p.revision(t) - before; n != 1 {
				t.Errorf("it was made %d times", n)
			}
		})
	}
}
