package knowledge

import (
	"cmp"
	"context"
	"slices"
)

// LatestFigures returns the figures that were stated last of what a tenant may be shown, at most so many, of each count its latest state.
// It reads only those, but looks at each count of the base.
func (b *Base) LatestFigures(ctx context.Context, tenant string, most int) ([]Claim, error) {
	b, err := b.fresh(ctx, tenant)
	if err != nil {
		return nil, err
	}
	claims, err := b.load(ctx, tenant, b.lastStated(tenant, 2*most)) // some may be hidden, or only said later
	if err != nil {
		return nil, err
	}
	var out []Claim
	for _, c := range claims {
		if c != nil && !c.Figure.IsZero() && len(out) < most {
			out = append(out, *c)
		}
	}
	return out, nil
}

// lastStated returns which states of counts were said last, the latest first.
func (b *Base) lastStated(tenant string, most int) []Key {
	type stated struct {
		key  Key
		said day
	}
	var last []stated
	later := func(x, y stated) int { return cmp.Or(cmp.Compare(y.said, x.said), cmp.Compare(x.key.ID, y.key.ID)) }
	b.mu.RLock()
	defer b.mu.RUnlock()
	note := func(c *count) {
		if c.tenant != "" && c.tenant != tenant {
			return
		}
		s := &c.states[len(c.states)-1]
		if one := (stated{c.key(s), s.said}); len(last) < most || later(one, last[len(last)-1]) < 0 {
			at, _ := slices.BinarySearchFunc(last, one, later)
			last = slices.Insert(last, at, one)
			last = last[:min(len(last), most)]
		}
	}
	for _, c := range b.count.series {
		note(c)
	}
	for _, c := range b.count.scopes {
		note(c)
	}
	keys := make([]Key, len(last))
	for i := range last {
		keys[i] = last[i].key
	}
	return keys
}

// At returns where the claims that a view shows stand; the zero heads of a base that isn't a view.
func (b *Base) At() Heads {
	if b.at == nil {
		return Heads{}
	}
	return *b.at
}

// Shared returns what all tenants see of a view: the shared claims alone, as they stand in it.
func (b *Base) Shared() *Base {
	out := *b
	if b.at != nil {
		out.at = &Heads{Shared: b.at.Shared}
	}
	return &out
}
