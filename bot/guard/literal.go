package guard

import (
	"strings"
	"unicode/utf8"
)

// standsIn reports whether words stand in a text of the claim letter by letter, in either case, and neither as a
// part of a longer word nor of a longer number.
func (l *ledger) standsIn(r *reader, words string) bool {
	words = strings.ToLower(words)
	found := false
	eachText(l.claim, func(text string) bool {
		found = standsIn(r, strings.ToLower(withoutLinks(text)), words)
		return !found
	})
	return found
}

// standsIn reports whether words stand in a text as they are.
func standsIn(r *reader, text, words string) bool {
	if !strings.Contains(text, words) {
		return false
	}
	toks := r.read(text)
	for at := 0; ; {
		i := strings.Index(text[at:], words)
		if i < 0 {
			return false
		}
		if i += at; wholeAt(text, i, i+len(words)) && !splitsNumber(toks, i, i+len(words)) {
			return true
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		at = i + size
	}
}

// wholeAt reports whether text[start:end] begins and ends where words do.
func wholeAt(text string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	return classOf(before) == other && !attached(text, end)
}

// splitsNumber reports whether one of the numbers of a text lies in [start, end) with a part of it only.
func splitsNumber(toks []token, start, end int) bool {
	for _, tok := range toks {
		if tok.start < end && tok.end > start && (tok.start < start || tok.end > end) {
			return true
		}
	}
	return false
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
