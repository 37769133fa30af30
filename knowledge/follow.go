package knowledge

import (
	"context"
	"errors"
	"runtime"
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

// apply takes edits over, some at a time, so that nobody who searches waits for long. Of many, some are taken over while others are
// analysed.
func (b *Base) apply(edits []Edit) {
	lex, workers := b.lex, 1
	if len(edits) > batch {
		lex, workers = b.lex.ForMany(), runtime.GOMAXPROCS(0)
	}
	rest := edits // the line's own, until it has ended
	a := newAnalysis(lex, workers, func(docs []index.Doc) {
		n := upTo(len(docs), rest)
		b.applySome(rest[:n], docs)
		rest = rest[n:]
	})
	for i := range edits {
		if edits[i].Is.Live() {
			a.add(edits[i].Is)
		}
	}
	a.end()
	b.applySome(rest, nil)
}

// upTo returns how many edits there are up to the last of so many live claims.
func upTo(live int, edits []Edit) (n int) {
	for ; live > 0; n++ {
		if edits[n].Is.Live() {
			live--
		}
	}
	return n
}

// applySome takes edits over, with the documents of those that are live.
func (b *Base) applySome(edits []Edit, docs []index.Doc) {
	for some := range slices.Chunk(edits, batch) {
		live := 0
		for i := range some {
			if some[i].Is.Live() {
				live++
			}
		}
		b.applyBatch(some, docs[:live])
		docs = docs[live:]
	}
}

func (b *Base) applyBatch(edits []Edit, docs []index.Doc) {
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
