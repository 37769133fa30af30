package knowledge

import (
	"cmp"
	"context"
	"slices"
)

// links are claims that are kept by name and not searched for: those that dispute or correct another, by that one, and
// those that aren't figures, by kind. A base is mostly figures; the others are listed as
// a whole, for which a big store would have to be read through.
type links struct {
	disputes   map[Key][]Key // by tenant and id of the disputed claim
	supersedes map[Key][]Key // by tenant and id of the corrected claim
	kinds      map[Key][]Key // by tenant and kind, figures left out
}

func newLinks() links { return links{map[Key][]Key{}, map[Key][]Key{}, map[Key][]Key{}} }

// note keeps what a live claim names.
func (l *links) note(c Claim) {
	if c.Kind != KindFigure {
		k := Key{c.Tenant, string(c.Kind)}
		l.kinds[k] = append(l.kinds[k], c.Key())
	}
	for _, id := range c.Disputes {
		k := Key{c.Tenant, id}
		l.disputes[k] = append(l.disputes[k], c.Key())
	}
	for _, id := range c.Supersedes {
		k := Key{c.Tenant, id}
		l.supersedes[k] = append(l.supersedes[k], c.Key())
	}
}

// forget takes out what a claim named.
func (l *links) forget(c Claim) {
	drop := func(all map[Key][]Key, k Key) {
		kept := slices.DeleteFunc(slices.Clone(all[k]), func(o Key) bool { return o == c.Key() })
		if all[k] = kept; len(kept) == 0 {
			delete(all, k)
		}
	}
	if c.Kind != KindFigure {
		drop(l.kinds, Key{c.Tenant, string(c.Kind)})
	}
	for _, id := range c.Disputes {
		drop(l.disputes, Key{c.Tenant, id})
	}
	for _, id := range c.Supersedes {
		drop(l.supersedes, Key{c.Tenant, id})
	}
}

// Disputing returns the claims that dispute one of these and that a tenant may be shown, each once, in the order of
// their ids.
func (b *Base) Disputing(ctx context.Context, tenant string, ids ...string) ([]Claim, error) {
	b, err := b.fresh(ctx, tenant)
	if err != nil {
		return nil, err
	}
	return b.linked(ctx, tenant, b.links.disputes, ids...)
}

// ofKinds returns the claims of some kinds, none of them figures, in the order of their ids.
func (b *Base) ofKinds(ctx context.Context, tenant string, kinds []Kind) ([]Claim, error) {
	names := make([]string, len(kinds))
	for i, kind := range kinds {
		names[i] = string(kind)
	}
	return b.linked(ctx, tenant, b.links.kinds, names...)
}

func (b *Base) linked(ctx context.Context, tenant string, by map[Key][]Key, names ...string) ([]Claim, error) {
	return b.listed(ctx, tenant, b.named(tenant, by, names))
}

// named returns the keys that stand under names, each once.
func (b *Base) named(tenant string, by map[Key][]Key, names []string) []Key {
	b.mu.RLock()
	defer b.mu.RUnlock()
	var keys []Key
	seen := map[Key]bool{}
	for _, t := range sees(tenant) {
		for _, name := range names {
			for _, k := range by[Key{t, name}] {
				if !seen[k] {
					seen[k] = true
					keys = append(keys, k)
				}
			}
		}
	}
	return keys
}

// listed returns the claims that a tenant may be shown, in the order of their ids.
func (b *Base) listed(ctx context.Context, tenant string, keys []Key) ([]Claim, error) {
	claims, err := b.load(ctx, tenant, keys)
	if err != nil {
		return nil, err
	}
	out := make([]Claim, 0, len(claims))
	for _, c := range claims {
		if c != nil {
			out = append(out, *c)
		}
	}
	slices.SortFunc(out, func(x, y Claim) int { return cmp.Compare(x.ID, y.ID) })
	return out, nil
}
