package answer

import (
	"cmp"
	"strings"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
)

// MostNear is how many claims a reply offers besides those that it shows: more are no choice.
const MostNear = 10

// Near writes claims to choose from, a line and its source each.
func (w Writer) Near(n Named, reach knowledge.Reach) chat.Reply {
	return w.each("near_lead", n, reach, func(c knowledge.Claim) []chat.Block {
		return append([]chat.Block{w.told(c)}, w.sources(c)[:min(1, len(c.Sources))]...)
	})
}

// NearNothing returns the reply where there is nothing to choose from.
func (w Writer) NearNothing(reach knowledge.Reach) chat.Reply {
	r := w.sentence("near_none")
	r.Blocks = append(r.Blocks, w.covers(reach)...)
	return r
}

// Nearby returns the ids of the claims that were found for the parts of a text, nearest first, of each count one; what a
// reply shows isn't among them.
func (j *Judge) Nearby(parts []question.Part, found [][]knowledge.Found, r *chat.Reply) []string {
	var near []scored
	for i, of := range found {
		near = append(near, j.nearTo(&parts[i], of)...)
	}
	rank(near)
	seen := map[string]bool{}
	for _, s := range r.Shown {
		seen[s.Claim.ID], seen[countOf(s.Claim)] = true, true
	}
	var out []string
	for _, s := range near {
		id, count := s.Claim.ID, countOf(s.Claim)
		if len(out) == MostNear || seen[id] || seen[count] {
			continue
		}
		seen[id], seen[count] = true, true
		out = append(out, id)
	}
	return out
}

// mostLooked is how many of the claims found for a part are looked at: they come in the order of the index.
const mostLooked = 32

// nearTo returns claims that were found for a part: those that count something by what they differ in, behind them the
// others as the index has them.
func (j *Judge) nearTo(p *question.Part, found []knowledge.Found) []scored {
	counts := p.Metric != "" || p.Quantity != nil
	var out []scored
	for i, f := range found[:min(len(found), mostLooked)] {
		if !sayable(p, f.Claim.When()) {
			continue
		}
		s := scored{Found: f, Fit: Fit{Cost: tooFar + float64(i)}}
		if counts && Countable(f.Claim) {
			if s.Fit = j.Scope(p, f.Claim); s.Far {
				continue
			}
		}
		out = append(out, s)
	}
	return out
}

// countOf names the count that a claim is a state of: of a claim that counts a time of its own, the claim.
func countOf(c knowledge.Claim) string {
	if !Countable(c) || !Total(c) {
		return c.ID
	}
	return cmp.Or(c.Series, strings.Join([]string{c.Attribution.Speaker, c.Scope.Party, c.Scope.Group, c.Scope.Metric, c.Scope.Place}, "\x00"))
}
