package guard

import "unicode/utf8"

// magnitude takes the word or suffix of magnitude after tok into it: "55k", "55 тис.", "2.5 million". It
// reports whether tok can still be read: letters that touch a number and are no magnitude ("5S") spoil it.
func (r *reader) magnitude(tok *token) bool {
	start, touches := tok.end, true
	c, size := classAt(r.text, start)
	if c == other && size > 0 {
		space, _ := utf8.DecodeRuneInString(r.text[start:])
		if !isSpace(space) {
			return true
		}
		start, touches = start+size, false
		c, _ = classAt(r.text, start)
	}
	if c != letter {
		return !touches || c == other
	}
	end := r.word.read(r.text, start)
	if r.word.dropped {
		return !touches
	}
	exp, suffix := magnitudeOf(r.word.text())
	switch {
	case suffix && !touches: // "500 m": metres or millions
		return false
	case exp == 0:
		return !touches
	}
	tok.num, tok.end, tok.scaled = tok.num.times(exp), end, true
	return true
}

// magnitudeOf returns the power of ten that a word behind digits stands for, and whether it is a suffix that
// has to touch them. Only the forms that stand behind digits are here: "55 тысячами" is left unread. A suffix
// with the power 0 is one that could be meant ("55к") but is not read.
func magnitudeOf(word string) (exp int, suffix bool) {
	switch word {
	case "k":
		return 3, true
	case "m":
		return 6, true
	case "к", "м":
		return 0, true
	case "thousand", "тыс", "тысяч", "тысячи", "тысяча", "тис", "тисяч", "тисячі", "тисяча":
		return 3, false
	case "mn", "mln", "million", "millions", "млн", "миллион", "миллиона", "миллионов", "мільйон", "мільйона",
		"мільйонів":
		return 6, false
	case "bn", "billion", "млрд", "миллиард", "миллиардов", "мільярд", "мільярдів":
		return 9, false
	}
	return 0, false
}

// ordinalSize returns the length of the English ending in "20th", 0 where there is none.
func ordinalSize(rest string) int {
	if len(rest) < 2 {
		return 0
	}
	switch rest[:2] {
	case "st", "nd", "rd", "th":
		return 2
	}
	return 0
}

// loneSuffix returns the length of a space and a suffix of magnitude that stands alone ("5 k"), 0 without one.
func loneSuffix(rest string) int {
	ch, space := utf8.DecodeRuneInString(rest)
	if !isSpace(ch) {
		return 0
	}
	ch, size := utf8.DecodeRuneInString(rest[space:])
	if c, _ := classAt(rest, space+size); c != other {
		return 0
	}
	switch lower(ch) {
	case 'k', 'm', 'к', 'м':
		return space + size
	}
	return 0
}
