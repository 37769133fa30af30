package knowledge

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"
)

// By is who makes a change, when, and why. Actor is an account as its platform names it, or what stands for the program itself.
type By struct {
	Actor  string
	Reason string
	At     time.Time
	Quiet  bool // those who were told of the claims aren't told of the change
}

// Draft is a change that isn't made yet: what it would make of which claims. Nothing is in it that stays as it is.
type Draft struct {
	Tenant string
	Action Action
	Edits  []Edit // in the order of the ids
	Kept   []Kept // what an import would have changed, and leaves
}

// Kept is a claim that an import leaves as it is, and why.
type Kept struct {
	ID  string
	Why string
}

// Commit makes a drafted change, and returns the versions that it made. Where somebody else changed one of the claims
// since they were drafted, nothing is made, and the error is of kind Conflict. An empty draft makes nothing.
func (b *Base) Commit(ctx context.Context, by By, d Draft) ([]Claim, error) {
	if blank(by.Actor) {
		return nil, nobody()
	}
	if len(d.Edits) == 0 {
		return nil, nil
	}
	c := d.Change(by)
	head, err := b.store.Commit(ctx, c)
	if err != nil {
		return nil, err
	}
	for i := range c.Claims {
		c.Claims[i].At = head.At
	}
	return c.Claims, nil
}

// Change returns the change that a draft is of, by whoever makes it. Its claims are copies.
func (d Draft) Change(by By) Change {
	c := Change{Tenant: d.Tenant, Action: d.Action, Actor: by.Actor, Reason: by.Reason, Quiet: by.Quiet, At: by.At, Claims: make([]Claim, len(d.Edits))}
	for i := range d.Edits {
		c.Claims[i] = d.Edits[i].Is
	}
	return c
}

func nobody() error { return &Error{Kind: Invalid, Msg: "A change needs somebody who makes it."} }

// Add makes a claim that isn't there yet.
func (b *Base) Add(ctx context.Context, by By, c Claim) (Claim, error) {
	d, err := b.Adding(ctx, by, c)
	return b.one(ctx, by, c.ID, d, err)
}

// Adding drafts the change that adds a claim, which isn't there yet.
func (b *Base) Adding(ctx context.Context, by By, c Claim) (Draft, error) {
	c.Revision, c.AddedBy, c.At = 1, by.Actor, time.Time{}
	return b.draft(ctx, ActionAdd, Edit{Is: c})
}

// Revise makes a new version of a claim. The claim's revision is that of the version which it was made from: where
// another has come since, the error is of kind Conflict.
func (b *Base) Revise(ctx context.Context, by By, c Claim) (Claim, error) {
	d, err := b.Revising(ctx, c)
	return b.one(ctx, by, c.ID, d, err)
}

// Revising drafts the change that Revise makes.
func (b *Base) Revising(ctx context.Context, c Claim) (Draft, error) {
	was, err := b.version(ctx, c.Key(), c.Revision)
	if err != nil {
		return Draft{}, err
	}
	return b.draft(ctx, ActionRevise, Edit{&was, next(was, c)})
}

// Retract takes a claim back. It needs a reason. A revision of 0 means whichever is current.
func (b *Base) Retract(ctx context.Context, by By, key Key, revision int) (Claim, error) {
	d, err := b.Retracting(ctx, by, key, revision)
	return b.one(ctx, by, key.ID, d, err)
}

// Retracting drafts the change that Retract makes.
func (b *Base) Retracting(ctx context.Context, by By, key Key, revision int) (Draft, error) {
	if blank(by.Reason) {
		return Draft{}, &Error{Kind: Invalid, Msg: "Retracting needs a reason: it is shown to those who were told the figure."}
	}
	was, err := b.version(ctx, key, revision)
	if err != nil {
		return Draft{}, err
	}
	if was.Status == StatusRetracted {
		return Draft{}, &Error{Kind: Conflict, Msg: fmt.Sprintf("Claim %q is retracted already: %s", clip(key.ID), was.Reason)}
	}
	is := next(was, was)
	is.Status, is.Reason = StatusRetracted, by.Reason
	return b.draft(ctx, ActionRetract, Edit{&was, is})
}

