package index

import (
	"errors"
	"io"
	"math"

	"github.com/whosays/whosays/knowledge/index/section"
)

// ErrVersion is the error of an index that was saved in another format.
var ErrVersion = errors.New("the index was saved in another format")

// Load reads an index that Save has written. The error is ErrVersion, section.ErrDamaged, or one of the reader. It
// reads piecemeal: give it a reader with a buffer. What stands behind the index is left to the caller.
func Load(r io.Reader) (*Index, error) {
	head, err := section.Expect(r, tagHead)
	if err != nil {
		return nil, err
	}
	if head.Uint(math.MaxUint64) != version && head.Err() == nil {
		return nil, ErrVersion
	}
	shards := head.Uint(math.MaxUint32)
	if err := head.Done(); err != nil {
		return nil, err
	}
	x := New()
	for range shards {
		tenant, s, err := loadShard(r)
		if err != nil {
			return nil, err
		}
		if x.shards[tenant] != nil {
			return nil, section.Damaged("a tenant comes twice")
		}
		x.shards[tenant] = s
	}
	return x, nil
}

func loadShard(r io.Reader) (tenant string, s *shard, err error) {
	d, err := section.Expect(r, tagShard)
	if err != nil {
		return "", nil, err
	}
	l := loader{shard: newShard(), tenant: d.String()}
	if err := d.Done(); err != nil {
		return "", nil, err
	}
	for _, p := range parts() {
		d, err := section.Expect(r, p.tag)
		if err != nil {
			return "", nil, err
		}
		p.load(&l, d)
		if err := d.Done(); err != nil {
			return "", nil, err
		}
	}
	return l.tenant, l.shard, nil
}

// loader fills a shard. It believes nothing: a number that names no term, a document in two classes or a list that
// doesn't rise would make searches wrong, or fail, much later.
type loader struct {
	*shard

	tenant string
	kinds  []termKind // by number of the term
	held   []uint32   // by number of the term: documents that hold it
	seen   []uint32   // scratch of countWords
}

// termKind says what a number of the vocabulary is given to.
type termKind uint8

const (
	unused termKind = iota
	freeTerm
	conceptTerm
	patternTerm
	figureTerm
	wordTerm
)

func (l *loader) vocabulary(d *section.Decoder) {
	var taken []uint32
	var kinds []termKind
	take := func(n uint32, kind termKind) uint32 {
		taken, kinds = append(taken, n), append(kinds, kind)
		return n
	}
	loadTerms(d, l.concepts, conceptTerm, take)
	loadTerms(d, l.words, wordTerm, take)
	loadTerms(d, l.patterns, patternTerm, take)
	for range d.Count() {
		f := d.Float()
		if _, twice := l.numbers[f]; twice || math.IsNaN(f) {
			d.Fail("a figure comes twice, or is none")
		}
		l.numbers[f] = take(uint32(d.Uint(math.MaxUint32)), figureTerm)
	}
	for range d.Count() {
		l.free = append(l.free, take(uint32(d.Uint(math.MaxUint32)), freeTerm))
	}
	l.number(d, taken, kinds)
}

func loadTerms[K ~string](d *section.Decoder, into map[K]uint32, kind termKind, take func(uint32, termKind) uint32) {
	for range d.Count() {
		text := K(d.String())
		if _, twice := into[text]; twice {
			d.Fail("a term comes twice")
		}
		into[text] = take(uint32(d.Uint(math.MaxUint32)), kind)
	}
}

// number makes the lists, one for each term. Their numbers have no gaps.
func (l *loader) number(d *section.Decoder, taken []uint32, kinds []termKind) {
	l.lists, l.spelt = make([]list, len(taken)), make([]string, len(taken))
	l.kinds, l.held = make([]termKind, len(taken)), make([]uint32, len(taken))
	for i, n := range taken {
		if int(n) >= len(taken) || l.kinds[n] != unused {
			d.Fail("a number of a term is given twice, or too high")
			return
		}
		l.kinds[n] = kinds[i]
	}
	for text, n := range l.words {
		if text == "" {
			d.Fail("a word is empty")
			return
		}
		l.spelt[n] = text
	}
	for key := range l.patterns {
		if !l.areConcepts(key) {
			d.Fail("a pattern isn't of concepts")
			return
		}
	}
}

func (l *loader) areConcepts(key patternKey) bool {
	if len(key) == 0 || len(key)%conceptBytes != 0 {
		return false
	}
	for c := range key.concepts() {
		if !l.is(c, conceptTerm) {
			return false
		}
	}
	return true
}

func (l *loader) is(term uint32, kind termKind) bool {
	return int64(term) < int64(len(l.kinds)) && l.kinds[term] == kind
}
