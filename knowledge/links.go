package knowledge

import (
	"cmp"
	"context"
	"slices"
)

// links are the claims that name something else: by series, and by the claim that they dispute. Few claims have
// any, so that they are kept by name and not searched for.
type links struct {
	series   map[Key][]Key // by tenant and name of the series
	disputes map[Key][]Key // by tenant and id of the disputed claim
}

func newLinks() links { return links{map[Key][]Key{}, map[Key][]Key{}} }

// note keeps what a live claim names.
func (l *links) note(c Claim) {
	if c.Series != "" {
		k := Key{c.Tenant, c.Series}
		l.series[k] = append(l.series[k], c.Key())
	}
	for _, id := range c.Disputes {
		k := Key{c.Tenant, id}
		l.disputes[k] = append(l.disputes[k], c.Key())
	}
}

// Series returns the claims of a series that a tenant may be shown, in the order in which they were said.
func (b *Base) Series(ctx context.Context, tenant, name string) ([]Claim, error) {
	out, err := b.linked(ctx, tenant, b.links.series, name)
	slices.SortStableFunc(out, func(x, y Claim) int { return x.Attribution.SaidOn.Compare(y.Attribution.SaidOn) })
	return out, err
}

// Disputing returns the claims that dispute one of these and that a tenant may be shown, each once, in the order of
// their ids.
func (b *Base) Disputing(ctx context.Context, tenant string, ids ...string) ([]Claim, error) {
	return b.linked(ctx, tenant, b.links.disputes, ids...)
}

func (b *Base) linked(ctx context.Context, tenant string, by map[Key][]Key, names ...string) ([]Claim, error) {
	var keys []Key
	for _, t := range sees(tenant) {
		for _, name := range names {
			keys = append(keys, by[Key{t, name}]...)
		}
	}
	claims, err := b.load(ctx, tenant, union(nil, keys))
	if err != nil {
		return nil, err
	}
	out := make([]Claim, 0, len(claims))
	for _, c := range claims {
		out = append(out, c)
	}
	slices.SortFunc(out, func(x, y Claim) int { return cmp.Compare(x.ID, y.ID) })
	return out, nil
}
