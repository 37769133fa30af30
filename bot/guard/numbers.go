package guard

import (
	"strings"
	"unicode/utf8"

	"github.com/whosays/whosays/knowledge"
)

// The guard reads numbers here, and in what this file calls (digits.go, spelled.go, words.go, joins.go,
// decimal.go), and nowhere else. It shares no code with the reader of questions in bot/question, on purpose:
// a guard with the parser's blind spots would let through just what the parser got wrong.
//
// The rule of the reader: it gives a value only where there is one way to read. Everything else that holds a
// digit or a number word ("5S,000", "1/3", "0.420", "tens of thousands") is unread, and an unread number
// stands in a claim only letter by letter.

// kind says what a reader made of a number.
type kind uint8

const (
	exact    kind = iota // one value: num
	calendar             // a date in digits: date
	unread               // no value, or more than one way to read it
)

// token is a number in a text: text[start:end].
type token struct {
	start, end int
	kind       kind
	num        number
	date       knowledge.Date
	width      int  // digits of a bare run ("2025"); 0 where it has separators, decimals or words
	grouped    bool // its digits stand in groups of three
	scaled     bool // words say it, or a word or suffix of magnitude belongs to it
	weak       bool // the low end of a range such as "50–70,000": in a claim it counts for nothing
	monthYear  bool // a date written "12.2025": its year alone is not a number of the text
}

// reader finds the numbers of a text. It is reused from text to text; its tokens are valid until the next read.
type reader struct {
	text string
	toks []token
	run  spelled
	word word
}

// read returns the numbers of text in order, none overlapping but for the ends of ranges. Every numeral of
// text lies in one of them; number words below ten count only beside greater ones.
func (r *reader) read(text string) []token {
	r.text, r.toks, r.run = text, r.toks[:0], spelled{}
	for pos := 0; pos < len(text); {
		pos = r.step(pos)
	}
	r.endRun()
	r.join()
	return r.toks
}

// step reads what begins at pos and returns where the next thing begins.
func (r *reader) step(pos int) int {
	c := r.text[pos]
	switch {
	case c|0x20 >= 'a' && c|0x20 <= 'z':
		return r.letters(pos)
	case c >= '0' && c <= '9':
		return r.digits(pos)
	case c == '_', isCyrillic(r.text, pos):
		return r.letters(pos)
	case c < utf8.RuneSelf:
		return pos + 1
	}
	ch, size := utf8.DecodeRuneInString(r.text[pos:])
	switch classOf(ch) {
	case letter:
		return r.letters(pos)
	case numeral:
		return r.digits(pos)
	}
	return pos + size
}

// letters reads a word. One that runs into a numeral ("km²", "G7") has no value.
func (r *reader) letters(start int) int {
	if end, ok := plainWord(r.text, start); ok {
		return end
	}
	end := r.word.read(r.text, start)
	if c, _ := classAt(r.text, end); c == numeral {
		r.endRun()
		return r.unread(start, end)
	}
	if k, value := r.word.classify(); k != noNumber {
		r.spell(k, value, start, end)
	}
	return end
}

// unread adds a number without a value that begins at start and goes on at pos, and returns its end.
func (r *reader) unread(start, pos int) int {
	end := tailEnd(r.text, pos)
	end += loneSuffix(r.text[end:])
	r.toks = append(r.toks, token{start: start, end: end, kind: unread})
	return end
}

// tailEnd returns where the word or number that goes on at pos ends: letters, marks and numerals, and the
// separators within them.
func tailEnd(text string, pos int) int {
	for pos < len(text) {
		c, size := classAt(text, pos)
		if c == other && !innerSeparator(text, pos) && !strings.HasPrefix(text[pos:], "ʼ") {
			break
		}
		pos += size
	}
	return pos
}

// innerSeparator reports whether the rune at pos ties what is before it to a numeral right after it.
func innerSeparator(text string, pos int) bool {
	ch, size := utf8.DecodeRuneInString(text[pos:])
	if !isTie(ch) {
		return false
	}
	c, _ := classAt(text, pos+size)
	return c == numeral
}

// isTie reports whether ch between two numerals makes them one thing: separators of groups and decimals,
// slashes, colons.
func isTie(ch rune) bool {
	switch ch {
	case '.', ',', ':', '/', '\'', '’', '‘', 'ʼ', '٬', '٫', '،', '，', '．', '·', '⁄', '∕', '＇', '：':
		return true
	}
	return false
}
