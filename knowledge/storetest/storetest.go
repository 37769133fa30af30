// Package storetest is the suite that every knowledge.Store has to pass: knowledge.Memory, databases, and caches in front
// of them.
package storetest

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/whosays/whosays/knowledge"
)

// Open returns a new store, in which there is nothing. It is closed when the test ends.
type Open func(t testing.TB) knowledge.Store

// Run runs the whole suite.
func Run(t *testing.T, open Open) {
	t.Helper()
	for name, test := range map[string]func(*testing.T, knowledge.Store){
		"empty":                 empty,
		"heads":                 heads,
		"claims":                claims,
		"tenants apart":         tenantsApart,
		"conflicts":             conflicts,
		"all or nothing":        allOrNothing,
		"not of the change":     notOfTheChange,
		"snapshots by revision": byRevision,
		"snapshots by time":     byTime,
		"kinds":                 kinds,
		"edits":                 edits,
		"forks":                 forks,
		"changes":               changes,
		"many":                  many,
		"quiet":                 quiet,
		"of nothing":            ofNothing,
		"clock set back":        clockSetBack,
		"hostile text":          hostileText,
		"commits at once":       commitsAtOnce,
		"commits while reading": commitsWhileReading,
		"cancelled":             cancelled,
		"verified":              verified,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
	t.Run("as the model", func(t *testing.T) {
		t.Parallel()
		asTheModel(t, open)
	})
}

// Start is when the clock of the suite begins.
var Start = time.Date(2026, 3, 1, 12, 0, 0, 123456000, time.UTC) //nolint:gochecknoglobals // never written

// Claim returns a claim in one of its versions.
func Claim(tenant, id string, version int, text string) knowledge.Claim {
	return knowledge.Claim{
		ID: id, Tenant: tenant, Kind: knowledge.KindFigure, Text: text, Revision: version, AddedBy: "ann",
		Figure:      knowledge.Figure{Best: new(float64(version)), Qualifier: knowledge.Exact, Unit: "persons"},
		Attribution: knowledge.Attribution{Speaker: "mayor", SaidOn: knowledge.Date{Year: 2025, Month: 3, Day: 1}},
		Sources:     []knowledge.Source{{Publisher: "The Delta Post", URL: "https://example.org/water"}},
		Caveats:     []knowledge.Caveat{},
	}
}

// Change returns a change of claims, all of one tenant, some minutes after Start.
func Change(minutes int, claims ...knowledge.Claim) knowledge.Change {
	return knowledge.Change{
		Tenant: claims[0].Tenant, Action: knowledge.ActionImport, Actor: "ann", Reason: fmt.Sprintf("after %d minutes", minutes),
		At: Start.Add(time.Duration(minutes) * time.Minute), Claims: claims,
	}
}

// Commit commits a change that has to succeed.
func Commit(t testing.TB, s knowledge.Store, c knowledge.Change) knowledge.Head {
	t.Helper()
	h, err := s.Commit(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// Gather reads a sequence to its end.
func Gather[T any](t testing.TB, seq iter.Seq2[T, error]) []T {
	t.Helper()
	var out []T
	for item, err := range seq {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, item)
	}
	return out
}

func headsOf(t testing.TB, s knowledge.Store, tenant string) knowledge.Heads {
	t.Helper()
	h, err := s.Heads(t.Context(), tenant)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// served returns the texts of claims as Claims serves them, by key.
func served(t testing.TB, s knowledge.Store, tenant string, keys ...knowledge.Key) map[knowledge.Key]string {
	t.Helper()
	got, err := s.Claims(t.Context(), headsOf(t, s, tenant), keys)
	if err != nil {
		t.Fatal(err)
	}
	out := map[knowledge.Key]string{}
	for i, c := range got {
		if c != nil {
			same(t, "place", keys[i], c.Key())
			out[c.Key()] = c.Text
		}
	}
	return out
}

// texts returns the texts of a snapshot.
func texts(t testing.TB, s knowledge.Store, of knowledge.Snapshot) []string {
	t.Helper()
	var out []string
	for _, c := range Gather(t, s.Scan(t.Context(), of)) {
		out = append(out, c.Text)
	}
	return out
}

func same(t testing.TB, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s: %s", what, diff)
	}
}

func kindIs(t testing.TB, want knowledge.ErrorKind, err error) {
	t.Helper()
	if got := knowledge.KindOf(err); got != want {
		t.Errorf("error %v is of kind %q, want %q", err, got, want)
	}
}

// firstError returns the first error of a sequence.
func firstError[T any](seq iter.Seq2[T, error]) error {
	for _, err := range seq {
		if err != nil {
			return err
		}
	}
	return nil
}

func key(tenant, id string) knowledge.Key { return knowledge.Key{Tenant: tenant, ID: id} }

func ids(claims []knowledge.Claim) []string {
	out := make([]string, len(claims))
	for i := range claims {
		out[i] = claims[i].ID
	}
	return slices.Clip(out)
}

func background() context.Context { return context.Background() }
