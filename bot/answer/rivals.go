package answer

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/whosays/whosays/bot/chat"
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

func (l *Left) add(o Left) {
	l.More, l.Earlier, l.Periods = l.More+o.More, l.Earlier+o.Earlier, l.Periods+o.Periods
}

// rivals leaves of the claims that all fit a part those that can stand side by side: about the very group, of each
// series the latest, of an open question those for one period, nothing that has been followed by a newer count. What
// the part names by its number is never left out.
func (j *Judge) rivals(p *question.Part, fit []scored) ([]scored, Left) {
	fit = j.oneScope(p, fit)
	left := further(p, fit)
	fit, earlier := latest(p, fit)
	fit, periods := onePeriod(p, fit)
	fresh, old := j.fresh(p, fit)
	earlier += len(fit) - len(fresh) - len(old)
	j.byBasis(p, fresh)
	fresh, more := j.oneVoice(fresh)
	left.add(Left{More: more, Earlier: earlier, Periods: periods})
	return append(fresh, old...), left
}

// further counts what the base has besides of the counts that fit a part.
func further(p *question.Part, fit []scored) (left Left) {
	for _, s := range fit {
		switch {
		case Total(*s.Claim):
			left.Earlier += s.Further
		case p.Period.Kind == question.PeriodOpen:
			left.Periods += s.Further
		default:
			left.More += s.Further
		}
	}
	return left
}

// oneScope drops claims about a part of the group asked about where there are some about all of it and, where a number
// is named and no side, what is said of others than that number.
func (j *Judge) oneScope(p *question.Part, fit []scored) []scored {
	whole := slices.ContainsFunc(fit, func(s scored) bool { return s.Claim.Scope.Group == p.Group })
	i := slices.IndexFunc(fit, func(s scored) bool { return meant(p, *s.Claim) })
	return slices.DeleteFunc(slices.Clone(fit), func(s scored) bool {
		c := s.Claim
		return whole && c.Scope.Group != p.Group || j.part(*c, fit) || i >= 0 && p.Party == "" && c.Scope.Party != fit[i].Claim.Scope.Party
	})
}

// part reports a claim about a part of those whom another claim of its claimant counts.
func (j *Judge) part(c knowledge.Claim, fit []scored) bool {
	return slices.ContainsFunc(fit, func(o scored) bool {
		s := o.Claim.Scope
		return o.Claim.Attribution.Speaker == c.Attribution.Speaker && s.Group != c.Scope.Group && s.Metric == c.Scope.Metric && s.Party == c.Scope.Party && j.within(lexicon.Group, c.Scope.Group, s.Group)
	})
}

// oneVoice drops what repeats a figure of the body to which its claimant belongs, and returns how many it drops.
func (j *Judge) oneVoice(fit []scored) (kept []scored, dropped int) {
	for _, s := range fit {
		if slices.ContainsFunc(kept, func(o scored) bool { return j.repeats(*s.Claim, *o.Claim) }) {
			dropped++
			continue
		}
		kept = append(kept, s)
	}
	return kept, dropped
}

func (j *Judge) repeats(a, b knowledge.Claim) bool {
	one := j.within(lexicon.Claimant, a.Attribution.Speaker, b.Attribution.Speaker) || j.within(lexicon.Claimant, b.Attribution.Speaker, a.Attribution.Speaker)
	return one && a.Scope.Metric == b.Scope.Metric && a.Scope.Party == b.Scope.Party && slices.Equal(bare(a.Figure), bare(b.Figure))
}

// bare returns a figure's bounds as values; an absent one is NaN's stand-in, zero.
func bare(f knowledge.Figure) []float64 {
	out := make([]float64, 0, 3)
	for _, v := range []*float64{f.Low, f.Best, f.High} {
		if v == nil {
			v = new(float64)
		}
		out = append(out, *v)
	}
	return out
}

// Beside returns the claims that state a figure of exactly what a part asserts, in the order in which they stand side
// by side; and, as older, those that have been followed by a later one or are for another period.
func (j *Judge) Beside(p *question.Part, found []knowledge.Found) (side, older []knowledge.Claim) {
	var exact []scored
	for _, f := range found {
		if !Countable(*f.Claim) || f.Claim.Figure.IsZero() {
			continue
		}
		if fit := j.Scope(p, *f.Claim); fit.Exact() {
			exact = append(exact, scored{f, fit})
		}
	}
	rank(exact)
	unnumbered := *p
	unnumbered.Quantity = nil // the number is what is to be judged
	kept, _ := j.rivals(&unnumbered, exact)
	var shown []chat.Shown
	for _, s := range kept {
		shown = append(shown, chat.Shown{Claim: *s.Claim})
	}
	for i, s := range kept {
		if old := oldest(shown); old < 0 || i < old {
			side = append(side, *s.Claim)
		}
	}
	for _, s := range exact {
		if !slices.ContainsFunc(side, func(c knowledge.Claim) bool { return c.Key() == s.Claim.Key() }) {
			older = append(older, *s.Claim)
		}
	}
	return side, older
}

// latest keeps of each series the member that counts furthest, and returns how many it drops.
func latest(p *question.Part, fit []scored) (kept []scored, dropped int) {
	last := map[string]knowledge.Claim{}
	for _, s := range fit {
		c := s.Claim
		if known, ok := last[c.Series]; !ok || newer(*c, known) {
			last[c.Series] = *c
		}
	}
	kept = slices.DeleteFunc(slices.Clone(fit), func(s scored) bool {
		return s.Claim.Series != "" && last[s.Claim.Series].Key() != s.Claim.Key() && !meant(p, *s.Claim)
	})
	return kept, len(fit) - len(kept)
}