// Reviewed drafts the change that says when somebody last looked at claims: at these, or at all live ones of the tenant.
func (b *Base) Reviewed(ctx context.Context, tenant string, on Date, ids ...string) (Draft, error) {
	d := Draft{Tenant: tenant, Action: ActionReview}
	claims, err := b.ofTenant(ctx, tenant, ids)
	if err != nil {
		return Draft{}, err
	}
	for _, was := range claims {
		if was.ReviewedOn == on || len(ids) == 0 && !was.Live() {
			continue
		}
		is := next(was, was)
		is.ReviewedOn = on
		d.Edits = append(d.Edits, Edit{&was, is})
	}
	return d, nil
}

// next returns the version of a claim that follows one, with another content.
func next(was, is Claim) Claim {
	is.Revision, is.AddedBy, is.At = was.Revision+1, was.AddedBy, time.Time{}
	return is
}

// draft drafts the change of one claim, and of what it supersedes.
func (b *Base) draft(ctx context.Context, action Action, e Edit) (Draft, error) {
	d := Draft{Tenant: e.Is.Tenant, Action: action, Edits: []Edit{e}}
	if err := b.supersede(ctx, &d); err != nil {
		return Draft{}, err
	}
	if action == ActionRetract { // what was right by older rules can be taken back, too
		return d, nil
	}
	if err := b.validate(ctx, &d); err != nil {
		return Draft{}, err
	}
	return d, nil
}

// one commits what was drafted of one claim, unless that failed.
func (b *Base) one(ctx context.Context, by By, id string, d Draft, err error) (Claim, error) {
	if err != nil {
		return Claim{}, err
	}
	made, err := b.Commit(ctx, by, d)
	if err != nil {
		return Claim{}, err
	}
	return made[slices.IndexFunc(made, func(c Claim) bool { return c.ID == id })], nil
}

// version returns the current version of a claim of a tenant's own. It must be the one with the revision, if one is given.
func (b *Base) version(ctx context.Context, key Key, revision int) (Claim, error) {
	claims, err := b.ofTenant(ctx, key.Tenant, []string{key.ID})
	if err != nil {
		return Claim{}, err
	}
	if c := claims[0]; revision == 0 || c.Revision == revision {
		return c, nil
	}
	return Claim{}, Edited(key.ID, revision, claims[0].Revision)
}

// ofTenant returns the current versions of claims of a tenant's own, whatever their status: of these, each of which must be
// there, or of all.
func (b *Base) ofTenant(ctx context.Context, tenant string, ids []string) ([]Claim, error) {
	if len(ids) == 0 {
		return gather(b.store.Scan(ctx, Snapshot{Tenant: tenant}))
	}
	keys := make([]Key, len(ids))
	for i, id := range ids {
		keys[i] = Key{tenant, id}
	}
	claims, err := b.current(ctx, tenant, keys)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if !slices.ContainsFunc(claims, func(c Claim) bool { return c.ID == id }) {
			return nil, &Error{Kind: NotFound, Msg: fmt.Sprintf("There is no claim %q.", clip(id))}
		}
	}
	return claims, nil
}

// current returns the current versions of claims as the store has them, in the order of their ids.
func (b *Base) current(ctx context.Context, tenant string, keys []Key) ([]Claim, error) {
	heads, err := b.store.Heads(ctx, tenant)
	if err != nil {
		return nil, err
	}
	stored, err := b.store.Claims(ctx, heads, keys)
	var claims []Claim
	for _, c := range stored {
		if c != nil {
			claims = append(claims, *c)
		}
	}
	slices.SortFunc(claims, func(x, y Claim) int { return cmp.Or(cmp.Compare(x.ID, y.ID), cmp.Compare(x.Tenant, y.Tenant)) })
	return claims, err
}

// supersede adds to a draft that what its live claims correct is superseded, as far as it is of the same tenant.
func (b *Base) supersede(ctx context.Context, d *Draft) error {
	drafted := map[string]bool{}
	for i := range d.Edits {
		drafted[d.Edits[i].Is.ID] = true
	}
	var keys []Key
	for i := range d.Edits {
		if is := &d.Edits[i].Is; is.Live() {
			for _, id := range is.Supersedes {
				if !drafted[id] {
					drafted[id] = true
					keys = append(keys, Key{d.Tenant, id})
				}
			}
		}
	}
	if len(keys) == 0 {
		return nil
	}
	old, err := b.current(ctx, d.Tenant, keys)
	if err != nil {
		return err
	}
	for _, was := range old {
		if was.Live() {
			is := next(was, was)
			is.Status = StatusSuperseded
			d.Edits = append(d.Edits, Edit{&was, is})
		}
	}
	slices.SortFunc(d.Edits, func(x, y Edit) int { return cmp.Compare(x.Is.ID, y.Is.ID) })
	return nil
}
