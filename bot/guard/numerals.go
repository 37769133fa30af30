package guard

import (
	"strings"
	"unicode/utf8"
)

// numeralKind is what a word is in the grammar of spelled numbers.
type numeralKind uint8

const (
	noNumber numeralKind = iota
	unit                 // zero to nine: never a number on its own
	teen                 // ten to nineteen
	tens                 // twenty, thirty …
	hundred              // the English word that multiplies
	hundreds             // двести, двісті: hundreds in one word
	scale                // thousand, million, billion
	vague                // states an amount, but which one isn't read: dozens, сотні, hundredth
)

// classify says what the word is, and its value.
func (w *word) classify() (numeralKind, uint64) {
	k, value := noNumber, uint64(0)
	if w.latin != 0 {
		k, value = w.classifyLatin()
	}
	if k == noNumber && w.cyr != 0 {
		k, value = w.classifyCyrillic()
	}
	return k, value
}

func (w *word) classifyLatin() (numeralKind, uint64) {
	if w.n >= 2 && w.n <= len("seventeen") {
		if k, value := englishNumeral(w.text()); k != noNumber {
			return k, value
		}
	}
	if w.n >= len("dozen") && w.vagueLatin() {
		return vague, 0
	}
	return noNumber, 0
}

func englishNumeral(s string) (numeralKind, uint64) {
	switch s {
	case "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine":
		return unit, englishUnit(s)
	case "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen":
		return teen, englishTeen(s)
	case "twenty", "thirty", "forty", "fourty", "fifty", "sixty", "seventy", "eighty", "ninety":
		return tens, englishTens(s)
	case "hundred":
		return hundred, 100
	case "thousand":
		return scale, 1e3
	case "million", "mln", "mn":
		return scale, 1e6
	case "billion", "bn":
		return scale, 1e9
	case "trillion":
		return scale, 1e12
	case "tens":
		return vague, 0
	}
	return noNumber, 0
}

func englishUnit(s string) uint64 {
	return place(s, "zero one two three four five six seven eight nine")
}

func englishTeen(s string) uint64 {
	return 10 + place(s, "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
}

func englishTens(s string) uint64 {
	if s == "fourty" {
		return 40
	}
	return 20 + 10*place(s, "twenty thirty forty fifty sixty seventy eighty ninety")
}

// place returns which word of list s is, the first being 0.
func place(s, list string) uint64 {
	n := uint64(0)
	for w := range strings.SplitSeq(list, " ") {
		if w == s {
			return n
		}
		n++
	}
	return n
}

// The letters of a stem, to look for it only in words that have them all.
const (
	inHundred  = 1<<('h'-'a') | 1<<('u'-'a') | 1<<('n'-'a') | 1<<('d'-'a') | 1<<('r'-'a')
	inThousand = 1<<('t'-'a') | 1<<('h'-'a') | 1<<('o'-'a') | 1<<('u'-'a') | 1<<('s'-'a')
	inIllion   = 1<<('i'-'a') | 1<<('l'-'a') | 1<<('o'-'a') | 1<<('n'-'a')
	inDozen    = 1<<('d'-'a') | 1<<('o'-'a') | 1<<('z'-'a') | 1<<('n'-'a')
	inTieth    = 1<<('t'-'a') | 1<<('i'-'a') | 1<<('e'-'a') | 1<<('h'-'a')
	inTeenth   = 1<<('t'-'a') | 1<<('n'-'a') | 1<<('e'-'a') | 1<<('h'-'a')
)

func (w *word) vagueLatin() bool {
	return w.has(inHundred, "hundred") || w.has(inThousand, "thousand") || w.has(inIllion, "illion") ||
		w.has(inDozen, "dozen") || w.has(inTieth, "tieth") || w.has(inTeenth, "teenth")
}

// has reports whether stem stands anywhere in the word. A word too long to be kept whole counts as having it
// when its letters do.
func (w *word) has(letters uint64, stem string) bool {
	return w.latin&letters == letters && w.contains(stem)
}

func (w *word) contains(stem string) bool {
	return w.n > len(w.buf)-utf8.UTFMax || strings.Contains(w.text(), stem)
}

// starts reports whether the word begins with stem.
func (w *word) starts(stem string) bool {
	return w.n >= len(stem) && string(w.buf[:len(stem)]) == stem
}

// ends reports whether the word ends with stem.
func (w *word) ends(stem string) bool {
	return w.n >= len(stem) && string(w.buf[w.n-len(stem):w.n]) == stem
}
