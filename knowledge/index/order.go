package index

import (
	"encoding/binary"
	"iter"
	"slices"
)

// The order of a document's words is kept as their numbers in uvarints, wording after wording: what postings
// don't tell, the ranking of messages needs for the few documents that it looks at twice. A wording ends with
// one of the marks; numbers are shifted past them.
const (
	endOfWords = iota
	endOfTitle
	firstWord
)

// follow appends a word of a field to the last document's order, and the mark if a wording ends with it. It
// returns the word's number; false for an empty one, which ends a wording and is no word.
func (s *shard) follow(field []string, i int, end uint64) (number uint32, ok bool) {
	if field[i] == "" {
		return 0, false
	}
	number = s.word(field[i])
	s.held.order = binary.AppendUvarint(roomy(s.held.order), uint64(number)+firstWord)
	if i+1 == len(field) || field[i+1] == "" {
		s.held.order = binary.AppendUvarint(s.held.order, end)
	}
	return number, true
}

// wordings yields the wordings of a document as the numbers of their words, and whether each is of the title.
// The slice is the caller's buffer, and good until the next one.
func (s *shard) wordings(doc uint32, buffer []uint32) iter.Seq2[[]uint32, bool] {
	return func(yield func([]uint32, bool) bool) {
		from, to := s.span(doc)
		buffer = buffer[:0]
		for rest := s.held.order[from.order:to.order]; len(rest) > 0; {
			code, n := binary.Uvarint(rest)
			rest = rest[n:]
			if code >= firstWord {
				buffer = append(buffer, uint32(code-firstWord))
				continue
			}
			if !yield(buffer, code == endOfTitle) {
				return
			}
			buffer = buffer[:0]
		}
	}
}

// distinctWords returns the numbers of a document's words, each once.
func (s *shard) distinctWords(doc uint32) []uint32 {
	var all []uint32
	for numbers := range s.wordings(doc, nil) {
		all = append(all, numbers...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// roomy returns a list that has room for one more of what it has in numbers, twice as much where it has none: append grows a long
// list by a quarter, and to copy megabytes as often as that is a good part of what building an index takes.
func roomy[T any](list []T) []T {
	const most = binary.MaxVarintLen64
	if cap(list)-len(list) < most {
		return slices.Grow(list, max(len(list), most))
	}
	return list
}
