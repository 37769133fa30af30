package index

// pruneFrom is from how many postings on a search looks for what it needn't read: below, reading is faster.
const pruneFrom = 4096

// search returns the best of the documents that share a term with the query or have a pattern that it holds. What
// is left unread doesn't show: hits and scores are those of adding up all clauses for all documents.
func (v *view) search(s *scratch, q *Query) []Hit {
	limit := q.Limit
	if limit <= 0 {
		limit = DefaultLimit
	}
	clauses, asked, most := v.clauses(q)
	s.scale = scaleOf(clauses, asked, 2*most) // most again, for the bonus
	v.award(s, asked, most)
	p := newPruning(v, s, clauses, limit)
	p.search()
	return v.resolve(s.best, s.scale)
}
