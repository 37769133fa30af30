package answer

import (
	"cmp"
	"slices"
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

// neighbour is a claim that was found for a text, and what it differs in costs.
type neighbour struct {
	claim *knowledge.Claim // claims are large
	cost  float64
	score float64
}

// Nearby returns the ids of the claims that were found for the parts of a text, nearest first, of each count one; what a
// reply shows isn't among them.
func (j *Judge) Nearby(parts []question.Part, found [][]knowledge.Found, r *chat.Reply) []string {
	var near []neighbour
	for i, of := range found {
		near = j.nearTo(near, &parts[i], of)
	}
	slices.SortStableFunc(near, func(a, b neighbour) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), b.claim.Attribution.SaidOn.Compare(a.claim.Attribution.SaidOn), cmp.Compare(b.score, a.score))
	})
	seen := map[string]bool{}
	for i := range r.Shown {
		c := &r.Shown[i].Claim
		seen[c.ID], seen[countOf(c)] = true, true
	}
	var out []string
	for _, n := range near {
		id, count := n.claim.ID, countOf(n.claim)
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

// nearTo adds claims that were found for a part: those that count something by what they differ in, behind them the
// others as the index has them.
func (j *Judge) nearTo(near []neighbour, p *question.Part, found []knowledge.Found) []neighbour {
	counts := p.Metric != "" || p.Quantity != nil
	near = slices.Grow(near, min(len(found), mostLooked))
	for i := range found[:min(len(found), mostLooked)] {
		c := found[i].Claim
		if !sayable(p, c.When()) {
			continue
		}
		cost := tooFar + float64(i)
		if counts && Countable(*c) {
			fit := j.Scope(p, *c)
			if fit.Far {
				continue
			}
			cost = fit.Cost
		}
		near = append(near, neighbour{c, cost, found[i].Score})
	}
	return near
}

// countOf names the count that a claim is a state of: of a claim that counts a time of its own, the claim.
func countOf(c *knowledge.Claim) string {
	if !Countable(*c) || !Total(*c) {
		return c.ID
	}
	return cmp.Or(c.Series, strings.Join([]string{c.Attribution.Speaker, c.Scope.Party, c.Scope.Group, c.Scope.Metric, c.Scope.Place}, "\x00"))
}
