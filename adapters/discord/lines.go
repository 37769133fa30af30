package discord

import (
	"strings"

	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/bot/chat"
)

// Marks in front of lines. None of them is told by its colour alone.
const (
	warning = "⚠️ " // as an emoji: the bare sign is small and thin on phones
	again   = "↳ "  // what was said above, repeated where an item goes on
	bullet  = "• "
)

// line is one line of an embed, in finished markup.
type line struct {
	role chat.Role
	text string
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
	case chat.RoleLead, chat.RoleHeading, chat.RoleNote, chat.RoleRange, chat.RoleCounts, chat.RoleSaid, chat.RoleSource, chat.RoleFooter:
	}
	return oneLine(b, "")
}

// oneLine returns a block behind a mark and its label.
func oneLine(b chat.Block, mark string) []line {
	body := strings.TrimSpace(inline(b.Parts))
	if label := italic(escape(b.Label)); label != "" {
		mark += label + " "
	}
	if mark == "" {
		body = startLine(body)
	}
	if body == "" {
		return nil
	}
	return []line{{b.Role, mark + body}}
}

// quotation returns a block that begins with what somebody wrote: its label, their words as a quotation, and what is
// said of them below.
func quotation(b chat.Block) []line {
	n := 0
	for n < len(b.Parts) && b.Parts[n].Kind == chat.Wrote {
		n++
	}
	var out []line
	if label := italic(escape(b.Label)); label != "" {
		out = append(out, line{b.Role, label})
	}
	if words := startLine(strings.TrimSpace(inline(b.Parts[:n]))); words != "" {
		out = append(out, line{b.Role, quoteMark + words})
	}
	if rest := startLine(strings.TrimLeft(inline(b.Parts[n:]), " —")); n > 0 && rest != "" {
		return append(out, line{b.Role, rest})
	} else if rest = startLine(strings.TrimSpace(inline(b.Parts[n:]))); rest != "" {
		return append(out, line{b.Role, rest})
	}
	return out
}

// inline returns parts as markup: emphasised where they are strong, links with their hosts. What stands side by side in one
// look is escaped together, since two harmless halves can make a whole.
func inline(parts []chat.Part) string {
	var b, run strings.Builder
	flush := func() {
		b.WriteString(escape(run.String()))
		run.Reset()
	}
	for _, p := range parts {
		switch {
		case p.Place != "":
			flush()
			b.WriteString(channel(p))
		case p.URL != "":
			flush()
			b.WriteString(cite(p.Text, p.URL))
		case p.Strong:
			flush()
			b.WriteString(bold(escape(p.Text)))
		default:
			run.WriteString(prose.Clean(p.Text))
		}
	}
	flush()
	return b.String()
}

// channel names a place as Discord does, which shows it to nobody who can't see it; where it isn't one of Discord's, in the part's own words.
func channel(p chat.Part) string {
	at, err := parseAddress(p.Place)
	if err != nil {
		return escape(p.Text)
	}
	return "<#" + at.Channel + ">"
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
