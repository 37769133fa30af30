package discord

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"
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
)

// length returns how long Discord finds a text: in UTF-16 units, as its clients count. Its API counts code points, which are
// never more.
func length(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}

// weight returns how much of maxAllEmbeds an embed takes.
func weight(e *discordgo.MessageEmbed) int {
	n := length(e.Title) + length(e.Description)
	if e.Author != nil {
		n += length(e.Author.Name)
	}
	if e.Footer != nil {
		n += length(e.Footer.Text)
	}
	return n
}

// ellipsis stands where a text goes on, or ended before its end.
const ellipsis = "…"

// cut returns plain text of at most limit characters: as it is, or up to the last word that fits, with an ellipsis. It never
// cuts within a number.
func cut(text string, limit int) string {
	text = strings.TrimSpace(text)
	if length(text) <= limit {
		return text
	}
	first, _ := split(plainAtoms(text), limit-length(ellipsis))
	return strings.TrimRight(strings.Join(first, ""), " ,;:—–-(“«") + ellipsis
}

// breakLine returns a line of finished markup as lines of at most limit characters, broken at blanks; within words only where one
// is longer than that, within numbers and links never. Emphasis and quotation go on in every line. What
// can't be broken and doesn't fit, as a number of thousands of digits, is left out, and an ellipsis stands for it.
func breakLine(line string, limit int) []string {
	if length(line) <= limit {
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
		first, rest = split(rest, limit-length(head)-len("****")-2*length(ellipsis))
		open = emphasis(open, first)
		body := strings.TrimRight(strings.Join(first, ""), " ")
		if len(out) > 0 {
			head += ellipsis
		}
		if len(rest) > 0 {
			body += ellipsis
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

// split parts atoms after the last blank within limit, or after the last atom that fits where there is none. An atom that
// alone is longer becomes an ellipsis. It always takes something.
func split(atoms []string, limit int) (first, rest []string) {
	n, blank := 0, 0
	for i, a := range atoms {
		size := length(a)
		if size > limit {
			atoms[i], size = ellipsis, length(ellipsis)
		}
		if n+size > limit && i > 0 {
			if blank > 0 {
				i = blank
			}
			return atoms[:i], atoms[i:]
		}
		n += size
		if a == " " {
			blank = i + 1
		}
	}
	return atoms, nil
}

// plainAtoms returns the pieces of plain text that mustn't be broken: numbers, and characters with their marks.
func plainAtoms(text string) []string { return atoms(text, false) }

// markupAtoms returns those of finished markup: escaped characters, links and marks of emphasis too.
func markupAtoms(text string) []string { return atoms(text, true) }

func atoms(text string, markup bool) []string {
	out := make([]string, 0, len(text))
	for text != "" {
		n := 0
		if markup {
			n = marked(text)
		}
		if n == 0 {
			n = unbroken(text)
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
	}
	return 0
}

// unbroken returns how many bytes at the start of a text are one number, or one character with its marks. A number goes
// on over one blank or sign between digits ("55 000", "2026-02-04", "1.5"), and over the dash of a range ("5 – 9").
func unbroken(text string) int {
	first, n := utf8.DecodeRuneInString(text)
	for n < len(text) {
		r, size := utf8.DecodeRuneInString(text[n:])
		switch {
		case unicode.Is(unicode.M, r), unicode.IsDigit(first) && unicode.IsDigit(r):
			n += size
		case unicode.IsDigit(first) && joint(text[n:]) > 0:
			n += joint(text[n:])
		default:
			return n
		}
	}
	return n
}

// joint returns how many bytes at the start of a text join the digits before it with one behind it; 0: none do.
func joint(text string) int {
	if rest, escaped := strings.CutPrefix(text, "\\"); escaped {
		if n := joint(rest); n > 0 {
			return 1 + n
		}
		return 0
	}
	_, n := utf8.DecodeRuneInString(text)
	if !strings.ContainsAny(text[:n], ".,:/-–'’\u00a0\u202f\u2009 ") {
		return 0
	}
	for _, dash := range []string{" – ", " - "} {
		if strings.HasPrefix(text, dash) {
			n = len(dash)
		}
	}
	if r, _ := utf8.DecodeRuneInString(text[n:]); unicode.IsDigit(r) {
		return n
	}
	return 0
}
