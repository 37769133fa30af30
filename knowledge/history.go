package knowledge

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"time"
)

// History returns the changes of a claim of a tenant's own, the first first, each with the version that it made. The
// error is of kind NotFound where there is none.
func (b *Base) History(ctx context.Context, key Key) ([]Change, error) {
	var changes []Change
	var err error
	if key.ID != "" { // without an id, the trail is that of all claims
		changes, err = gather(b.store.Changes(ctx, Trail{Tenant: key.Tenant, ID: key.ID}))
	}
	if err == nil && len(changes) == 0 {
		return nil, &Error{Kind: NotFound, Msg: fmt.Sprintf("There is no claim %q.", clip(key.ID))}
	}
	return changes, err
}

// Edits yields what became of each claim of a tenant's own, or of the shared ones, between two heads of the chain, in the order
// of the ids. It yields ErrForked where the first isn't of the chain.
func (b *Base) Edits(ctx context.Context, tenant string, from, to Head) iter.Seq2[Edit, error] {
	return b.store.Edits(ctx, tenant, from, to)
}

// Stored returns the version of a claim of a tenant's own that was current at a moment, whatever its status; the zero
// moment is now.
func (b *Base) Stored(ctx context.Context, key Key, at time.Time) (Claim, error) {
	if at.IsZero() {
		return b.version(ctx, key, 0)
	}
	changes, err := b.History(ctx, key)
	if err != nil {
		return Claim{}, err
	}
	i := len(changes)
	for i > 0 && changes[i-1].At.After(at) {
		i--
	}
	if i == 0 {
		return Claim{}, &Error{Kind: NotFound, Msg: fmt.Sprintf("Claim %q wasn't there yet at %s; it was added at %s.",
			clip(key.ID), at.UTC().Format(time.DateTime), changes[0].At.Format(time.DateTime))}
	}
	return changes[i-1].Claims[0], nil
}

// LastBy returns the last change that an actor has made to the claims of a tenant; none is the zero Change.
func (b *Base) LastBy(ctx context.Context, tenant, actor string) (last Change, err error) {
	for c, err := range b.store.Changes(ctx, Trail{Tenant: tenant, Actor: actor}) {
		if err != nil {
			return Change{}, err
		}
		last = c
	}
	return last, nil
}

// Own returns the claims of a tenant's own, or the shared ones, as they were at a moment, whatever their status, in the
// order of their ids; the zero moment is now.
func (b *Base) Own(ctx context.Context, tenant string, at time.Time, kinds ...Kind) ([]Claim, error) {
	return gather(b.store.Scan(ctx, Snapshot{Tenant: tenant, At: at, Kinds: kinds}))
}

// AsOf returns the base as it was at a moment: what a tenant sees of it, with what was live then, and no more said than
// by then. It is read anew, which takes as long as a start.
func (b *Base) AsOf(ctx context.Context, tenant string, at time.Time) (*Base, error) {
	var all []Claim
	for _, t := range sees(tenant) {
		claims, err := b.Own(ctx, t, at)
		if err != nil {
			return nil, err
		}
		all = append(all, claims...)
	}
	then, err := NewMemory(all)
	if err != nil {
		return nil, err
	}
	return NewBase(ctx, b.lex, then)
}

// Revert drafts the change that undoes what an actor has changed in a tenant since a moment: each claim that they
// touched says again what it said before, and what they added is retracted. Where somebody else has changed a claim behind
// them, it stays as it is now.
func (b *Base) Revert(ctx context.Context, by By, tenant, actor string, since time.Time) (Draft, error) {
	d := Draft{Tenant: tenant, Action: ActionRevert}
	before, now, last, err := b.touched(ctx, tenant, actor, since)
	if err != nil {
		return d, err
	}
	for id, was := range before {
		current := now[id]
		if last[id] != actor {
			d.Kept = append(d.Kept, Kept{id, "changed since by " + last[id]})
			continue
		}
		is := current
		if was == nil {
			is.Status, is.Reason = StatusRetracted, cmp.Or(by.Reason, "added by an account whose changes were undone")
		} else {
			is = *was
		}
		if !is.SameAs(current) {
			d.Edits = append(d.Edits, Edit{&current, next(current, is)})
		}
	}
	slices.SortFunc(d.Edits, func(x, y Edit) int { return cmp.Compare(x.Is.ID, y.Is.ID) })
	slices.SortFunc(d.Kept, func(x, y Kept) int { return cmp.Compare(x.ID, y.ID) })
	return d, nil
}

// touched returns of each claim that an actor has changed since a moment the version before (nil: none), the current
// one, and who made the latter.
func (b *Base) touched(ctx context.Context, tenant, actor string, since time.Time) (before map[string]*Claim, now map[string]Claim, last map[string]string, err error) {
	before, now, last = map[string]*Claim{}, map[string]Claim{}, map[string]string{}
	for change, err := range b.store.Changes(ctx, Trail{Tenant: tenant}) {
		if err != nil {
			return nil, nil, nil, err
		}
		for _, c := range change.Claims {
			if _, known := before[c.ID]; !known && change.Actor == actor && !change.At.Before(since) {
				before[c.ID] = nil
				if was, there := now[c.ID]; there {
					before[c.ID] = &was
				}
			}
			now[c.ID], last[c.ID] = c, change.Actor
		}
	}
	return before, now, last, nil
}
