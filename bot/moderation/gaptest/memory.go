package gaptest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/knowledge"
)

// Memory is a GapStore that keeps nothing behind its process: for tests, and for a conversation in a terminal.
type Memory struct {
	mu   sync.Mutex
	keys map[string][]byte
	days map[moderation.Asking]knowledge.Date // by askings without their days
}

var _ moderation.GapStore = (*Memory)(nil)

// NewMemory returns a store in which there is nothing.
func NewMemory() *Memory {
	return &Memory{keys: map[string][]byte{}, days: map[moderation.Asking]knowledge.Date{}}
}

// Key implements GapStore.
func (m *Memory) Key(_ context.Context, tenant string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.keys[tenant] == nil {
		m.keys[tenant] = moderation.NewGapKey()
	}
	return m.keys[tenant], nil
}

// Note implements GapStore.
func (m *Memory) Note(_ context.Context, a moderation.Asking) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	on := a.Day
	a.Day = knowledge.Date{}
	if m.days[a].Compare(on) < 0 {
		m.days[a] = on
	}
	return nil
}

// Askings implements GapStore.
func (m *Memory) Askings(_ context.Context, tenant string, since knowledge.Date, askers int) ([]moderation.Asking, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []moderation.Asking
	people := map[string]map[string]bool{} // by scope
	for a, on := range m.days {
		if a.Tenant != tenant || on.Compare(since) < 0 {
			continue
		}
		a.Day = on
		out = append(out, a)
		if people[a.Scope] == nil {
			people[a.Scope] = map[string]bool{}
		}
		people[a.Scope][a.Asker] = true
	}
	out = slices.DeleteFunc(out, func(a moderation.Asking) bool { return len(people[a.Scope]) < askers })
	slices.SortFunc(out, func(x, y moderation.Asking) int {
		return cmp.Or(cmp.Compare(x.Scope, y.Scope), cmp.Compare(x.Place, y.Place), cmp.Compare(x.Asker, y.Asker))
	})
	return out, nil
}

// Close implements GapStore.
func (m *Memory) Close(_ context.Context, tenant, scope string, place chat.Address) error {
	m.forget(func(a moderation.Asking, _ knowledge.Date) bool {
		return a.Tenant == tenant && a.Scope == scope && a.Place == place
	})
	return nil
}

// Forget implements GapStore.
func (m *Memory) Forget(_ context.Context, before knowledge.Date) (int, error) {
	return m.forget(func(_ moderation.Asking, on knowledge.Date) bool { return on.Compare(before) < 0 }), nil
}

func (m *Memory) forget(these func(moderation.Asking, knowledge.Date) bool) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	before := len(m.days)
	maps.DeleteFunc(m.days, these)
	return before - len(m.days)
}
