package index

import (
	"fmt"
	"slices"
	"testing"
)

// everything is a search that leaves nothing unread.
func everything(x *Index, q Query) []Hit {
	v, s := x.view(q.Tenant), new(scratch)
	s.fit(&v)
	clauses, asked, most := v.clauses(&q)
	s.scale = scaleOf(clauses, asked, 2*most)
	v.award(s, asked, most)
	p := newPruning(&v, s, clauses, q.Limit)
	for _, c := range p.words {
		v.scoreAll(s, c)
	}
	p.readAll()
	slices.SortFunc(s.best, func(a, b candidate) int { return a.compare(&b) })
	return v.resolve(s.best, s.scale)
}

// What is left unread never shows: hits and scores are the same to the last bit.
func TestPruningChangesNothing(t *testing.T) {
	t.Parallel()
	docs := newGenerator(41).docs(20_000)
	for i := range docs {
		if i%5 == 0 {
			docs[i].Tenant = "a"
		}
		if i%7 == 0 { // equals in all but their ids
			docs[i].Concepts, docs[i].Patterns = docs[i%70].Concepts, nil
		}
	}
	x := New()
	x.Put(docs...)
	for i := range 2000 {
		x.Delete(docs[i*3].Tenant, fmt.Sprint("claim-", i*3))
	}
	g := newGenerator(42)
	for i := range 420 {
		q := g.query([]int{0, 1, 3, 6}[i%4], []int{0, 2, 25}[i%3])
		q.Tenant = []string{"", "a", "b"}[i%5%3]
		q.Limit = []int{1, 10, 64, 700}[i/7%4]
		if i%2 == 0 {
			q.Numbers = nil
		}
		x.pruneFrom = []int{0, 1000, pruneFrom}[i/3%3]
		got, want := x.Search(q), everything(x, q)
		if !slices.Equal(got, want) {
			t.Fatalf("%+v: got %+v\nwant %+v", q, got, want)
		}
	}
}

// A search that stops early leaves nothing behind for the next one.
func TestPruningLeavesZeros(t *testing.T) {
	t.Parallel()
	x := New()
	x.Put(newGenerator(43).docs(20_000)...)
	v, s, g := x.view(""), new(scratch), newGenerator(44)
	s.fit(&v)
	for range 100 {
		q := g.query(4, 12)
		v.search(s, &q)
		s.reset()
		for name, scores := range map[string][]points{"documents": s.scores, "classes": s.classes.scores, "bonuses": s.bonuses} {
			if slices.ContainsFunc(scores, func(p points) bool { return p != 0 }) {
				t.Fatalf("%+v leaves scores of %s", q, name)
			}
		}
		if slices.ContainsFunc(s.ranks[0], func(rank uint16) bool { return rank != 0 }) {
			t.Fatalf("%+v leaves ranks of concepts", q)
		}
	}
}

func TestLowestKeepsTheHighest(t *testing.T) {
	t.Parallel()
	g := newGenerator(45)
	for most := 1; most < 30; most++ {
		l := lowest[points]{most: most}
		var all []points
		for range 200 {
			f := points(g.r.IntN(50))
			all = append(all, f)
			if f > l.floor() {
				l.add(f)
			}
		}
		slices.Sort(all)
		if want := all[len(all)-most]; l.floor() != want {
			t.Errorf("the lowest of the highest %d is %v, want %v", most, l.floor(), want)
		}
	}
}
