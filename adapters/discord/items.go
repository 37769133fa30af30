package discord

import (
	"strings"

	"github.com/whosays/whosays/adapters/layout"
	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/bot/chat"
)

// item is an item of a reply as Discord shows it.
type item struct {
	layout.Item
	look  look
	title string // its figure and who says it, in markup; empty where no figure is set apart
	lines []line
}

// look is a colour, each with a mark that says the same.
type look struct {
	colour int
	mark   string
}

// The colours are those of no side: slate for what is sourced, amber for what differs from what was asked.
func lookOf(o chat.Outcome) look {
	if o == chat.Related {
		return look{colour: 0xb7791f}
	}
	return look{colour: 0x52657a}
}

// verdictLook returns the look of a verdict. That a statement differs isn't a cross: it is about the sources, not about who is right.
func verdictLook(v chat.Verdict) look {
	switch v {
	case chat.Matches:
		return look{0x2f855a, "✅"}
	case chat.Differs:
		return look{0xc05621, "≠"}
	case chat.MixedUp:
		return look{0xb7791f, "🔀"}
	case chat.NoSource:
	}
	return look{0x9aa3ad, "❔"}
}

// itemsOf returns a reply's first line, its items and its footer.
func itemsOf(r chat.Reply) (lead *chat.Block, items []item, footer string) {
	lead, found, footer := layout.Items(r)
	items = make([]item, len(found))
	for i, it := range found {
		items[i] = item{Item: it, look: look{colour: 0x9aa3ad}}
		switch it.Kind {
		case layout.Claim:
			items[i].look = lookOf(r.Outcome)
		case layout.Finding:
			items[i].look = verdictLook(it.Verdict)
		case layout.Note:
		}
		items[i].fill()
	}
	return lead, items, footer
}

// fill makes an item's title and lines out of its blocks.
func (it *item) fill() {
	for i, b := range it.Blocks {
		switch b.Role {
		case chat.RoleRange:
			it.figure(i)
		case chat.RoleFinding:
			it.lines = append(it.lines, it.marked(linesOf(b))...)
		default:
			it.lines = append(it.lines, linesOf(b)...)
		}
	}
}

// figure puts the figure of block i, where it stands beside rivals', into the title, together with who says it: it
// mustn't be read alone.
func (it *item) figure(i int) {
	b := it.Blocks[i]
	title := startLine(strings.TrimSpace(escape(b.Label) + " " + inline(b.Parts)))
	if who := it.Who(i); who != "" {
		title += " — " + escape(who)
	}
	if it.title == "" && prose.Length(title) <= maxTitle {
		it.title = title
		return
	}
	it.lines = append(it.lines, line{b.Role, title})
}

// marked puts the mark of a verdict in front of what says it.
func (it *item) marked(lines []line) []line {
	if len(lines) > 0 {
		if last := &lines[len(lines)-1]; !strings.HasPrefix(last.text, quoteMark) {
			last.text = it.look.mark + " " + last.text
		}
	}
	return lines
}
