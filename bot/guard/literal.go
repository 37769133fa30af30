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

// wholeAt reports whether text[start:end] begins and ends where words and numbers do.
func wholeAt(text string, start, end int) bool {
	if attached(text, end) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(text[:end])
	next, size := utf8.DecodeRuneInString(text[end:])
	after, _ := classAt(text, end+size)
	if classOf(last) == numeral && isGroupSeparator(next) && after == numeral {
		return false
	}
	if start == 0 {
		return true
	}
	before, size := utf8.DecodeLastRuneInString(text[:start])
	first, _ := classAt(text, start)
	further, _ := utf8.DecodeLastRuneInString(text[:start-size])
	if first == numeral && (spoils(before) || classOf(further) == numeral && (isTie(before) || isGroupSeparator(before))) {
		return false
	}
	return classOf(before) == other
}

// withoutLinks cuts the web addresses out of a claim's text: their digits are no figures of the claim.
func withoutLinks(text string) string {
	if !strings.Contains(text, "://") {
		return text
	}
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(text, "://")
		out.WriteString(strings.TrimSuffix(strings.TrimSuffix(before, "https"), "http"))
		if !found {
			return out.String()
		}
		out.WriteByte('\n')
		text = rest[linkEnd(rest):]
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
