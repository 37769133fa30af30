package guard

import (
	"unicode"
	"unicode/utf8"
)

// class is what a rune is to the reader of numbers.
type class uint8

const (
	other   class = iota
	letter        // also the underscore: it ties a digit to a word
	mark          // combining marks: they ride on what is before them
	numeral       // digits of every script, fractions, superscripts, Roman numeral characters
)

// classOf sorts a rune. The scripts of most replies come first, for speed.
func classOf(ch rune) class {
	switch {
	case ch < utf8.RuneSelf:
		return asciiClass(byte(ch))
	case ch >= 0x0400 && ch <= 0x052F && (ch < 0x0482 || ch > 0x0489):
		return letter
	case ch >= 0x2000 && ch <= 0x206F, ch == 'ʼ': // the apostrophe that Unicode calls a letter
		return other
	case unicode.IsLetter(ch):
		return letter
	case unicode.IsMark(ch):
		return mark
	case unicode.Is(unicode.N, ch), showsNumber(ch):
		return numeral
	}
	return other
}

func asciiClass(c byte) class {
	switch {
	case c|0x20 >= 'a' && c|0x20 <= 'z', c == '_':
		return letter
	case c >= '0' && c <= '9':
		return numeral
	}
	return other
}

// classAt sorts the rune of text at pos, and gives its size; past the end it is (other, 0).
func classAt(text string, pos int) (class, int) {
	if pos >= len(text) {
		return other, 0
	}
	if c := text[pos]; c < utf8.RuneSelf {
		return asciiClass(c), 1
	}
	ch, size := utf8.DecodeRuneInString(text[pos:])
	return classOf(ch), size
}

// isCyrillic reports whether a letter from U+0400 to U+047F stands at pos: most letters of most replies, known
// by their first byte.
func isCyrillic(s string, pos int) bool {
	return s[pos]|1 == 0xD1 && pos+1 < len(s) && s[pos+1]&0xC0 == 0x80
}

// showsNumber reports whether a rune that Unicode calls a symbol shows a number all the same: the months,
// hours and days of CJK telegrams, the signs for ten and a hundred, the Cyrillic sign of thousands.
func showsNumber(ch rune) bool {
	switch {
	case ch >= 0x32C0 && ch <= 0x32CB, ch >= 0x3358 && ch <= 0x3370, ch >= 0x33E0 && ch <= 0x33FE:
		return true
	}
	return ch == 0x0482 || ch == '🔟' || ch == '💯'
}

// digitValue returns the value of a decimal digit of any script, and the zero of its script.
func digitValue(ch rune) (value int, zero rune, ok bool) {
	if ch >= '0' && ch <= '9' {
		return int(ch - '0'), '0', true
	}
	if ch < utf8.RuneSelf || !unicode.Is(unicode.Nd, ch) {
		return 0, 0, false
	}
	for _, table := range unicode.Nd.R16 {
		if ch <= rune(table.Hi) && ch >= rune(table.Lo) {
			value = int(ch-rune(table.Lo)) % 10 // Unicode lays digits out from zero to nine
			return value, ch - rune(value), true
		}
	}
	for _, table := range unicode.Nd.R32 {
		if ch <= rune(table.Hi) && ch >= rune(table.Lo) {
			value = int(ch-rune(table.Lo)) % 10
			return value, ch - rune(value), true
		}
	}
	return 0, 0, false
}

// isSpace reports whether ch is a space that may stand between a number and its unit.
func isSpace(ch rune) bool {
	return ch == ' ' || unicode.IsSpace(ch)
}

// unseen returns the first rune of s that must not go out, and whether there is one: controls other than the
// newline, bidi and zero-width characters, fillers that show nothing, line separators, private use, and
// bytes that are no UTF-8.
func unseen(s string) (rune, bool) {
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c < 0x7f || c == '\n' {
			i++
			continue
		}
		if isCyrillic(s, i) {
			i += 2
			continue
		}
		ch, size := utf8.DecodeRuneInString(s[i:])
		if ch == utf8.RuneError && size <= 1 || isUnseen(ch) {
			return ch, true
		}
		i += size
	}
	return 0, false
}

func isUnseen(ch rune) bool {
	switch {
	case ch >= 0x0400 && ch <= 0x052F, ch >= 0x2010 && ch <= 0x2027, ch >= 0x2030 && ch <= 0x205E:
		return false
	case ch == 0x034F, ch == 0x115F, ch == 0x1160, ch == 0x17B4, ch == 0x17B5, ch == 0x3164, ch == 0xFFA0,
		ch >= 0x180B && ch <= 0x180F, ch == 0x2800:
		return true
	}
	return unicode.In(ch, unicode.C, unicode.Zl, unicode.Zp)
}
