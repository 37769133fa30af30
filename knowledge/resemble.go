package knowledge

import (
	"cmp"
	"context"
	"slices"
)

const (
	mostResembling = 5
	lookedAt       = 64 // how many of those that share the most with a draft are compared with it
)

// Resembling returns the live claims that a tenant sees which a draft could be a new state of, or a rival to: those of its
// series, and those of its claimant about the same, at another time perhaps; at most five, the likeliest first. The draft
// needn't meet the rules yet.
func (b *Base) Resembling(ctx context.Context, tenant string, draft Claim) ([]Claim, error) {
	b, err := b.fresh(ctx, tenant)
	if err != nil {
		return nil, err
	}
	var near []Claim
	if draft.Series != "" {
		if near, _, err = b.Series(ctx, tenant, draft.Series, lookedAt, nil); err != nil {
			return nil, err
		}
	}
	found, err := b.Find(ctx, Query{Tenant: tenant, Concepts: distinct(draft.appendConcepts(nil, b.lex)), Limit: lookedAt})
	if err != nil {
		return nil, err
	}
	for i := range found {
		near = append(near, *found[i].Claim)
	}
	seen := map[Key]bool{{tenant, draft.ID}: true, {"", draft.ID}: true}
	near = slices.DeleteFunc(near, func(c Claim) bool {
		known := seen[c.Key()]
		seen[c.Key()] = true
		return known || draft.unlike(&c)
	})
	slices.SortStableFunc(near, func(x, y Claim) int {
		return cmp.Or(cmp.Compare(draft.likeness(&y), draft.likeness(&x)), y.When().UpTo().Compare(x.When().UpTo()), cmp.Compare(x.ID, y.ID))
	})
	return near[:min(mostResembling, len(near))], nil
}

// unlike reports a claim that is neither of the series of another nor about the same by the same claimant. Where it isn't said
// what a claim is about, nothing is about the same.
func (c *Claim) unlike(o *Claim) bool { return c.likeness(o) == 0 }

func (c *Claim) likeness(o *Claim) int {
	a, b := c.Scope, o.Scope
	if c.Series != "" && c.Series == o.Series {
		return 3
	}
	same := a.Party == b.Party && a.Group == b.Group && a.Metric == b.Metric && a.Place == b.Place &&
		c.Attribution.Speaker == o.Attribution.Speaker && c.Kind == o.Kind
	switch says := a.Metric != "" || a.Group != "" || c.Topic != "" && c.Topic == o.Topic; {
	case !same || !says:
		return 0
	case a.Period == b.Period:
		return 2
	}
	return 1
}
