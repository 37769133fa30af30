package knowledge

import (
	"context"
	"fmt"
	"maps"
	"slices"
)

// shownAgain is why a claim isn't hidden any more.
const shownAgain = "shown again"

// Hiding drafts the change that hides a shared claim from a tenant: by a version in the tenant's own chain, which nobody else
// sees. It needs a reason. The revision is that of the shared claim; 0 means whichever is current.
func (b *Base) Hiding(ctx context.Context, by By, tenant, id string, revision int) (Draft, error) {
	switch {
	case tenant == "":
		return Draft{}, &Error{Kind: Invalid, Msg: "Only a tenant can hide a shared claim, and only from itself. To keep it from everybody, retract it."}
	case blank(by.Reason):
		return Draft{}, &Error{Kind: Invalid, Msg: "Hiding needs a reason: whoever keeps the base after you has to know it."}
	}
	own, shared, err := b.both(ctx, tenant, id)
	switch {
	case err != nil:
		return Draft{}, err
	case own != nil && own.Status == StatusHidden:
		return Draft{}, &Error{Kind: Conflict, Msg: fmt.Sprintf("Claim %q is hidden already: %s", clip(id), own.Reason)}
	case own != nil && own.Live():
		return Draft{}, &Error{Kind: Invalid, Msg: fmt.Sprintf("Claim %q is your own, and no shared one: retract it.", clip(id))}
	case shared == nil || !shared.Live():
		return Draft{}, &Error{Kind: NotFound, Msg: fmt.Sprintf("There is no shared claim %q that could be hidden.", clip(id))}
	case revision != 0 && revision != shared.Revision:
		return Draft{}, Edited(id, revision, shared.Revision)
	}
	is := *shared
	is.Tenant, is.Revision, is.AddedBy = tenant, 0, by.Actor
	if own != nil {
		is.Revision, is.AddedBy = own.Revision, own.AddedBy
	}
	is = next(is, is)
	is.Status, is.Reason, is.ApprovedBy = StatusHidden, by.Reason, ""
	return Draft{Tenant: tenant, Action: ActionHide, Edits: []Edit{{own, is}}}, nil
}

// Unhiding drafts the change that shows a shared claim again that a tenant has hidden.
func (b *Base) Unhiding(ctx context.Context, _ By, tenant, id string) (Draft, error) {
	own, _, err := b.both(ctx, tenant, id)
	switch {
	case err != nil:
		return Draft{}, err
	case own == nil || own.Status != StatusHidden:
		return Draft{}, &Error{Kind: NotFound, Msg: fmt.Sprintf("No claim %q is hidden here.", clip(id))}
	}
	is := next(*own, *own)
	is.Status, is.Reason, is.ApprovedBy = StatusRetracted, shownAgain, ""
	return Draft{Tenant: tenant, Action: ActionUnhide, Edits: []Edit{{own, is}}}, nil
}

// both returns the current versions of a tenant's own claim and of the shared one of an id, nil where there is none.
func (b *Base) both(ctx context.Context, tenant, id string) (own, shared *Claim, err error) {
	claims, err := b.current(ctx, tenant, []Key{{tenant, id}, {"", id}})
	for i := range claims {
		if claims[i].Tenant == "" {
			shared = &claims[i]
		} else {
			own = &claims[i]
		}
	}
	return own, shared, err
}

// hides returns the ids of the shared claims that a tenant has hidden, in their order.
func (b *Base) hides(tenant string) []string {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return slices.Sorted(maps.Keys(b.hidden[tenant]))
}

// hiddenReach counts how far the shared claims reach that a tenant has hidden.
func (b *Base) hiddenReach(ctx context.Context, tenant string) (*reaches, error) {
	out := newReaches()
	ids := b.hides(tenant)
	if len(ids) == 0 {
		return out, nil
	}
	keys := make([]Key, len(ids))
	for i, id := range ids {
		keys[i] = Key{"", id}
	}
	claims, err := b.store.Claims(ctx, *b.at, keys)
	for _, c := range claims {
		if c != nil && c.Live() {
			out.add(reachOf(b.lex, *c), 1)
		}
	}
	return out, err
}
