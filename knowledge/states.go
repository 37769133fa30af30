package knowledge

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"slices"
	"strings"
	"time"
)

// When is the time that a claim covers, and when it was said.
type When struct {
	Period Period
	SaidOn Date
}

// When returns the time that a claim covers, and when it was said.
func (c *Claim) When() When { return When{c.Scope.Period, c.Attribution.SaidOn} }

// UpTo returns the date up to which a claim counts: the end of its period, else the date on which it was said.
func (w When) UpTo() Date {
	if !w.Period.To.IsZero() {
		return w.Period.To
	}
	return w.SaidOn
}

// count is the claims that state one count again and again: those of a series, else the figures of one claimant for one
// scope. They stand in the order of how far they count.
type count struct {
	tenant string
	series bool
	states []state
}

// state is what of a member of a count is known without the store. There may be a million of them.
type state struct {
	id             string
	from, to, said day
	cumulative     bool
	breaks         bool // it isn't counted as those before it: SeriesBreak
}

// day is a Date in few bytes, in the order of Date.Compare: 20250204, or 20250000 of a year.
type day int32

func dayOf(d Date) day { return day(d.Year*10000 + int(d.Month)*100 + d.Day) }

func (d day) date() Date {
	return Date{Year: int(d / 10000), Month: time.Month(d / 100 % 100), Day: int(d % 100)}
}

func (s *state) when() When {
	return When{Period{From: s.from.date(), To: s.to.date(), Cumulative: s.cumulative}, s.said.date()}
}

func (s *state) upTo() day { return cmp.Or(s.to, s.said) }

func (s *state) compare(o *state) int {
	return cmp.Or(cmp.Compare(s.upTo(), o.upTo()), cmp.Compare(s.said, o.said), cmp.Compare(o.id, s.id))
}

// counts are the counts of a base: the series by their names, those that have no name by what they count, and each of
// more than one state by its members. Those of tenants are found by their tenant, too: a base is mostly shared.
type counts struct {
	series  map[Key]*count
	scopes  map[uint64]*count
	of      map[Key]*count
	own     map[string]map[*count]bool // by tenant, those of its own claims
	settled bool                       // until then states are in no order, and members don't know their count
}

func newCounts() counts {
	return counts{series: map[Key]*count{}, scopes: map[uint64]*count{}, of: map[Key]*count{}, own: map[string]map[*count]bool{}}
}

// note adds a live claim to its count.
func (s *counts) note(c *Claim) {
	switch {
	case c.Series != "":
		k := Key{c.Tenant, c.Series}
		s.series[k] = s.add(s.series[k], c)
	case !c.Figure.IsZero():
		k := scopeOf(c)
		s.scopes[k] = s.add(s.scopes[k], c)
	}
}

// add returns a count, which is new where there was none, with the state that a claim makes of it.
func (s *counts) add(to *count, c *Claim) *count {
	if to == nil {
		to = &count{tenant: c.Tenant}
	}
	if to.series = c.Series != ""; !s.settled {
		to.states = append(to.states, stateOf(c))
		return to
	}
	one := stateOf(c)
	at, _ := slices.BinarySearchFunc(to.states, one, func(a, b state) int { return a.compare(&b) })
	to.states = slices.Insert(to.states, at, one)
	s.hold(to)
	return to
}

// forget takes a claim out of its count.
func (s *counts) forget(c *Claim) {
	k, scope := Key{c.Tenant, c.Series}, uint64(0)
	from := s.series[k]
	if c.Series == "" {
		scope = scopeOf(c)
		from = s.scopes[scope]
	}
	if from == nil {
		return
	}
	delete(s.of, c.Key())
	from.states = slices.DeleteFunc(from.states, func(o state) bool { return o.id == c.ID })
	if len(from.states) == 0 {
		s.disown(from)
	}
	switch {
	case len(from.states) > 0:
		s.hold(from)
	case from.series:
		delete(s.series, k)
	default:
		delete(s.scopes, scope)
	}
}

