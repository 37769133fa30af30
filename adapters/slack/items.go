package slack

import (
	"slices"

	"github.com/whosays/whosays/adapters/layout"
	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/bot/chat"
)

// item is an item of a reply as Slack shows it.
type item struct {
	layout.Item
	title line // its figure and who says it; empty where no figure is set apart
	lines []line
}

// longestTitle is how long a figure with its claimant may be to stand as a title.
const longestTitle = 256

// verdictMark returns the mark of a verdict. That a statement differs isn't a cross: it is about the sources, not about who is right.
func verdictMark(v chat.Verdict) string {
	switch v {
	case chat.Matches:
		return "✅ "
	case chat.Differs:
		return "≠ "
	case chat.MixedUp:
		return "🔀 "
	case chat.NoSource:
	}
	return "❔ "
}

// itemsOf returns a reply's first line, its items and its footer.
func itemsOf(r chat.Reply) (lead *chat.Block, items []item, footer string) {
	lead, found, footer := layout.Items(r)
	items = make([]item, len(found))
	for i, it := range found {
		items[i].Item = it
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
			it.lines = append(it.lines, withMark(linesOf(b), verdictMark(it.Verdict))...)
		case chat.RoleField:
			it.lines = append(it.lines, fieldLines(b, it.problems(i))...)
		case chat.RoleProblem:
			if !it.fielded(i) { // else it stands with its field
				it.lines = append(it.lines, linesOf(b)...)
			}
		default:
			it.lines = append(it.lines, linesOf(b)...)
		}
	}
	it.emphasise()
}

// fielded reports that the problem of block i is one of a field's: nothing but others of it stands between them.
func (it *item) fielded(i int) bool {
	for _, b := range slices.Backward(it.Blocks[:i]) {
		if b.Role != chat.RoleProblem {
			return b.Role == chat.RoleField
		}
	}
	return false
}

// problems returns what is wrong with the field of block i.
func (it *item) problems(i int) []chat.Block {
	end := i + 1
	for end < len(it.Blocks) && it.Blocks[end].Role == chat.RoleProblem {
		end++
	}
	return it.Blocks[i+1 : end]
}

// figure puts the figure of block i, where it stands beside rivals', into the title, together with who says it: it
// mustn't be read alone. The fallback leaves it to the claim's sentence, which has both, if there is one.
func (it *item) figure(i int) {
	b := it.Blocks[i]
	title := line{role: b.Role, text: startLine(trimBlanks(escape(b.Label) + " " + inline(unemphasised(b.Parts))))}
	if !it.Has(chat.RoleClaim) {
		title.spoken = startLine(labelled(b.Label, aloud(b.Parts)))
	}
	if who := escape(it.Who(i)); who != "" {
		title.text += " — " + who
		if title.spoken != "" {
			title.spoken += " — " + who
		}
	}
	if it.title.text == "" && prose.Length(title.text) <= longestTitle {
		it.title = title
		return
	}
	it.lines = append(it.lines, title)
}

// emphasise sets the claim's sentence off where no title is.
func (it *item) emphasise() {
	for i, l := range it.lines {
		if l.role == chat.RoleClaim && it.title.text == "" {
			it.lines[i].text = bold(l.text)
		}
	}
}

// withMark puts the mark of a verdict in front of what says it.
func withMark(lines []line, mark string) []line {
	if n := len(lines); n > 0 && lines[n-1].form == textForm {
		lines[n-1].text, lines[n-1].spoken = mark+lines[n-1].text, mark+lines[n-1].spoken
	}
	return lines
}
