package guard

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a word in lower case, without stress marks and without the apostrophe of "п'ять".
type word struct {
	buf     [64]byte
	n       int
	latin   uint64 // which of a–z it has
	cyr     uint64 // which of а–я it has, and і as the bit after them
	dropped bool   // it had marks or more letters than fit
}

// text returns the word as far as it was kept.
func (w *word) text() string { return string(w.buf[:w.n]) }

// read takes the word of text at start and returns its end.
func (w *word) read(text string, start int) int {
	w.n, w.latin, w.cyr, w.dropped = 0, 0, 0, false
	pos := start
	for pos < len(text) {
		if pos+1 < len(text) && w.addCyrillic(text[pos], text[pos+1]) {
			pos += 2
			continue
		}
		ch, size := rune(text[pos]), 1
		if ch >= utf8.RuneSelf {
			ch, size = utf8.DecodeRuneInString(text[pos:])
		}
		switch c := classOf(ch); {
		case c == letter:
			w.add(ch)
		case c == mark:
			w.mark(ch)
		case isApostrophe(ch) && isIotated(text[pos+size:]):
		default:
			return pos
		}
		pos += size
	}
	return pos
}

// addCyrillic adds the letter of two bytes when it is one of А–Я and а–я: the shortest way for most letters.
func (w *word) addCyrillic(b0, b1 byte) bool {
	if b0|1 != 0xD1 || b1&0xC0 != 0x80 || w.n+2 > len(w.buf) {
		return false
	}
	ch := uint(b0&0x1F)<<6 | uint(b1&0x3F) - 'А'
	if ch >= 'я'+1-'А' {
		return false
	}
	if ch < 'а'-'А' {
		ch += 'а' - 'А'
	}
	w.cyr |= 1 << (ch - ('а' - 'А'))
	ch += 'А'
	w.buf[w.n], w.buf[w.n+1] = byte(0xC0|ch>>6), byte(0x80|ch&0x3F)
	w.n += 2
	return true
}

func (w *word) add(ch rune) {
	ch = lower(ch)
	switch {
	case ch >= 'a' && ch <= 'z':
		w.latin |= 1 << (ch - 'a')
	case ch >= 'а' && ch <= 'я':
		w.cyr |= 1 << (ch - 'а')
	case ch == 'і':
		w.cyr |= 1 << 32
	}
	if w.n+utf8.RuneLen(ch) > len(w.buf) {
		w.dropped = true
		return
	}
	w.n += utf8.EncodeRune(w.buf[w.n:], ch)
}

// mark composes the letters that Ukrainian and Russian write with a mark; other marks, such as stress, go.
func (w *word) mark(ch rune) {
	s := w.buf[:w.n]
	switch {
	case ch == 0x0306 && strings.HasSuffix(string(s), "и"):
		w.n -= len("и")
		w.add('й')
	case ch == 0x0308 && strings.HasSuffix(string(s), "і"):
		w.n -= len("і")
		w.add('ї')
	default:
		w.dropped = true
	}
}

// lower folds case, full-width letters, and the letters that only look different in old print.
func lower(ch rune) rune {
	switch {
	case ch >= 'A' && ch <= 'Z', ch >= 'А' && ch <= 'Я':
		return ch + 0x20
	case ch < utf8.RuneSelf, ch >= 'а' && ch <= 'џ':
		return ch
	case ch >= 0x0400 && ch <= 0x040F:
		return ch + 0x50
	case ch >= 0xFF21 && ch <= 0xFF3A:
		return ch - 0xFF21 + 'a'
	case ch >= 0xFF41 && ch <= 0xFF5A:
		return ch - 0xFF41 + 'a'
	case ch == 'ſ':
		return 's'
	case ch == 'ı':
		return 'i'
	}
	return unicode.ToLower(ch)
}

func isApostrophe(ch rune) bool {
	return ch == '\'' || ch == '’' || ch == 'ʼ' || ch == '‘' || ch == '＇' || ch == '`' || ch == '′'
}

// isIotated reports whether s begins with a letter that Ukrainian writes behind an apostrophe.
func isIotated(s string) bool {
	ch, _ := utf8.DecodeRuneInString(s)
	switch lower(ch) {
	case 'я', 'ю', 'є', 'ї':
		return true
	}
	return false
}
