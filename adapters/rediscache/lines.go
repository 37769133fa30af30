package rediscache

import (
	"slices"
	"sync"

	"github.com/whosays/whosays/knowledge"
)

const (
	mostHeads   = 1024    // of a line: the older half goes first
	mostTouched = 1 << 16 // claims that a line tells of; a change of more begins another
	mostLines   = 4       // of a tenant: the newest, and those that a fork or an old view left
	mostTenants = 1 << 12 // with lines; where there are more, all begin anew
)

// lines are the stretches of history that are known of each tenant. What was kept under one head of a line serves under another
// of it, as long as nobody changed the claim in between: an edit makes nothing else cold.
//
// A head's hash names all that went before, so that two heads of a line lie on one course whatever was done to the database:
// a head that nothing leads to begins a line of its own, and what was kept on another doesn't serve.
type lines struct {
	mu   sync.RWMutex
	last uint64             // number of the newest line
	of   map[string][]*line // by tenant, the newest first
}

// line is a stretch of a tenant's history: heads in their order, without gaps.
type line struct {
	number  uint64
	first   int        // place of the first head
	heads   []revision // the oldest first
	places  map[revision]int
	touched map[string]int // by id: the place of the first head that has its last change
}

// revision is a head without its time.
type revision struct {
	number int64
	hash   string
}

func revisionOf(h knowledge.Head) revision { return revision{h.Revision, h.Hash} }

// spot is a head's place on a line.
type spot struct {
	line  uint64
	place int
}

// spot returns where a head lies. One that is on no line begins one.
func (l *lines) spot(tenant string, at knowledge.Head) spot {
	l.mu.RLock()
	s, ok := l.find(tenant, revisionOf(at))
	l.mu.RUnlock()
	if ok {
		return s
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if s, ok := l.find(tenant, revisionOf(at)); ok {
		return s
	}
	return l.begin(tenant, revisionOf(at)).end()
}

// find looks for a head on a tenant's lines.
func (l *lines) find(tenant string, at revision) (spot, bool) {
	for _, line := range l.of[tenant] {
		if place, ok := line.places[at]; ok {
			return spot{line.number, place}, true
		}
	}
	return spot{}, false
}

// begin adds a line of one head.
func (l *lines) begin(tenant string, at revision) *line {
	if l.of == nil || l.of[tenant] == nil && len(l.of) >= mostTenants {
		l.of = make(map[string][]*line)
	}
	l.last++
	n := &line{number: l.last, first: 1, places: make(map[revision]int), touched: make(map[string]int)}
	n.add(at)
	l.of[tenant] = slices.Insert(l.of[tenant], 0, n)
	if all := l.of[tenant]; len(all) > mostLines {
		l.of[tenant] = slices.Delete(all, mostLines, len(all))
	}
	return n
}

// lead notes which claims were changed behind one head of a tenant's up to another.
func (l *lines) lead(tenant string, from, to knowledge.Head, ids []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	a, b := revisionOf(from), revisionOf(to)
	var n *line
	for _, line := range l.of[tenant] {
		_, hasFrom := line.places[a]
		_, hasTo := line.places[b]
		switch {
		case hasFrom && hasTo: // known
			return
		case line.heads[len(line.heads)-1] == a:
			n = line
		}
	}
	switch {
	case len(ids) > mostTouched:
		l.begin(tenant, b)
		return
	case n == nil:
		n = l.begin(tenant, a)
	}
	n.add(b)
	for _, id := range ids {
		n.touched[id] = n.end().place
	}
	n.prune()
}

// same reports whether a claim of a tenant is the same at two spots, as far as it is known.
func (l *lines) same(k knowledge.Key, x, y spot) bool {
	if x == y || x.line != y.line {
		return x == y
	}
	l.mu.RLock()
	defer l.mu.RUnlock()
	for _, line := range l.of[k.Tenant] {
		if line.number == x.line {
			low := min(x.place, y.place)
			return low >= line.first && line.touched[k.ID] <= low
		}
	}
	return false
}

func (n *line) end() spot { return spot{n.number, n.first + len(n.heads) - 1} }

func (n *line) add(at revision) {
	n.heads = append(n.heads, at)
	n.places[at] = n.end().place
}

// prune forgets the older half of the heads of a long line, and of what was touched what lies before the others.
func (n *line) prune() {
	for len(n.heads) > 1 && (len(n.heads) > mostHeads || len(n.touched) > mostTouched) {
		half := len(n.heads) / 2
		for _, h := range n.heads[:half] {
			delete(n.places, h)
		}
		n.heads = slices.Clone(n.heads[half:])
		n.first += half
		for id, place := range n.touched {
			if place <= n.first {
				delete(n.touched, id)
			}
		}
	}
}
