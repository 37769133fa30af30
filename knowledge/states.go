package knowledge

import (
	"cmp"
	"hash/maphash"
	"maps"
	"slices"
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

// counts are the counts of a base: the series by their names, and each count by its members.
type counts struct {
	series map[Key]*count
	of     map[Key]*count
	scopes map[uint64]*count // while a base is read: those that have no name
	seed   maphash.Seed
}

func newCounts() counts {
	return counts{series: map[Key]*count{}, of: map[Key]*count{}, scopes: map[uint64]*count{}, seed: maphash.MakeSeed()}
}

// note adds a live claim to its count.
func (s *counts) note(c *Claim) {
	p := c.Scope.Period
	one := state{
		id: c.ID, from: dayOf(p.From), to: dayOf(p.To), said: dayOf(c.Attribution.SaidOn), cumulative: p.Cumulative,
		breaks: slices.ContainsFunc(c.Caveats, func(v Caveat) bool { return v.Code == SeriesBreak }),
	}
	switch {
	case c.Series != "":
		add(s.series, Key{c.Tenant, c.Series}, c.Tenant, one)
	case !c.Figure.IsZero():
		scope := c.Scope
		scope.Period = Period{Cumulative: p.Total()} // totals follow each other; so do, among themselves, the counts of a time
		add(s.scopes, maphash.Comparable(s.seed, struct {
			Scope
			tenant, speaker string
		}{scope, c.Tenant, c.Attribution.Speaker}), c.Tenant, one)
	}
}

func add[K comparable](all map[K]*count, k K, tenant string, s state) {
	if all[k] == nil {
		all[k] = &count{tenant: tenant}
	}
	all[k].states = append(all[k].states, s)
}

// settle orders what was noted, once all is. A figure that was stated once has no other states.
func (s *counts) settle() {
	for _, c := range s.series {
		s.hold(c)
	}
	for _, c := range s.scopes {
		if len(c.states) > 1 {
			s.hold(c)
		}
	}
	s.scopes = nil
}

func (s *counts) hold(c *count) {
	slices.SortFunc(c.states, func(a, b state) int { return a.compare(&b) })
	c.states = slices.Clip(c.states)
	for i := range c.states {
		s.of[c.key(&c.states[i])] = c
	}
}

// unnamed returns the counts that are no series, in the order of their first members.
func (s *counts) unnamed() []*count {
	named := make(map[*count]bool, len(s.series))
	for _, c := range s.series {
		named[c] = true
	}
	var out []*count
	for k, c := range s.of {
		if c.states[0].id == k.ID && !named[c] {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b *count) int { return a.first().compare(b.first()) })
	return out
}

func (c *count) key(s *state) Key { return Key{c.tenant, s.id} }

func (c *count) first() Key { return c.key(&c.states[0]) }

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
