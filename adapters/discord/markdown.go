package discord

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean returns text in one line, of valid UTF-8 and without what can't be seen: controls, formats (bidi, zero-width,
// tags), private use, fillers. Every text of a claim, an asker or a base goes out through it, marked up or not.
func clean(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r < ' ', r == '\u0085', r == '\u2028', r == '\u2029':
			return ' '
		case unseen(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, string(utf8.RuneError)))
	return text
}

// unseen reports a rune that shows nothing, or changes how others show. The fillers are letters to Unicode, and blank.
func unseen(r rune) bool {
	switch r {
	case '\u034f', '\u115f', '\u1160', '\u17b4', '\u17b5', '\u2800', '\u3164', '\uffa0':
		return true
	}
	return r >= 0x7f && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co)
}

// escape returns cleaned text that Discord shows as it is: nobody is mentioned, nothing links, embeds, hides or
// formats. What only counts where a line starts is left to startLine. A backslash never stands between the digits of a number.
//
// Discord takes a backslash in front of anything but ASCII letters, digits and blanks. Its server, which finds what
// to unfurl, knows no backslash: that's why "://" and the slash after a host are broken apart by one.
func escape(text string) string {
	text = clean(text)
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
	for name < len(rest) && (alphanumeric(rest[name]) || strings.IndexByte("_+-~", rest[name]) >= 0 || rest[name] >= utf8.RuneSelf) {
		name++
	}
	closed := name > 0 && name < len(rest) && rest[name] == ':'
	return closed || strings.HasPrefix(rest, "/") || name > 0 && !between(text, i)
}

// between reports whether a digit stands on each side of the byte at i: "12:30", "1/2".
func between(text string, i int) bool {
	return i > 0 && i+1 < len(text) && digit(text[i-1]) && digit(text[i+1])
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

func alphanumeric(c byte) bool { return digit(c) || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

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
	for n < len(text) && digit(text[n]) {
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
