package knowledge

import (
	"cmp"
	"context"
	"slices"
)

// Upgrade drafts the change that brings the shared claims which an actor keeps to those that are given: a newer edition
// of a base. What somebody else has changed since stays as they left it, and what the edition no longer has is retracted, for the reason
// given. A claim that is as the actor's last edition had it is brought up to date.
func (b *Base) Upgrade(ctx context.Context, actor, gone string, claims []Claim) (Draft, error) {
	last, theirs, err := b.editions(ctx, actor)
	if err != nil {
		return Draft{}, err
	}
	var fresh []Claim
	kept := Draft{}
	given := map[string]bool{}
	for _, c := range claims {
		given[c.ID] = true
		before, had := last[c.ID]
		switch {
		case had && c.SameAs(before): // nothing new is said of it
		case theirs[c.ID]:
			kept.Kept = append(kept.Kept, Kept{c.ID, "somebody changed it here"})
		default:
			fresh = append(fresh, c)
		}
	}
	for id, before := range last {
		if !given[id] && !theirs[id] && before.Status != StatusRetracted {
			before.Status, before.Reason = StatusRetracted, gone
			fresh = append(fresh, before)
		}
	}
	d, err := b.Import(ctx, "", fresh)
	d.Kept = kept.Kept
	slices.SortFunc(d.Kept, func(x, y Kept) int { return cmp.Compare(x.ID, y.ID) })
	return d, err
}

// editions returns the last version that an actor made of each shared claim, and which claims somebody else has changed since or added.
func (b *Base) editions(ctx context.Context, actor string) (last map[string]Claim, theirs map[string]bool, err error) {
	last, theirs = map[string]Claim{}, map[string]bool{}
	for change, err := range b.store.Changes(ctx, Trail{}) {
		if err != nil {
			return nil, nil, err
		}
		for _, c := range change.Claims {
			switch {
			case change.Actor == actor:
				last[c.ID] = c
				delete(theirs, c.ID)
			case change.Action != ActionReview: // who looked at a claim didn't change it
				theirs[c.ID] = true
			}
		}
	}
	return last, theirs, nil
}
