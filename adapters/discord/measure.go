package discord

import (
	"strings"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/prose"
)

// The limits of Discord on one message, in characters (https://discord.com/developers/docs/resources/message).
const (
	maxContent     = 2000
	maxEmbeds      = 10
	maxTitle       = 256
	maxDescription = 4096
	maxAuthor      = 256
	maxFooter      = 2048
	maxAllEmbeds   = 6000 // titles, descriptions, authors, footers of all embeds of one message
	maxRows        = 5
	maxInRow       = 5
	maxLabel       = 80
	maxCustomID    = 100
	maxOptions     = 25
	maxOption      = 100 // of an option's label, value and description, each
	maxPlaceholder = 150
	maxModalTitle  = 45
	maxInputLabel  = 45
	maxInputHint   = 100
	maxInputs      = 5    // of a modal
	maxInput       = 4000 // of what is typed into one
)

// weight returns how much of maxAllEmbeds an embed takes.
func weight(e *discordgo.MessageEmbed) int {
	n := prose.Length(e.Title) + prose.Length(e.Description)
	if e.Author != nil {
		n += prose.Length(e.Author.Name)
	}
	if e.Footer != nil {
		n += prose.Length(e.Footer.Text)
	}
	return n
}

// breakLine returns a line of finished markup as lines of at most limit characters, broken at blanks; within words only where one
// is longer than that, within numbers and links never. Emphasis and quotation go on in every line. What
// can't be broken and doesn't fit, as a number of thousands of digits, is left out, and an prose.Ellipsis stands for it.
func breakLine(line string, limit int) []string {
	if prose.Length(line) <= limit {
		return []string{line}
	}
	quote := ""
	if rest, ok := strings.CutPrefix(line, quoteMark); ok {
		quote, line = quoteMark, rest
	}
	var out []string
	open := ""
	for rest := markupAtoms(line); len(rest) > 0; {
		head := quote + open
		var first []string
		first, rest = prose.Split(rest, limit-prose.Length(head)-len("****")-2*prose.Length(prose.Ellipsis))
		open = emphasis(open, first)
		body := strings.TrimRight(strings.Join(first, ""), " ")
		if len(out) > 0 {
			head += prose.Ellipsis
		}
		if len(rest) > 0 {
			body += prose.Ellipsis
		}
		out = append(out, head+body+open)
	}
	return out
}

// quoteMark starts a line of quotation.
const quoteMark = "> "

// emphasis returns the mark that is open after some atoms, where open was before them.
func emphasis(open string, atoms []string) string {
	for _, a := range atoms {
		switch {
		case a != "*" && a != "**":
		case open == a:
			open = ""
		case open == "":
			open = a
		}
	}
	return open
}

// markupAtoms returns the pieces of finished markup that mustn't be broken: numbers, characters with their marks, escaped
// ones, links and marks of emphasis.
func markupAtoms(text string) []string {
	out := make([]string, 0, len(text))
	for text != "" {
		n := marked(text)
		if n == 0 {
			n = prose.Unbroken(text)
		}
		out = append(out, text[:n])
		text = text[n:]
	}
	return out
}

// marked returns how many bytes of markup stand at the start of a text; 0: none.
func marked(text string) int {
	switch text[0] {
	case '\\':
		_, size := utf8.DecodeRuneInString(text[1:])
		return 1 + size
	case '*':
		if strings.HasPrefix(text, "**") {
			return len("**")
		}
		return len("*")
	case '[': // every bracket of a text is escaped: this one opens a link of ours
		if end := strings.Index(text, ">)"); end >= 0 {
			return end + len(">)")
		}
	case '<': // as above: this one opens the name of a channel
		if end := strings.IndexByte(text, '>'); end >= 0 {
			return end + 1
		}
	}
	return 0
}
