package slack

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// term is a part of what was typed behind a command: up to a blank, or what stands in quotation marks.
type term struct {
	raw    string // as Slack brought it
	inner  string // what stands in its quotation marks; else as raw
	quoted bool
}

// closes returns the mark that ends a quotation; 0 where none begins. Keyboards and Slack's own clients make any of them of one key.
func closes(r rune) string {
	switch r {
	case '"':
		return `"”`
	case '“':
		return `”"“`
	case '„':
		return `“”"`
	case '«':
		return "»"
	}
	return ""
}

// wordsIn returns the words of a text. A mention or a link is one, blanks and all, and a quotation that nothing ends is none.
func wordsIn(text string) []term {
	var out []term
	for {
		text = strings.TrimLeftFunc(text, unicode.IsSpace)
		if text == "" {
			return out
		}
		n := wordEnd(text)
		out = append(out, wordOf(text[:n]))
		text = text[n:]
	}
}

// wordEnd returns where the first word of a text ends. A quotation is a part of a word where it begins it, or follows an equals sign.
func wordEnd(text string) int {
	before := ' '
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsSpace(r):
			return i
		case r == '<':
			if end := strings.IndexByte(text[i:], '>'); end > 0 {
				size = end + 1
			}
		case before == ' ' || before == '=':
			if end := quotationEnd(text[i:]); end > 0 {
				size = end
			}
		}
		i += size
		before = r
	}
	return len(text)
}

// quotationEnd returns how long the quotation is that begins a text; 0 where none does. Its end is followed by a blank, or by nothing.
func quotationEnd(text string) int {
	r, first := utf8.DecodeRuneInString(text)
	marks := closes(r)
	if marks == "" {
		return 0
	}
	for i, c := range text[first:] {
		if !strings.ContainsRune(marks, c) {
			continue
		}
		end := first + i + utf8.RuneLen(c)
		if after, n := utf8.DecodeRuneInString(text[end:]); n == 0 || unicode.IsSpace(after) {
			return end
		}
	}
	return 0
}

func wordOf(raw string) term {
	if inner, ok := unquoted(raw); ok {
		return term{raw, inner, true}
	}
	return term{raw: raw, inner: raw}
}

// unquoted returns what stands between the quotation marks around a text.
func unquoted(text string) (string, bool) {
	if end := quotationEnd(text); end == 0 || end != len(text) {
		return "", false
	}
	_, first := utf8.DecodeRuneInString(text)
	_, last := utf8.DecodeLastRuneInString(text)
	return strings.TrimSpace(text[first : len(text)-last]), true
}

// joinWords returns words as one text: what stands in the quotation marks of one that is all there is.
func joinWords(words []term) string {
	if len(words) == 1 {
		return words[0].inner
	}
	raw := make([]string, len(words))
	for i, w := range words {
		raw[i] = w.raw
	}
	return strings.Join(raw, " ")
}
