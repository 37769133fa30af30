package index

import (
	"cmp"
	"slices"
)

// classes are the classes of a shard, by number. A class whose documents are all gone stays until the shard is
// compacted.
type classes struct {
	all    []class
	briefs []brief  // beside classes
	counts []uint16 // beside classes: how many concepts its documents have
	byKey  map[classKey]uint32
	bySize [sizeClasses]map[uint32][]posting // the postings of concepts and patterns, by size and term
	often  map[uint32]bits                   // the classes of concepts that many name
	of     []uint32                          // by document: its class
	untidy []uint32                          // classes whose documents aren't all in order
	key    []byte                            // scratch of newClassKey
}

func newClasses(size int) classes {
	return classes{byKey: make(map[classKey]uint32, size), often: make(map[uint32]bits)}
}

// join adds a document to its class, which is made where there is none.
func (s *shard) join(n uint32, d *Doc, tie uint64) {
	key := s.newClassKey(d)
	number, ok := s.byKey[key]
	if !ok {
		number = s.addClass(key)
	}
	c, b := &s.all[number], &s.briefs[number]
	b.live++
	b.tie = min(b.tie, tie)
	for t := range b.key.lists() {
		s.lists[t].live++
	}
	s.of = append(s.of, number)
	if b.key.none() {
		return // nothing finds it: it needs no documents
	}
	if int(c.sorted) == len(c.docs) {
		s.untidy = append(s.untidy, number)
	}
	c.docs = append(c.docs, n)
	b.only = c.only()
}

// sizeClasses is how many sizes have postings of their own: the fewer concepts a class names, the more each of them
// earns, so that a search begins with the small ones. All that are larger share the last.
const sizeClasses = 32

func sizeClass(size uint16) int { return min(int(size), sizeClasses-1) }

// addClass writes the postings of a new class. Their lists count documents, none yet.
func (s *shard) addClass(key classKey) uint32 {
	number := uint32(len(s.all))
	sized := &s.bySize[sizeClass(key.size())]
	if *sized == nil {
		*sized = make(map[uint32][]posting)
	}
	for t, count := range key.concepts() {
		(*sized)[t] = append((*sized)[t], newPosting(number, count, 0))
		s.lists[t].body = max(s.lists[t].body, uint8(count))
		s.noteOften(t, number)
	}
	for _, p := range key.patterns() {
		if p != gone {
			(*sized)[p] = append((*sized)[p], newPosting(number, 1, 0))
		}
	}
	s.all = append(s.all, class{})
	s.briefs = append(s.briefs, newBrief(key))
	s.counts = append(s.counts, key.size())
	s.byKey[key] = number
	return number
}

// leave takes a document out of the counts of its class.
func (s *shard) leave(n uint32) {
	s.briefs[s.of[n]].live--
	for t := range s.briefs[s.of[n]].key.lists() {
		s.lists[t].live--
	}
}

// sortClasses puts the documents of classes into the order in which equals rank. Done once for a whole Put: to sort in
// what came costs a search for each document and one move of the others.
func (s *shard) sortClasses() {
	for _, number := range s.untidy {
		c := &s.all[number]
		came := slices.Clone(c.docs[c.sorted:])
		slices.SortFunc(came, s.byTie)
		from, to := int(c.sorted), len(c.docs) // what is still to be moved ends at from; to is where it goes
		for _, n := range slices.Backward(came) {
			at, _ := slices.BinarySearchFunc(c.docs[:from], n, s.byTie)
			copy(c.docs[to-(from-at):to], c.docs[at:from])
			to -= from - at + 1
			from = at
			c.docs[to] = n
		}
		c.sorted = uint32(len(c.docs))
	}
	s.untidy = s.untidy[:0]
}

func (s *shard) byTie(a, b uint32) int { return cmp.Compare(s.docs[a].tie, s.docs[b].tie) }

// renumberClasses drops classes without documents, and gives the others the new numbers of their documents.
func (s *shard) renumberClasses(docs []uint32) {
	number := make([]uint32, len(s.all))
	kept := newClasses(len(s.byKey))
	kept.of, kept.key = make([]uint32, s.live()), s.key
	for i, b := range s.briefs {
		if b.live == 0 {
			number[i] = gone
			continue
		}
		number[i] = uint32(len(kept.all))
		kept.byKey[b.key] = number[i]
		c := s.all[i].renumber(docs)
		if b.only = c.only(); len(c.docs) > 0 {
			b.tie = s.docs[c.docs[0]].tie
		}
		kept.all, kept.briefs, kept.counts = append(kept.all, c), append(kept.briefs, b), append(kept.counts, b.key.size())
	}
	for n, c := range s.of {
		if docs[n] != gone {
			kept.of[docs[n]] = number[c]
		}
	}
	for i, sized := range s.bySize {
		kept.bySize[i] = renumberLists(sized, number)
	}
	for concept := range s.often {
		if b := kept.bitsOf(concept); len(b) > 0 {
			kept.often[concept] = b
		}
	}
	s.classes = kept
}

// renumberLists gives postings the new numbers of their classes. Lists without any are left out.
func renumberLists(lists map[uint32][]posting, number []uint32) map[uint32][]posting {
	kept := make(map[uint32][]posting, len(lists))
	for t, postings := range lists {
		if postings = renumber(postings, number); len(postings) > 0 {
			kept[t] = postings
		}
	}
	return kept
}

// only returns the document of a class that has one; else gone.
func (c *class) only() uint32 {
	if len(c.docs) != 1 {
		return gone
	}
	return c.docs[0]
}

// renumber returns the class, whose documents are in order, with the new numbers of the live ones.
func (c *class) renumber(number []uint32) class {
	kept := make([]uint32, 0, len(c.docs))
	for _, n := range c.docs {
		if number[n] != gone {
			kept = append(kept, number[n])
		}
	}
	return class{docs: slices.Clip(kept), sorted: uint32(len(kept))}
}
