package guard

import (
	"strings"
	"unicode/utf8"
)

// standsIn reports whether words stand in a text of the claim letter by letter, in either case, and not as a
// part of longer words or numbers.
func (l *ledger) standsIn(words string) bool {
	words = strings.ToLower(words)
	found := false
	eachText(l.claim, func(text string) bool {
		text = strings.ToLower(text)
		for at := 0; !found; {
			i := strings.Index(text[at:], words)
			if i < 0 {
				return true
			}
			i += at
			found = wholeAt(text, i, i+len(words))
			_, size := utf8.DecodeRuneInString(text[i:])
			at = i + size
		}
		return false
	})
	return found
}

// wholeAt reports whether text[start:end] ends where words and numbers end.
func wholeAt(text string, start, end int) bool {
	if attached(text, end) {
		return false
	}
	if start == 0 {
		return true
	}
	ch, size := utf8.DecodeLastRuneInString(text[:start])
	if classOf(ch) != other {
		return false
	}
	first, _ := classAt(text, start)
	before, _ := utf8.DecodeLastRuneInString(text[:start-size])
	return !isTie(ch) || first != numeral || classOf(before) != numeral
}
