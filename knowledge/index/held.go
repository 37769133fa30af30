package index

import (
	"encoding/binary"
	"iter"
)

// held is what words and figures the documents hold, one document after the other: to remove one is to find its postings.
type held struct {
	terms []byte // figures: rising numbers, each as the distance from the one before, in uvarints
	order []byte // the words as they follow each other: see follow
}

// span is a place in held. The order of as many documents as a shard can number takes some 60 bytes of each,
// which 32 bits reach.
type span struct {
	terms uint32
	order uint32
}

func (h *held) end() span {
	return span{terms: uint32(len(h.terms)), order: uint32(len(h.order))}
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
			at += uint32(n)
			if !yield(term) {
				return
			}
		}
	}
}

// copyFrom appends what stands between two places of another one.
func (h *held) copyFrom(other *held, from, to span) {
	h.terms = append(h.terms, other.terms[from.terms:to.terms]...)
	h.order = append(h.order, other.order[from.order:to.order]...)
}
