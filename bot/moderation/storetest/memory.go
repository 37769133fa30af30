package storetest

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/knowledge"
)

// Memory is a Store that keeps nothing behind its process, over the claims of another store: for tests.
type Memory struct {
	claims knowledge.Store

	mu        sync.Mutex // over a whole enactment
	charters  map[string]moderation.Charter
	proposals map[knowledge.Key]moderation.Proposal
}

var _ moderation.Store = (*Memory)(nil)

// NewMemory returns a store that keeps the changes of claims in another.
func NewMemory(claims knowledge.Store) *Memory {
	return &Memory{claims: claims, charters: map[string]moderation.Charter{}, proposals: map[knowledge.Key]moderation.Proposal{}}
}

// Charter implements moderation.Store.
func (m *Memory) Charter(ctx context.Context, tenant string) (moderation.Charter, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c := m.charters[tenant]
	c.Moderators = slices.Clone(c.Moderators)
	return c, ctx.Err()
}

// Enact implements moderation.Store.
func (m *Memory) Enact(ctx context.Context, e moderation.Enactment) (knowledge.Head, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	tenant := e.Change.Tenant
	if m.charters[tenant].Version != e.Under {
		return knowledge.Head{}, moderation.Moved()
	}
	key := knowledge.Key{Tenant: tenant}
	if e.Proposal != nil {
		key.ID = e.Proposal.ID
		if m.proposals[key].State != moderation.Waiting {
			return knowledge.Head{}, moderation.Moved()
		}
	}
	head, err := m.claims.Commit(ctx, e.Change)
	if err != nil {
		return knowledge.Head{}, err
	}
	if e.Charter != nil {
		next := *e.Charter
		next.Version, next.Moderators = e.Under+1, slices.Clone(next.Moderators)
		m.charters[tenant] = next
	}
	if e.Proposal != nil {
		m.end(key, e.Proposal)
	}
	return head, nil
}

func (m *Memory) end(key knowledge.Key, p *moderation.Proposal) {
	is := m.proposals[key]
	is.State, is.Judge, is.Why = p.State, p.Judge, p.Why
	m.proposals[key] = is
}

// Propose implements moderation.Store.
func (m *Memory) Propose(ctx context.Context, tenant string, p moderation.Proposal) (moderation.Proposal, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	key := knowledge.Key{Tenant: tenant, ID: p.ID}
	if _, there := m.proposals[key]; !there && ctx.Err() == nil {
		m.proposals[key] = p
	}
	return m.proposals[key], ctx.Err()
}

// End implements moderation.Store.
func (m *Memory) End(ctx context.Context, tenant string, p moderation.Proposal) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	key := knowledge.Key{Tenant: tenant, ID: p.ID}
	if m.proposals[key].State != moderation.Waiting || ctx.Err() != nil {
		return false, ctx.Err()
	}
	m.end(key, &p)
	return true, nil
}

// Proposal implements moderation.Store.
func (m *Memory) Proposal(ctx context.Context, tenant, id string) (moderation.Proposal, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	p, there := m.proposals[knowledge.Key{Tenant: tenant, ID: id}]
	if !there {
		return moderation.Proposal{}, moderation.NoProposal()
	}
	return p, ctx.Err()
}

// Pending implements moderation.Store.
func (m *Memory) Pending(ctx context.Context, tenant string) ([]moderation.Proposal, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []moderation.Proposal
	for key, p := range m.proposals {
		if key.Tenant == tenant && p.State == moderation.Waiting {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(x, y moderation.Proposal) int { return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.ID, y.ID)) })
	return out[:min(moderation.MostPending, len(out))], ctx.Err()
}
