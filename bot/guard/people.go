package guard

import (
	"iter"
	"strings"
	"unicode/utf8"
)

// countsPeople reports whether text counts persons, in words that every domain has.
func countsPeople(text string) bool {
	for word := range words(text) {
		switch strings.ToLower(word) {
		case "people", "person", "persons", "men", "women", "children",
			"людей", "люди", "осіб", "особи", "особа", "чоловік", "жінок", "дітей",
			"человек", "человека", "лиц", "мужчин", "женщин", "детей":
			return true
		}
	}
	return false
}

// figureLike reports whether a count repeats a figure of a claim that the reply shows, or has beside it a word
// that such a claim has beside its figure: "12 civilians". A year that stands alone says how far the base
// reaches, whatever the figures are.
func (c *checker) figureLike(count int, text string) bool {
	year := count >= 1900 && count < 2200 && len(text) == len("2026")
	for i := range c.books {
		book := &c.books[i]
		if book.claim.Figure.IsZero() {
			continue
		}
		if count >= 100 && !year && book.figureIs(decimal(uint64(count), 0)) || hasUnit(text) && c.unitOf(book, text) {
			return true
		}
	}
	return false
}

// figureIs reports whether a bound of the claim's figure is value.
func (l *ledger) figureIs(value number) bool {
	f := l.claim.Figure
	for _, bound := range [...]*float64{f.Low, f.Best, f.High} {
		if bound == nil {
			continue
		}
		if n, ok := fromFloat(*bound); ok && n == value {
			return true
		}
	}
	return false
}

// unitOf reports whether a word of text stands behind the claim's figure in the claim's words.
func (c *checker) unitOf(book *ledger, text string) (found bool) {
	eachText(book.claim, func(said string) bool {
		for _, tok := range c.texts.read(said) {
			if tok.kind == exact && book.figureIs(tok.num) && sharesUnit(said[tok.end:], text) {
				found = true
			}
		}
		return !found
	})
	return found
}

// shortestUnit is how many letters a word has that can be a unit: "more" is none.
const shortestUnit = 5

// hasUnit reports whether some word of text is long enough to be a unit.
func hasUnit(text string) bool {
	for word := range words(text) {
		if utf8.RuneCountInString(word) >= shortestUnit {
			return true
		}
	}
	return false
}

// sharesUnit reports whether one of the words that said begins with is a word of text.
func sharesUnit(said, text string) bool {
	const most = 5
	at := 0
	for word := range words(said) {
		if at++; at > most {
			break
		}
		if utf8.RuneCountInString(word) < shortestUnit {
			continue
		}
		for mine := range words(text) {
			if strings.EqualFold(word, mine) {
				return true
			}
		}
	}
	return false
}

// words returns the runs of letters of a text.
func words(text string) iter.Seq[string] {
	return strings.FieldsFuncSeq(text, func(ch rune) bool { return classOf(ch) != letter })
}
