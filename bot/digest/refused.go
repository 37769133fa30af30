package digest

import (
	"context"
	"strings"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/knowledge"
)

// Subscribers is how those who subscribed are told that their digest is paused.
type Subscribers struct {
	Outbox delivery.Store
	Write  func(s Subscription, refused Slot) chat.Reply
	// Reach returns where somebody is told something alone, on a desk, as a member of a tenant; false where its platform can't.
	Reach func(desk, tenant, person string) (chat.Address, bool)
}

// Ended takes what came of a record on a desk: where it was a digest that the platform refused, the subscription is paused at once.
// Where this doesn't come about, the press does it at the next slot.
func (p *Press) Ended(ctx context.Context, r delivery.Record) {
	id, civil, ok := named(r.Key)
	if !ok || !refusal(r.State, r.Why) {
		return
	}
	err := p.end(ctx, &r, id, civil)
	if err != nil {
		p.log.WarnContext(ctx, "a digest that the platform refused isn't paused before its next slot", "subscription", id, "slot", civil, "error", err)
	}
}

// end pauses the subscription of a digest that was refused, unless it has changed since.
func (p *Press) end(ctx context.Context, r *delivery.Record, id, civil string) error {
	s, err := p.store.At(ctx, r.Tenant, r.Desk, r.To)
	if knowledge.KindOf(err) == knowledge.NotFound {
		return nil
	}
	if err != nil || s.ID != id || s.State != Active {
		return err
	}
	past, err := p.store.Slots(ctx, s.Tenant, s.ID, 1)
	if err != nil || len(past) == 0 || past[0].Civil != civil {
		return err
	}
	_, err = p.closed(ctx, &s, &past[0])
	return err
}

// refused pauses a subscription whose last digest its platform didn't take.
func (p *Press) refused(ctx context.Context, s *Subscription) (bool, error) {
	past, err := p.store.Slots(ctx, s.Tenant, s.ID, 1)
	if err != nil || len(past) == 0 {
		return false, err
	}
	return p.closed(ctx, s, &past[0])
}

func refusal(state delivery.State, why delivery.Reason) bool {
	return state == delivery.StateFailed && why == delivery.ReasonRefused
}

// closed pauses a subscription where the platform refused its last slot, and it wasn't resumed since: the channel is gone, or closed to
// the bot. Who subscribed is told first, under a key of the slot: so they are told once, though it is done twice.
func (p *Press) closed(ctx context.Context, s *Subscription, last *Past) (bool, error) {
	if !refusal(last.Said, last.Why) || last.At.Before(s.From) {
		return false, nil
	}
	p.log.WarnContext(ctx, "a digest is paused: the platform doesn't let the bot speak there",
		"subscription", s.ID, "tenant", s.Tenant, "desk", s.Desk, "to", string(s.To), "slot", last.Civil)
	if err := p.tell(ctx, s, last); err != nil {
		return true, err
	}
	return true, p.store.Pause(ctx, s.Tenant, s.ID, Refused)
}

// tell tells who subscribed that a digest is paused, where they can be told.
func (p *Press) tell(ctx context.Context, s *Subscription, last *Past) error {
	if p.subscribers == nil {
		return nil
	}
	to, ok := p.subscribers.Reach(s.Desk, s.Tenant, s.By)
	if !ok {
		return nil
	}
	_, _, err := p.subscribers.Outbox.Insert(ctx, delivery.Record{
		ID: delivery.NewID(), Tenant: s.Tenant, Desk: s.Desk, Key: "paused:" + s.ID + ":" + last.Civil, To: to,
		Reply: p.subscribers.Write(*s, last.Slot), State: delivery.StatePending,
	}, 0)
	return err
}

const keyPrefix = "digest:"

// Key is what a digest is said for.
func (s *Subscription) Key(slot Slot) string { return keyPrefix + s.ID + ":" + slot.Civil }

// named reads a key; false where it is of no digest.
func named(key string) (id, civil string, ok bool) {
	rest, ours := strings.CutPrefix(key, keyPrefix)
	id, civil, slot := strings.Cut(rest, ":")
	return id, civil, ours && slot
}
