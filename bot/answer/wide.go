package answer

import (
	"slices"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

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
	return c.Part.State && !c.Specific && one == knowledge.KindStatus && c.Part.Place == ""
}

// Widen answers the parts that ask for a whole with the base's claims of that kind: its issues, or the stages of
// what was asked about.
func Widen(chosen []Chosen, issues, stages []knowledge.Claim) {
	for i := range chosen {
		c := &chosen[i]
		switch {
		case !c.Wide(), c.Outcome == chat.Related: // what is only near stays the one that says in what it differs
		case c.Part.State && !c.Part.Issues:
			for _, s := range stages {
				if s.Topic == c.Shown[0].Claim.Topic && !c.shows(s) && sayable(&c.Part, s.When()) {
					c.Shown = append(c.Shown, chat.Shown{Claim: s})
				}
			}
			slices.SortStableFunc(c.Shown, func(a, b chat.Shown) int {
				if c.Part.Past && !c.Part.Last { // "When were the rounds?"
					a, b = b, a
				}
				return byTime(b.Claim, a.Claim)
			})
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
