package slack

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/whosays/whosays/adapters/layout"
	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/bot/chat"
)

// piece is what stands on one page: an item, or a part of one that is too long for a page.
type piece struct {
	item    int // its place among the items
	section int
	header  slack.Block // over its section; nil: none
	blocks  []slack.Block
	weight  int  // of the blocks
	goes    bool // the item goes on in the next piece
}

// room is what a page has for its items, after what stands on every page.
type room struct {
	blocks int
	weight int
	text   int // the longest text of one block, so that each block fits, together with what is repeated
}

// roomBeside returns the room of a page beside blocks that stand on each.
func roomBeside(fixed []slack.Block) room {
	left := maxWeight - weight(fixed...)
	return room{blocks: maxBlocks - len(fixed), weight: left, text: min(maxSection, (left-containers)/heaviest*2/3)}
}

// containers is how many bytes the JSON of a piece takes beside its texts, with a divider and a header.
const containers = 1000

// longestAgain is how much of a section the repeated attribution may take.
func (r room) longestAgain() int { return min(600, r.text/4) }

// piecesOf returns the items of a reply as pieces, in order.
func piecesOf(items []item, r room) []piece {
	var out []piece
	for i, it := range items {
		header, lines := top(it)
		parts := parcel(blocksOf(lines, r), attribution(it.lines, r), r, header)
		for k, blocks := range parts {
			out = append(out, piece{item: i, section: it.Section, header: header, blocks: blocks, weight: weight(blocks...), goes: k < len(parts)-1})
		}
	}
	return out
}

// top returns what stands over an item and its lines, those that lead to it first. A heading of the board is a header, if it fits.
func top(it item) (slack.Block, []line) {
	var header slack.Block
	var out []line
	over := []string{it.Intro, it.Heading}
	if heading := trimBlanks(it.Heading); it.Section != 0 && heading != "" && prose.Length(entities(heading)) <= maxHeader {
		header, over = slack.NewHeaderBlock(plainText(heading, maxHeader)), over[:1]
	}
	for _, text := range over {
		if text = startLine(trimBlanks(escape(text))); text != "" {
			out = append(out, line{role: chat.RoleNote, text: text})
		}
	}
	if it.title.text != "" {
		out = append(out, line{role: chat.RoleRange, text: bold(it.title.text)})
	}
	return header, append(out, it.lines...)
}

// chunk is a block with the roles of its lines.
type chunk struct {
	block slack.Block
	roles []chat.Role
}

// blocksOf returns lines as blocks: neighbours of one form share one.
func blocksOf(lines []line, r room) []chunk {
	var out []chunk
	var texts []string
	var fields []line
	var roles []chat.Role
	at, size := textForm, 0
	flush := func() {
		switch {
		case len(fields) > 0:
			out = append(out, chunk{rows(fields), roles})
		case len(texts) > 0:
			out = append(out, chunk{block(at, strings.Join(texts, "\n")), roles})
		}
		texts, fields, roles, size = nil, nil, nil, 0
	}
	for _, l := range lines {
		if l.form == rowForm {
			n := prose.Length(l.text) + prose.Length(entities(l.words))
			if at != rowForm || len(fields) == rowsAtOnce || size+n > r.text {
				flush()
			}
			fields, roles, at, size = append(fields, l), append(roles, l.role), rowForm, size+n
			continue
		}
		for _, text := range l.broken(r) {
			n := prose.Length(text) + len("\n")
			if l.form != at || l.form == wordsForm || size+n > l.longest(r)+len("\n") {
				flush()
			}
			texts, roles, at, size = append(texts, text), append(roles, l.role), l.form, size+n
		}
	}
	flush()
	return out
}

// longest returns the longest text of the line's form.
func (l line) longest(r room) int {
	if l.form == smallForm {
		return min(maxContext, r.text)
	}
	return r.text
}

// broken returns the line's text in pieces that fit a block each.
func (l line) broken(r room) []string {
	if l.form != wordsForm {
		return breakLine(l.text, l.longest(r))
	}
	return breakLine(l.text, l.longest(r)/len("&amp;")) // each sign may become an entity
}

// block returns a text as a block of its form. Sections are shown whole: behind "see more", a caveat would be overlooked.
func block(f form, text string) slack.Block {
	switch f {
	case wordsForm:
		return slack.NewSectionBlock(plainText(text, maxSection), nil, nil, slack.SectionBlockOptionExpand(true))
	case smallForm:
		return slack.NewContextBlock("", mrkdwn(text))
	case textForm, rowForm:
	}
	return slack.NewSectionBlock(mrkdwn(text), nil, nil, slack.SectionBlockOptionExpand(true))
}

// alone are the roles of lines that say nothing of what follows them.
func alone() []chat.Role {
	return []chat.Role{chat.RoleNote, chat.RoleExample, chat.RoleField, chat.RoleProblem}
}

// attribution returns the line that says whose the figures of an item are: by whom and when it was said, else the first of its lines
// that isn't a note.
func attribution(lines []line, r room) string {
	i := slices.IndexFunc(lines, func(l line) bool { return l.role == chat.RoleSaid })
	if i < 0 {
		i = slices.IndexFunc(lines, func(l line) bool { return !slices.Contains(alone(), l.role) })
	}
	if i < 0 {
		return ""
	}
	text := lines[i].text
	if lines[i].form == wordsForm {
		text = escape(text)
	}
	return again + breakLine(text, r.longestAgain())[0]
}

// moreWarnings ends what leaves caveats to the page that follows.
const moreWarnings = warning + prose.Ellipsis

// parcel parts an item's blocks into what fits a page each. Where there are several parts, each after the first begins with the
// attribution, and says at its end where more caveats follow: neither a figure nor its warning is ever alone.
func parcel(parts []chunk, attribution string, r room, header slack.Block) [][]slack.Block {
	all := make([]slack.Block, len(parts))
	for i, p := range parts {
		all[i] = p.block
	}
	over := []slack.Block{slack.NewDividerBlock()}
	if header != nil {
		over = append(over, header)
	}
	room := r.weight - weight(over...)
	if weight(all...) <= room && len(all) <= r.blocks-len(over) {
		return [][]slack.Block{all}
	}
	ends := block(textForm, moreWarnings)
	begins := block(textForm, attribution)
	room -= weight(begins, ends)
	var out [][]slack.Block
	var last []int // the first part of each
	size := room + 1
	for i, p := range parts {
		if size += weight(p.block); size > room || len(out[len(out)-1]) >= r.blocks-len(over)-2 {
			out, last, size = append(out, nil), append(last, i), weight(p.block)
			if i > 0 && attribution != "" {
				out[len(out)-1] = append(out[len(out)-1], begins)
			}
		}
		out[len(out)-1] = append(out[len(out)-1], p.block)
	}
	for k := range out[:len(out)-1] {
		if warned(parts[last[k+1]:]) {
			out[k] = append(out[k], ends)
		}
	}
	return out
}

// warned reports a caveat among parts.
func warned(parts []chunk) bool {
	return slices.ContainsFunc(parts, func(p chunk) bool { return slices.Contains(p.roles, chat.RoleCaveat) })
}

// remaining counts items: those of notes only where there is nothing else.
func remaining(items []item) int {
	found := make([]layout.Item, len(items))
	for i, it := range items {
		found[i] = it.Item
	}
	return layout.Remaining(found)
}
