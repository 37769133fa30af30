package console

import (
	"strings"
	"unicode"

	"charm.land/lipgloss/v2"

	"github.com/whosays/whosays/bot/chat"
)

// Text returns a reply as plain text: no wrapping, no colour, nothing drawn.
func Text(r chat.Reply) string { return Screen{}.Render(r) }

// Render returns a reply laid out for the screen, without a newline at its end.
func (s Screen) Render(r chat.Reply) string {
	p := page{screen: s, column: labelColumn(r.Blocks)}
	p.chart = newChart(r, p.columnWidth())
	before := chat.Role("")
	for _, b := range r.Blocks {
		if apart(before, b.Role) {
			p.lines = append(p.lines, "")
		}
		p.block(b)
		before = b.Role
	}
	return strings.Join(p.lines, "\n")
}

// page is a reply while it is laid out.
type page struct {
	screen Screen
	column int // width of the column of labels
	chart  chart
	lines  []string
}

// labelColumn returns the width of the widest label of a column.
func labelColumn(blocks []chat.Block) int {
	widest := 0
	for _, b := range blocks {
		if lookOf(b.Role).column {
			widest = max(widest, lipgloss.Width(Clean(b.Label)))
		}
	}
	return widest
}

// narrow reports whether a column of labels would take too much of the width.
func (p *page) narrow() bool { return p.column*3 > p.screen.Width }

// columnWidth returns how wide the text beside the column of labels may be; 0 where there is none.
func (p *page) columnWidth() int {
	if p.narrow() {
		return max(0, p.screen.Width-len("    "))
	}
	return p.screen.Width - len("  ") - p.column - len("  ")
}

func (p *page) block(b chat.Block) {
	l := lookOf(b.Role)
	head, hang := p.heads(b, l)
	var body strings.Builder
	for _, part := range b.Parts {
		body.WriteString(p.screen.words(part, l))
	}
	if b.Role == chat.RoleRange {
		p.put(head, hang, p.chart.beside(p.screen, b.ClaimID, body.String()))
		return
	}
	p.put(head, hang, body.String())
}

// heads returns what stands in front of a block's first line, and of the others.
func (p *page) heads(b chat.Block, l look) (head, hang string) {
	label := Clean(b.Label)
	mark := p.faint(l.mark)
	if b.Role == chat.RoleCaveat {
		mark = p.screen.paint(lipgloss.NewStyle().Foreground(lipgloss.Yellow), l.mark)
	}
	hang = l.indent + strings.Repeat(" ", lipgloss.Width(l.mark))
	switch {
	case label == "":
		return l.indent + mark, hang
	case l.column && p.screen.Width > 0 && !p.narrow():
		pad := strings.Repeat(" ", p.column-lipgloss.Width(label)+len("  "))
		return l.indent + p.faint(label) + pad, hang + strings.Repeat(" ", p.column+len("  "))
	}
	return l.indent + mark + p.faint(label+":") + " ", hang + "  "
}

func (p *page) faint(text string) string {
	return p.screen.paint(lipgloss.NewStyle().Faint(true), text)
}

// put adds the lines of one block.
func (p *page) put(head, hang, body string) {
	for i, line := range p.wrap(head, hang, body) {
		if i > 0 {
			line = hang + line
		}
		p.lines = append(p.lines, strings.TrimRight(line, " "))
	}
}

// wrap breaks head and body into lines at words; the first of them holds the head.
func (p *page) wrap(head, hang, body string) []string {
	if p.screen.Width <= 0 {
		return []string{head + body}
	}
	room := max(p.screen.Width-lipgloss.Width(hang), 1)
	over := max(lipgloss.Width(head)-lipgloss.Width(hang), 0)
	// The part of the head that sticks out over the hanging indent takes its room from the first line: a
	// filler stands for it while lines are broken.
	filler := strings.Repeat(string(tiedBlank), min(over, room-1))
	wrapped := strings.TrimPrefix(lipgloss.Wrap(filler+tie(body), room, " "), filler)
	lines := strings.Split(untie(wrapped), "\n")
	lines[0] = head + lines[0]
	return lines
}

// Numbers, dates and bars stay on one line. The wrapping library breaks after a hyphen, at a blank, and at the
// narrow no-break space that stands between thousands in some languages: while it works, private-use
// characters, which no cleaned text holds, stand for those.
const (
	tiedHyphen = '\ue000'
	tiedSpace  = '\ue001'
	tiedBlank  = '\ue002'
)

func tie(text string) string {
	out := []rune(strings.ReplaceAll(text, "\u202f", string(tiedSpace)))
	for i := 1; i+1 < len(out); i++ {
		if out[i] == '-' && unicode.IsDigit(out[i-1]) && unicode.IsDigit(out[i+1]) {
			out[i] = tiedHyphen
		}
	}
	return string(out)
}

func untie(text string) string {
	return strings.NewReplacer(string(tiedSpace), "\u202f", string(tiedHyphen), "-", string(tiedBlank), " ").Replace(text)
}
