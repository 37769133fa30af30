package knowledge

import (
	"context"
	"errors"
	"slices"

	"github.com/whosays/whosays/knowledge/index"
)

// Refresh takes over what has changed of the claims that a tenant sees, so that who asks next needn't wait for it.
func (b *Base) Refresh(ctx context.Context, tenant string) error {
	_, err := b.fresh(ctx, tenant)
	return err
}

// follow brings the catalog to a head of a tenant's chain, or beyond. It returns at once where it is there.
func (b *Base) follow(ctx context.Context, tenant string, to Head) error {
	if b.followed(tenant, to) {
		return nil
	}
	select {
	case b.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-b.turn }()
	if b.followed(tenant, to) { // whoever had the turn before
		return nil
	}
	return b.catchUp(ctx, tenant)
}

// followed reports whether the catalog is at a head.
func (b *Base) followed(tenant string, to Head) bool {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.heads[tenant].Same(to)
}

// catchUp takes over what was changed since the catalog's head, up to the newest. A store whose chain has another
// course was put back to an earlier state: the tenant's claims are read anew.
func (b *Base) catchUp(ctx context.Context, tenant string) error {
	heads, err := b.store.Heads(ctx, tenant)
	if err != nil {
		return err
	}
	to := heads.Of(tenant)
	b.mu.RLock()
	from := b.heads[tenant]
	b.mu.RUnlock()
	if from.Same(to) { // another call has seen more than this one
		return nil
	}
	edits, err := b.edits(ctx, tenant, from, to)
	if errors.Is(err, ErrForked) {
		return b.readAnew(ctx, tenant, to)
	}
	if err != nil {
		return err
	}
	b.apply(edits)
	b.mu.Lock()
	b.heads[tenant] = to
	b.mu.Unlock()
	return nil
}

// edits gathers what changed, before any of it is taken over.
func (b *Base) edits(ctx context.Context, tenant string, from, to Head) ([]Edit, error) {
	if from.Revision >= to.Revision {
		return nil, ErrForked
	}
	var out []Edit
	for e, err := range b.store.Edits(ctx, tenant, from, to) {
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

// readAnew replaces what is kept of a tenant.
func (b *Base) readAnew(ctx context.Context, tenant string, to Head) error {
	var edits []Edit
	if to.Revision > 0 {
		for c, err := range b.store.Scan(ctx, Snapshot{Tenant: tenant, Revision: to.Revision}) {
			if err != nil {
				return err
			}
			edits = append(edits, Edit{Is: c})
		}
	}
	b.mu.Lock()
	b.drop(tenant)
	b.mu.Unlock()
	b.apply(edits)
	b.mu.Lock()
	b.heads[tenant] = to
	b.mu.Unlock()
	return nil
}

// apply takes edits over, a batch at a time, so that nobody who searches waits for long.
func (b *Base) apply(edits []Edit) {
	for len(edits) > 0 {
		n := min(batch, len(edits))
		b.applyBatch(edits[:n])
		edits = edits[n:]
	}
}

func (b *Base) applyBatch(edits []Edit) {
	var live []Claim
	for i := range edits {
		if edits[i].Is.Live() {
			live = append(live, edits[i].Is)
		}
	}
	docs := Documents(b.lex, live)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.recent.forget()
	if slices.ContainsFunc(edits, func(e Edit) bool { return e.Is.Tenant == "" }) {
		b.stated.forget()
	}
	for i := range edits {
		e := &edits[i]
		if e.Was != nil && e.Was.Live() {
			b.forget(b.lex, *e.Was)
		}
		if e.Is.Live() {
			b.note(b.lex, e.Is)
		} else {
			b.index.Delete(e.Is.Tenant, e.Is.ID)
		}
		b.hide(e.Is.Key(), e.Is.Status == StatusHidden)
	}
	b.put(docs)
}

// put puts documents, if there are any.
func (b *Base) put(docs []index.Doc) {
	if len(docs) > 0 {
		b.index.Put(docs...)
	}
}
