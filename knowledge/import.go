package knowledge

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Import drafts the change that makes the claims of a tenant those that are given: new ones are added, others get a new
// version where something in them differs. What isn't given stays as it is. Who added a claim when is nothing that differs.
//
// The claims have been held against the rules, and against each other, by whoever read them; here they are held against
// those that are there already.
func (b *Base) Import(ctx context.Context, tenant string, claims []Claim) (Draft, error) {
	d, err := b.differences(ctx, tenant, claims)
	if err != nil || len(d.Edits) == 0 {
		return d, err
	}
	if err := b.supersede(ctx, &d); err != nil {
		return Draft{}, err
	}
	return d, b.validateAll(ctx, &d)
}

// differences drafts what isn't yet as it is given.
func (b *Base) differences(ctx context.Context, tenant string, claims []Claim) (Draft, error) {
	d := Draft{Tenant: tenant, Action: ActionImport}
	there, err := b.byID(ctx, tenant)
	if err != nil {
		return d, err
	}
	for _, c := range claims {
		c.Tenant = tenant
		was := there[c.ID]
		switch {
		case was == nil:
			c.Revision = 1
			d.Edits = append(d.Edits, Edit{Is: c})
		case !c.SameAs(*was):
			d.Edits = append(d.Edits, Edit{was, next(*was, c)})
		}
	}
	slices.SortFunc(d.Edits, func(x, y Edit) int { return cmp.Compare(x.Is.ID, y.Is.ID) })
	return d, nil
}

func (b *Base) byID(ctx context.Context, tenant string) (map[string]*Claim, error) {
	out := map[string]*Claim{}
	for c, err := range b.store.Scan(ctx, Snapshot{Tenant: tenant}) {
		if err != nil {
			return nil, err
		}
		out[c.ID] = &c
	}
	return out, nil
}

// SameAs reports whether two versions say the same: who made them, and when, aside.
func (c Claim) SameAs(o Claim) bool {
	a, errA := c.content()
	b, errB := o.content()
	return errA == nil && errB == nil && bytes.Equal(a, b)
}

// content returns what a version says in a form that can be compared: an absent list and an empty one are the same, and
// so are no status and live.
func (c Claim) content() ([]byte, error) {
	c.Tenant, c.Revision, c.AddedBy, c.ApprovedBy = "", 0, "", ""
	c.At = time.Time{}
	c.Status = cmp.Or(c.Status, StatusLive)
	c.Lang = c.language()
	if len(c.Sources) == 0 {
		c.Sources = nil
	}
	if len(c.Caveats) == 0 {
		c.Caveats = nil
	}
	return json.Marshal(c)
}

// validateAll holds the drafted versions against all that will be there with them.
func (b *Base) validateAll(ctx context.Context, d *Draft) error {
	drafted := map[Key]bool{}
	all := make([]Claim, 0, len(d.Edits))
	for i := range d.Edits {
		drafted[d.Edits[i].Is.Key()] = true
		all = append(all, d.Edits[i].Is)
	}
	for _, t := range sees(d.Tenant) {
		for c, err := range b.store.Scan(ctx, Snapshot{Tenant: t}) {
			if err != nil {
				return err
			}
			if !drafted[c.Key()] {
				all = append(all, c)
			}
		}
	}
	var first error
	wrong := 0
	for _, w := range ValidateBase(all) {
		if !drafted[w.Key] {
			continue // it was so before
		}
		if wrong++; first == nil {
			first = broken(w.Key.ID, w.Problems)
		}
	}
	if wrong > 1 {
		return &Error{Kind: Invalid, Msg: fmt.Sprintf("%s (and %d more claims are broken beside what is there already)", MessageOf(first), wrong-1)}
	}
	return first
}
