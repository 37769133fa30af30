package guard

import "unicode/utf8"

// plainWord returns the end of an ASCII word that no numeral can begin like; it saves reading most words
// letter by letter. Not ok: the word has to be read.
func plainWord(text string, start int) (end int, ok bool) {
	end = start
	for end < len(text) && asciiClass(text[end]) == letter {
		end++
	}
	if end < len(text) && (text[end] >= utf8.RuneSelf || asciiClass(text[end]) == numeral) {
		return end, false
	}
	if end-start < 2 {
		return end, true
	}
	return end, !beginsNumeral(text[start]|0x20, text[start+1]|0x20)
}

// beginsNumeral reports whether a number word or a compound of one ("multimillion") may begin with two letters.
func beginsNumeral(a, b byte) bool {
	switch a {
	case 'o':
		return b == 'n'
	case 't':
		return b == 'w' || b == 'h' || b == 'e' || b == 'r'
	case 'f':
		return b == 'o' || b == 'i'
	case 's':
		return b == 'i' || b == 'e'
	case 'e':
		return b == 'i' || b == 'l'
	case 'n', 'z', 'g':
		return b == 'i' || b == 'e' || b == 'a' || b == 'o'
	case 'h':
		return b == 'u'
	case 'm':
		return b == 'i' || b == 'u' || b == 'n' || b == 'l' || b == 'e'
	case 'b':
		return b == 'i' || b == 'n'
	case 'd':
		return b == 'o'
	}
	return a == 'q' || a == '_'|0x20
}
