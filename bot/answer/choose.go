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
	Specific   bool              // what was asked names what a claim says or does, not only its subject
}

// mostShown is how many claims one answer shows: more can't be read on a phone.
const mostShown = 6

// Choose decides which of the claims found for a part answer it, or come nearest.
// A question that wants something of figures is shown figures only.
func (j *Judge) Choose(p question.Part, found []knowledge.Found, wish question.Wish) Chosen {
	if wish != question.WishNone {
		return j.count(&p, found, wish)
	}
	if said := j.said(&p, found); len(said.Shown) > 0 {
		return said
	}
	counting := j.count(&p, found, wish)
	if pos, strong := j.position(&p, found); len(pos.Shown) > 0 && (strong || p.Metric == "" && p.Quantity == nil || len(counting.Shown) == 0) {
		return pos
	}
	return counting
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
	byNumber := p.Metric == "" && p.Quantity != nil
	if p.Metric == "" && !byNumber {
		return out
	}
	var near []scored
	for _, f := range found {
		if !Countable(f.Claim) || !sayable(p, f.Claim) || byNumber && (f.Claim.Figure.IsZero() || !Compatible(p.Quantity, f.Claim.Figure)) {
			continue
		}
		if fit := j.Scope(p, f.Claim); !fit.Far && j.understood(p, f.Claim) {
			near = append(near, scored{f, fit})
		}
	}
	rank(near)
	out = j.owner(p, near, j.pick(p, near, out))
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
		if !out.shows(s.Claim) && !s.Claim.Figure.IsZero() && len(s.Mismatch) == 1 && s.Cost <= costMetric && meant(p, s.Claim) {
			out.Shown = append(out.Shown, chat.Shown{Claim: s.Claim, Mismatch: s.Mismatch})
		}
	}
	return out
}

