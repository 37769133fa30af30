package index

import "cmp"

// candidate is a document on its way into the hits.
type candidate struct {
	score   points
	number  uint32 // in the view
	pattern int    // index in Doc.Patterns or −1
	size    int    // of the pattern
	tie     uint64
}

// tieBreak hashes a document's tenant and id. Equal scores are ordered by it because every natural order
// says something that isn't about the question: ids and positions tell in which order, and often by whom,
// claims were entered, and would put the same source first in every draw. The hash tells nothing, is the
// same on every replica, and survives a restart. FNV-1a alone keeps neighbouring ids together, therefore
// the mixing at the end (the finalizer of MurmurHash3).
func tieBreak(tenant, id string) uint64 {
	const offset, prime = 0xcbf29ce484222325, 0x100000001b3
	h := uint64(offset)
	for i := range len(tenant) {
		h = (h ^ uint64(tenant[i])) * prime
	}
	h *= prime // a zero byte between the two
	for i := range len(id) {
		h = (h ^ uint64(id[i])) * prime
	}
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// compare orders candidates, the better first.
func (c *candidate) compare(d *candidate) int {
	return cmp.Or(cmp.Compare(d.score, c.score), cmp.Compare(d.size, c.size), cmp.Compare(c.tie, d.tie))
}

func (c *candidate) before(d *candidate) bool { return c.compare(d) < 0 }

// offer takes a candidate if it is among the best so far, and reports whether it is. They are a heap with the worst
// of them on top: most candidates lose against it at the first comparison.
func (s *scratch) offer(c *candidate, limit int) bool {
	switch {
	case len(s.best) < limit:
		s.best = append(s.best, *c)
		up(s.best)
	case c.before(&s.best[0]):
		s.best[0] = *c
		down(s.best)
	default:
		return false
	}
	return true
}

func (v *view) resolve(best []candidate, scale scale) []Hit {
	if len(best) == 0 {
		return nil
	}
	hits := make([]Hit, len(best))
	for i, c := range best {
		sh, d := v.locate(c.number)
		hits[i] = Hit{
			ID:          v.shards[sh].docs[d].id,
			Tenant:      v.tenants[sh],
			Score:       scale.score(c.score),
			Pattern:     c.pattern,
			PatternSize: c.size,
		}
	}
	return hits
}

// up restores the heap after its last candidate was appended.
func up(heap []candidate) {
	for i := len(heap) - 1; i > 0; {
		parent := (i - 1) / 2
		if heap[i].before(&heap[parent]) {
			return
		}
		heap[i], heap[parent] = heap[parent], heap[i]
		i = parent
	}
}

// down restores the heap after its top was replaced.
func down(heap []candidate) {
	for i := 0; ; {
		worst := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(heap); child++ {
			if heap[worst].before(&heap[child]) {
				worst = child
			}
		}
		if worst == i {
			return
		}
		heap[i], heap[worst] = heap[worst], heap[i]
		i = worst
	}
}
