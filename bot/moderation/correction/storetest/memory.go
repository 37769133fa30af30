package storetest

import (
	"context"
	"sync"

	"github.com/whosays/whosays/bot/moderation/correction"
	"github.com/whosays/whosays/knowledge"
)

// Memory is a Store that keeps nothing behind its process, for tests.
type Memory struct {
	claims knowledge.Store

	mu       sync.Mutex
	followed map[string]knowledge.Head
}

var _ correction.Store = (*Memory)(nil)

// NewMemory returns a store for which no chain of a store of claims was followed yet.
func NewMemory(claims knowledge.Store) *Memory {
	return &Memory{claims: claims, followed: map[string]knowledge.Head{}}
}

// Behind implements correction.Store.
func (m *Memory) Behind(ctx context.Context) ([]correction.Stretch, error) {
	tenants, err := m.claims.Tenants(ctx)
	if err != nil {
		return nil, err
	}
	var out []correction.Stretch
	for _, tenant := range tenants {
		heads, err := m.claims.Heads(ctx, tenant)
		if err != nil {
			return nil, err
		}
		to := heads.Of(tenant)
		m.mu.Lock()
		from := m.followed[tenant]
		m.mu.Unlock()
		if !from.Same(to) {
			out = append(out, correction.Stretch{Tenant: tenant, From: from, To: bare(to)})
		}
	}
	return out, nil
}

// bare is a head without its time.
func bare(h knowledge.Head) knowledge.Head { return knowledge.Head{Revision: h.Revision, Hash: h.Hash} }

// Followed implements correction.Store.
func (m *Memory) Followed(_ context.Context, s correction.Stretch) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.followed[s.Tenant].Same(s.From) {
		return false, nil
	}
	m.followed[s.Tenant] = bare(s.To)
	return true, nil
}
