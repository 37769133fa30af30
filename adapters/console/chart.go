package console

import (
	"math"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// Bounds of a bar's width in columns, and the length of an arrow that stands for a bound that nobody states.
const (
	narrowestBar = 10
	widestBar    = 40
	arrow        = 3
)

// chart draws figures of one scope side by side, as bars from their low to their high bound on a scale that
// starts at zero and that they share. A bound that the source doesn't state is drawn as an arrow.
type chart struct {
	figures map[string]knowledge.Figure // by claim; only those that have a rival
	scale   map[string]float64          // by claim: the greatest figure of its scope
	width   int                         // of a bar; 0: there is no room, nothing is drawn
}

// rivalry is what figures must have in common to be drawn on one scale.
type rivalry struct {
	scope knowledge.Scope
	unit  string
}

// newChart looks for the rivals among a reply's ranges. room is the width of bar and figure together.
func newChart(r chat.Reply, room int) chart {
	c := chart{figures: map[string]knowledge.Figure{}, scale: map[string]float64{}}
	widest := 0
	for _, rivals := range rivalsOf(r) {
		for _, claim := range rivals {
			c.figures[claim.ID] = claim.Figure
			c.scale[claim.ID] = greatest(rivals)
		}
	}
	for _, b := range r.Blocks {
		if _, ok := c.figures[b.ClaimID]; ok && b.Role == chat.RoleRange {
			widest = max(widest, lipgloss.Width(Clean(b.Text())))
		}
	}
	if free := room - widest - len("  "); free >= narrowestBar {
		c.width = min(free, widestBar)
	}
	return c
}

// rivalsOf returns the claims with a range block, in groups of one scope that have more than one member.
func rivalsOf(r chat.Reply) [][]knowledge.Claim {
	ranged := map[string]bool{}
	for _, b := range r.Blocks {
		ranged[b.ClaimID] = ranged[b.ClaimID] || b.Role == chat.RoleRange
	}
	groups := map[rivalry][]knowledge.Claim{}
	for _, s := range r.Shown {
		if ranged[s.Claim.ID] && !s.Claim.Figure.IsZero() {
			key := rivalry{s.Claim.Scope, s.Claim.Figure.Unit}
			if key.scope.Period.Cumulative { // totals that a reply puts side by side end within a year of each other
				key.scope.Period = knowledge.Period{Cumulative: true}
			}
			groups[key] = append(groups[key], s.Claim)
		}
	}
	var out [][]knowledge.Claim
	for _, g := range groups {
		if len(g) > 1 {
			out = append(out, g)
		}
	}
	return out
}

func greatest(claims []knowledge.Claim) float64 {
	top := 0.0
	for _, c := range claims {
		for _, v := range []*float64{c.Figure.Low, c.Figure.Best, c.Figure.High} {
			if v != nil {
				top = max(top, *v)
			}
		}
	}
	return top
}

// beside returns a claim's bar with its figure after it, or the figure alone.
func (c chart) beside(s Screen, claim, figure string) string {
	f, ok := c.figures[claim]
	if !ok || c.width == 0 {
		return figure
	}
	bar := c.bar(f, c.scale[claim])
	pad := strings.Repeat(string(tiedBlank), c.width-lipgloss.Width(bar)+len("  "))
	return s.paint(lipgloss.NewStyle().Foreground(lipgloss.Cyan), bar) + pad + figure
}

// bar draws one figure. Both ends keep the room of an arrow free. Its blanks are tied: wrapping leaves them alone.
func (c chart) bar(f knowledge.Figure, scale float64) string {
	cells := []rune(strings.Repeat(string(tiedBlank), c.width))
	put := func(from, to int, left, right rune) {
		for i := from + 1; i < to; i++ {
			cells[i] = '─'
		}
		cells[from], cells[to] = left, right
		if from == to {
			cells[to] = '│'
		}
	}
	low, best, high := c.at(f.Low, scale), c.at(f.Best, scale), c.at(f.High, scale)
	switch {
	case f.Low != nil && f.High != nil:
		put(min(low, high), max(low, high), '├', '┤')
	case f.Low != nil:
		put(low, max(low, best)+arrow, '├', '▸')
	case f.High != nil && f.Best != nil:
		put(min(best, high)-arrow, high, '◂', '┤')
	case f.High != nil:
		put(high-arrow, high, '◂', '┤')
	}
	if f.Best != nil {
		cells[best] = '●'
	}
	return strings.TrimRight(string(cells), string(tiedBlank))
}

// at returns the column of a figure; that of an absent one is the first.
func (c chart) at(v *float64, scale float64) int {
	if v == nil || !(*v > 0) {
		return arrow
	}
	share := min(*v/scale, 1)
	if math.IsNaN(share) {
		share = 1
	}
	return arrow + int(math.Round(share*float64(c.width-2*arrow-1)))
}
