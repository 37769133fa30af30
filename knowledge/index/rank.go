package index

import (
	"cmp"
	"slices"
)

// looked is how many documents the second look takes in: the right one is among a hundred for all but a few
// messages, and more cost time.
const looked = 100

// Ranking is what is nearest to a message, best first. Answered: the first is near enough to be offered as
// what the message is about.
type Ranking struct {
	Hits     []Hit
	Answered bool
}

// Rank returns the documents nearest to a message. It looks twice: BM25F finds a hundred, and a linear model
// over what postings don't tell (order, coverage, likeness of letters) puts these in order. As with Search,
// the same documents give the same hits.
func (x *Index) Rank(m Message) Ranking {
	seen := x.Look(m)
	r := Ranking{Answered: near(seen)}
	if m.Limit <= 0 {
		m.Limit = DefaultLimit
	}
	for _, c := range seen[:min(m.Limit, len(seen))] {
		r.Hits = append(r.Hits, Hit{ID: c.ID, Tenant: c.Tenant, Score: c.Score, Pattern: -1})
	}
	return r
}

// Looked is a document that was looked at twice. Its score may be below zero.
type Looked struct {
	ID       string
	Tenant   string
	Score    float64
	Features Features
	tie      uint64
}

// Look returns all documents that Rank looks at twice, best first, with what it sees: what the model is fitted
// on.
func (x *Index) Look(m Message) []Looked {
	x.mu.RLock()
	defer x.mu.RUnlock()
	v := x.view(m.Tenant)
	if v.docs == 0 {
		return nil
	}
	s := x.pool.Get().(*scratch) // not deferred: see Search
	s.fit(&v)
	seen := v.look(s, &m)
	s.reset()
	x.pool.Put(s)
	return seen
}

// clausesOf makes the clauses of a message. Patterns aren't looked for.
func (v *view) clausesOf(m *Message, r *reading) (out []clause) {
	for _, key := range distinct(m.Concepts) {
		t := find(v, key, func(s *shard) map[string]uint32 { return s.concepts })
		if t.df > 0 {
			out = append(out, clause{term: t, kind: byConcept, points: float32(conceptShare * t.idf)})
		}
	}
	for i := range r.terms {
		if t := &r.terms[i]; t.weight > 0 {
			out = append(out, clause{term: t.term, kind: byWord, points: float32(t.weight)})
		}
	}
	return out
}

func (v *view) look(s *scratch, m *Message) []Looked {
	r := v.read(m)
	clauses := v.clausesOf(m, &r)
	s.scale = scaleOf(clauses, nil, 0)
	newPruning(v, s, clauses, looked).search()
	l := s.look.begin(v, &r)
	for _, c := range s.best {
		sh, doc := v.locate(c.number)
		l.take(sh, doc)
	}
	l.weigh()
	out := make([]Looked, len(s.best))
	for i, c := range s.best {
		sh, doc := v.locate(c.number)
		out[i] = Looked{ID: v.shards[sh].docs[doc].id, Tenant: v.tenants[sh], tie: c.tie}
		out[i].Features = l.features(i, s.scale.score(c.score), s.scale.score(s.best[0].score))
	}
	l.compare(out)
	for i := range out {
		out[i].Score = out[i].Features.score()
	}
	slices.SortFunc(out, func(a, b Looked) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.tie, b.tie)) })
	return out
}