// rank orders by nearness, then claims with a figure first, then the latest, then by the index.
func rank(near []scored) {
	slices.SortStableFunc(near, func(a, b scored) int {
		return cmp.Or(
			cmp.Compare(a.Cost, b.Cost),
			cmp.Compare(boolInt(a.Claim.Figure.IsZero()), boolInt(b.Claim.Figure.IsZero())),
			b.Claim.Attribution.SaidOn.Compare(a.Claim.Attribution.SaidOn),
			cmp.Compare(b.Score, a.Score),
		)
	})
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// pick takes the exact claims; else one for each metric that was added together; else the nearest, with those of
// its scope.
func (j *Judge) pick(p *question.Part, near []scored, out Chosen) Chosen {
	exact := slices.IndexFunc(near, func(s scored) bool { return !s.Exact() })
	if exact < 0 {
		exact = len(near)
	}
	switch {
	case exact > 0:
		out.Outcome, near = chat.Answered, near[:exact]
		if p.Metric != "" {
			near, out.Left = j.rivals(p, near)
		}
	case len(near) == 0:
		return out
	default:
		if parts := j.components(p, near); len(parts) > 0 {
			out.Outcome, out.Components, near = chat.Answered, true, parts
			break
		}
		out.Outcome = chat.Related
		near, out.Left = j.rivals(p, alike(near))
	}
	if p.Group == "" && p.Party != "" {
		near = own(near, p.Party)
	}
	if few := fewOfEach(near); len(few) < len(near) {
		out.Left.More, near = out.Left.More+len(near)-len(few), few
	}
	for _, s := range near {
		shown := chat.Shown{Claim: s.Claim, Mismatch: s.Mismatch}
		if out.Components {
			shown.Mismatch = nil
		}
		out.Shown = append(out.Shown, shown)
	}
	out.trim(mostShown)
	return out
}

// fewOfEach leaves, of claims that count different things, the first of each metric.
func fewOfEach(near []scored) []scored {
	const most = 2
	seen := map[string]int{}
	for _, s := range near {
		seen[s.Claim.Scope.Metric]++
	}
	if len(seen) < 2 {
		return near
	}
	clear(seen)
	return slices.DeleteFunc(slices.Clone(near), func(s scored) bool {
		seen[s.Claim.Scope.Metric]++
		return seen[s.Claim.Scope.Metric] > most
	})
}

// shows reports whether the claim is among those chosen.
func (c *Chosen) shows(claim knowledge.Claim) bool {
	return slices.ContainsFunc(c.Shown, func(o chat.Shown) bool { return o.Claim.Key() == claim.Key() })
}

// trim leaves the first claims, and counts the others.
func (c *Chosen) trim(most int) {
	if over := len(c.Shown) - most; over > 0 {
		c.Left.More, c.Shown = c.Left.More+over, c.Shown[:most]
	}
}

// Arrange divides the room of a reply among the parts of a question. Where it is the bot that named the parts, the
// one whose first claim has the best basis comes first.
func (j *Judge) Arrange(chosen []Chosen) {
	const fewest = 2
	first := func(c Chosen) float64 {
		if !c.Part.Assumed || len(c.Shown) == 0 {
			return 0
		}
		return j.basis(c.Shown[0].Claim)
	}
	slices.SortStableFunc(chosen, func(a, b Chosen) int { return cmp.Compare(first(a), first(b)) })
	for i := range chosen {
		if !chosen[i].Listing {
			chosen[i].trim(max(fewest, mostShown/len(chosen)))
		}
	}
}

// alike leaves the nearest claim and those that have its scope.
func alike(near []scored) []scored {
	first := near[0]
	return slices.DeleteFunc(slices.Clone(near), func(s scored) bool {
		return s.Claim.Scope != first.Claim.Scope || !slices.Equal(s.Mismatch, first.Mismatch)
	})
}

// own leaves, where some claims are about a side by name, only those: a country's people as a whole are meant
// where people are named.
func own(near []scored, party string) []scored {
	byName := slices.DeleteFunc(slices.Clone(near), func(s scored) bool { return s.Claim.Scope.Party != party })
	if len(byName) == 0 {
		return near
	}
	return byName
}

// components returns claims that together cover every metric of a sum, each with that metric alone.
func (j *Judge) components(p *question.Part, near []scored) []scored {
	for _, wanted := range j.sums(p) {
		var out []scored
		for _, id := range wanted {
			i := slices.IndexFunc(near, func(s scored) bool {
				return s.Claim.Scope.Metric == id && !s.Claim.Figure.IsZero() && len(s.Mismatch) == 1 && s.Mismatch[0] == knowledge.DimMetric
			})
			if i < 0 {
				out = nil
				break
			}
			out = append(out, near[i])
		}
		if len(out) > 1 {
			return out
		}
	}
	return nil
}

// sums returns the sets of metrics that a question about its metric may be answered by, side by side.
func (j *Judge) sums(p *question.Part) [][]string {
	m, ok := j.lex.Get(lexicon.Metric, p.Metric)
	if !ok {
		return nil
	}
	out := [][]string{p.Metrics, m.Parts}
	for _, id := range m.Covers {
		if c, ok := j.lex.Get(lexicon.Metric, id); ok {
			out = append(out, c.Parts)
		}
	}
	return out
}

// understood reports whether enough of a part is known to answer it with a number: what stays unknown must
// not be what decides. Words that the claim itself uses are known.
func (j *Judge) understood(p *question.Part, c knowledge.Claim) bool {
	most, ok := j.mayStayUnknown(p)
	if !ok || len(p.Unknown) <= most {
		return ok
	}
	words, unknown := j.words(&c), 0
	for _, word := range p.Unknown {
		unknown += boolInt(!words[word])
	}
	return unknown <= most
}

// mayStayUnknown returns how many words of a part may stay unknown for it to be answered with a number: the more
// of its scope is named, the more. Not ok: no number answers it.
func (j *Judge) mayStayUnknown(p *question.Part) (most int, ok bool) {
	anchors := 0
	for _, set := range []bool{p.Group != "" && !j.open(p.Group), p.Party != "", p.Place != "", len(p.Claimants) > 0, p.Quantity != nil && p.Metric != ""} {
		anchors += boolInt(set)
	}
	m, _ := j.lex.Get(lexicon.Metric, p.Metric)
	switch {
	case p.Cause && p.Metric != "":
		return 0, false
	case m != nil && m.Is("umbrella") && p.Group == "" && p.Party == "" && !p.HowMany && p.Quantity == nil:
		return 0, false // "which side is losing?"
	case p.Quantity != nil && p.Metric == "":
		return 0, true
	case anchors == 0:
		return 0, true
	case anchors == 1 && p.Period.Kind == question.PeriodOpen:
		return 1, true
	case anchors == 1:
		return 2, true
	}
	return 3, true
}

// said answers "what did … say?", where nothing more is asked: with what is sourced of those who are named. If one
// of them has no claim, he may be what it was said about.
func (j *Judge) said(p *question.Part, found []knowledge.Found) Chosen {
	out := Chosen{Part: *p, Outcome: chat.Answered}
	if !p.Says || len(p.Claimants) == 0 || j.asksMore(p) {
		return out
	}
	for _, id := range p.Claimants {
		if !slices.ContainsFunc(found, func(f knowledge.Found) bool { return j.speaksAs(id, f.Claim.Attribution) }) {
			return out
		}
	}
	for _, f := range found {
		if j.Attributed(p, f.Claim) && len(out.Shown) < mostShown {
			out.Shown = append(out.Shown, chat.Shown{Claim: f.Claim})
		}
	}
	return out
}

// asksMore reports a part that names something to say things about.
func (j *Judge) asksMore(p *question.Part) bool {
	place, known := j.lex.Get(lexicon.Place, p.Place)
	return p.Metric != "" || p.Group != "" || p.Quantity != nil || p.Alien || p.HowMany || len(p.Unknown) > 0 || len(p.Events) > 0 ||
		known && place.Is("elsewhere") || slices.ContainsFunc(p.Parties, func(id string) bool { return !j.side(id) }) ||
		slices.ContainsFunc(p.Topics, func(t question.Topic) bool { return !t.Is("shade") })
}

// position answers from claims that take or report a position. strong: it is what was asked even where a
// number might be.
func (j *Judge) position(p *question.Part, found []knowledge.Found) (out Chosen, strong bool) {
	out = Chosen{Part: *p, Outcome: chat.Unsourced}
	type candidate struct {
		knowledge.Found
		Position
	}
	var near []candidate
	for _, f := range found {
		// Position.About asks for an alias that the part holds whole: others needn't be read.
		if f.PatternSize == 0 || !f.Claim.Figure.IsZero() || !sayable(p, f.Claim) {
			continue
		}
		if pos := j.Position(p, f); pos.About() {
			near = append(near, candidate{f, pos})
		}
	}
	if len(near) == 0 {
		return out, false
	}
	slices.SortStableFunc(near, func(a, b candidate) int {
		return cmp.Or(
			cmp.Compare(b.Net(), a.Net()),
			cmp.Compare(b.Size, a.Size),
			cmp.Compare(b.Score, a.Score),
		)
	})
	best := near[0]
	out.Outcome = chat.Answered
	if !best.Exact() {
		out.Outcome = chat.Related
	}
	for i, c := range near {
		if i > 0 && (c.Claim.Topic != best.Claim.Topic || c.Claim.Kind != best.Claim.Kind || !c.Exact() || !best.Exact()) {
			continue
		}
		out.Shown = append(out.Shown, chat.Shown{Claim: c.Claim, Mismatch: c.Mismatch})
	}
	if best.Claim.Kind == knowledge.KindStatus { // the latest is where things stand
		slices.SortStableFunc(out.Shown, func(a, b chat.Shown) int { return byTime(b.Claim, a.Claim) })
	}
	out.Specific = best.Verbs > 0
	return out, best.Size > 1 || best.Verbs > 0 && !(p.HowMany && p.Metric != "")
}

// Wide reports whether a part asks for a whole that single claims don't answer: all that is contested, or how
// far things are.
func (c Chosen) Wide() bool {
	one := knowledge.Kind("")
	if len(c.Shown) > 0 {
		one = c.Shown[0].Claim.Kind
	}
	if c.Part.Issues && c.Part.Which && len(c.Part.Claimants) == 0 {
		return !c.Specific || one != knowledge.KindIssue
	}
	return c.Part.State && !c.Specific && one == knowledge.KindStatus
}

// Widen answers the parts that ask for a whole with the base's claims of that kind: its issues, or the stages of
// what was asked about.
func Widen(chosen []Chosen, issues, stages []knowledge.Claim) {
	for i := range chosen {
		c := &chosen[i]
		switch {
		case !c.Wide():
		case c.Part.State && !c.Part.Issues:
			for _, s := range stages {
				if s.Topic == c.Shown[0].Claim.Topic && !c.shows(s) && sayable(&c.Part, s) {
					c.Shown = append(c.Shown, chat.Shown{Claim: s})
				}
			}
			slices.SortStableFunc(c.Shown, func(a, b chat.Shown) int { return byTime(b.Claim, a.Claim) })
		case len(issues) > 0:
			before := c.Shown
			c.Outcome, c.Shown, c.Listing = chat.Answered, nil, true
			for _, s := range issues {
				c.Shown = append(c.Shown, chat.Shown{Claim: s})
			}
			if c.Specific { // "what still divides them?": that they are divided, too
				c.Shown = append(c.Shown, before[0])
			}
		}
	}
}
