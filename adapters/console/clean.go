package console

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Clean returns text that a terminal shows and doesn't obey: no escape or other control characters, nothing
// that turns the direction of writing or can't be seen, one line, valid UTF-8. Every text of a claim, an
// asker or an error goes out through it.
func Clean(text string) string {
	return strings.Map(visible, strings.ToValidUTF8(text, string(utf8.RuneError)))
}

func visible(r rune) rune {
	switch {
	case unicode.IsSpace(r) && breaksLine(r):
		return ' '
	case obeyed(r):
		return -1
	}
	return r
}

func breaksLine(r rune) bool {
	return r < ' ' || r == '\u0085' || r == '\u2028' || r == '\u2029'
}

// obeyed reports whether a terminal could act on r or show it as it likes: controls (C0, DEL, C1), formats
// (bidi, zero-width, tags) and private-use characters.
func obeyed(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co)
}

// EscapeJSON writes what a terminal could obey in a JSON document as \u escapes. The document's meaning
// stays: outside of strings JSON holds no such characters.
func EscapeJSON(doc []byte) []byte {
	out := make([]byte, 0, len(doc))
	for len(doc) > 0 {
		r, size := utf8.DecodeRune(doc)
		if r != '\n' && obeyed(r) {
			out = appendEscape(out, r)
		} else {
			out = append(out, doc[:size]...)
		}
		doc = doc[size:]
	}
	return out
}

func appendEscape(out []byte, r rune) []byte {
	if high, low := utf16.EncodeRune(r); high != utf8.RuneError {
		return appendUnit(appendUnit(out, high), low)
	}
	return appendUnit(out, r)
}

func appendUnit(out []byte, unit rune) []byte {
	const hex = "0123456789abcdef"
	return append(out, '\\', 'u', hex[unit>>12&15], hex[unit>>8&15], hex[unit>>4&15], hex[unit&15])
}
