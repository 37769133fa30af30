package storetest

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/knowledge"
)

// Memory is a Store that keeps nothing behind its process: for tests, and for a conversation in a terminal. It keeps replies
// frozen, as a database does.
type Memory struct {
	mu   sync.Mutex
	rows map[place]*row
	keys map[use]place
}

// place names a record, and use is what it is said for.
type (
	place struct{ tenant, id string }
	use   struct{ tenant, desk, key string }
	row   struct {
		delivery.Record
		body []byte
	}
)

var _ delivery.Store = (*Memory)(nil)

// NewMemory returns a store in which there is nothing.
func NewMemory() *Memory { return &Memory{rows: map[place]*row{}, keys: map[use]place{}} }

// now is the time to the microsecond.
func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

func (r *row) record() (delivery.Record, error) {
	out := r.Record
	var err error
	out.Reply, err = delivery.Thaw(r.body)
	return out, err
}

func (r *row) lease(at time.Time, d time.Duration) {
	r.Taken = at
	r.Due, r.State, r.Epoch, r.Tries = r.Taken.Add(d), delivery.StateSending, r.Epoch+1, r.Tries+1
	if r.Tried.IsZero() {
		r.Tried = r.Taken
	}
}

// Insert implements delivery.Store.
func (m *Memory) Insert(_ context.Context, r delivery.Record, lease time.Duration) (delivery.Record, bool, error) {
	body, err := delivery.Freeze(r.Reply)
	if err != nil {
		return delivery.Record{}, false, &knowledge.Error{Kind: knowledge.Invalid, Msg: "The reply can't be kept.", Err: err}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	key := use{r.Tenant, r.Desk, r.Key}
	if at, ok := m.keys[key]; ok {
		there, err := m.rows[at].record()
		return there, false, err
	}
	at := place{r.Tenant, r.ID}
	if m.rows[at] != nil {
		return delivery.Record{}, false, &knowledge.Error{Kind: knowledge.Conflict, Msg: "Something was said under this id already."}
	}
	is := &row{r, body}
	is.At = now()
	switch is.State {
	case delivery.StateSent:
		is.Said = is.At
	case delivery.StatePending:
		is.Due = is.At.Add(lease)
	default:
		is.lease(is.At, lease)
	}
	m.rows[at], m.keys[key] = is, at
	out, err := is.record()
	return out, true, err
}

// Take implements delivery.Store.
func (m *Memory) Take(_ context.Context, desk string, lease time.Duration, limit int) (out []delivery.Record, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var due []*row
	for _, r := range m.rows {
		if r.Desk == desk && !r.Due.IsZero() && !r.Due.After(now()) {
			due = append(due, r)
		}
	}
	slices.SortFunc(due, func(x, y *row) int { return cmp.Or(x.Due.Compare(y.Due), cmp.Compare(x.ID, y.ID)) })
	for _, r := range due[:min(limit, len(due))] {
		r.lease(now(), lease)
		taken, err := r.record()
		if err != nil {
			return out, err
		}
		out = append(out, taken)
	}
	return out, nil
}

// Finish implements delivery.Store.
func (m *Memory) Finish(_ context.Context, r delivery.Record, end delivery.Result) (delivery.Record, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	is := m.rows[place{r.Tenant, r.ID}]
	if is == nil || is.Epoch != r.Epoch || is.State != delivery.StateSending {
		return delivery.Record{}, false, nil
	}
	is.State, is.Why, is.Ref, is.Tried, is.Due = end.State, end.Why, end.Ref, end.Tried, time.Time{}
	if end.Again > 0 {
		is.Due = now().Add(end.Again)
	}
	if end.State == delivery.StateSent {
		is.Said = now()
	}
	out, err := is.record()
	return out, true, err
}

// Attach implements delivery.Store.
func (m *Memory) Attach(_ context.Context, tenant, id string, ref chat.MessageRef) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	is := m.rows[place{tenant, id}]
	if is == nil || is.State != delivery.StateSent {
		return delivery.NotFound(id)
	}
	is.Ref = ref
	return nil
}

// Get implements delivery.Store.
func (m *Memory) Get(_ context.Context, tenant, id string) (delivery.Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if is := m.rows[place{tenant, id}]; is != nil {
		return is.record()
	}
	return delivery.Record{}, delivery.NotFound(id)
}

// Quoting implements delivery.Store.
func (m *Memory) Quoting(_ context.Context, desk string, claim knowledge.Key, since time.Time) iter.Seq2[delivery.Record, error] {
	return func(yield func(delivery.Record, error) bool) {
		for _, r := range m.quoting(desk, claim, since) {
			if !yield(r.record()) {
				return
			}
		}
	}
}

func (m *Memory) quoting(desk string, claim knowledge.Key, since time.Time) []row {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []row
	for _, r := range m.rows {
		quotes := func(q delivery.Quote) bool { return q.Key == claim }
		stands := r.State == delivery.StateSent && r.Ref != "" || r.UnderWay()
		if r.Desk == desk && stands && !r.At.Before(since) && slices.ContainsFunc(r.Quotes(), quotes) {
			out = append(out, *r)
		}
	}
	slices.SortFunc(out, func(x, y row) int { return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.ID, y.ID)) })
	return out
}

// Forget implements delivery.Store.
func (m *Memory) Forget(_ context.Context, before time.Time) (int, error) {
	return m.forget(func(r *row) bool { return r.At.Before(before) }), nil
}

// ForgetAt implements delivery.Store.
func (m *Memory) ForgetAt(_ context.Context, prefix string) (int, error) {
	if prefix == "" {
		return 0, delivery.Everywhere()
	}
	return m.forget(func(r *row) bool { return r.Tenant == "" && strings.HasPrefix(string(r.To), prefix) }), nil
}

func (m *Memory) forget(these func(*row) bool) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	before := len(m.rows)
	maps.DeleteFunc(m.rows, func(_ place, r *row) bool { return these(r) })
	maps.DeleteFunc(m.keys, func(_ use, at place) bool { return m.rows[at] == nil })
	return before - len(m.rows)
}
