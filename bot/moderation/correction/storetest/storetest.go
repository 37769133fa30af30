// Package storetest is the suite that every correction.Store has to pass: Memory, which is for tests, and databases.
package storetest

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/whosays/whosays/bot/moderation/correction"
	"github.com/whosays/whosays/knowledge"
)

// Open returns a new store of claims, in which there are none, and one of how far its chains were followed.
type Open func(t testing.TB) (knowledge.Store, correction.Store)

// Run runs the whole suite.
func Run(t *testing.T, open Open) {
	t.Helper()
	for name, test := range map[string]func(*suite){
		"followed": followed, "not followed": notFollowed, "raced": raced,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			claims, store := open(t)
			test(&suite{t, claims, store})
		})
	}
}

type suite struct {
	*testing.T

	claims knowledge.Store
	store  correction.Store
}

// commit adds a claim to a tenant's chain, and returns its head.
func (s *suite) commit(tenant, id string) knowledge.Head {
	s.Helper()
	h, err := s.claims.Commit(s.Context(), knowledge.Change{
		Tenant: tenant, Action: knowledge.ActionAdd, Actor: "a", At: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
		Claims: []knowledge.Claim{{ID: id, Tenant: tenant, Kind: knowledge.KindStatement, Text: "The talks go on.", Revision: 1}},
	})
	if err != nil {
		s.Fatal(err)
	}
	return knowledge.Head{Revision: h.Revision, Hash: h.Hash}
}

func (s *suite) behind(want ...correction.Stretch) {
	s.Helper()
	got, err := s.store.Behind(s.Context())
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" || err != nil {
		s.Errorf("behind: %v\n%s", err, diff)
	}
}

func (s *suite) follow(tenant string, from, to knowledge.Head, want bool) {
	s.Helper()
	got, err := s.store.Followed(s.Context(), correction.Stretch{Tenant: tenant, From: from, To: to})
	if got != want || err != nil {
		s.Errorf("followed %v, want %v: %v", got, want, err)
	}
}

func followed(s *suite) {
	none := knowledge.Head{}
	s.behind()
	shared, one := s.commit("", "a"), s.commit("one", "a")
	s.behind(correction.Stretch{To: shared}, correction.Stretch{Tenant: "one", To: one})
	s.follow("one", none, one, true)
	s.behind(correction.Stretch{To: shared})
	more := s.commit("one", "b")
	last := s.commit("one", "c")
	s.behind(correction.Stretch{To: shared}, correction.Stretch{Tenant: "one", From: one, To: last})
	s.follow("one", one, more, true)
	s.follow("", none, shared, true)
	s.behind(correction.Stretch{Tenant: "one", From: more, To: last})
}

func notFollowed(s *suite) {
	none := knowledge.Head{}
	first := s.commit("one", "a")
	last := s.commit("one", "b")
	s.follow("one", first, last, false)
	s.follow("one", none, first, true)
	s.follow("one", none, last, false)
	s.follow("one", knowledge.Head{Revision: first.Revision, Hash: "x"}, last, false)
	s.follow("two", first, last, false)
	s.behind(correction.Stretch{Tenant: "one", From: first, To: last})
}

// Of those who note the same stretch at once one does.
func raced(s *suite) {
	var all sync.WaitGroup
	var won atomic.Int64
	from := knowledge.Head{}
	for i := range 10 {
		to := s.commit("one", fmt.Sprintf("c%d", i))
		for range 4 {
			all.Go(func() {
				ok, err := s.store.Followed(s.Context(), correction.Stretch{Tenant: "one", From: from, To: to})
				if err != nil {
					s.Error(err)
				}
				if ok {
					won.Add(1)
				}
			})
		}
		all.Wait()
		from = to
	}
	if won.Load() != 10 {
		s.Errorf("%d were the first", won.Load())
	}
}
