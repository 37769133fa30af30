// Package prose makes what others wrote fit to be shown on a platform, before any markup of its own: in one line, without what
// can't be seen, cut where it is too long, with links that lead where they seem to.
package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean returns text in one line, of valid UTF-8 and without what can't be seen: controls, formats (bidi, zero-width,
// tags), private use, fillers. Every text of a claim, an asker or a base goes out through it, marked up or not.
func Clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ', r == '\u0085', r == '\u2028', r == '\u2029':
			return ' '
		case Unseen(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, string(utf8.RuneError)))
}

// Unseen reports a rune that shows nothing, or changes how others show. The fillers are letters to Unicode, and blank.
func Unseen(r rune) bool {
	switch r {
	case '\u034f', '\u115f', '\u1160', '\u17b4', '\u17b5', '\u2800', '\u3164', '\uffa0':
		return true
	}
	return r >= 0x7f && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co)
}

// Digit reports an ASCII digit.
func Digit(c byte) bool { return '0' <= c && c <= '9' }

// Alphanumeric reports an ASCII letter or digit.
func Alphanumeric(c byte) bool { return Digit(c) || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }
