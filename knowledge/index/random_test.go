package index

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// script runs a random sequence of changes and searches, and checks each search against the reference.
type script struct {
	draw  func(n int) int // from 0 to n-1
	index *Index
	model map[[2]string]Doc
}

func newScript(draw func(int) int) *script {
	x := New()
	if draw(2) == 0 {
		x.pruneFrom = 0
	}
	return &script{draw: draw, index: x, model: make(map[[2]string]Doc)}
}

func (s *script) step(t *testing.T) {
	t.Helper()
	switch s.draw(4) {
	case 0, 1:
		docs := make([]Doc, 1+s.draw(4))
		for i := range docs {
			docs[i] = s.doc()
			s.model[[2]string{docs[i].Tenant, docs[i].ID}] = docs[i]
		}
		s.index.Put(docs...)
	case 2:
		tenant, id := s.tenant(), s.id()
		delete(s.model, [2]string{tenant, id})
		s.index.Delete(tenant, id)
	default:
		agree(t, s.index, s.docs(), s.query())
	}
	if got, want := s.index.Len(), len(s.model); got != want {
		t.Errorf("Len() = %d, want %d", got, want)
	}
}

// afresh checks that an index without this one's history gives the same hits to the last bit.
func (s *script) afresh(t *testing.T, q Query) {
	t.Helper()
	fresh := New()
	fresh.Put(s.docs()...)
	q.Limit = len(s.model) + 1
	if got, want := s.index.Search(q), fresh.Search(q); !slices.Equal(got, want) {
		t.Errorf("%+v: the history shows:\n%+v\n%+v", q, got, want)
	}
}

// docs returns the model's documents; the order is random, for nothing may depend on it.
func (s *script) docs() []Doc { return slices.Collect(maps.Values(s.model)) }

func (s *script) doc() Doc {
	d := Doc{Tenant: s.tenant(), ID: s.id(), Concepts: s.some(5, "c", 8), Words: s.some(9, "w", 20), Title: s.some(4, "w", 20), Numbers: s.numbers()}
	for range s.draw(4) {
		d.Patterns = append(d.Patterns, s.some(4, "c", 8))
	}
	return d
}

func (s *script) query() Query {
	return Query{Tenant: s.tenant(), Concepts: s.some(6, "c", 9), Words: s.some(5, "w", 22), Numbers: s.numbers()}
}

func (s *script) tenant() string { return []string{"", "", "a", "b"}[s.draw(4)] }

func (s *script) id() string { return fmt.Sprint("d", s.draw(24)) }

// some returns fewer than n terms out of a few; one of them is spelt alike in every field.
func (s *script) some(n int, kind string, of int) []string {
	var terms []string
	for range s.draw(n) {
		if i := s.draw(of); i > 0 {
			terms = append(terms, fmt.Sprint(kind, i))
		} else {
			terms = append(terms, "same")
		}
	}
	return terms
}

func (s *script) numbers() []float64 {
	all := []float64{0, 1, 2.5, 55000, 55001, -1, math.Inf(1), math.NaN()}
	var some []float64
	for range s.draw(4) {
		some = append(some, all[s.draw(len(all))])
	}
	return some
}

func TestSearchAgreesWithTheReference(t *testing.T) {
	t.Parallel()
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 1))
		s := newScript(r.IntN)
		for range 60 {
			s.step(t)
		}
		s.afresh(t, s.query())
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func FuzzPutAndSearch(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte("\x00\x03\x00\x01\x04\x01\x02\x03\x04\x03\x01\x02\x03\x02\x03\x03\x01\x02\x03"))
	r := rand.New(rand.NewPCG(1, 2))
	for range 8 {
		seed := make([]byte, 600)
		for i := range seed {
			seed[i] = byte(r.Uint32())
		}
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, program []byte) {
		s := newScript(func(n int) int {
			if len(program) == 0 {
				return 0
			}
			b := program[0]
			program = program[1:]
			return int(b) % n
		})
		for len(program) > 0 {
			s.step(t)
		}
		s.afresh(t, Query{Tenant: "a", Concepts: []string{"c1", "c2", "c3"}, Words: []string{"w1", "same"}, Numbers: []float64{1}})
	})
}
