package index

import (
	"encoding/binary"
	"iter"
)

// held is what words and figures the documents hold, one document after the other: to remove one is to find its postings.
type held struct {
	terms []byte // rising numbers, each as the distance from the one before, in uvarints: 2 bytes, not 4
}

// span is a place in held.
type span struct {
	terms uint64
}

func (h *held) end() span {
	return span{terms: uint64(len(h.terms))}
}

// addTerm appends a term to the last document; last is the term before it there, else zero.
func (h *held) addTerm(term, last uint32) {
	h.terms = binary.AppendUvarint(h.terms, uint64(term-last))
}

// termsIn yields the terms between two places, which lie at the edges of a document.
func (h *held) termsIn(from, to span) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		var term uint32
		for at := from.terms; at < to.terms; {
			distance, n := binary.Uvarint(h.terms[at:to.terms])
			term += uint32(distance)
			at += uint64(n)
			if !yield(term) {
				return
			}
		}
	}
}

// copyFrom appends what stands between two places of another one.
func (h *held) copyFrom(other *held, from, to span) {
	h.terms = append(h.terms, other.terms[from.terms:to.terms]...)
}
