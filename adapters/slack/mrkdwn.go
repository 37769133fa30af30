package slack

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/whosays/whosays/adapters/prose"
)

// escape returns cleaned text that Slack shows as it is in mrkdwn: nobody is mentioned, nothing links, formats or becomes an
// emoji. What only counts where a line starts is left to startLine.
//
// Slack has entities for & < > and nothing for its other signs (https://docs.slack.dev/messaging/formatting-message-text):
// they are written by signs that look the same and mean nothing to it. What somebody typed stands in plain_text, where
// nothing has to be replaced: see wordsForm.
func escape(text string) string {
	text = prose.Clean(text)
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	for i, r := range text {
		switch {
		case r == ':' && colon(text[i+1:]):
			b.WriteString("∶")
		case r == '@' && mass(text[i+1:]):
			b.WriteString("﹫")
		case twin(r) != "":
			b.WriteString(twin(r))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// twin returns what stands for a sign that Slack could take for markup wherever it stands; "" for others. Slack takes the
// full-width forms for the signs themselves (seen by jsx-slack's authors: yhatt/jsx-slack, docs/about-escape-and-exact-mode.md).
func twin(r rune) string {
	switch r {
	case '&':
		return "&amp;"
	case '<':
		return "&lt;"
	case '>':
		return "&gt;"
	case '*', '＊':
		return "∗" // U+2217, asterisk operator
	case '_', '＿':
		return "ˍ" // U+02CD, modifier letter low macron
	case '~', '～':
		return "∼" // U+223C, tilde operator
	case '`', '｀':
		return "ˋ" // U+02CB, modifier letter grave accent
	case '＞':
		return "˃" // U+02C3, modifier letter right arrowhead
	}
	return ""
}

// colon reports whether a colon in front of rest could open a link ("://") or the name of an emoji (":name:", ":100:"): whether
// another one follows before a blank.
func colon(rest string) bool {
	if strings.HasPrefix(rest, "//") {
		return true
	}
	word, _, _ := strings.Cut(rest, " ")
	return strings.Contains(word, ":")
}

// mass reports whether an @ in front of rest names everybody: Slack reads that in a plain text too, unless told to be verbatim.
func mass(rest string) bool {
	for _, name := range []string{"everyone", "channel", "here", "group"} {
		if len(rest) >= len(name) && strings.EqualFold(rest[:len(name)], name) {
			return true
		}
	}
	return false
}

// entities writes & < > as Slack wants them in plain_text, where nothing else has a meaning.
func entities(text string) string { return entity.Replace(prose.Clean(text)) }

//nolint:gochecknoglobals // a replacer is built once and never changes
var entity = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// startLine returns escaped text that may start a line: as it is, or with another sign for one that would make it a quotation.
func startLine(text string) string {
	text = strings.TrimLeft(text, " ")
	if rest, ok := strings.CutPrefix(text, "&gt;"); ok {
		return "˃" + rest
	}
	return text
}

// bold returns escaped text, emphasised; empty where nothing is left of it. Around it stand blanks, stops or ends of lines: Slack
// emphasises no part of a word.
func bold(text string) string { return wrap("*", text) }

// italic returns escaped text, in italics.
func italic(text string) string { return wrap("_", text) }

func wrap(mark, text string) string {
	text = startLine(trimBlanks(text))
	if text == "" {
		return ""
	}
	return mark + text + mark
}

// trimBlanks leaves out the blanks at both ends, unbreakable ones too: next to one, a mark doesn't count.
func trimBlanks(text string) string { return strings.TrimFunc(text, unicode.IsSpace) }

// tame reports whether a name may be the text of a link: it doesn't look like an address itself, which would let a link seem
// to lead where it doesn't.
func tame(name string) bool {
	for i, r := range name {
		switch r {
		case '|', '@':
			return false
		case '.':
			if dotted(name[:i], name[i+1:]) {
				return false
			}
		}
	}
	return trimBlanks(name) != ""
}

// dotted reports whether a dot between before and after may be one of a host: two letters follow it, and no blank is before it.
func dotted(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, n := utf8.DecodeRuneInString(after)
	second, _ := utf8.DecodeRuneInString(after[n:])
	return before != "" && (unicode.IsLetter(last) || unicode.IsDigit(last)) && unicode.IsLetter(first) && unicode.IsLetter(second)
}
