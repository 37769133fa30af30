package knowledge

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"
)

// Memory is a Store that holds everything in memory: the starter base, bases given as files, and what databases are
// held against.
type Memory struct {
	mu     sync.RWMutex
	chains map[string]*chain
}

// chain is what is kept of one tenant.
type chain struct {
	changes  []Change
	versions map[string][]kept // by id
}

// kept is a version of a claim, and the revision that brought it.
type kept struct {
	revision int64
	claim    Claim
}

// NewMemory returns a store whose first revision has the claims as they are, of each tenant among them. One id twice
// in a tenant is an error.
func NewMemory(claims []Claim) (*Memory, error) {
	m := &Memory{chains: map[string]*chain{}}
	for _, c := range claims {
		ch := m.chain(c.Tenant)
		if ch.versions[c.ID] != nil {
			return nil, &Error{Kind: Conflict, Msg: fmt.Sprintf("claim %q is given twice", c.ID)}
		}
		c.Revision = max(c.Revision, 1)
		ch.versions[c.ID] = []kept{{1, c}}
	}
	for tenant, ch := range m.chains {
		ch.changes = []Change{{Tenant: tenant, Revision: 1, Action: ActionImport, Hash: "given"}}
	}
	return m, nil
}

func (m *Memory) chain(tenant string) *chain {
	if m.chains[tenant] == nil {
		m.chains[tenant] = &chain{versions: map[string][]kept{}}
	}
	return m.chains[tenant]
}

// read returns the chain of a tenant, an empty one where there is none.
func (m *Memory) read(tenant string) *chain {
	if c := m.chains[tenant]; c != nil {
		return c
	}
	return &chain{}
}

func (c *chain) head() Head {
	if len(c.changes) == 0 {
		return Head{}
	}
	return c.changes[len(c.changes)-1].Head()
}

// at returns the version of a claim behind a revision.
func (c *chain) at(id string, revision int64) *Claim {
	all := c.versions[id]
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].revision <= revision {
			return &all[i].claim
		}
	}
	return nil
}

// Heads returns where the claims that a tenant sees stand.
func (m *Memory) Heads(ctx context.Context, tenant string) (Heads, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	h := Heads{Tenant: tenant, Shared: m.read("").head()}
	if tenant != "" {
		h.Own = m.read(tenant).head()
	}
	return h, ctx.Err()
}

// Claims returns the claims that there are, beside their keys.
func (m *Memory) Claims(ctx context.Context, at Heads, keys []Key) ([]*Claim, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	out := make([]*Claim, len(keys))
	for i, k := range keys {
		if k.Tenant != "" && k.Tenant != at.Tenant {
			continue
		}
		if all := m.read(k.Tenant).versions[k.ID]; len(all) > 0 {
			out[i] = &all[len(all)-1].claim
		}
	}
	return out, nil
}

// Scan yields the claims of a snapshot.
func (m *Memory) Scan(ctx context.Context, of Snapshot) iter.Seq2[Claim, error] {
	return each(ctx, func() (out []Claim, err error) {
		m.mu.RLock()
		defer m.mu.RUnlock()
		ch := m.read(of.Tenant)
		for _, id := range slices.Sorted(maps.Keys(ch.versions)) {
			c := ch.at(id, ch.revision(of))
			if c != nil && (of.Kinds == nil || slices.Contains(of.Kinds, c.Kind)) {
				out = append(out, *c)
			}
		}
		return out, nil
	})
}

// revision returns the revision that a snapshot is behind.
func (c *chain) revision(of Snapshot) int64 {
	switch {
	case of.Revision > 0:
		return of.Revision
	case of.At.IsZero():
		return c.head().Revision
	}
	last := int64(0)
	for i := range c.changes {
		if !c.changes[i].At.After(of.At) {
			last = c.changes[i].Revision
		}
	}
	return last
}

// Edits yields what became of the claims that changed.
func (m *Memory) Edits(ctx context.Context, tenant string, from, to Head) iter.Seq2[Edit, error] {
	return each(ctx, func() (out []Edit, err error) {
		m.mu.RLock()
		defer m.mu.RUnlock()
		ch := m.read(tenant)
		if !ch.has(from) {
			return nil, ErrForked
		}
		for _, id := range slices.Sorted(maps.Keys(ch.versions)) {
			was, is := ch.at(id, from.Revision), ch.at(id, to.Revision)
			if is != nil && was != is {
				out = append(out, Edit{was, *is})
			}
		}
		return out, nil
	})
}

func (c *chain) has(h Head) bool {
	return h.Revision == 0 || h.Revision <= int64(len(c.changes)) && c.changes[h.Revision-1].Hash == h.Hash
}

// Changes yields the changes of a trail.
func (m *Memory) Changes(ctx context.Context, of Trail) iter.Seq2[Change, error] {
	return each(ctx, func() (out []Change, err error) {
		m.mu.RLock()
		defer m.mu.RUnlock()
		for _, c := range m.read(of.Tenant).changes {
			if of.Actor != "" {
				if c.Claims, c.Bodies = nil, nil; c.Actor != of.Actor {
					continue
				}
			}
			if of.ID != "" {
				i := slices.IndexFunc(c.Claims, func(x Claim) bool { return x.ID == of.ID })
				if i < 0 {
					continue
				}
				c.Claims, c.Bodies = c.Claims[i:i+1], c.Bodies[i:i+1]
			}
			out = append(out, c)
		}
		return out, nil
	})
}

// Commit appends a change.
func (m *Memory) Commit(ctx context.Context, c Change) (Head, error) {
	if err := ctx.Err(); err != nil {
		return Head{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	ch := m.read(c.Tenant)
	c.Claims = slices.Clone(c.Claims)
	for _, claim := range c.Claims {
		current := 0
		if all := ch.versions[claim.ID]; len(all) > 0 {
			current = all[len(all)-1].claim.Revision
		}
		if current != claim.Revision-1 {
			return Head{}, Edited(claim.ID, claim.Revision-1, current)
		}
	}
	head, err := c.Seal(ch.head())
	if err != nil {
		return Head{}, err
	}
	ch = m.chain(c.Tenant) // a tenant whose first change fails has none
	for _, claim := range c.Claims {
		ch.versions[claim.ID] = append(ch.versions[claim.ID], kept{c.Revision, claim})
	}
	ch.changes = append(ch.changes, c)
	return head, nil
}

// Tenants returns all tenants that have claims.
func (m *Memory) Tenants(ctx context.Context) ([]string, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return slices.SortedFunc(maps.Keys(m.chains), cmp.Compare[string]), ctx.Err()
}

// each yields what was gathered, as long as somebody waits.
func each[T any](ctx context.Context, gather func() ([]T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		all, err := gather()
		if err != nil {
			yield(none, err)
			return
		}
		for _, item := range all {
			if err := ctx.Err(); err != nil {
				yield(none, err)
				return
			}
			if !yield(item, nil) {
				return
			}
		}
	}
}
