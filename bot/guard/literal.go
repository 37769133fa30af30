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
		text = strings.ToLower(withoutLinks(text))
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

// withoutLinks cuts the web addresses out of a claim's text: their digits are no figures of the claim.
func withoutLinks(text string) string {
	for {
		at := strings.Index(text, "://")
		if at < 0 {
			return text
		}
		start := at
		if before := text[:at]; strings.HasSuffix(before, "https") {
			start -= len("https")
		} else if strings.HasSuffix(before, "http") {
			start -= len("http")
		}
		text = text[:start] + "\n" + text[at+len("://")+linkEnd(text[at+len("://"):]):]
	}
}

// linkEnd returns where an address ends in rest.
func linkEnd(rest string) int {
	for i, ch := range rest {
		if ch == '"' || isSpace(ch) {
			return i
		}
	}
	return len(rest)
}
