package slack

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/whosays/whosays/adapters/layout"
	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/bot/chat"
)

// Marks in front of lines. None of them is told by its colour alone.
const (
	warning = "⚠️ " // as an emoji: the bare sign is small and thin on phones
	again   = "↳ "  // what was said above, repeated where an item goes on
	bullet  = "• "
)

// form is the kind of block in which a line stands.
type form int

const (
	textForm  form = iota // a section in mrkdwn
	wordsForm             // a section in plain_text: what somebody typed, verbatim
	smallForm             // a context, smaller and paler: where it is from
	rowForm               // a label in mrkdwn beside words in plain_text: see rows
)

// line is one line of a message. Its text is finished markup; in wordsForm it is cleaned only, and escaped where its
// block is made. Spoken is the same for the fallback: without emphasis and links.
type line struct {
	role         chat.Role
	form         form
	text, spoken string
	words        string // in rowForm, cleaned only: what stands beside the text
}

// linesOf returns a block as lines.
func linesOf(b chat.Block) []line {
	switch b.Role {
	case chat.RoleFinding, chat.RoleWrote, chat.RoleField:
		return quotation(b)
	case chat.RoleExample:
		return oneLine(b, bullet)
	case chat.RoleCaveat, chat.RoleProblem:
		return oneLine(b, warning)
	case chat.RoleClaim:
		return oneLine(chat.Block{Role: b.Role, Parts: unemphasised(b.Parts)}, "")
	case chat.RoleSource:
		lines := oneLine(b, "")
		for i := range lines {
			lines[i].form = smallForm
		}
		return lines
	case chat.RoleLead, chat.RoleHeading, chat.RoleNote, chat.RoleRange, chat.RoleCounts, chat.RoleSaid, chat.RoleFooter:
	}
	return oneLine(b, "")
}

// oneLine returns a block behind a mark and its label.
func oneLine(b chat.Block, mark string) []line {
	body := trimBlanks(inline(b.Parts))
	if body == "" {
		return nil
	}
	spoken := mark + labelled(b.Label, aloud(b.Parts))
	if label := italic(escape(b.Label)); label != "" {
		mark += label + " "
	}
	if mark == "" {
		body, spoken = startLine(body), startLine(spoken)
	}
	return []line{{role: b.Role, text: mark + body, spoken: spoken}}
}

// labelled puts a label in front of what is said aloud.
func labelled(label, text string) string {
	if label = trimBlanks(prose.Clean(label)); label == "" {
		return text
	}
	return startLine(escape(label+":")) + " " + text
}

// quotation returns a block that begins with what somebody wrote: its label, their words verbatim, and what is said of them.
func quotation(b chat.Block) []line {
	n := 0
	for n < len(b.Parts) && b.Parts[n].Kind == chat.Wrote {
		n++
	}
	var out []line
	label, words := b.Label, layout.Text(b.Parts[:n])
	if text := italic(escape(label)); text != "" && words != "" {
		out = append(out, line{role: b.Role, text: text})
	}
	if words != "" {
		out = append(out, line{role: b.Role, form: wordsForm, text: words, spoken: labelled(label, startLine(escape(words)))})
		label = ""
	}
	rest := trimBlanks(inline(b.Parts[n:]))
	if n > 0 {
		rest = strings.TrimLeft(rest, " —")
	}
	if rest = startLine(rest); rest == "" {
		return out
	}
	spoken := aloud(b.Parts[n:])
	if n > 0 {
		spoken = strings.TrimLeft(spoken, " —")
	}
	return append(out, line{role: b.Role, text: rest, spoken: labelled(label, startLine(spoken))})
}

// inline returns parts as markup: emphasised where they are strong, links with their hosts. What stands side by side in one
// look is escaped together, since two harmless halves can make a whole.
func inline(parts []chat.Part) string {
	var b, run strings.Builder
	flush := func() {
		b.WriteString(escape(run.String()))
		run.Reset()
	}
	parts = joined(parts)
	for i, p := range parts {
		switch {
		case p.Place != "":
			flush()
			b.WriteString(channel(p))
		case p.URL != "":
			flush()
			b.WriteString(cite(p.Text, p.URL))
		case p.Strong && apart(parts, i):
			flush()
			head, body, tail := blanks(p.Text)
			b.WriteString(head + bold(escape(body)) + tail)
		default:
			run.WriteString(p.Text)
		}
	}
	flush()
	return b.String()
}

// joined returns cleaned parts, neighbours of one look as one part.
func joined(parts []chat.Part) []chat.Part {
	out := make([]chat.Part, 0, len(parts))
	for _, p := range parts {
		p.Text = prose.Clean(p.Text)
		if n := len(out); n > 0 && plainly(p) && plainly(out[n-1]) && out[n-1].Strong == p.Strong {
			out[n-1].Text += p.Text
			continue
		}
		if p.Text != "" || !plainly(p) {
			out = append(out, p)
		}
	}
	return out
}

// plainly reports a part of words alone.
func plainly(p chat.Part) bool { return p.URL == "" && p.Place == "" }

// channel names a place as Slack does; where it isn't one of Slack's, in the part's own words.
func channel(p chat.Part) string {
	at, err := parseAddress(p.Place)
	if err != nil {
		return escape(p.Text)
	}
	return "<#" + at.Channel + ">"
}

// apart reports whether nothing of a word touches part i on either side: Slack shows the marks of emphasis as they are there.
func apart(parts []chat.Part, i int) bool {
	text := parts[i].Text
	if trimBlanks(text) == "" {
		return false
	}
	before, after := ' ', ' '
	if i > 0 {
		before, _ = utf8.DecodeLastRuneInString(parts[i-1].Text)
		if !plainly(parts[i-1]) {
			before = 'x'
		}
	}
	if i+1 < len(parts) {
		after, _ = utf8.DecodeRuneInString(parts[i+1].Text)
		if !plainly(parts[i+1]) {
			after = 'x'
		}
	}
	first, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	return (before == ' ' || unicode.IsSpace(first)) && (unicode.IsSpace(last) || strings.ContainsRune(" .,;:!?", after))
}

// blanks parts a text from the blanks at its ends.
func blanks(text string) (head, body, tail string) {
	body = strings.TrimLeftFunc(text, unicode.IsSpace)
	head = text[:len(text)-len(body)]
	trimmed := strings.TrimRightFunc(body, unicode.IsSpace)
	return head, trimmed, body[len(trimmed):]
}

// unemphasised returns parts that are emphasised as a whole.
func unemphasised(parts []chat.Part) []chat.Part {
	out := make([]chat.Part, len(parts))
	for i, p := range parts {
		p.Strong = false
		out[i] = p
	}
	return out
}

// aloud returns parts for the fallback: escaped, without emphasis, and hosts where links were.
func aloud(parts []chat.Part) string {
	var b, run strings.Builder
	flush := func() {
		b.WriteString(escape(run.String()))
		run.Reset()
	}
	for _, p := range parts {
		if p.Place != "" {
			flush()
			b.WriteString(channel(p))
			continue
		}
		run.WriteString(prose.Clean(p.Text))
		if _, host := prose.Link(p.URL); p.URL != "" && host != "" && host != prose.Clean(p.Text) {
			run.WriteString(" (" + host + ")")
		}
	}
	flush()
	return trimBlanks(b.String())
}
