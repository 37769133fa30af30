package index

import (
	"math"
	"slices"
	"strings"
)

// shard holds the documents of one tenant. They are numbered in the order in which they came; a replaced
// document gets a new number, and its old one is a tombstone until the shard is compacted.
type shard struct {
	vocabulary
	classes
	docs    []record
	sizes   []sizes // beside docs: scoring reads nothing else of a document
	byID    map[string]uint32
	held    held
	total   sizeSums // over live documents
	pending []uint64 // scratch of addTerms
}

// record is what is known of a document beside its sizes.
type record struct {
	id   string
	tie  uint64 // see tieBreak
	held span
}

// sizes is how many terms a document has in each field; dead marks a tombstone.
type sizes struct {
	concepts, words, title uint16
	dead                   bool
}

// sizeSums adds up sizes. They are whole numbers, so that the order of changes leaves no trace in means.
type sizeSums struct{ concepts, words, title int64 }

func newShard() *shard {
	return &shard{vocabulary: newVocabulary(), classes: newClasses(0), byID: make(map[string]uint32)}
}

func (s *shard) live() int { return len(s.byID) }

// add appends a document whose id the shard doesn't hold.
func (s *shard) add(d *Doc) {
	n := uint32(len(s.docs))
	if n == maxDocs {
		panic("index: more documents than one process can hold") // memory has run out long before
	}
	r := record{id: strings.Clone(d.ID), tie: tieBreak(d.Tenant, d.ID), held: s.held.end()}
	s.join(n, d, r.tie)
	s.addTerms(n, d)
	s.byID[r.id] = n
	s.docs = append(s.docs, r)
	z := sizes{concepts: size(d.Concepts), words: size(d.Words), title: size(d.Title)}
	s.sizes = append(s.sizes, z)
	s.total.add(z, 1)
}

// addTerms writes the postings of a document's words and figures. They are sorted as numbers with the lowest bit for
// the title, which brings the occurrences of each together without a map.
func (s *shard) addTerms(n uint32, d *Doc) {
	p := s.pending[:0]
	for i := range d.Words {
		if n, ok := s.follow(d.Words, i, endOfWords); ok {
			p = append(p, uint64(n)<<1)
		}
	}
	for i := range d.Title {
		if n, ok := s.follow(d.Title, i, endOfTitle); ok {
			p = append(p, uint64(n)<<1|1)
		}
	}
	for _, f := range d.Numbers {
		if !math.IsNaN(f) { // equals nothing: it could be neither found nor forgotten
			p = append(p, uint64(s.number(f))<<1)
		}
	}
	slices.Sort(p)
	var last uint32
	for i := 0; i < len(p); {
		var in [2]int // how often outside the title, and in it
		term := uint32(p[i] >> 1)
		for ; i < len(p) && uint32(p[i]>>1) == term; i++ {
			in[p[i]&1]++
		}
		s.lists[term].add(newPosting(n, in[0], in[1]))
		if s.spelt[term] == "" { // words are held in their order
			s.held.addTerm(term, last)
			last = term
		}
	}
	s.pending = p
}

// remove leaves a tombstone for a document, if there is one.
func (s *shard) remove(id string) {
	n, ok := s.byID[id]
	if !ok {
		return
	}
	delete(s.byID, id)
	from, to := s.span(n)
	for t := range s.held.termsIn(from, to) {
		s.lists[t].live--
	}
	for _, w := range s.distinctWords(n) {
		s.lists[w].live--
	}
	s.leave(n)
	s.total.add(s.sizes[n], -1)
	s.sizes[n].dead = true
	s.docs[n].id = ""
}

// span returns where in held a document's part starts and ends.
func (s *shard) span(n uint32) (from, to span) {
	if int(n)+1 < len(s.docs) {
		return s.docs[n].held, s.docs[n+1].held
	}
	return s.docs[n].held, s.held.end()
}

func (t *sizeSums) add(z sizes, times int64) {
	t.concepts += times * int64(z.concepts)
	t.words += times * int64(z.words)
	t.title += times * int64(z.title)
}

// size counts terms; the empty ones only part wordings.
func size(terms []string) uint16 {
	n := 0
	for _, t := range terms {
		if t != "" {
			n++
		}
	}
	return uint16(min(n, math.MaxUint16))
}
