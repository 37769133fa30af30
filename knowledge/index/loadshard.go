package index

import (
	"encoding/binary"
	"math"
	"slices"

	"github.com/whosays/whosays/knowledge/index/section"
)

func (l *loader) documents(d *section.Decoder) {
	n := d.Count()
	if n == 0 || n >= maxDocs {
		d.Fail("a tenant has no documents, or too many")
		return
	}
	l.docs, l.sizes = make([]record, n), make([]sizes, n)
	l.byID = make(map[string]uint32, n)
	var end span
	for i := range l.docs {
		id := d.String()
		size := func() uint16 { return uint16(d.Uint(math.MaxUint16)) }
		z := sizes{concepts: size(), words: size(), title: size()}
		l.docs[i] = record{id: id, tie: tieBreak(l.tenant, id), held: end}
		l.sizes[i] = z
		l.byID[id] = uint32(i)
		l.total.add(z, 1)
		end.terms += uint32(d.Uint(math.MaxUint32 - uint64(end.terms)))
		end.order += uint32(d.Uint(math.MaxUint32 - uint64(end.order)))
	}
	if len(l.byID) < n {
		d.Fail("an id comes twice")
	}
	l.shard.held.terms = append([]byte(nil), d.Bytes(d.Count())...)
	l.shard.held.order = append([]byte(nil), d.Bytes(d.Count())...)
	if end != l.shard.held.end() {
		d.Fail("what documents hold ends elsewhere")
		return
	}
	for i := range l.docs {
		l.countFigures(d, uint32(i))
		l.countWords(d, uint32(i))
	}
}

// countFigures counts the figures that a document holds.
func (l *loader) countFigures(d *section.Decoder, doc uint32) {
	from, to := l.span(doc)
	var term uint64
	for rest, first := l.shard.held.terms[from.terms:to.terms], true; len(rest) > 0; first = false {
		distance, n := binary.Uvarint(rest)
		if term += distance; n <= 0 || term > math.MaxUint32 || distance == 0 && !first || !l.is(uint32(term), figureTerm) {
			d.Fail("a document holds what isn't a figure")
			return
		}
		l.held[term]++
		rest = rest[n:]
	}
}

// countWords counts the words that a document holds, each once, and checks that each wording has some and ends.
func (l *loader) countWords(d *section.Decoder, doc uint32) {
	from, to := l.span(doc)
	in := 0 // words of the wording
	l.seen = l.seen[:0]
	for rest := l.shard.held.order[from.order:to.order]; len(rest) > 0; {
		code, n := binary.Uvarint(rest)
		word := uint32(min(code-firstWord, math.MaxUint32))
		if n <= 0 || code < firstWord && in == 0 || code >= firstWord && !l.is(word, wordTerm) {
			d.Fail("a document's words aren't words, or a wording is empty")
			return
		}
		rest = rest[n:]
		if code < firstWord {
			in = 0
			continue
		}
		in++
		l.seen = append(l.seen, word)
	}
	if in > 0 {
		d.Fail("a document's last wording doesn't end")
	}
	slices.Sort(l.seen)
	for _, word := range slices.Compact(l.seen) {
		l.held[word]++
	}
}

func (l *loader) postings(d *section.Decoder) {
	for _, t := range l.ofDocs() {
		n := d.Below(len(l.lists))
		count := d.Count()
		if n != t || uint32(count) != l.held[t] {
			d.Fail("the postings of a word are missing, or others than its documents")
			return
		}
		list := &l.lists[t]
		list.postings, list.live = make([]posting, 0, count), uint32(count)
		last := uint64(0)
		for range count {
			last += d.Uint(math.MaxUint32)
			p := posting(last)
			if int(p.doc()) >= len(l.docs) || last > math.MaxUint32 || !list.rises(p) {
				d.Fail("the postings of a word don't rise")
				return
			}
			list.post(p)
		}
	}
}

// rises reports whether a posting may follow the last one.
func (l *list) rises(p posting) bool {
	return len(l.postings) == 0 || p.doc() > l.postings[len(l.postings)-1].doc()
}
