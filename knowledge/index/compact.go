package index

// maxDead is the share of tombstones that a shard bears. Compacting takes time in proportion to the shard,
// so at a fixed share each removal costs the same on average, however big the shard is; searches wait some
// 60 ms for it at 100,000 documents.
const maxDead = 0.2

// tidy compacts the shard if too many of its documents are tombstones.
func (s *shard) tidy() {
	dead := len(s.docs) - s.live()
	if float64(dead) > maxDead*float64(len(s.docs)) {
		s.compact()
	}
}

// compact takes out tombstones, the postings that point to them and the terms that nothing else holds.
func (s *shard) compact() {
	s.sortClasses()
	number := s.closeGaps()
	renumberAll(s, s.words, number)
	renumberAll(s, s.numbers, number)
	s.renumberClasses(number)
	s.forget()
}

func renumberAll[K comparable](s *shard, terms map[K]uint32, number []uint32) {
	for _, t := range terms {
		s.lists[t].postings = renumber(s.lists[t].postings, number)
	}
}

// closeGaps moves live documents together and returns their new numbers by the old ones.
func (s *shard) closeGaps() []uint32 {
	number := make([]uint32, len(s.docs))
	docs := make([]record, 0, s.live())
	sized := make([]sizes, 0, s.live())
	var rest held
	for i := range s.docs {
		if s.sizes[i].dead {
			number[i] = gone
			continue
		}
		r := s.docs[i]
		number[i] = uint32(len(docs))
		s.byID[r.id] = number[i]
		from, to := s.span(uint32(i))
		r.held = rest.end()
		rest.copyFrom(&s.held, from, to)
		docs, sized = append(docs, r), append(sized, s.sizes[i])
	}
	s.docs, s.sizes, s.held = docs, sized, rest
	return number
}
