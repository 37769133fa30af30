package guard

import "unicode/utf8"

// Limits of a furniture part: short, a count of few digits, few words around.
const (
	maxFurnitureRunes  = 40
	maxFurnitureWords  = 4
	maxFurnitureDigits = 4
)

// furniture judges a count of our own, a date of the base or an hour of a schedule.
func (c *checker) furniture(i int, text string) {
	count, words, ok := furnitureOf(text)
	if !ok || words > maxFurnitureWords || utf8.RuneCountInString(text) > maxFurnitureRunes {
		c.add(i, text, WhyFurniture)
		return
	}
	if count < 0 {
		return
	}
	if countsPeople(text) || c.figureLike(count, text) {
		c.add(i, text, WhyFurnitureClaim)
	}
}

// furnitureOf takes text apart: its greatest count (-1 without one) and how many words are around. It is not ok
// where a number is none of a plain count, an ISO date and an hour.
func furnitureOf(text string) (count, words int, ok bool) {
	count = -1
	for pos := 0; pos < len(text); {
		c, size := classAt(text, pos)
		switch c {
		case numeral:
			value, length := countOrMoment(text[pos:])
			if length == 0 {
				return count, words, false
			}
			count, pos = max(count, value), pos+length
		case letter:
			words++
			for c == letter || c == mark {
				pos += size
				c, size = classAt(text, pos)
			}
			if c == numeral { // "v2"
				return count, words, false
			}
		default:
			pos += size
		}
	}
	return count, words, true
}

// countOrMoment reads the count at the start of s, or the date or hour (value -1). Length 0: neither.
func countOrMoment(s string) (value, length int) {
	value, length = -1, momentLength(s)
	if length == 0 {
		value = 0
		for length < len(s) && s[length] >= '0' && s[length] <= '9' && length <= maxFurnitureDigits {
			value = value*10 + int(s[length]-'0')
			length++
		}
		if length == 0 || length > maxFurnitureDigits || splits(s[length:]) {
			return 0, 0
		}
	}
	if c, _ := classAt(s, length); c != other {
		return 0, 0
	}
	return value, length
}

// splits reports whether rest goes on with a separator or a dash and digits: the count before it is a part of a
// number or of a range.
func splits(rest string) bool {
	ch, size := utf8.DecodeRuneInString(rest)
	if ch == '/' || !isTie(ch) && !isGroupSeparator(ch) && ch != '-' && ch != '–' {
		return false
	}
	c, _ := classAt(rest, size)
	return c == numeral
}
