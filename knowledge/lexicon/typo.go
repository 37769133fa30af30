package lexicon

import (
	"math/bits"
	"slices"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// Unknown words are led back to the nearest known one. The first letter has to be right: people rarely miss it, and
// the search stays short.

// Bounds on typos: shorter words have too many neighbours ("lead", "dead"), and past two letters it is
// another word.
const (
	minTypo  = 5
	longWord = 9 // from here on two letters may be wrong

	mostWrong = 2 // as many steps as two neighbours in each other's place are
)

// nearest returns the known word within the bounds that is nearest. It compares with every known word of the same
// first letter.
func (d *dictionary) nearest(word string) (string, bool) {
	first, _ := utf8.DecodeRuneInString(word)
	n := utf8.RuneCountInString(word)
	allowed := 1
	if n >= longWord {
		allowed = 2
	}
	best, found := allowed+1, ""
	written := lettersOf(word)
	for _, e := range d.byLetter[first] {
		if bits.OnesCount64(e.letters&^written) > mostWrong {
			continue
		}
		typed := word
		if e.kind == prefix && n > e.runes {
			typed = cut(word, e.runes)
		}
		if diff := utf8.RuneCountInString(typed) - e.runes; diff > allowed || -diff > allowed {
			continue
		}
		dist := levenshtein.ComputeDistance(typed, e.text)
		if dist == 2 && swapped(typed, e.text) {
			dist = 1
		}
		if e.kind == prefix && dist > 1 {
			continue
		}
		if dist < best {
			best, found = dist, e.text
		} else if dist == best && found != "" && stem(found) != stem(e.text) {
			best, found = dist, ambiguous(found, e.text, word)
		}
	}
	return found, found != ""
}

// ambiguous chooses between two words equally near: the one that shares the longer beginning with what was typed;
// neither where that doesn't tell them apart.
func ambiguous(a, b, typed string) string {
	switch x, y := common(a, typed), common(b, typed); {
	case x > y:
		return a
	case y > x:
		return b
	}
	return ""
}

// lettersOf returns the letters of a word as bits, of which several letters may share one. Each bit that another word hasn't is a step
// at least between the two, which is found sooner than how many steps there are.
func lettersOf(word string) (letters uint64) {
	for _, r := range word {
		letters |= 1 << (uint32(r) % 64) //nolint:gosec // no rune of a string is below zero
	}
	return letters
}

func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// swapped reports two neighbouring letters in each other's place ("solider"), one slip of the fingers that
// Levenshtein counts as two.
func swapped(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) != len(y) {
		return false
	}
	for i := range x[:len(x)-1] {
		if x[i] != y[i] {
			return x[i] == y[i+1] && x[i+1] == y[i] && slices.Equal(x[i+2:], y[i+2:])
		}
	}
	return false
}

func cut(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
