package index

// bits is a set of numbers.
type bits []uint64

const wordBits = 64

func (b bits) has(n uint32) bool {
	word := int(n / wordBits)
	return word < len(b) && b[word]>>(n%wordBits)&1 != 0
}

func (b *bits) add(n uint32) {
	word := int(n / wordBits)
	for word >= len(*b) {
		*b = append(*b, 0)
	}
	(*b)[word] |= 1 << (n % wordBits)
}

// A concept that so many documents name, and so large a share of all, has its classes as bits too. They then take no more memory
// than its postings, and to ask whether a class names it takes no look at the class: see pruning.sieve.
const (
	oftenFrom  = 256
	oftenShare = 1.0 / 32
)

// noteOften notes that a class, which has its postings, names a concept.
func (s *shard) noteOften(concept, class uint32) {
	b, ok := s.often[concept]
	switch {
	case ok:
		b.add(class)
	case s.lists[concept].live >= oftenFrom && float64(s.lists[concept].live) >= oftenShare*float64(len(s.docs)):
		b = s.bitsOf(concept)
	default:
		return
	}
	s.often[concept] = b
}

// bitsOf returns the classes that name a concept.
func (c *classes) bitsOf(concept uint32) (b bits) {
	for _, sized := range c.bySize {
		for _, p := range sized[concept] {
			b.add(p.doc())
		}
	}
	return b
}
