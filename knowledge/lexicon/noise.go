package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// unlink takes addresses out. They are often glued to the word before them, and what they spell is chosen by
// machines.
func unlink(text string) string {
	at := linkAt(text)
	if at < 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	for ; at >= 0; at = linkAt(text) {
		b.WriteString(text[:at])
		b.WriteByte(' ')
		end := strings.IndexFunc(text[at:], endsLink)
		if end < 0 {
			return b.String()
		}
		text = text[at+end:]
	}
	b.WriteString(text)
	return b.String()
}

// linkAt returns where the first link begins, −1 without one.
func linkAt(text string) int {
	first := -1
	for _, start := range []string{"http://", "https://", "www.", "pic.twitter.com/", "t.co/"} {
		at := strings.Index(text, start)
		if at >= 0 && start == "t.co/" && at > 0 && isAlnum(text[at-1]) {
			continue // the end of another name
		}
		if at >= 0 && (first < 0 || at < first) {
			first = at
		}
	}
	return first
}

func isAlnum(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

func endsLink(r rune) bool {
	return unicode.IsSpace(r) || r > unicode.MaxASCII || strings.ContainsRune("<>|\"", r)
}

// longestDate is more than what stands behind the handle of a signature: "September 17, 2019".
const longestDate = 24

// unsign parts a message from the signature that a quoted post ends with: "— Name (@handle) May 1, 2020".
func unsign(text string) (body, signature string) {
	dash := strings.LastIndex(text, "—")
	if dash < 0 {
		return text, ""
	}
	sign := text[dash+len("—"):]
	open := strings.LastIndex(sign, "(@")
	if open < 0 {
		return text, ""
	}
	end := strings.IndexByte(sign[open:], ')')
	if end < 0 || len(sign)-open-end > longestDate {
		return text, ""
	}
	return text[:dash], sign
}

// split parts words that are written together, at capitals and digits: "SaveTheRivers", "NATO2030", "EUCouncil".
func split(run string) []string {
	var out []string
	start := 0
	cut := func(end int) {
		if part := strings.Trim(run[start:end], "_.,'"); part != "" {
			out = append(out, part)
		}
		start = end
	}
	var last rune
	for i, r := range run {
		if i > 0 && parted(last, r, run[i+utf8.RuneLen(r):]) {
			cut(i)
		}
		last = r
	}
	cut(len(run))
	return out
}

// parted reports whether a word ends between two runes, the second of which is followed by rest.
func parted(last, r rune, rest string) bool {
	switch {
	case last == '_' || r == '_':
		return true
	case unicode.IsDigit(last) != unicode.IsDigit(r):
		return unicode.IsDigit(last) || unicode.IsDigit(r)
	case unicode.IsUpper(r) && !unicode.IsUpper(last):
		return true
	case unicode.IsUpper(r): // the last capital of a run begins the next word
		next, _ := utf8.DecodeRuneInString(rest)
		return unicode.IsLower(next) && len(rest) > 1
	}
	return false
}
