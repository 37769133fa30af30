package index

// pruneFrom is from how many postings on a search looks for what it needn't read: below, reading is faster.
const pruneFrom = 4096

// search returns the best of the documents that share a term with the query or have a pattern that it holds. The
// hits, and their scores to the last bit, are those of adding up all clauses for all documents.
func (v *view) search(s *scratch, q *Query) []Hit {
	limit := q.Limit
	if limit <= 0 {
		limit = DefaultLimit
	}
	clauses, asked, most := v.clauses(q)
	postings := 0
	for i := range clauses {
		postings += clauses[i].size
	}
	if len(clauses) > 1 && postings > v.pruneFrom {
		v.award(s, asked, most)
		v.prune(s, clauses, limit)
		return v.resolve(s.best)
	}
	for i := range clauses {
		v.score(s, &clauses[i])
	}
	v.award(s, asked, most) // last: exact scores add the bonus last
	v.choose(s, limit)
	return v.resolve(s.best)
}
