package lexicon

import (
	"hash/maphash"
	"strings"
	"sync/atomic"
)

// memo remembers what was found for the words of late: stems and typos take most of the time of reading, and
// most words come again. It is of fixed size, so that no flood of made-up words fills the memory; words that
// fall on one place push each other out. It may be used by all at once.
type memo struct {
	seed   maphash.Seed
	places [1 << 15]atomic.Pointer[remembered]
}

type remembered struct{ word, found string }

func newMemo() *memo { return &memo{seed: maphash.MakeSeed()} }

// of returns what find returns for a word, which has to be the same each time.
func (m *memo) of(word string, find func(string) string) string {
	place := &m.places[maphash.String(m.seed, word)%uint64(len(m.places))]
	if r := place.Load(); r != nil && r.word == word {
		return r.found
	}
	r := &remembered{word: strings.Clone(word)} // not a slice of a whole text
	r.found = find(r.word)
	place.Store(r)
	return r.found
}
