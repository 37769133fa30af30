package discord

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/whosays/whosays/adapters/prose"
)

// escape returns cleaned text that Discord shows as it is: nobody is mentioned, nothing links, embeds, hides or
// formats. What only counts where a line starts is left to startLine. A backslash never stands between the digits of a number.
//
// Discord takes a backslash in front of anything but ASCII letters, digits and blanks. Its server, which finds what
// to unfurl, knows no backslash: that's why "://" and the slash after a host are broken apart by one.
func escape(text string) string {
	text = prose.Clean(text)
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	host := false // a dot stood in this run of non-blanks
	for i, r := range text {
		switch r {
		case ' ':
			host = false
		case '.':
			host = true
		}
		if special(r) || r == ':' && colon(text, i) || r == '/' && host && !between(text, i) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// special reports what is markup wherever it stands, alone or with others of its kind: emphasis, code, spoilers, links,
// and all that stands between angle brackets (mentions, emoji, times, links, commands).
func special(r rune) bool {
	return r < utf8.RuneSelf && strings.ContainsRune("\\*_~`|<>[]@#", r)
}

// colon reports whether the colon at i could open a link ("://") or the name of an emoji (":name:", ":100:").
func colon(text string, i int) bool {
	rest := text[i+1:]
	name := 0
	for name < len(rest) && (prose.Alphanumeric(rest[name]) || strings.IndexByte("_+-~", rest[name]) >= 0 || rest[name] >= utf8.RuneSelf) {
		name++
	}
	closed := name > 0 && name < len(rest) && rest[name] == ':'
	return closed || strings.HasPrefix(rest, "/") || name > 0 && !between(text, i)
}

// between reports whether a digit stands on each side of the byte at i: "12:30", "1/2".
func between(text string, i int) bool {
	return i > 0 && i+1 < len(text) && prose.Digit(text[i-1]) && prose.Digit(text[i+1])
}

// startLine returns escaped text that may start a line: as it is, or with a backslash in what would make it a heading,
// a list, a quotation or small print there.
func startLine(text string) string {
	text = strings.TrimLeft(text, " ")
	if text == "" {
		return ""
	}
	switch text[0] {
	case '-', '+':
		return "\\" + text
	}
	n := 0
	for n < len(text) && prose.Digit(text[n]) {
		n++
	}
	if n > 0 && n < len(text) && (text[n] == '.' || text[n] == ')') && (n+1 == len(text) || text[n+1] == ' ') {
		return text[:n] + "\\" + text[n:]
	}
	return text
}

// bold returns escaped text, emphasised; empty where nothing is left of it.
func bold(text string) string { return wrap("**", text) }

// italic returns escaped text, in italics.
func italic(text string) string { return wrap("*", text) }

func wrap(mark, text string) string {
	text = startLine(strings.TrimSpace(text))
	if text == "" {
		return ""
	}
	return mark + text + mark
}

// tame reports whether text shows as it is within the brackets of a link, where Discord takes no backslash, drops the
// blanks that hold numbers together, and refuses emoji and whatever looks like a link.
func tame(text string) bool {
	return text != "" && startLine(escape(text)) == text && strings.IndexFunc(text, func(r rune) bool {
		return r != ' ' && unicode.IsSpace(r) || r > 0xffff || unicode.In(r, unicode.So, unicode.Mn, unicode.Me)
	}) < 0
}
