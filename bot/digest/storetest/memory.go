package storetest

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/digest"
	"github.com/whosays/whosays/knowledge"
)

// Memory is a Store that keeps nothing behind its process, for tests. What is to be said goes into an outbox beside it.
type Memory struct {
	outbox delivery.Store

	mu    sync.Mutex
	rows  map[key]*row
	slots map[key][]digest.Past // the earliest first
}

type (
	key struct{ tenant, id string }
	row struct {
		digest.Subscription
		taken time.Time // until when nobody else takes it up
	}
)

var _ digest.Store = (*Memory)(nil)

// NewMemory returns a store without subscriptions, over an outbox.
func NewMemory(outbox delivery.Store) *Memory {
	return &Memory{outbox: outbox, rows: map[key]*row{}, slots: map[key][]digest.Past{}}
}

// Put implements digest.Store.
func (m *Memory) Put(_ context.Context, s digest.Subscription) (digest.Subscription, error) {
	if err := s.Valid(); err != nil {
		return digest.Subscription{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if was := m.at(s.Tenant, s.Desk, s.To); was != nil {
		s.ID, s.By, s.At = was.ID, was.By, was.At
	}
	m.rows[key{s.Tenant, s.ID}] = &row{Subscription: s}
	return s, nil
}

func (m *Memory) at(tenant, desk string, to chat.Address) *row {
	for _, r := range m.rows {
		if r.Tenant == tenant && r.Desk == desk && r.To == to {
			return r
		}
	}
	return nil
}

// At implements digest.Store.
func (m *Memory) At(_ context.Context, tenant, desk string, to chat.Address) (digest.Subscription, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if r := m.at(tenant, desk, to); r != nil {
		return r.Subscription, nil
	}
	return digest.Subscription{}, digest.NotFound()
}

// List implements digest.Store.
func (m *Memory) List(_ context.Context, tenant string) (out []digest.Subscription, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range m.rows {
		if r.Tenant == tenant {
			out = append(out, r.Subscription)
		}
	}
	slices.SortFunc(out, func(a, b digest.Subscription) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	return out, nil
}

// Delete implements digest.Store.
func (m *Memory) Delete(_ context.Context, tenant, id string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	k := key{tenant, id}
	if m.rows[k] == nil {
		return digest.NotFound()
	}
	delete(m.rows, k)
	delete(m.slots, k)
	return nil
}

// Pause implements digest.Store.
func (m *Memory) Pause(_ context.Context, tenant, id string, why digest.Pause) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if r := m.rows[key{tenant, id}]; r != nil && r.State == digest.Active {
		r.State, r.Why = digest.Paused, why
	}
	return nil
}

// Take implements digest.Store.
func (m *Memory) Take(_ context.Context, lease time.Duration, limit int) (out []digest.Subscription, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	rows := slices.SortedFunc(maps.Values(m.rows), func(a, b *row) int {
		return cmp.Or(a.Next.At.Compare(b.Next.At), cmp.Compare(a.ID, b.ID))
	})
	for _, r := range rows {
		due := r.State == digest.Active && !r.Next.At.IsZero() && !r.Next.At.After(now) && !r.taken.After(now)
		if due && len(out) < limit {
			r.taken = now.Add(lease)
			s := r.Subscription
			s.Taken = now
			out = append(out, s)
		}
	}
	return out, nil
}

// Publish implements digest.Store.
func (m *Memory) Publish(ctx context.Context, s digest.Subscription, e digest.Edition, after time.Duration) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k := key{s.Tenant, s.ID}
	r := m.rows[k]
	if r == nil || r.State != digest.Active || r.Next.Civil != s.Next.Civil {
		return false, nil
	}
	last := digest.Past{Slot: e.Slot, Outcome: e.Outcome}
	if e.Outcome == digest.Written {
		said, _, err := m.outbox.Insert(ctx, s.Record(e), after)
		if err != nil {
			return false, err
		}
		last.Record = said.ID
	}
	for _, slot := range e.Missed {
		m.slots[k] = append(m.slots[k], digest.Past{Slot: slot, Outcome: digest.Missed})
	}
	m.slots[k] = append(m.slots[k], last)
	r.Next, r.Since, r.taken = e.Next, e.Knows, time.Time{}
	return true, nil
}

// Slots implements digest.Store.
func (m *Memory) Slots(ctx context.Context, tenant, id string, limit int) ([]digest.Past, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := slices.Clone(m.slots[key{tenant, id}])
	slices.Reverse(out)
	out = out[:min(limit, len(out))]
	for i := range out {
		if out[i].Record == "" {
			continue
		}
		r, err := m.outbox.Get(ctx, tenant, out[i].Record)
		if err != nil && knowledge.KindOf(err) != knowledge.NotFound { // it isn't kept any more
			return nil, fmt.Errorf("digest: %w", err)
		}
		out[i].Said, out[i].Why, out[i].SaidAt = r.State, r.Why, r.Said
	}
	return out, nil
}

// Forget implements digest.Store.
func (m *Memory) Forget(_ context.Context, before time.Time) (n int, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for k, all := range m.slots {
		kept := slices.DeleteFunc(slices.Clone(all), func(p digest.Past) bool { return p.At.Before(before) })
		n += len(all) - len(kept)
		m.slots[k] = kept
	}
	return n, nil
}
