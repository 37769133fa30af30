package answer

import (
	"cmp"
	"slices"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// Chosen is what the base has for one part of a question, best first.
type Chosen struct {
	Part       question.Part
	Outcome    chat.Outcome
	Shown      []chat.Shown
	Components bool              // each claim counts a part of what was asked
	Listing    bool              // a whole was asked for: each claim is one item of it
	Left       Left              // what isn't shown
	Series     string            // the series to unfold, where change was asked about
	Unfolded   bool              // the claims are that series
	Disputes   []knowledge.Claim // claims that dispute what is shown
	Later      []knowledge.Claim // where things stand later than what is shown
	Alone      bool              // rivals were asked about, and there are none
	Specific   bool              // what was asked names what a claim says or does, not only its subject
}

// mostShown is how many claims one answer shows: more can't be read on a phone.
const mostShown = 6

// Choose decides which of the claims found for a part answer it, or come nearest.
// A question that wants something of figures is shown figures only.
func (j *Judge) Choose(p question.Part, found []knowledge.Found, wish question.Wish) Chosen {
	switch {
	case declined(wish) && len(p.Metrics) > 1:
		return j.each(p, found, wish)
	case wish == question.Rivals: // "Who rejects the 20-point plan?" opposes no figure
		if c := j.count(&p, found, wish); c.Outcome == chat.Answered {
			return c
		}
	case wish != question.WishNone:
		return j.count(&p, found, wish)
	}
	if said := j.said(&p, found); len(said.Shown) > 0 {
		return said
	}
	counting := j.count(&p, found, wish)
	if counting.Outcome != chat.Answered && p.Says && !p.HowMany && named(&p) && p.Period.Kind == question.PeriodDates {
		then := p // "What did … say about losses in February?": it may be when it was said
		then.Said, then.Period = p.Period, question.Period{}
		if c := j.count(&then, found, wish); c.Outcome == chat.Answered {
			counting = c
		}
	}
	counted := p.HowMany && p.Metric != "" // what somebody says or does is nothing near to a number
	if pos, strong := j.position(&p, found); len(pos.Shown) > 0 && !(counted && pos.Outcome == chat.Related) && (strong || p.Metric == "" && p.Quantity == nil || len(counting.Shown) == 0) {
		return pos
	}
	return counting
}

// each chooses the first claim for each of the metrics of a part that asks to add them up.
func (j *Judge) each(p question.Part, found []knowledge.Found, wish question.Wish) Chosen {
	out := Chosen{Part: p, Outcome: chat.Unsourced}
	for _, metric := range p.Metrics {
		one := p
		one.Metric, one.Metrics = metric, nil
		if c := j.count(&one, found, wish); c.Outcome == chat.Answered {
			out.Outcome, out.Shown = chat.Answered, append(out.Shown, c.Shown[0])
		}
	}
	return out
}

// Countable reports a claim whose scope says what is counted, of whom.
func Countable(c knowledge.Claim) bool { return c.Scope.Metric != "" && c.Scope.Group != "" }

type scored struct {
	knowledge.Found
	Fit
}

// count answers from claims that count something.
func (j *Judge) count(p *question.Part, found []knowledge.Found, wish question.Wish) Chosen {
	out := Chosen{Part: *p, Outcome: chat.Unsourced}
	if p.Rate && p.Quantity != nil && wish == question.WishNone {
		if c, ok := j.Saying(p, found); ok {
			out.Outcome, out.Shown = chat.Answered, []chat.Shown{{Claim: c}}
		}
		return out
	}
	byNumber := p.Metric == "" && p.Quantity != nil
	if p.Metric == "" && !byNumber {
		return out
	}
	var near []scored
	for _, f := range found {
		if !Countable(*f.Claim) || !sayable(p, f.Claim.When()) || byNumber && (f.Claim.Figure.IsZero() || !Means(p.Quantity, f.Claim.Figure)) {
			continue
		}
		if fit := j.Scope(p, *f.Claim); !fit.Far && j.understood(p, *f.Claim) {
			near = append(near, scored{f, fit})
		}
	}
	rank(near)
	if byNumber { // whose number it is comes before whom it is only near to
		slices.SortStableFunc(near, func(a, b scored) int { return boolInt(states(p, b.Claim)) - boolInt(states(p, a.Claim)) })
	}
	if wish == question.Change && p.Yearly {
		if years := yearly(near); len(years) > 1 {
			out.Outcome, out.Unfolded, out.Shown = chat.Answered, true, years
			return out
		}
	}
	out = j.owner(p, near, j.pick(p, near, out))
	if wish == question.Arithmetic && p.Quantity != nil { // only the figure that is named is to be reckoned with
		out.Shown = slices.DeleteFunc(out.Shown, func(s chat.Shown) bool { return !meant(p, s.Claim) })
		if len(out.Shown) == 0 {
			out.Outcome = chat.Unsourced
		}
	}
	if wish == question.Change {
		out.Series = j.series(p, near)
	}
	return out
}

// owner adds the claim whose figure is named in a question about something else beside it ("does the 55,000
// include the missing?").
func (j *Judge) owner(p *question.Part, near []scored, out Chosen) Chosen {
	if p.Quantity == nil || p.Metric == "" || len(out.Shown) == 0 {
		return out
	}
	for _, s := range near {
		if !out.shows(*s.Claim) && !s.Claim.Figure.IsZero() && len(s.Mismatch) == 1 && s.Cost <= costMetric && meant(p, *s.Claim) {
			out.Shown = append(out.Shown, chat.Shown{Claim: *s.Claim, Mismatch: s.Mismatch})
		}
	}
	if p.Group == "" && p.Party == "" && !slices.ContainsFunc(out.Shown, func(s chat.Shown) bool { return meant(p, s.Claim) && len(s.Mismatch) == 0 }) {
		out = j.either(p, out)
	}
	if p.Includes { // the figure that may hold something is what is asked about
		slices.SortStableFunc(out.Shown, func(a, b chat.Shown) int { return boolInt(meant(p, b.Claim)) - boolInt(meant(p, a.Claim)) })
	}
	return out
}

// either leaves, of a question which of several metrics a number is of ("is 12,142 for killed or injured?"), the claims
// whose number it is.
func (j *Judge) either(p *question.Part, out Chosen) Chosen {
	metrics := p.Metrics
	if m, ok := j.lex.Get(lexicon.Metric, p.Metric); ok && len(metrics) == 0 {
		metrics = m.Parts
	}
	own := slices.DeleteFunc(slices.Clone(out.Shown), func(s chat.Shown) bool {
		return !meant(p, s.Claim) || !slices.Contains(metrics, s.Claim.Scope.Metric)
	})
	if len(own) > 0 {
		out.Outcome, out.Shown = chat.Related, own
	}
	return out
}

// rank orders by nearness, then claims with a figure first, then the latest, then by the index. Claims are large:
// each is moved once.
func rank(near []scored) {
	order := make([]*scored, len(near))
	for i := range near {
		order[i] = &near[i]
	}
	slices.SortStableFunc(order, func(a, b *scored) int {
		return cmp.Or(
			cmp.Compare(a.Cost, b.Cost),
			cmp.Compare(boolInt(a.Claim.Figure.IsZero()), boolInt(b.Claim.Figure.IsZero())),
			b.Claim.Attribution.SaidOn.Compare(a.Claim.Attribution.SaidOn),
			cmp.Compare(b.Score, a.Score),
		)
	})
	ranked := make([]scored, len(near))
	for i, s := range order {
		ranked[i] = *s
	}
	copy(near, ranked)
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
