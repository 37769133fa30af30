package knowledge

import (
	"cmp"
	"context"
	"slices"
	"sync"
)

// LatestFigures returns the figures that were stated last of what a tenant may be shown, at most so many, of each count its latest state.
// It reads only those.
func (b *Base) LatestFigures(ctx context.Context, tenant string, most int) ([]Claim, error) {
	b, err := b.fresh(ctx, tenant)
	if err != nil {
		return nil, err
	}
	claims, err := b.load(ctx, tenant, b.lastStated(tenant, 2*most)) // some may be hidden, or only said later
	if err != nil {
		return nil, err
	}
	var out []Claim
	for _, c := range claims {
		if c != nil && !c.Figure.IsZero() && len(out) < most {
			out = append(out, *c)
		}
	}
	return out, nil
}

// lastStated returns which states of counts were said last, the latest first.
func (b *Base) lastStated(tenant string, most int) []Key {
	b.mu.RLock()
	defer b.mu.RUnlock()
	last := b.stated.of(most, &b.count)
	for c := range b.count.own[tenant] {
		last.note(c, most)
	}
	keys := make([]Key, len(last))
	for i := range last {
		keys[i] = last[i].key
	}
	return keys
}

// stated is the latest state of a count, and when it was said.
type stated struct {
	key  Key
	said day
}

// latest are states of counts, the latest first.
type latest []stated

// note puts the latest state of a count among them, if it is one of so many.
func (l *latest) note(c *count, most int) {
	later := func(x, y stated) int { return cmp.Or(cmp.Compare(y.said, x.said), cmp.Compare(x.key.ID, y.key.ID)) }
	s := &c.states[len(c.states)-1]
	one := stated{c.key(s), s.said}
	if n := len(*l); n < most || later(one, (*l)[n-1]) < 0 {
		at, _ := slices.BinarySearchFunc(*l, one, later)
		*l = slices.Insert(*l, at, one)
		*l = (*l)[:min(len(*l), most)]
	}
}

// lastShared keeps which shared counts were stated last until a shared claim changes: all counts of the base have to be looked at for it.
type lastShared struct {
	mu   sync.Mutex
	most int
	kept latest
}

// of returns the latest of the shared counts, at most so many, for the caller to change.
func (l *lastShared) of(most int, all *counts) latest {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.most != most {
		l.most, l.kept = most, nil
		for _, c := range all.series {
			l.shared(c)
		}
		for _, c := range all.scopes {
			l.shared(c)
		}
	}
	return slices.Clone(l.kept)
}

func (l *lastShared) shared(c *count) {
	if c.tenant == "" {
		l.kept.note(c, l.most)
	}
}

// forget forgets them. The caller keeps out who asks until what changed is noted.
func (l *lastShared) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.most = 0
}

// At returns where the claims that a view shows stand; the zero heads of a base that isn't a view.
func (b *Base) At() Heads {
	if b.at == nil {
		return Heads{}
	}
	return *b.at
}

// Shared returns what all tenants see of a view: the shared claims alone, as they stand in it.
func (b *Base) Shared() *Base {
	out := *b
	if b.at != nil {
		out.at = &Heads{Shared: b.at.Shared}
	}
	return &out
}
