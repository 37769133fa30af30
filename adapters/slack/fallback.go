package slack

import (
	"slices"
	"strings"

	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/bot/chat"
)

// fallback returns what notifications show and screen readers say of a page: its first line, then its items whole, as many as
// fit, and how many there are more. It keeps the promises by itself: a figure has its claimant and its caveats.
func fallback(lead *chat.Block, items []item, footer string, left int, more string) string {
	room := maxText - prose.Length(escape(footer)) - len("\n\n") - maxButton - len(": +99999")
	texts, size := []string{}, 0
	add := func(text string) {
		texts = append(texts, text)
		size += prose.Length(text) + len("\n")
	}
	if lead != nil {
		if text := startLine(aloud(lead.Parts)); text != "" {
			add(breakLine(text, room/2)[0])
		}
	}
	for i, it := range items {
		text := it.spoken(i > 0 && it.Section != 0 && it.Section == items[i-1].Section)
		if i == 0 && size+prose.Length(text) > room {
			text = it.brief(room - size)
		}
		if size+prose.Length(text) > room {
			left += remaining(items[i:])
			break
		}
		if text != "" {
			add(text)
		}
	}
	if left > 0 {
		add(escape(plus(more, left)))
	}
	if footer != "" {
		add(startLine(escape(footer)))
	}
	return strings.Join(texts, "\n")
}

// aloud returns the lines that are said aloud of an item: its heading, unless it was said before, and its title too.
func (it *item) aloud(headed bool) []line {
	over := []string{it.Intro, it.Heading}
	if headed {
		over = over[:1]
	}
	var out []line
	for _, text := range over {
		out = append(out, line{role: chat.RoleHeading, spoken: startLine(trimBlanks(escape(text)))})
	}
	out = append(append(out, it.title), it.lines...)
	return slices.DeleteFunc(out, func(l line) bool { return l.spoken == "" })
}

// spoken returns what is said aloud of an item, whole.
func (it *item) spoken(headed bool) string {
	var out []string
	for _, l := range it.aloud(headed) {
		out = append(out, l.spoken)
	}
	return strings.Join(out, "\n")
}

// brief returns the most important of what is said aloud of an item, of at most limit characters: what it says, who said it,
// a caveat, and that there are more of them.
func (it *item) brief(limit int) string {
	kinds := [][]chat.Role{
		{chat.RoleFinding, chat.RoleWrote, chat.RoleClaim, chat.RoleLead, chat.RoleRange, chat.RoleField},
		{chat.RoleSaid},
		{chat.RoleCaveat, chat.RoleProblem},
		{chat.RoleHeading, chat.RoleCounts, chat.RoleNote, chat.RoleExample, chat.RoleSource},
	}
	each := (limit - prose.Length(moreWarnings) - len("\n")) / len(kinds)
	var out []string
	more := false
	for _, roles := range kinds {
		left := each
		for _, l := range it.aloud(false) {
			if !slices.Contains(roles, l.role) {
				continue
			}
			text := l.spoken
			if left == each { // the first of its kind is never left out
				text = breakLine(text, each-len("\n"))[0]
			}
			if left -= prose.Length(text) + len("\n"); left < 0 {
				more = more || l.role == chat.RoleCaveat
				break
			}
			out = append(out, text)
		}
	}
	if more {
		out = append(out, moreWarnings)
	}
	return strings.Join(out, "\n")
}
