package answer

import (
	"slices"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
)

// series chooses the series that a question about change is about: of the claims that come nearest, the first that
// has a past, none where nothing near has. Where the scope is only assumed, what counts is whose figure it is.
func (j *Judge) series(p *question.Part, near []scored) string {
	if p.Assumed {
		slices.SortStableFunc(near, func(a, b scored) int { return j.awayFromItself(*a.Claim) - j.awayFromItself(*b.Claim) })
	}
	for _, s := range near {
		if s.Claim.Series != "" && (s.Exact() || p.Assumed && j.Attributed(p, *s.Claim)) {
			return s.Claim.Series
		}
	}
	return ""
}

// yearly returns the claims that each count one year, in order.
func yearly(near []scored) []chat.Shown {
	var out []chat.Shown
	for _, s := range near {
		p := s.Claim.Scope.Period
		if s.Exact() && p.From == p.To && p.From.Precision() == knowledge.PrecisionYear {
			out = append(out, chat.Shown{Claim: *s.Claim})
		}
	}
	slices.SortStableFunc(out, func(a, b chat.Shown) int { return byTime(a.Claim, b.Claim) })
	return out
}

// awayFromItself orders what somebody says of their own side before what they say of others.
func (j *Judge) awayFromItself(c knowledge.Claim) int { return boolInt(!j.ofItself(c)) }

// MostUnfolded is how many members of a series an answer shows.
const MostUnfolded = 12

// Unfold shows a series instead of its latest state: members as they were said, in order, and how many are left out.
func (c *Chosen) Unfold(members []knowledge.Claim, left int) {
	if len(members) < 2 {
		return
	}
	c.Outcome, c.Unfolded, c.Shown, c.Left = chat.Answered, true, nil, Left{Earlier: left}
	for _, m := range members {
		c.Shown = append(c.Shown, chat.Shown{Claim: m})
	}
}

// history writes the members of a series: when each was said, its sentence, its source; of the last one also what
// it counts and leaves out. A break in the counting is said where it is.
func (w Writer) history(r *chat.Reply) {
	for i, s := range r.Shown {
		c := s.Claim
		blocks := w.Claim(c, chat.RoleClaim, true)
		if i < len(r.Shown)-1 {
			blocks = slices.DeleteFunc(blocks, func(b chat.Block) bool {
				return b.Role == chat.RoleCounts || b.Role == chat.RoleCaveat
			})
		}
		if at := w.breaks(c); len(at) > 0 && i < len(r.Shown)-1 {
			blocks = slices.Insert(blocks, 1, at...)
		}
		r.Blocks = append(r.Blocks, blocks...)
	}
}

// breaks returns the caveats that say that the way of counting changed.
func (w Writer) breaks(c knowledge.Claim) []chat.Block {
	c.Caveats = slices.DeleteFunc(slices.Clone(c.Caveats), func(v knowledge.Caveat) bool { return v.Code != knowledge.SeriesBreak })
	return w.caveats(c)
}
