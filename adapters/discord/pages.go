package discord

import (
	"strconv"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/prose"
)

// page is what one message shows of a reply's items.
type page struct {
	embeds []*discordgo.MessageEmbed
	weight int
	last   piece
	ends   int // how many of the items are shown in full by the end of this page
}

// paginate parts pieces into pages: each within Discord's limits on one message, with room for a footer on its last
// embed. All pages together hold each piece once, in order. Discord's limits are the only ones, so that rivals stand side by side
// for as long as they can.
func paginate(pieces []piece, footer int) []page {
	var out []page
	for _, p := range pieces {
		if len(out) == 0 || !out[len(out)-1].take(p, footer) {
			out = append(out, page{})
			out[len(out)-1].take(p, footer)
		}
	}
	return out
}

// take adds a piece, and reports whether it fits. An empty page takes every piece: parcel makes none that doesn't fit one.
func (g *page) take(p piece, footer int) bool {
	n := len(g.embeds)
	if n > 0 && p.joins(g.last, g.embeds[n-1]) {
		if more := prose.Length(apartFrom + p.text); g.weight+more+footer <= maxAllEmbeds {
			g.embeds[n-1].Description += apartFrom + p.text
			g.took(p, more)
			return true
		}
		return false
	}
	e := p.embed()
	if n > 0 && (n == maxEmbeds || g.weight+weight(e)+footer > maxAllEmbeds) {
		return false
	}
	g.embeds = append(g.embeds, e)
	g.took(p, weight(e))
	return true
}

func (g *page) took(p piece, weight int) {
	g.weight += weight
	g.last, g.ends = p, p.item
	if !p.goes {
		g.ends++
	}
}

// longestFooter is how much of a reply's footer is shown: it is of our own words and dates, and far shorter.
const longestFooter = 500

// longestCount is the room for what stands in front of the footer where there are several pages.
const longestCount = 200

// count returns what stands in front of the footer where there are several pages: which it is, of how many, and how
// many items there are more. The word for more is the button's.
func count(at, pages, left int, more string) string {
	text := strconv.Itoa(at+1) + "/" + strconv.Itoa(pages)
	if left > 0 {
		text += " · " + more + ": +" + strconv.Itoa(left)
	}
	return text
}
