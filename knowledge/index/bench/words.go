package main

import (
	"math"
	"math/rand/v2"
	"strings"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// vocabularySize is how many words claims are filled up with. Their use is Zipf's: the word of rank r comes up
// 1/r as often as the first, so that most claims share a few words and each has some of its own.
const vocabularySize = 50_000

// plain are the words that such claims are full of; they take the first ranks.
const plain = `official region report week month statement ministry hospital attack strike frontline shelling winter
summer spring autumn record list daily total review update local district mission office press agency count confirmed
verified preliminary revised quarter period village road station market shelter power line operation battle sector
north south east west border river bridge campaign offensive defence rotation evacuation morning evening night public
source document letter archive register obituary cemetery regional council mayor governor deputy spokesman channel
interview briefing summary annex table chapter page edition volume survey sample method range margin error estimate`

// vocabulary returns the words by rank: the plain ones, then made-up ones, the frequent ones short. The lexicon
// takes some made-up words for typos of its own; they are left out, for claims are proofread.
func vocabulary(lex *lexicon.Lexicon) []string {
	words := strings.Fields(plain)
	seen := make(map[string]bool, vocabularySize)
	for _, w := range words {
		seen[w] = true
	}
	r := rand.New(rand.NewPCG(3, 1))
	for len(words) < vocabularySize {
		syllables := 2 + min(r.IntN(3), len(words)/2000)
		w := coin(r, syllables)
		if !seen[w] && len(lex.Analyze(w).Mentions) == 0 {
			words = append(words, w)
		}
		seen[w] = true
	}
	return words
}

// coin makes up a word that could be one of a language.
func coin(r *rand.Rand, syllables int) string {
	const heads, vowels, tails = "bcdfghjklmnprstvwyz", "aeiou", "lmnrstdk"
	var b strings.Builder
	for range syllables {
		b.WriteByte(heads[r.IntN(len(heads))])
		b.WriteByte(vowels[r.IntN(len(vowels))])
	}
	b.WriteByte(tails[r.IntN(len(tails))])
	b.WriteString([]string{"", "", "", "s", "ed", "ing", "er", "al"}[r.IntN(8)])
	return b.String()
}

// zipf draws a rank below n with a probability in proportion to 1/(r+1+shift). Without a shift the first of 50,000
// would be every eleventh draw, as "the" is in a text; with one of 20 it is one of 156, as a common noun is.
func zipf(r *rand.Rand, n, shift int) int {
	from := float64(1 + shift)
	return min(int(from*math.Pow((from+float64(n))/from, r.Float64())-from), n-1)
}

// pick draws an element, the first ones more often.
func pick[T any](r *rand.Rand, from []T) T { return from[zipf(r, len(from), 0)] }

// word draws a word of the vocabulary.
func (g *generator) word(r *rand.Rand) string {
	const shift = 20
	return g.words[zipf(r, len(g.words), shift)]
}

// even draws an element, all alike.
func even[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }
