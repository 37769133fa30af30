package answer

import (
	"cmp"
	"slices"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// said answers "what did … say?", where nothing more is asked: with what is sourced of those who are named. If one
// of them has no claim, he may be what it was said about.
func (j *Judge) said(p *question.Part, found []knowledge.Found) Chosen {
	out := Chosen{Part: *p, Outcome: chat.Answered}
	if !p.Says || len(p.Claimants) == 0 || j.asksMore(p) {
		return out
	}
	for _, f := range found { // what one of them says of another
		if rest, spoken := j.spokenOf(p, *f.Claim, j.read(*f.Claim)); spoken > 0 && len(rest.Claimants) > 0 && j.Attributed(rest, *f.Claim) {
			out.Shown = append(out.Shown, chat.Shown{Claim: *f.Claim})
		}
	}
	if len(out.Shown) > 0 {
		return out
	}
	for _, id := range p.Claimants {
		if !slices.ContainsFunc(found, func(f knowledge.Found) bool { return j.speaksAs(id, f.Claim.Attribution) }) {
			return out
		}
	}
	for _, f := range found {
		if sayable(p, f.Claim.When()) && j.Attributed(p, *f.Claim) {
			out.Shown = append(out.Shown, chat.Shown{Claim: *f.Claim})
		}
	}
	if dated := slices.DeleteFunc(slices.Clone(out.Shown), func(s chat.Shown) bool { return !periodFits(p, s.Claim.When()) }); len(dated) > 0 {
		out.Shown = dated // "What did the ministry put out about 2024?"
	}
	if p.HowMany { // "Mediazona's numbers?"
		slices.SortStableFunc(out.Shown, func(a, b chat.Shown) int {
			return boolInt(a.Claim.Figure.IsZero()) - boolInt(b.Claim.Figure.IsZero())
		})
	}
	out.trim(mostShown)
	return out
}

// elsewhere reports a claim that isn't about the place asked about, where the best one is.
func elsewhere(p *question.Part, c, best knowledge.Claim) bool {
	return p.Place != "" && best.Scope.Place == p.Place && c.Scope.Place != p.Place
}

// asksMore reports a part that names something to say things about.
func (j *Judge) asksMore(p *question.Part) bool {
	place, known := j.lex.Get(lexicon.Place, p.Place)
	return p.Metric != "" || p.Group != "" || p.Quantity != nil || p.Alien || p.HowMany && !p.Says || len(p.Unknown) > 0 || len(p.Events) > 0 ||
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
		if f.PatternSize == 0 || !f.Claim.Figure.IsZero() || !sayable(p, f.Claim.When()) {
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
		if i > 0 && (c.Claim.Topic != best.Claim.Topic || c.Claim.Kind != best.Claim.Kind || !c.Exact() || !best.Exact() || c.Verbs < best.Verbs && best.Ordered || elsewhere(p, *c.Claim, *best.Claim)) {
			continue
		}
		out.Shown = append(out.Shown, chat.Shown{Claim: *c.Claim, Mismatch: c.Mismatch})
	}
	if best.Claim.Kind == knowledge.KindStatus { // the latest is where things stand
		slices.SortStableFunc(out.Shown, func(a, b chat.Shown) int { return byTime(b.Claim, a.Claim) })
	}
	out.Specific = best.Verbs > 0
	if best.Verbs == 0 && p.Metric != "" && j.side(p.Party) && j.bothSides(*best.Claim) {
		return out, false // what is said of all sides is no count of one
	}
	return out, best.Size > 1 || best.Verbs > 0 && !(p.HowMany && p.Metric != "")
}
