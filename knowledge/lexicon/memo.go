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
// most words come again. It is of fixed size, so that no flood of made-up words fills the memory; words that
// fall on one place push each other out. It may be used by all at once.
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
	place := &m.places[maphash.String(m.seed, word)%uint64(len(m.places))]
	if r := place.Load(); r != nil && r.word == word {
		return &r.found
	}
	r := &remembered{word: strings.Clone(word)} // not a slice of a whole text
	r.found = find(r.word)
	if len(word) <= longestWord {
		place.Store(r)
	}
	return &r.found
}

// ForMany returns the same lexicon with a large memory for words, for reading the texts of a whole base. The
// memory goes with it.
func (l *Lexicon) ForMany() *Lexicon {
	many := *l
	many.words = newMemo(rememberedMany)
	return &many
}
