// Package gaptest is the suite that every moderation.GapStore has to pass: Memory, which is for tests, and databases.
package gaptest

import (
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/knowledge"
)

// Open returns a new store, in which there is nothing.
type Open func(t testing.TB) moderation.GapStore

// Run runs the whole suite.
func Run(t *testing.T, open Open) {
	t.Helper()
	for name, test := range map[string]func(*testing.T, moderation.GapStore){
		"keys": keys, "noted once": noted, "enough people": enough, "forgotten": forgotten, "closed": closed, "hostile text": hostile,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}

// On returns a day of March 2026.
func On(day int) knowledge.Date { return knowledge.Date{Year: 2026, Month: 3, Day: day} }

// Asking is that somebody asked for a scope in a place.
func Asking(tenant, scope, place, asker string, day int) moderation.Asking {
	return moderation.Asking{Tenant: tenant, Scope: scope, Place: chat.Address(place), Asker: asker, Day: On(day)}
}

func note(t testing.TB, s moderation.GapStore, all ...moderation.Asking) {
	t.Helper()
	for _, a := range all {
		if err := s.Note(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
}

func has(t testing.TB, s moderation.GapStore, tenant string, since, askers int, want ...moderation.Asking) {
	t.Helper()
	got, err := s.Askings(t.Context(), tenant, On(since), askers)
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}

// A tenant's key is the same whoever asks first, and nobody else's.
func keys(t *testing.T, s moderation.GapStore) {
	var all sync.WaitGroup
	var got [4][]byte
	for i := range got {
		all.Go(func() {
			var err error
			if got[i], err = s.Key(t.Context(), "one"); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	two, err := s.Key(t.Context(), "two")
	if err != nil {
		t.Fatal(err)
	}
	if len(got[0]) != 32 || cmp.Equal(got[0], two) {
		t.Errorf("keys %x and %x", got[0], two)
	}
	for _, key := range got[1:] {
		if !cmp.Equal(got[0], key) {
			t.Errorf("keys %x and %x", got[0], key)
		}
	}
}

func noted(t *testing.T, s moderation.GapStore) {
	a := Asking("one", "metric:killed", "post:1", "x", 2)
	note(t, s, a, Asking("one", "metric:killed", "post:1", "x", 1), a)
	has(t, s, "one", 1, 1, a)
	later := Asking("one", "metric:killed", "post:1", "x", 9)
	note(t, s, later)
	has(t, s, "one", 9, 1, later)
	has(t, s, "one", 10, 1)
	has(t, s, "two", 1, 1)
	has(t, s, "", 1, 1)
}

// What counts is how many people asked, not how often or in how many places.
func enough(t *testing.T, s moderation.GapStore) {
	few := []moderation.Asking{Asking("one", "a", "post:1", "x", 1), Asking("one", "a", "post:2", "x", 1), Asking("one", "a", "post:3", "y", 1)}
	many := []moderation.Asking{Asking("one", "b c", "post:1", "x", 1), Asking("one", "b c", "post:1", "y", 2), Asking("one", "b c", "post:2", "z", 3)}
	note(t, s, few...)
	note(t, s, many...)
	note(t, s, Asking("two", "a", "post:1", "z", 1))
	has(t, s, "one", 1, 3, many...)
	has(t, s, "one", 2, 3)
	has(t, s, "one", 2, 2, many[1:]...)
	has(t, s, "one", 1, 2, append(few, many...)...)
}

func forgotten(t *testing.T, s moderation.GapStore) {
	note(t, s, Asking("one", "a", "post:1", "x", 1), Asking("one", "a", "post:1", "y", 3), Asking("two", "a", "post:1", "x", 2))
	n, err := s.Forget(t.Context(), On(3))
	if n != 2 || err != nil {
		t.Errorf("%d forgotten, %v", n, err)
	}
	has(t, s, "one", 1, 1, Asking("one", "a", "post:1", "y", 3))
	has(t, s, "two", 1, 1)
}

func closed(t *testing.T, s moderation.GapStore) {
	stays := []moderation.Asking{Asking("one", "a", "post:2", "x", 1), Asking("one", "b", "post:1", "x", 1)}
	note(t, s, Asking("one", "a", "post:1", "x", 1), Asking("one", "a", "post:1", "y", 1), Asking("two", "a", "post:1", "x", 1))
	note(t, s, stays...)
	if err := s.Close(t.Context(), "one", "a", "post:1"); err != nil {
		t.Error(err)
	}
	has(t, s, "one", 1, 1, stays...)
	has(t, s, "two", 1, 1, Asking("two", "a", "post:1", "x", 1))
}

func hostile(t *testing.T, s moderation.GapStore) {
	a := Asking("o'ne", "'; DROP TABLE gaps; --", "post:1", "x", 1)
	note(t, s, a)
	has(t, s, "o'ne", 1, 1, a)
	has(t, s, "\x00", 1, 1)
	if err := s.Close(t.Context(), "o'ne", "\x00", "\x00"); err != nil {
		t.Error(err)
	}
	has(t, s, "o'ne", 1, 1, a)
}