// newer reports whether a counts further than b or, up to the same date, was said later.
func newer(a, b knowledge.Claim) bool {
	return cmp.Or(UpTo(a).Compare(UpTo(b)), a.Attribution.SaidOn.Compare(b.Attribution.SaidOn), cmp.Compare(b.ID, a.ID)) > 0
}

// onePeriod keeps, where a question leaves the period open, the claims for that of the number it names; without one the
// totals; without any those for the latest period.
func onePeriod(p *question.Part, fit []scored) (kept []scored, dropped int) {
	if p.Period.Kind != question.PeriodOpen || len(fit) == 0 {
		return fit, 0
	}
	model := slices.MaxFunc(fit, func(a, b scored) int {
		return cmp.Or(
			boolInt(meant(p, *a.Claim))-boolInt(meant(p, *b.Claim)),
			boolInt(Total(*a.Claim))-boolInt(Total(*b.Claim)),
			UpTo(*a.Claim).Compare(UpTo(*b.Claim)),
		)
	}).Claim
	kept = slices.DeleteFunc(slices.Clone(fit), func(s scored) bool {
		return s.Claim.Scope.Period != model.Scope.Period && !(Total(*model) && Total(*s.Claim))
	})
	return kept, len(fit) - len(kept)
}

// fresh parts what stands beside the newest totals, and beside the newest of its own claimant, from what is older. Of
// the older it returns a side's last count of itself: that there is none since is worth knowing. Who was asked for by
// name is old only beside their own; the very number that was named never is.
func (j *Judge) fresh(p *question.Part, fit []scored) (fresh, old []scored) {
	newest := map[string]time.Time{} // by claimant; of all: ""
	for _, s := range fit {
		end := UpTo(*s.Claim).Start()
		for _, by := range []string{"", s.Claim.Attribution.Speaker} {
			if Total(*s.Claim) && end.After(newest[by]) {
				newest[by] = end
			}
		}
	}
	for _, s := range fit {
		by := s.Claim.Attribution.Speaker
		switch {
		case !Total(*s.Claim) || meant(p, *s.Claim):
			fresh = append(fresh, s)
		case by != "" && behind(*s.Claim, newest[by], followed):
		case named(p) || !behind(*s.Claim, newest[""], stale):
			fresh = append(fresh, s)
		case j.ofItself(*s.Claim):
			old = append(old, s)
		}
	}
	return fresh, old
}

// named reports a question that names whom it wants to hear, and not just a side.
func named(p *question.Part) bool {
	return slices.ContainsFunc(p.Claimants, func(id string) bool {
		_, side := question.SpeakingSide(id)
		return !side
	})
}

// meant reports the claim whose number a question names.
func meant(p *question.Part, c knowledge.Claim) bool {
	return p.Quantity != nil && Means(p.Quantity, c.Figure)
}

// Means reports whether a number is that of a figure, or one end of it: one of its bounds, not just a number that it
// allows.
func Means(q *question.Quantity, f knowledge.Figure) bool {
	return (Compatible(q, f) || CutShort(q, f)) && Off(q, f) <= exactly
}

// states reports a claim with exactly the number that a question names.
func states(p *question.Part, c *knowledge.Claim) bool { return Off(p.Quantity, c.Figure) == 0 }

// Off returns how far a number is from the nearest bound of a figure, as a share of that bound.
func Off(q *question.Quantity, f knowledge.Figure) float64 {
	nearest := math.Inf(1)
	for _, v := range []*float64{f.Low, f.Best, f.High} {
		if v != nil {
			nearest = min(nearest, math.Abs(*v-q.Value)/max(*v, 1))
		}
	}
	return nearest
}

// ofItself reports what a side says of its own people.
func (j *Judge) ofItself(c knowledge.Claim) bool {
	speaker, ok := j.lex.Get(lexicon.Claimant, c.Attribution.Speaker)
	return ok && c.Scope.Party != "" && speaker.Party == c.Scope.Party
}

// byBasis orders claims: those nearest to the number that was named first, then the metric that was asked for before those that answer
// it too, then by standing and basis as the lexicon orders them, then the latest.
func (j *Judge) byBasis(p *question.Part, fit []scored) {
	slices.SortStableFunc(fit, func(a, b scored) int {
		return cmp.Or(
			cmp.Compare(beyond(p, *a.Claim), beyond(p, *b.Claim)),
			cmp.Compare(a.Cost, b.Cost),
			boolInt(a.Claim.Figure.IsZero())-boolInt(b.Claim.Figure.IsZero()),
			cmp.Compare(j.askedFor(p, *a.Claim), j.askedFor(p, *b.Claim)),
			cmp.Compare(j.basis(*a.Claim), j.basis(*b.Claim)),
			UpTo(*b.Claim).Compare(UpTo(*a.Claim)),
			cmp.Compare(b.Score, a.Score),
		)
	})
}

// beyond returns how far a claim is from the number that was named; all that aren't meant by it are equally far.
func beyond(p *question.Part, c knowledge.Claim) float64 {
	if !meant(p, c) {
		return math.Inf(1)
	}
	return Off(p.Quantity, c.Figure)
}

// askedFor returns how near a claim's metric is to the one asked for: 0, or its place among those that answer it. What
// a word without a definition counts comes after what is defined.
func (j *Judge) askedFor(p *question.Part, c knowledge.Claim) int {
	m, ok := j.lex.Get(lexicon.Metric, p.Metric)
	switch {
	case !ok:
		return 0
	case p.Metric != c.Scope.Metric:
		return 1 + slices.Index(m.Covers, c.Scope.Metric)
	case m.Is("vague"):
		return 1 + len(m.Covers)
	}
	return 0
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
