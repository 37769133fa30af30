package guard

import (
	"strings"
	"unicode/utf8"
)

// digitRun is a row of decimal digits of one script.
type digitRun struct {
	mant  uint64
	width int
	end   int
	zero  rune // the zero of the script
	first int  // the value of the first digit
	mixed bool // digits of several scripts stand side by side
}

// runAt reads the digits at pos. Its width is 0 where none stand there.
func runAt(text string, pos int) digitRun {
	run := digitRun{end: pos}
	for run.end < len(text) {
		ch, size := rune(text[run.end]), 1
		if ch >= utf8.RuneSelf {
			ch, size = utf8.DecodeRuneInString(text[run.end:])
		}
		value, zero, ok := digitValue(ch)
		if !ok {
			break
		}
		if run.width == 0 {
			run.zero, run.first = zero, value
		}
		run.mixed = run.mixed || zero != run.zero
		run.mant = run.mant*10 + uint64(value) // may wrap: more than maxDigits are never a value
		run.width++
		run.end += size
	}
	return run
}

// follows reports whether digits of a given width in the same script stand at pos.
func (run digitRun) follows(text string, pos, width int) (digitRun, bool) {
	next := runAt(text, pos)
	return next, next.width == width && !next.mixed && next.zero == run.zero
}

// digits reads the number that begins with the numeral at start.
func (r *reader) digits(start int) int {
	r.endRun()
	run := runAt(r.text, start)
	if before, size := utf8.DecodeLastRuneInString(r.text[:start]); spoils(before) {
		return r.unread(start-size, run.end)
	}
	if run.width == 0 || run.mixed {
		return r.unread(start, run.end)
	}
	tok := token{start: start, kind: calendar}
	tok.date, tok.end, tok.monthYear = dateAt(r.text, run)
	if tok.end == 0 {
		var ok bool
		if tok, ok = figureAt(r.text, start, run); !ok {
			return r.unread(start, tok.end)
		}
		if size := ordinalSize(r.text[tok.end:]); size > 0 {
			tok.end += size
		} else if !r.magnitude(&tok) {
			return r.unread(start, tok.end)
		}
	}
	if attached(r.text, tok.end) || tok.kind == calendar && (tok.date.IsZero() || goesOn(r.text[tok.end:])) {
		return r.unread(start, tok.end)
	}
	r.toks = append(r.toks, tok)
	return tok.end
}

// goesOn reports whether a hyphen and a digit follow a date: "2025-12-3" is none.
func goesOn(rest string) bool {
	c, _ := classAt(rest, 1)
	return strings.HasPrefix(rest, "-") && c == numeral
}

// spoils reports whether a number right behind ch is no number of its own: ".5" and "killed.5" are fractions or
// slips; the apostrophe that Unicode calls a letter makes it a part of a word.
func spoils(ch rune) bool { return ch == '.' || ch == '٫' || ch == '．' || ch == 'ʼ' }

// figureAt reads groups and decimals. Not ok: there is no value, or more than one way to read it.
func figureAt(text string, start int, run digitRun) (token, bool) {
	tok := token{start: start, end: run.end, width: run.width}
	mant, digits, exp := run.mant, run.width, 0
	separator, size := utf8.DecodeRuneInString(text[run.end:])
	for isGroupSeparator(separator) && run.width <= 3 {
		next, ok := run.follows(text, tok.end+size, 3)
		if sep, _ := utf8.DecodeRuneInString(text[tok.end:]); next.width != 3 || sep != separator {
			break
		}
		if !ok { // a group in another script
			tok.end = next.end
			return tok, false
		}
		mant, digits, tok.end, tok.grouped, tok.width = mant*1000+next.mant, digits+3, next.end, true, 0
	}
	point, size := utf8.DecodeRuneInString(text[tok.end:])
	if isPoint(point) && !(tok.grouped && point == separator) {
		next := runAt(text, tok.end+size)
		if (next.width == 1 || next.width == 2) && !next.mixed && next.zero == run.zero {
			for range next.width {
				mant *= 10
			}
			mant, digits, tok.end, exp, tok.width = mant+next.mant, digits+next.width, next.end, -next.width, 0
		}
	}
	tok.num = decimal(mant, exp)
	leadingZero := run.first == 0 && (tok.grouped || run.width > 2 || run.width == 2 && exp < 0)
	return tok, digits <= maxDigits && !leadingZero
}

// attached reports whether what stands at pos belongs to the number before it, so that its value is not sure.
func attached(text string, pos int) bool {
	c, size := classAt(text, pos)
	return c != other || size > 0 && (innerSeparator(text, pos) || strings.HasPrefix(text[pos:], "ʼ"))
}

func isGroupSeparator(ch rune) bool {
	switch ch {
	case ',', '.', ' ', '\u00a0', '\u202f', '\u2009', '\u2007', '\'', '’', '٬', '，', '．':
		return true
	}
	return false
}

func isPoint(ch rune) bool {
	return ch == '.' || ch == ',' || ch == '٫' || ch == '．' || ch == '，'
}
