package answer

import (
	"cmp"
	"slices"
	"time"

	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// Left counts what answers a part too and isn't shown with it.
type Left struct {
	More    int // claims of the same scope
	Earlier int // earlier states of the same counts
	Periods int // claims for other periods
}

// rivals leaves of the claims that all fit a part those that can stand side by side: of each series the latest, of
// an open question those for one period, no total that ends long before the newest. A side's own count of itself
// stays, however old: that there is none since is worth knowing.
func (j *Judge) rivals(p *question.Part, fit []scored) ([]scored, Left) {
	var left Left
	fit, left.Earlier = latest(fit)
	fit, left.Periods = onePeriod(p, fit)
	fresh, old := j.fresh(p, fit)
	left.Earlier += len(fit) - len(fresh) - len(old)
	j.byBasis(p, fresh)
	return append(fresh, old...), left
}

// Beside returns the claims that state a figure of exactly what a part asserts, in the order in which they stand side
// by side; and, as older, those that have been followed by a later one or are for another period.
func (j *Judge) Beside(p *question.Part, found []knowledge.Found) (side, older []knowledge.Claim) {
	var exact []scored
	for _, f := range found {
		if !Countable(f.Claim) || f.Claim.Figure.IsZero() {
			continue
		}
		if fit := j.Scope(p, f.Claim); fit.Exact() {
			exact = append(exact, scored{f, fit})
		}
	}
	rank(exact)
	unnumbered := *p
	unnumbered.Quantity = nil // the number is what is to be judged
	kept, _ := j.rivals(&unnumbered, exact)
	for _, s := range kept {
		side = append(side, s.Claim)
	}
	for _, s := range exact {
		if !slices.ContainsFunc(side, func(c knowledge.Claim) bool { return c.Key() == s.Claim.Key() }) {
			older = append(older, s.Claim)
		}
	}
	return side, older
}

// latest keeps of each series the member that counts furthest, and returns how many it drops.
func latest(fit []scored) (kept []scored, dropped int) {
	last := map[string]knowledge.Claim{}
	for _, s := range fit {
		c := s.Claim
		if known, ok := last[c.Series]; !ok || newer(c, known) {
			last[c.Series] = c
		}
	}
	kept = slices.DeleteFunc(slices.Clone(fit), func(s scored) bool {
		return s.Claim.Series != "" && last[s.Claim.Series].Key() != s.Claim.Key()
	})
	return kept, len(fit) - len(kept)
}

// newer reports whether a counts further than b or, up to the same date, was said later.
func newer(a, b knowledge.Claim) bool {
	return cmp.Or(upTo(a).Compare(upTo(b)), a.Attribution.SaidOn.Compare(b.Attribution.SaidOn), cmp.Compare(b.ID, a.ID)) > 0
}

// onePeriod keeps, where a question leaves the period open, the totals; without any those for the latest period.
func onePeriod(p *question.Part, fit []scored) (kept []scored, dropped int) {
	if p.Period.Kind != question.PeriodOpen || len(fit) == 0 {
		return fit, 0
	}
	totals := slices.DeleteFunc(slices.Clone(fit), func(s scored) bool { return !total(s.Claim) })
	if len(totals) > 0 {
		return totals, len(fit) - len(totals)
	}
	last := slices.MaxFunc(fit, func(a, b scored) int { return upTo(a.Claim).Compare(upTo(b.Claim)) }).Claim.Scope.Period
	kept = slices.DeleteFunc(slices.Clone(fit), func(s scored) bool { return s.Claim.Scope.Period != last })
	return kept, len(fit) - len(kept)
}

// fresh parts what stands beside the newest total from a side's own count that is older. Who was asked for by name,
// or for the very number, is never too old.
func (j *Judge) fresh(p *question.Part, fit []scored) (fresh, old []scored) {
	var newest time.Time
	for _, s := range fit {
		if end := upTo(s.Claim).Start(); total(s.Claim) && end.After(newest) {
			newest = end
		}
	}
	for _, s := range fit {
		switch {
		case len(p.Claimants) > 0 || !total(s.Claim) || !outdated(s.Claim, newest) || meant(p, s.Claim):
			fresh = append(fresh, s)
		case j.ofItself(s.Claim):
			old = append(old, s)
		}
	}
	return fresh, old
}

// meant reports the claim whose number a question names.
func meant(p *question.Part, c knowledge.Claim) bool {
	return p.Quantity != nil && !c.Figure.IsZero() && Compatible(p.Quantity, c.Figure)
}

// ofItself reports what a side says of its own people.
func (j *Judge) ofItself(c knowledge.Claim) bool {
	speaker, ok := j.lex.Get(lexicon.Claimant, c.Attribution.Speaker)
	return ok && c.Scope.Party != "" && speaker.Party == c.Scope.Party
}

// byBasis orders claims: the number that was named first, then the metric that was asked for before those that answer
// it too, then by standing and basis as the lexicon orders them, then the latest.
func (j *Judge) byBasis(p *question.Part, fit []scored) {
	slices.SortStableFunc(fit, func(a, b scored) int {
		return cmp.Or(
			boolInt(meant(p, b.Claim))-boolInt(meant(p, a.Claim)),
			cmp.Compare(a.Cost, b.Cost),
			boolInt(a.Claim.Figure.IsZero())-boolInt(b.Claim.Figure.IsZero()),
			cmp.Compare(j.askedFor(p, a.Claim), j.askedFor(p, b.Claim)),
			cmp.Compare(j.basis(a.Claim), j.basis(b.Claim)),
			upTo(b.Claim).Compare(upTo(a.Claim)),
			cmp.Compare(b.Score, a.Score),
		)
	})
}

// askedFor returns how near a claim's metric is to the one asked for: 0, or its place among those that answer it.
func (j *Judge) askedFor(p *question.Part, c knowledge.Claim) int {
	if p.Metric == "" || p.Metric == c.Scope.Metric {
		return 0
	}
	m, ok := j.lex.Get(lexicon.Metric, p.Metric)
	if !ok {
		return 0
	}
	return 1 + slices.Index(m.Covers, c.Scope.Metric)
}

// basis returns the place of a claim's standing, and of its basis among those of one standing, in the order in which
// they stand side by side.
func (j *Judge) basis(c knowledge.Claim) float64 {
	var place float64
	if s, ok := j.lex.Get(lexicon.Standing, c.Attribution.Standing); ok {
		place = s.Value
	}
	if m, ok := j.lex.Get(lexicon.Method, c.Attribution.Method); ok {
		const bases = 100 // more than there are
		place += m.Value / bases
	}
	return place
}
