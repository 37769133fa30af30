package knowledge

import (
	"cmp"
	"context"
	"slices"
)

// Known is what has become of a claim that was named by its id. Claim is nil where the tenant may not be shown one of
// that id; Gone is then StatusRetracted or StatusSuperseded where the tenant could have been shown it before, and else
// empty. Instead are the live claims that correct it.
type Known struct {
	ID      string
	Claim   *Claim
	Gone    Status
	Instead []Claim
}

// Known returns what has become of claims that a tenant was shown, in the order in which they are named. Of another
// tenant's claim, of a pending one, of one that the tenant has hidden and of an id that nothing has, it says the same: nothing.
func (b *Base) Known(ctx context.Context, tenant string, ids ...string) ([]Known, error) {
	b, err := b.fresh(ctx, tenant)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	keys := make([]Key, 0, 2*len(ids))
	for _, id := range ids {
		for _, t := range sees(tenant) {
			keys = append(keys, Key{t, id})
		}
	}
	claims, err := b.store.Claims(ctx, *b.at, keys)
	if err != nil {
		return nil, err
	}
	stored := make(map[Key]*Claim, len(claims))
	for i, c := range claims {
		stored[keys[i]] = c
	}
	out := make([]Known, len(ids))
	for i, id := range ids {
		out[i] = Known{ID: id}
		if err := b.know(ctx, tenant, stored, &out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// know fills in what a stored claim has become. A tenant's own is looked at before the shared one of that id.
func (b *Base) know(ctx context.Context, tenant string, stored map[Key]*Claim, k *Known) error {
	var gone []*Claim
	for _, t := range sees(tenant) {
		c := stored[Key{t, k.ID}]
		switch {
		case c == nil:
		case c.Status == StatusHidden:
			return nil
		case b.showsNow(tenant, c):
			k.Claim = c.served()
		case c.Status == StatusRetracted || c.Status == StatusSuperseded:
			gone = append(gone, c)
		}
	}
	if k.Claim != nil {
		return nil
	}
	for _, c := range slices.Backward(gone) { // of what was hidden and isn't any more, the shared one says more
		if len(k.Instead) > 0 {
			break
		}
		k.Gone = cmp.Or(k.Gone, c.Status)
		if err := b.corrected(ctx, tenant, c, k); err != nil {
			return err
		}
	}
	return nil
}

// corrected fills in what corrects a claim that is gone.
func (b *Base) corrected(ctx context.Context, tenant string, gone *Claim, k *Known) error {
	b.mu.RLock()
	by := b.links.supersedes[gone.Key()]
	b.mu.RUnlock()
	instead, err := b.listed(ctx, tenant, by)
	if len(instead) > 0 {
		k.Gone, k.Instead = gone.Status, instead
	}
	return err
}
