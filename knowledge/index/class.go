package index

import (
	"encoding/binary"
	"iter"
	"math"
	"slices"
)

// class is a set of documents that name the same concepts and have the same patterns. To a query's concepts they
// are one: a big base has far fewer classes than documents, so that concepts, which many documents name, are scored
// by class. Concepts and patterns have postings of classes, words and figures of documents.
type class struct {
	docs   []uint32 // the first of them by rising tieBreak, the others as they came; see sortClasses
	sorted uint32   // how many are in order
}

// brief is what a search asks of many classes. Each look into memory costs as much as a hundred postings: most classes have
// one document, and for these it is all that is asked.
type brief struct {
	key  classKey
	tie  uint64 // no document of the class has a lower one; see tieBreak
	live uint32 // documents that aren't tombstones
	only uint32 // the document of a class that has one; else gone
}

// newBrief is that of a class without documents.
func newBrief(key classKey) brief { return brief{key: key, tie: math.MaxUint64, only: gone} }

// classKey is what the documents of a class share: the number of their concepts, how many different ones that are,
// each of these with its count, and the patterns in the order of Doc.Patterns, gone for one that is empty or
// repeated.
type classKey string

const (
	keyHead    = 4
	keyConcept = 5
)

// newClassKey makes a key of a document's terms and patterns, looking them up in the vocabulary.
func (s *shard) newClassKey(d *Doc) classKey {
	p := s.pending[:0]
	for _, c := range d.Concepts {
		p = append(p, uint64(s.text(s.concepts, c)))
	}
	slices.Sort(p)
	key := binary.LittleEndian.AppendUint16(s.key[:0], size(d.Concepts))
	key = append(key, 0, 0)
	different := 0
	for i := 0; i < len(p); different++ {
		term, count := p[i], 0
		for ; i < len(p) && p[i] == term; i++ {
			count++
		}
		key = append(binary.LittleEndian.AppendUint32(key, uint32(term)), byte(min(count, maxBody)))
	}
	binary.LittleEndian.PutUint16(key[2:], uint16(min(different, math.MaxUint16)))
	s.pending, s.key = p, s.appendPatterns(key, d.Patterns)
	return classKey(s.key)
}

// appendPatterns appends the numbers of patterns, each once. Empty and repeated ones keep their place, as gone, so
// that a place is the index in Doc.Patterns.
func (s *shard) appendPatterns(key []byte, patterns [][]string) []byte {
	var seen []uint32
	for _, concepts := range patterns {
		p := s.pattern(concepts)
		if p != gone && slices.Contains(seen, p) {
			p = gone
		}
		seen = append(seen, p)
		key = binary.LittleEndian.AppendUint32(key, p)
	}
	return key
}

func (k classKey) uint16(at int) uint16 { return uint16(k[at]) | uint16(k[at+1])<<8 }

func (k classKey) uint32(at int) uint32 { return patternKey(k).at(at) }

func (k classKey) size() uint16 { return k.uint16(0) }

func (k classKey) firstPattern() int { return keyHead + keyConcept*int(k.uint16(2)) }

// none reports a class that no concept finds.
func (k classKey) none() bool { return len(k) == keyHead }

// concepts yields the different concepts with their counts.
func (k classKey) concepts() iter.Seq2[uint32, int] {
	return func(yield func(uint32, int) bool) {
		for at := keyHead; at < k.firstPattern(); at += keyConcept {
			if !yield(k.uint32(at), int(k[at+4])) {
				return
			}
		}
	}
}

// patterns yields the patterns by their index in Doc.Patterns, gone ones too.
func (k classKey) patterns() iter.Seq2[int, uint32] {
	return func(yield func(int, uint32) bool) {
		for i, at := 0, k.firstPattern(); at < len(k); i, at = i+1, at+4 {
			if !yield(i, k.uint32(at)) {
				return
			}
		}
	}
}

// lists yields the numbers of the concepts and patterns.
func (k classKey) lists() iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for c := range k.concepts() {
			if !yield(c) {
				return
			}
		}
		for _, p := range k.patterns() {
			if p != gone && !yield(p) {
				return
			}
		}
	}
}
