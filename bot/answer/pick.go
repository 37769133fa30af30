package answer

import (
	"cmp"
	"slices"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// pick takes the exact claims; else one for each metric that was added together; else the nearest, with those of
// its scope.
func (j *Judge) pick(p *question.Part, near []scored, out Chosen) Chosen {
	exact := slices.IndexFunc(near, func(s scored) bool { return !s.Exact() })
	if exact < 0 {
		exact = len(near)
	}
	switch {
	case exact > 0:
		out.Outcome, near = chat.Answered, j.closestVoice(p, near[:exact])
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
		shown := chat.Shown{Claim: *s.Claim, Mismatch: s.Mismatch}
		if out.Components {
			shown.Mismatch = nil
		}
		out.Shown = append(out.Shown, shown)
	}
	out.trim(mostShown)
	return out
}

// closestVoice drops what the body above the one asked for says, where that one says something itself.
func (j *Judge) closestVoice(p *question.Part, near []scored) []scored {
	own := func(s scored) bool {
		return slices.ContainsFunc(p.Claimants, func(id string) bool { return j.within(lexicon.Claimant, s.Claim.Attribution.Speaker, id) })
	}
	if !slices.ContainsFunc(near, own) {
		return near
	}
	return slices.DeleteFunc(slices.Clone(near), func(s scored) bool {
		return !own(s) && slices.ContainsFunc(p.Claimants, func(id string) bool { return j.within(lexicon.Claimant, id, s.Claim.Attribution.Speaker) })
	})
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
	case p.Assumed:
		return 2, true
	case m != nil && m.Is("umbrella") && p.Group == "" && p.Party == "" && len(p.Claimants) == 0 && !p.HowMany && p.Quantity == nil:
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
