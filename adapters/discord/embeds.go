package discord

import (
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/bot/chat"
)

// piece is what goes into one embed at once: an item, or a part of one that is too long for an embed.
type piece struct {
	item          int // its place among the items
	section       int
	colour        int
	author, title string
	text          string // the description
	goes          bool   // the item goes on in the next piece
}

// piecesOf returns the items of a reply as pieces, in order.
func piecesOf(items []item) []piece {
	var out []piece
	for i, it := range items {
		head := piece{item: i, section: it.Section, colour: it.look.colour}
		var lines []line
		head.author, head.title, lines = header(it, sentences(it))
		texts := parcel(lines, attribution(it.lines))
		for k, text := range texts {
			p := head
			p.text, p.goes = text, k < len(texts)-1
			if k > 0 { // the figure of the title isn't repeated: what goes on says whose it is
				p.title = ""
			}
			out = append(out, p)
		}
	}
	return out
}

// sentences returns an item's lines, its claims' sentences emphasised where no title is, and set apart from a verdict above, as is a note
// that leads to one of them.
func sentences(it item) []line {
	out := slices.Clone(it.lines)
	for i, l := range out {
		switch {
		case l.role == chat.RoleNote && i > 0 && i+1 < len(out) && out[i+1].role == chat.RoleClaim:
			l.text = "\n" + l.text
		case l.role != chat.RoleClaim:
			continue
		case it.title == "":
			l.text = bold(l.text)
		}
		if l.role == chat.RoleClaim && i > 0 && out[i-1].role == chat.RoleFinding {
			l.text = "\n" + l.text
		}
		out[i] = l
	}
	return out
}

// header returns what stands over an item's lines. What is too long for its place becomes a line.
func header(it item, lines []line) (author, title string, rest []line) {
	title, rest = it.title, lines
	author = it.Intro
	heading := it.Heading
	if title == "" && prose.Length(escape(heading)) <= maxTitle {
		title, heading = startLine(escape(heading)), ""
	}
	author = strings.TrimSpace(author + " " + heading)
	if prose.Length(author) > maxAuthor {
		return "", title, append([]line{{chat.RoleNote, startLine(escape(author))}}, rest...)
	}
	return author, title, rest
}

// longestAgain is how much of an embed the repeated attribution may take.
const longestAgain = 600

// attribution returns the line that says whose the figures of an item are: by whom and when it was said, else the first of its lines
// that isn't a note.
func attribution(lines []line) string {
	i := slices.IndexFunc(lines, func(l line) bool { return l.role == chat.RoleSaid })
	if i < 0 {
		i = slices.IndexFunc(lines, func(l line) bool { return !nobodys(l.role) })
	}
	if i < 0 {
		return ""
	}
	return again + breakLine(strings.TrimPrefix(lines[i].text, quoteMark), longestAgain)[0]
}

// nobodys reports the role of a line that says nothing of whose a figure is.
func nobodys(r chat.Role) bool {
	return r == chat.RoleNote || r == chat.RoleExample || r == chat.RoleField || r == chat.RoleProblem
}

// moreWarnings ends what leaves caveats to the embed that follows.
const moreWarnings = warning + prose.Ellipsis

// parcel joins lines to texts that fit an embed each. Where there are several, each after the first begins with the attribution,
// and says at its end where more caveats follow: neither a figure nor its warning is ever alone.
func parcel(lines []line, attribution string) []string {
	if text := join(lines); prose.Length(text) <= maxDescription {
		return []string{text}
	}
	room := maxDescription - prose.Length(attribution) - prose.Length(moreWarnings) - len("\n\n")
	var groups [][]line
	size := room + 1
	for _, l := range lines {
		for _, text := range breakLine(l.text, room) {
			if size += prose.Length(text) + len("\n"); size > room {
				groups, size = append(groups, nil), prose.Length(text)
			}
			groups[len(groups)-1] = append(groups[len(groups)-1], line{l.role, text})
		}
	}
	out := make([]string, len(groups))
	for i, g := range groups {
		if i > 0 && attribution != "" {
			g = append([]line{{chat.RoleSaid, attribution}}, g...)
		}
		if warned(groups[i+1:]) {
			g = append(g, line{chat.RoleCaveat, moreWarnings})
		}
		out[i] = join(g)
	}
	return out
}

// warned reports a caveat among groups of lines.
func warned(groups [][]line) bool {
	return slices.ContainsFunc(groups, func(g []line) bool {
		return slices.ContainsFunc(g, func(l line) bool { return l.role == chat.RoleCaveat })
	})
}

func join(lines []line) string {
	texts := make([]string, len(lines))
	for i, l := range lines {
		texts[i] = l.text
	}
	return strings.Join(texts, "\n")
}

// embed returns a piece alone.
func (p piece) embed() *discordgo.MessageEmbed {
	e := &discordgo.MessageEmbed{Title: p.title, Description: p.text, Color: p.colour}
	if p.author != "" {
		e.Author = &discordgo.MessageEmbedAuthor{Name: p.author}
	}
	return e
}

// joins reports whether a piece goes into the embed of the one before it: the claims of one section of the board do.
func (p piece) joins(before piece, into *discordgo.MessageEmbed) bool {
	return p.section != 0 && p.section == before.section && p.item != before.item && p.author == "" &&
		prose.Length(into.Description)+prose.Length(apartFrom+p.text) <= maxDescription
}

// apartFrom parts two claims of one embed.
const apartFrom = "\n\n"
