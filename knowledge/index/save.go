package index

import (
	"encoding/binary"
	"io"
	"maps"
	"math"
	"slices"

	"github.com/whosays/whosays/knowledge/index/section"
)

// version is that of the format. It changes with whatever a reader of the old one would misunderstand.
const version = 1

// The sections: the head, then for each shard its tenant and what it holds.
const (
	tagHead       section.Tag = 'I'
	tagShard      section.Tag = 'S'
	tagVocabulary section.Tag = 'V'
	tagDocs       section.Tag = 'D'
	tagPostings   section.Tag = 'P'
	tagClasses    section.Tag = 'C'
)

// part is one section of a shard: how it is written, and how it is read. What can be told from other sections isn't
// saved: the postings of concepts and patterns, say, from the classes. A part may rely on those before it.
type part struct {
	tag  section.Tag
	save func(s *shard) []byte
	load func(l *loader, d *section.Decoder)
}

func parts() []part {
	return []part{
		{tagVocabulary, (*shard).saveVocabulary, (*loader).vocabulary},
		{tagDocs, (*shard).saveDocs, (*loader).documents},
		{tagPostings, (*shard).savePostings, (*loader).postings},
		{tagClasses, (*shard).saveClasses, (*loader).sorted},
	}
}

// Save writes the index, for Load. Searches and changes wait: first the shards that bear tombstones are compacted.
func (x *Index) Save(w io.Writer) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	head := binary.AppendUvarint(nil, version)
	head = binary.AppendUvarint(head, uint64(len(x.shards)))
	if err := section.Write(w, tagHead, head); err != nil {
		return err
	}
	for _, tenant := range slices.Sorted(maps.Keys(x.shards)) {
		s := x.shards[tenant]
		if len(s.docs) > s.live() {
			s.compact()
		}
		if err := s.save(w, tenant); err != nil {
			return err
		}
	}
	return nil
}

func (s *shard) save(w io.Writer, tenant string) error {
	if err := section.Write(w, tagShard, section.AppendString(nil, tenant)); err != nil {
		return err
	}
	for _, p := range parts() {
		if err := section.Write(w, p.tag, p.save(s)); err != nil {
			return err
		}
	}
	return nil
}

// saveVocabulary writes concepts, words, patterns and figures with their numbers, then the numbers that are free.
func (s *shard) saveVocabulary() []byte {
	b := saveTerms(nil, s.concepts)
	b = saveTerms(b, s.words)
	b = saveTerms(b, s.patterns)
	b = section.AppendUint(b, len(s.numbers))
	for _, f := range slices.Sorted(maps.Keys(s.numbers)) {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(f))
		b = section.AppendUint(b, s.numbers[f])
	}
	b = section.AppendUint(b, len(s.free))
	for _, n := range s.free {
		b = section.AppendUint(b, n)
	}
	return b
}

func saveTerms[K ~string](b []byte, terms map[K]uint32) []byte {
	b = section.AppendUint(b, len(terms))
	for _, text := range slices.Sorted(maps.Keys(terms)) {
		b = section.AppendUint(section.AppendString(b, string(text)), terms[text])
	}
	return b
}

// saveDocs writes ids, sizes and what is held; the hash that breaks ties can be told from the id.
func (s *shard) saveDocs() []byte {
	b := section.AppendUint(nil, len(s.docs))
	for n := range s.docs {
		z := s.sizes[n]
		b = section.AppendString(b, s.docs[n].id)
		b = section.AppendUint(section.AppendUint(section.AppendUint(b, z.concepts), z.words), z.title)
		from, to := s.span(uint32(n))
		b = section.AppendUint(section.AppendUint(b, to.terms-from.terms), to.order-from.order)
	}
	b = append(section.AppendUint(b, len(s.held.terms)), s.held.terms...)
	return append(section.AppendUint(b, len(s.held.order)), s.held.order...)
}

// savePostings writes the postings of words and figures by rising number of the term. A posting is the distance from
// the one before.
func (s *shard) savePostings() []byte {
	var b []byte
	for _, t := range s.ofDocs() {
		b = section.AppendUint(section.AppendUint(b, t), len(s.lists[t].postings))
		var last posting
		for _, p := range s.lists[t].postings {
			b = section.AppendUint(b, p-last)
			last = p
		}
	}
	return b
}

// ofDocs returns the numbers of the terms whose postings are of documents.
func (s *shard) ofDocs() []uint32 {
	out := slices.Collect(maps.Values(s.words))
	out = slices.AppendSeq(out, maps.Values(s.numbers))
	slices.Sort(out)
	return out
}

// saveClasses writes each class with its documents in their order.
func (s *shard) saveClasses() []byte {
	b := section.AppendUint(nil, len(s.all))
	for i := range s.all {
		c := &s.all[i]
		b = section.AppendString(b, string(s.briefs[i].key))
		b = section.AppendUint(b, len(c.docs))
		for _, n := range c.docs {
			b = section.AppendUint(b, n)
		}
	}
	return b
}
