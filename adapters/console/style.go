package console

import (
	"fmt"
	"net/url"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/whosays/whosays/bot/chat"
)

// look is how the blocks of a role are laid out.
type look struct {
	opens  bool   // stands apart from the block before it
	indent string // in front of every line
	mark   string // in front of the first line, after the indent
	column bool   // its label stands in the column of labels
	faint  bool
	strong bool
}

// lookOf returns the look of a role; a role that it doesn't know looks like a note.
func lookOf(role chat.Role) look {
	const under = "  "
	switch role {
	case chat.RoleLead:
		return look{opens: true, strong: true}
	case chat.RoleWrote:
		return look{opens: true, faint: true}
	case chat.RoleHeading:
		return look{opens: true, strong: true}
	case chat.RoleClaim:
		return look{opens: true, mark: "• "}
	case chat.RoleRange, chat.RoleCounts, chat.RoleSaid, chat.RoleSource:
		return look{indent: under, column: true}
	case chat.RoleCaveat:
		return look{indent: under, mark: "⚠ "}
	case chat.RoleExample:
		return look{opens: true, indent: under, mark: "› "}
	case chat.RoleFooter:
		return look{opens: true, faint: true}
	case chat.RoleField:
		return look{column: true}
	case chat.RoleProblem:
		return look{indent: under, mark: "⚠ "}
	case chat.RoleFinding, chat.RoleNote:
	}
	return look{opens: true}
}

// apart reports whether a blank line goes between two blocks that follow each other.
func apart(before, after chat.Role) bool {
	switch {
	case before == "", !lookOf(after).opens:
		return false
	case before == after:
		return before == chat.RoleFinding
	case before == chat.RoleHeading:
		return false
	}
	return before != chat.RoleFinding || after != chat.RoleClaim
}

// paint gives text a style where the screen has colour.
func (s Screen) paint(style lipgloss.Style, text string) string {
	if !s.Colour || text == "" {
		return text
	}
	return style.Render(text)
}

// words returns the text of a part in its style, and the host of its link, so that nobody follows a link
// without seeing where it goes.
func (s Screen) words(p chat.Part, l look) string {
	style := lipgloss.NewStyle().Bold(p.Strong || l.strong).Faint(l.faint)
	text := Clean(p.Text)
	if p.Place != "" { // a terminal knows no names of channels
		text = Clean(string(p.Place))
	}
	out := s.paint(style, text)
	if target, host := link(p.URL); host != "" && host != p.Text {
		out += s.paint(style, " (") + s.paint(style.Hyperlink(target), host) + s.paint(style, ")")
	}
	return out
}

// link returns a link in the form in which a terminal may have it, and its bare host; neither where it is no
// link to the web.
func link(raw string) (target, host string) {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" {
		return "", ""
	}
	u.User = nil
	return ascii(u.String()), Clean(u.Host)
}

// ascii writes what isn't printable ASCII in a link by its bytes: terminals take nothing else there. The
// semicolon goes the same way, since it parts the fields of the sequence that holds the link.
func ascii(link string) string {
	var out strings.Builder
	for _, c := range []byte(link) {
		if c > ' ' && c < 0x7f && c != ';' {
			out.WriteByte(c)
		} else {
			fmt.Fprintf(&out, "%%%02X", c)
		}
	}
	return out.String()
}
