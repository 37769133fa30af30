package lexicon

import (
	"hash/maphash"
	"strings"
	"sync/atomic"
)

// How many words are remembered.
const (
	rememberedWords = 1 << 13
	rememberedMany  = 1 << 18 // while many texts are read; see ForMany
	longestWord     = 64      // in bytes; longer ones are found out each time
)

// memo remembers what was found for the words of late: stems and typos take most of the time of reading, and
// most words come again. It is of fixed size, so that no flood of made-up words fills the memory. A word has two
// places: where it had one, every fifth of the words of a big base fell on that of another, and the two pushed each other out
// all the time. It may be used by all at once.
type memo struct {
	seed   maphash.Seed
	places []atomic.Pointer[remembered]
}

type remembered struct {
	word  string
	found known
}

func newMemo(size int) *memo {
	return &memo{seed: maphash.MakeSeed(), places: make([]atomic.Pointer[remembered], size)}
}

// of returns what find returns for a word, which has to be the same each time.
func (m *memo) of(word string, find func(string) known) *known {
	place, other := m.placesOf(word)
	r := place.Load()
	if r != nil && r.word == word {
		return &r.found
	}
	if o := other.Load(); o != nil && o.word == word {
		return &o.found
	} else if r != nil && o == nil {
		place = other
	}
	r = &remembered{word: strings.Clone(word)} // not a slice of a whole text
	r.found = find(r.word)
	if len(word) <= longestWord {
		place.Store(r)
	}
	return &r.found
}

// placesOf returns where a word may be.
func (m *memo) placesOf(word string) (one, other *atomic.Pointer[remembered]) {
	h, n := maphash.String(m.seed, word), uint64(len(m.places))
	return &m.places[h%n], &m.places[h>>32%n]
}

// ForMany returns the same lexicon with a large memory for words, for reading the texts of a whole base. The
// memory goes with it.
func (l *Lexicon) ForMany() *Lexicon {
	many := *l
	many.words = newMemo(rememberedMany)
	return &many
}
