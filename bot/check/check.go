// Package check compares a statement with the claims of the base: one finding for each assertion in it. It is
// pure.
package check

import (
	"cmp"
	"math"
	"slices"

	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
)

// Checker judges assertions. It is safe for concurrent use.
type Checker struct {
	judge *answer.Judge
}

// New returns a checker that compares scopes with a judge.
func New(judge *answer.Judge) *Checker { return &Checker{judge} }

// mostMixed is how many dimensions a number may be attached to wrongly and still be recognised as a claim's.
const mostMixed = 2

// mostUnknown is how many words may be unknown in an assertion that names neither whom it counts nor a side: past
// it, it is about something else.
const mostUnknown = 2

// Find judges one assertion by the claims found for it, in this order: by its number, by what claims count in words,
// by the positions that they report.
func (k *Checker) Find(p question.Part, found []knowledge.Found) chat.Finding {
	f := chat.Finding{Quote: p.Text, Verdict: chat.NoSource}
	if p.Unreadable && p.Quantity == nil {
		return f
	}
	if p.Quantity != nil || p.Zero && p.Metric != "" {
		if k.figure(&f, &p, found) || p.Quantity != nil {
			return open(f, p)
		}
	}
	if k.counted(&f, &p, found) {
		return f
	}
	k.position(&f, &p, found)
	return f
}

// open takes the verdict from what is asked, supposed or foretold, and only offers the claim that it would have been held
// against.
func open(f chat.Finding, p question.Part) chat.Finding {
	if p.Mood == question.Stated || f.Claim == nil {
		return f
	}
	return chat.Finding{Quote: f.Quote, Verdict: chat.NoSource, Others: []knowledge.Claim{*f.Claim}}
}

type candidate struct {
	claim knowledge.Claim
	fit   answer.Fit
	same  bool // the number is the claim's own
}

// figure judges an assertion about a number: what is stated of the same scope decides; else the claim whose
// number it is.
func (k *Checker) figure(f *chat.Finding, p *question.Part, found []knowledge.Found) bool {
	if p.Alien || len(p.Unknown) > mostUnknown && p.Group == "" && p.Party == "" || p.Spared {
		return false
	}
	var all []candidate
	for _, x := range found {
		if !answer.Countable(*x.Claim) || x.Claim.Figure.IsZero() {
			continue
		}
		fit := k.judge.Scope(p, *x.Claim)
		if fit.Far && len(fit.Mismatch) == 0 {
			continue
		}
		same := p.Quantity != nil && answer.Means(p.Quantity, x.Claim.Figure)
		all = append(all, candidate{*x.Claim, fit, same})
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(len(a.fit.Mismatch), len(b.fit.Mismatch)), cmp.Compare(a.fit.Cost, b.fit.Cost))
	})
	if p.Rate { // no figure is one for each day: only a claim that says the very number speaks of it
		c, ok := k.judge.Saying(p, found)
		return ok && k.settle(f, chat.Matches, c, nil)
	}
	side, older := k.judge.Beside(p, found)
	stated := slices.Concat(side, current(p, older))
	if p.Cause { // a count of all who died isn't one of those whom somebody, or something, killed
		side, stated = nil, nil
	}
	c, agrees := closest(p, stated)
	if was, ok := outdated(p, side, older); ok {
		f.Others = side[:min(len(side), mostOthers)]
		return k.settle(f, chat.MixedUp, was, []knowledge.Dimension{knowledge.DimPeriod})
	}
	if elsewhere, ok := mixed(p, all, len(stated) > 0); ok && (!agrees || answer.Off(p.Quantity, c.Figure) > rounded) {
		f.Others = side[:min(len(side), mostOthers)]
		return k.settle(f, chat.MixedUp, elsewhere.claim, elsewhere.fit.Mismatch)
	}
	if agrees {
		f.Others = others(side, c)
		if p.Negated {
			return k.settle(f, chat.Differs, c, nil)
		}
		if p.Endorsed {
			return k.settle(f, chat.MixedUp, c, []knowledge.Dimension{knowledge.DimAttribution})
		}
		return k.settle(f, chat.Matches, c, nil)
	}
	stated = slices.DeleteFunc(stated, func(c knowledge.Claim) bool { return k.judge.Vague(p, c) })
	if len(stated) > 0 && p.Metric != "" {
		c := nearest(p, stated)
		f.Others = others(side, c)
		return k.settle(f, chat.Differs, c, nil)
	}
	return false
}

// current leaves of older claims those that can be what is stated: the whole isn't what was counted long ago, and as
// of a date only what was counted on it.
func current(p *question.Part, older []knowledge.Claim) []knowledge.Claim {
	switch p.Period.Kind {
	case question.PeriodWhole:
		return nil
	case question.PeriodUntil:
		return slices.DeleteFunc(older, func(c knowledge.Claim) bool { return answer.UpTo(c).Start().Before(p.Period.From) })
	}
	if q := p.Quantity; q != nil && (math.IsInf(q.Low, -1) || math.IsInf(q.High, 1)) { // a bound allows what isn't meant by it
		return slices.DeleteFunc(older, func(c knowledge.Claim) bool { return !answer.Means(q, c.Figure) })
	}
	return older
}

// outdated returns the earlier state of a count whose number is said to be the present one, where no present one is as
// near to it.
func outdated(p *question.Part, side, older []knowledge.Claim) (knowledge.Claim, bool) {
	if !p.Present || p.Quantity == nil || p.Negated || len(side) == 0 {
		return knowledge.Claim{}, false
	}
	was, ok := closest(p, slices.DeleteFunc(slices.Clone(older), func(c knowledge.Claim) bool {
		return !answer.Total(c) || !answer.Means(p.Quantity, c.Figure)
	}))
	is, agrees := closest(p, side)
	if !ok || agrees && answer.Off(p.Quantity, is.Figure) <= answer.Off(p.Quantity, was.Figure) {
		return knowledge.Claim{}, false
	}
	return was, true
}

// rounded is how far a number may be from a figure, as a share of it, and still be that figure written roundly where
// another claim's figure is the very number.
const rounded = 0.01

// nearest returns the claim against which a number that agrees with none is held: one whose range it cuts short, else
// one whose range it lies in, else the first.
func nearest(p *question.Part, stated []knowledge.Claim) knowledge.Claim {
	if p.Quantity == nil {
		return stated[0]
	}
	for _, met := range []func(*question.Quantity, knowledge.Figure) bool{answer.CutShort, answer.Inside} {
		if i := slices.IndexFunc(stated, func(c knowledge.Claim) bool { return met(p.Quantity, c.Figure) }); i >= 0 {
			return stated[i]
		}
	}
	return stated[0]
}

// closest returns the claim, among those whose figure a number agrees with, to whose figure it is nearest.
func closest(p *question.Part, stated []knowledge.Claim) (knowledge.Claim, bool) {
	if p.Quantity == nil {
		return knowledge.Claim{}, false
	}
	agreeing := slices.DeleteFunc(slices.Clone(stated), func(c knowledge.Claim) bool { return !answer.Compatible(p.Quantity, c.Figure) })
	if len(agreeing) == 0 {
		return knowledge.Claim{}, false
	}
	return slices.MinFunc(agreeing, func(a, b knowledge.Claim) int {
		return cmp.Compare(answer.Off(p.Quantity, a.Figure), answer.Off(p.Quantity, b.Figure))
	}), true
}

// mostOthers is how many figures stand beside the one that an assertion is held against.
const mostOthers = 3

// others returns what stands beside a claim: of the same people, counted for the same.
func others(side []knowledge.Claim, than knowledge.Claim) []knowledge.Claim {
	out := slices.DeleteFunc(slices.Clone(side), func(c knowledge.Claim) bool {
		a, b := c.Scope, than.Scope
		a.Period, b.Period = knowledge.Period{}, knowledge.Period{}
		return c.Key() == than.Key() || a != b
	})
	return out[:min(len(out), mostOthers)]
}

