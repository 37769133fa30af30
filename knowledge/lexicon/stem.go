package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/russian"
)

// stem returns the stem of a lower-case word: Snowball's English for Latin letters, its Russian for Cyrillic.
// Ukrainian words pass through the Russian rules on both sides of a comparison, which joins some of their
// forms; the data writes beginnings of words (загин*) where that isn't enough.
func stem(word string) string {
	r, _ := utf8.DecodeRuneInString(word)
	switch {
	case len(word) < 3, r >= '0' && r <= '9' && strings.Trim(word, "0123456789.,") == "":
		return word // the rules would leave a number as it is, slowly
	case r < 0x80:
		return english.Stem(word, true)
	case unicode.Is(unicode.Cyrillic, r):
		return russian.Stem(word, true)
	}
	return word
}

// stems remembers the stems of words: the phrases of a lexicon use the same ones again and again.
type stems map[string]string

func (s stems) of(word string) string {
	known, ok := s[word]
	if !ok {
		known = stem(word)
		s[word] = known
	}
	return known
}
