package moderation

import (
	"cmp"
	"context"
	"crypto/rand"
	"maps"
	"slices"
	"sync"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// GapMemory is a GapStore that keeps nothing behind its process: for tests, and for a conversation in a terminal.
type GapMemory struct {
	mu   sync.Mutex
	keys map[string][]byte
	days map[Asking]knowledge.Date // by askings without their days
}

var _ GapStore = (*GapMemory)(nil)

// NewGapMemory returns a store in which there is nothing.
func NewGapMemory() *GapMemory {
	return &GapMemory{keys: map[string][]byte{}, days: map[Asking]knowledge.Date{}}
}

// keyBytes is how long a tenant's key is: that of HMAC-SHA256.
const keyBytes = 32

// NewGapKey returns a key at random.
func NewGapKey() []byte {
	key := make([]byte, keyBytes)
	_, _ = rand.Read(key) // never fails
	return key
}

// Key implements GapStore.
func (m *GapMemory) Key(_ context.Context, tenant string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.keys[tenant] == nil {
		m.keys[tenant] = NewGapKey()
	}
	return m.keys[tenant], nil
}

// Note implements GapStore.
func (m *GapMemory) Note(_ context.Context, a Asking) error {
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
func (m *GapMemory) Askings(_ context.Context, tenant string, since knowledge.Date, askers int) ([]Asking, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []Asking
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
	out = slices.DeleteFunc(out, func(a Asking) bool { return len(people[a.Scope]) < askers })
	slices.SortFunc(out, func(x, y Asking) int {
		return cmp.Or(cmp.Compare(x.Scope, y.Scope), cmp.Compare(x.Place, y.Place), cmp.Compare(x.Asker, y.Asker))
	})
	return out, nil
}

// Close implements GapStore.
func (m *GapMemory) Close(_ context.Context, tenant, scope string, place chat.Address) error {
	m.forget(func(a Asking, _ knowledge.Date) bool {
		return a.Tenant == tenant && a.Scope == scope && a.Place == place
	})
	return nil
}

// Forget implements GapStore.
func (m *GapMemory) Forget(_ context.Context, before knowledge.Date) (int, error) {
	return m.forget(func(_ Asking, on knowledge.Date) bool { return on.Compare(before) < 0 }), nil
}

func (m *GapMemory) forget(these func(Asking, knowledge.Date) bool) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	before := len(m.days)
	maps.DeleteFunc(m.days, these)
	return before - len(m.days)
}