// mixed returns the claim whose number stands in another scope. Where a claim of the stated scope exists, the
// number has to be off by one dimension only to be taken for another claim's.
func mixed(p *question.Part, all []candidate, stated bool) (candidate, bool) {
	if p.Quantity == nil || p.Metric == "" && p.Group == "" {
		return candidate{}, false
	}
	most := mostMixed
	if stated {
		most = 1
	}
	open := math.IsInf(p.Quantity.Low, -1) || math.IsInf(p.Quantity.High, 1)
	all = slices.DeleteFunc(slices.Clone(all), func(c candidate) bool {
		// a number near to another claim's, where one of the stated scope exists, is just another number
		other := stated && (open || answer.Off(p.Quantity, c.claim.Figure) > 0)
		return !c.same || other || len(c.fit.Mismatch) == 0 || len(c.fit.Mismatch) > most
	})
	if len(all) == 0 {
		return candidate{}, false
	}
	return slices.MinFunc(all, func(a, b candidate) int {
		return cmp.Or(
			cmp.Compare(len(a.fit.Mismatch), len(b.fit.Mismatch)),
			cmp.Compare(answer.Off(p.Quantity, a.claim.Figure), answer.Off(p.Quantity, b.claim.Figure)),
			cmp.Compare(a.fit.Cost, b.fit.Cost),
		)
	}), true
}

// counted judges an assertion without a number about something that a claim counts in words: "a large number".
func (k *Checker) counted(f *chat.Finding, p *question.Part, found []knowledge.Found) bool {
	if p.Metric == "" || p.Quantity != nil {
		return false
	}
	for _, x := range found {
		if !answer.Countable(*x.Claim) || !x.Claim.Figure.IsZero() || !names(p, x.Claim.Scope.Metric) {
			continue
		}
		only := *p
		only.Metric, only.Metrics = x.Claim.Scope.Metric, nil
		fit := k.judge.Scope(&only, *x.Claim)
		switch {
		case fit.Far || len(fit.Mismatch) > mostMixed:
			continue
		case len(fit.Mismatch) > 0:
			return k.settle(f, chat.MixedUp, *x.Claim, fit.Mismatch)
		case p.Few || p.Negated:
			return k.settle(f, chat.Differs, *x.Claim, nil)
		}
		return k.settle(f, chat.Matches, *x.Claim, nil)
	}
	return false
}

// names reports whether a part names a metric, alone or beside others.
func names(p *question.Part, metric string) bool {
	return p.Metric == metric || slices.Contains(p.Metrics, metric)
}

// position judges an assertion about what somebody said, wants or does.
func (k *Checker) position(f *chat.Finding, p *question.Part, found []knowledge.Found) {
	type stance struct {
		claim knowledge.Claim
		answer.Position
	}
	var all []stance
	for _, x := range found {
		if x.PatternSize == 0 || answer.Countable(*x.Claim) { // the former is about nothing: see Position.About
			continue
		}
		if pos := k.judge.Position(p, x); pos.About() && pos.Asserts() && len(pos.Mismatch) <= mostMixed {
			all = append(all, stance{*x.Claim, pos})
		}
	}
	if len(all) == 0 {
		return
	}
	best := slices.MaxFunc(all, func(a, b stance) int {
		return cmp.Or(
			cmp.Compare(a.Net(), b.Net()),
			cmp.Compare(a.Size, b.Size),
			-cmp.Compare(a.claim.ID, b.claim.ID),
		)
	})
	switch {
	case k.judge.Beyond(p, best.claim, best.Position):
		f.Others = []knowledge.Claim{best.claim}
	case len(best.Mismatch) > 0:
		k.settle(f, chat.MixedUp, best.claim, best.Mismatch)
	case best.Opposed != p.Disowned:
		k.settle(f, chat.Differs, best.claim, nil)
	default:
		k.settle(f, chat.Matches, best.claim, nil)
	}
}

// settle writes the verdict. It returns true, for those who settled it.
func (k *Checker) settle(f *chat.Finding, v chat.Verdict, c knowledge.Claim, mixups []knowledge.Dimension) bool {
	f.Verdict, f.Claim, f.Mixups = v, &c, mixups
	return true
}
