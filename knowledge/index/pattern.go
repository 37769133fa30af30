package index

import (
	"encoding/binary"
	"iter"
	"slices"
)

// patternKey is a set of concepts: their numbers, four bytes each, in the order of their names. That order
// is the same on every replica, and so is the sum of their weights to the last bit.
type patternKey string

const conceptBytes = 4

func (k patternKey) size() int { return len(k) / conceptBytes }

// concepts yields the numbers of the pattern's concepts.
func (k patternKey) concepts() iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for i := 0; i < len(k); i += conceptBytes {
			if !yield(k.at(i)) {
				return
			}
		}
	}
}

func (k patternKey) at(i int) uint32 {
	return uint32(k[i]) | uint32(k[i+1])<<8 | uint32(k[i+2])<<16 | uint32(k[i+3])<<24
}

// anchored is a pattern as it is found from one of its concepts.
type anchored struct {
	key     patternKey
	pattern uint32
}

// pattern returns the number of a pattern, giving it one if it is new; gone if it is empty.
func (v *vocabulary) pattern(concepts []string) uint32 {
	if len(concepts) == 0 {
		return gone
	}
	var b []byte
	for _, c := range distinct(concepts) {
		b = binary.LittleEndian.AppendUint32(b, v.text(v.concepts, c))
	}
	key := patternKey(b)
	n, ok := v.patterns[key]
	if !ok {
		n = v.next()
		v.patterns[key] = n
		v.anchor(key, n)
	}
	return n
}

// anchor makes a pattern findable from its rarest concept: a query that holds the pattern holds that
// concept too, and a rare one brings few patterns along that the query doesn't hold.
func (v *vocabulary) anchor(key patternKey, pattern uint32) {
	rarest := key.at(0)
	for c := range key.concepts() {
		if v.lists[c].live < v.lists[rarest].live {
			rarest = c
		}
	}
	v.anchors[rarest] = append(v.anchors[rarest], anchored{key: key, pattern: pattern})
}

// distinct returns terms sorted, each once, and leaves its argument alone.
func distinct(terms []string) []string {
	terms = slices.Clone(terms)
	slices.Sort(terms)
	return slices.Compact(terms)
}
