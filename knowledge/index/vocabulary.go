package index

import "strings"

// vocabulary numbers what documents hold: concepts, words, figures and patterns, all in one row of
// postings. A word and a concept that are spelt alike are two terms.
type vocabulary struct {
	concepts map[string]uint32
	words    map[string]uint32
	numbers  map[float64]uint32
	patterns map[patternKey]uint32
	anchors  map[uint32][]anchored // by concept; see anchor
	lists    []list                // by number
	spelt    []string              // words by number, empty for what is no word
	free     []uint32              // numbers to give out again
}

func newVocabulary() vocabulary {
	return vocabulary{
		concepts: make(map[string]uint32),
		words:    make(map[string]uint32),
		numbers:  make(map[float64]uint32),
		patterns: make(map[patternKey]uint32),
		anchors:  make(map[uint32][]anchored),
	}
}

// text returns the number of a concept or word, giving it one if it is new. The string is copied, once:
// the caller's may be a slice of a whole text, which it would keep in memory.
func (v *vocabulary) text(in map[string]uint32, term string) uint32 {
	n, ok := in[term]
	if !ok {
		n = v.next()
		in[strings.Clone(term)] = n
	}
	return n
}

// word is text for a word, whose spelling is also found from its number.
func (v *vocabulary) word(w string) uint32 {
	n, ok := v.words[w]
	if !ok {
		n = v.next()
		w = strings.Clone(w)
		v.words[w], v.spelt[n] = n, w
	}
	return n
}

// number is text for a figure.
func (v *vocabulary) number(f float64) uint32 {
	n, ok := v.numbers[f]
	if !ok {
		n = v.next()
		v.numbers[f] = n
	}
	return n
}

func (v *vocabulary) next() uint32 {
	if last := len(v.free) - 1; last >= 0 {
		n := v.free[last]
		v.free = v.free[:last]
		return n
	}
	v.lists, v.spelt = append(v.lists, list{}), append(v.spelt, "")
	return uint32(len(v.lists) - 1)
}

// forget takes out what no live document holds, so that a base that changes for years doesn't grow by
// every word that it ever had. Patterns go first, for they hold on to their concepts.
func (v *vocabulary) forget() {
	drop(v, v.patterns, nil)
	v.anchors = make(map[uint32][]anchored)
	needed := make(map[uint32]bool)
	for key, n := range v.patterns {
		v.anchor(key, n)
		for c := range key.concepts() {
			needed[c] = true
		}
	}
	drop(v, v.concepts, needed)
	drop(v, v.words, nil)
	drop(v, v.numbers, nil)
}

func drop[K comparable](v *vocabulary, from map[K]uint32, needed map[uint32]bool) {
	for key, n := range from {
		if v.lists[n].live > 0 || needed[n] {
			continue
		}
		delete(from, key)
		v.lists[n], v.spelt[n] = list{}, ""
		v.free = append(v.free, n)
	}
}