// drop takes out the counts of a tenant.
func (s *counts) drop(tenant string) {
	of := func(c *count) bool { return c.tenant == tenant }
	maps.DeleteFunc(s.series, func(_ Key, c *count) bool { return of(c) })
	maps.DeleteFunc(s.scopes, func(_ uint64, c *count) bool { return of(c) })
	maps.DeleteFunc(s.of, func(_ Key, c *count) bool { return of(c) })
	delete(s.own, tenant)
}

// disown takes a count out of those of its tenant.
func (s *counts) disown(c *count) {
	own := s.own[c.tenant]
	if delete(own, c); len(own) == 0 {
		delete(s.own, c.tenant)
	}
}

// stateOf returns what of a claim is kept as a state of its count.
func stateOf(c *Claim) state {
	p := c.Scope.Period
	return state{
		id: c.ID, from: dayOf(p.From), to: dayOf(p.To), said: dayOf(c.Attribution.SaidOn), cumulative: p.Cumulative,
		breaks: slices.ContainsFunc(c.Caveats, func(v Caveat) bool { return v.Code == SeriesBreak }),
	}
}

// scopeOf returns what claims have in common that count the same again without a series: claimant and scope. Totals
// follow each other; so do, among themselves, the counts of a time.
func scopeOf(c *Claim) uint64 {
	s := c.Scope
	total := ""
	if s.Period.Total() {
		total = "total"
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{c.Tenant, c.Attribution.Speaker, s.Party, s.Group, s.Metric, s.Place, total}, "\x00")))
	return binary.BigEndian.Uint64(sum[:])
}

// settle orders what was noted, once all is.
func (s *counts) settle() {
	for _, c := range s.series {
		c.order()
		s.hold(c)
	}
	for _, c := range s.scopes {
		c.order()
		s.hold(c)
	}
	s.settled = true
}

func (c *count) order() {
	slices.SortFunc(c.states, func(a, b state) int { return a.compare(&b) })
	c.states = slices.Clip(c.states)
}

// hold tells the members of a count which it is, and finds it by its tenant. A figure that was stated once has no other states.
func (s *counts) hold(c *count) {
	if c.tenant != "" && s.own[c.tenant] == nil {
		s.own[c.tenant] = map[*count]bool{}
	}
	if c.tenant != "" {
		s.own[c.tenant][c] = true
	}
	alone := len(c.states) == 1 && !c.series
	for i := range c.states {
		if alone {
			delete(s.of, c.key(&c.states[i]))
		} else {
			s.of[c.key(&c.states[i])] = c
		}
	}
}

func (c *count) key(s *state) Key { return Key{c.tenant, s.id} }

// latest returns the latest of the states that are of the highest grade, and how many more are of that grade and aren't
// handed out otherwise. A state of grade zero isn't there.
func (c *count) latest(most int, grade func(*state) int, handed func(*state) bool) (few []*state, further int) {
	highest := 1
	for i := len(c.states) - 1; i >= 0; i-- {
		s := &c.states[i]
		g := grade(s)
		if g > highest {
			highest, further, few = g, 0, few[:0]
		}
		switch {
		case g < highest:
		case len(few) < most:
			few = append(few, s)
		case !handed(s):
			further++
		}
	}
	return few, further
}

// excerpt leaves of states in their order so many: the first, the last, those that break the count, and of the others
// some that are evenly apart.
func excerpt(states []*state, most int) []*state {
	if len(states) <= most {
		return states
	}
	last := len(states) - 1
	keep := map[int]bool{0: true, last: true}
	for i, s := range states {
		if s.breaks && len(keep) < most {
			keep[i] = true
		}
	}
	for i, gaps := 1, most-len(keep)+1; i < gaps; i++ {
		keep[i*last/gaps] = true
	}
	out := make([]*state, 0, most)
	for _, i := range slices.Sorted(maps.Keys(keep)) {
		out = append(out, states[i])
	}
	return out
}
