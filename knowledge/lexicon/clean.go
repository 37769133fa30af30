package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Clean returns text fit for reading and for showing: valid UTF-8 in NFKC, white space folded to single
// blanks (line breaks kept), control characters, bidi controls, zero-widths and private-use runes out, digits
// of every script as 0–9. Numbers are never mapped by likeness (O is no 0): guides/reliability.md.
func Clean(text string) string {
	if clean(text) {
		return text
	}
	if text = strings.Map(visible, strings.ToValidUTF8(text, "�")); clean(text) {
		return text
	}
	return compose(text)
}

// compose is Clean, of a text whose runes may all stay.
func compose(text string) string {
	text = norm.NFKC.String(text)
	var b strings.Builder
	b.Grow(len(text))
	blank := true
	for _, r := range text {
		switch {
		case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
			if b.Len() > 0 {
				b.WriteByte('\n')
			}
			blank = true
		case unicode.IsSpace(r):
			if !blank {
				b.WriteByte(' ')
			}
			blank = true
		case invisible(r):
		default:
			b.WriteRune(digit(r))
			blank = false
		}
	}
	return strings.TrimSpace(b.String())
}

// clean reports a text that Clean leaves as it is, as most claims are: letters of our languages in their usual form,
// ASCII, single blanks. It may miss some.
func clean(text string) bool {
	blank := true
	for _, r := range text {
		switch {
		case r == ' ':
			if blank {
				return false
			}
			blank = true
			continue
		case !usual(r):
			return false
		}
		blank = false
	}
	return !blank || text == ""
}

// usual reports most of the runes that no text is cleaned of, and that nothing is put in the place of.
func usual(r rune) bool {
	return r > ' ' && r < 0x7f || r >= 'А' && r <= 'я' || strings.ContainsRune("ЁёЄєІіЇїҐґ’—–«»“”", r)
}

// visible returns a rune that may stay, else -1, for strings.Map. Runes go before letters and accents are joined,
// for the ones between which they stood join then.
func visible(r rune) rune {
	switch {
	case r == ' ' || usual(r):
		return r
	case r == '\u00a0':
		return ' ' // as NFKC does
	case unicode.Is(unicode.No, r):
		return ' ' // a superscript or a fraction: NFKC would make it digits of the number before it
	}
	if !unicode.IsSpace(r) && invisible(r) {
		return -1
	}
	return r
}

// invisible reports runes that show nothing, or change how others show.
func invisible(r rune) bool {
	return r == 0x2800 || r >= 0x80 && unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) ||
		unicode.Is(unicode.Cc, r)
}

// digit returns a decimal digit of any script as its ASCII one: digits stand in runs of ten in category Nd.
func digit(r rune) rune {
	if r < 0x80 || !unicode.Is(unicode.Nd, r) {
		return r
	}
	for _, t := range unicode.Nd.R16 {
		if r >= rune(t.Lo) && r <= rune(t.Hi) {
			return '0' + (r-rune(t.Lo))%10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if r >= rune(t.Lo) && r <= rune(t.Hi) {
			return '0' + (r-rune(t.Lo))%10
		}
	}
	return r
}

// fold lowers a word and evens out letters that are written in several ways.
func fold(s string) string {
	if folded(s) {
		return s
	}
	s = strings.ToLower(s)
	if !strings.ContainsAny(s, "ё’ʼ‘`´") {
		return s
	}
	return folder.Replace(s)
}

// folded reports what fold leaves as it is, as most words are: lower case, of letters without variants. It may miss some.
func folded(s string) bool {
	for _, r := range s {
		if r >= 'A' && r <= 'Z' || r == '`' || r >= utf8.RuneSelf && (r < 'а' || r > 'я') && r != 'і' && r != 'ї' && r != 'є' && r != 'ґ' {
			return false
		}
	}
	return true
}

var folder = strings.NewReplacer("ё", "е", "’", "'", "ʼ", "'", "‘", "'", "`", "'", "´", "'") //nolint:gochecknoglobals // read-only table
