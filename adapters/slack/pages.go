package slack

import (
	"strconv"

	"github.com/slack-go/slack"

	"github.com/whosays/whosays/adapters/prose"
)

// page is what one message shows of a reply's items.
type page struct {
	blocks []slack.Block
	weight int
	begins int // the first of the items that it shows something of
	ends   int // how many of the items are shown in full by its end
	last   piece
}

// paginate parts pieces into pages, each within its room. All pages together hold each piece once, in order. Slack's limits are
// the only ones, so that rivals stand side by side for as long as they can.
func paginate(pieces []piece, r room) []page {
	var out []page
	for _, p := range pieces {
		if len(out) == 0 || !out[len(out)-1].take(p, r) {
			out = append(out, page{begins: p.item})
			out[len(out)-1].take(p, r)
		}
	}
	return out
}

// take adds a piece, and reports whether it fits. An empty page takes every piece: parcel makes none that doesn't fit one.
func (g *page) take(p piece, r room) bool {
	empty := len(g.blocks) == 0
	var over []slack.Block
	fresh := empty || p.section == 0 || p.section != g.last.section
	if !empty && fresh && g.last.item != p.item {
		over = append(over, slack.NewDividerBlock())
	}
	if fresh && p.header != nil {
		over = append(over, p.header)
	}
	more := weight(over...) + p.weight
	if !empty && (g.weight+more > r.weight || len(g.blocks)+len(over)+len(p.blocks) > r.blocks) {
		return false
	}
	g.blocks = append(append(g.blocks, over...), p.blocks...)
	g.weight += more
	g.last, g.ends = p, p.item
	if !p.goes {
		g.ends++
	}
	return true
}

// count returns what stands in front of the footer where there are several pages: which it is, of how many, and how
// many items there are more. The word for more is the button's.
func count(at, pages, left int, more string) string {
	text := strconv.Itoa(at+1) + "/" + strconv.Itoa(pages)
	if left > 0 {
		text += " · " + plus(more, left)
	}
	return text
}

// plus returns how many items there are more.
func plus(more string, left int) string {
	return prose.Cut(more, maxButton) + ": +" + strconv.Itoa(left)
}
