// Package storetest is the suite that every delivery.Store has to pass: Memory, which is for tests, and databases.
package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/knowledge"
)

// Open returns a new store, in which there is nothing. It is closed when the test ends.
type Open func(t testing.TB) delivery.Store

// Run runs the whole suite.
func Run(t *testing.T, open Open) {
	t.Helper()
	for name, test := range map[string]func(*testing.T, delivery.Store){
		"inserted":          inserted,
		"noted":             noted,
		"to be said":        pending,
		"once for each key": onceForEachKey,
		"raced":             raced,
		"not to be kept":    notToBeKept,
		"taken when due":    takenWhenDue,
		"in their order":    inTheirOrder,
		"taken once":        takenOnce,
		"desks apart":       desksApart,
		"finished":          finished,
		"stale epochs":      staleEpochs,
		"attached":          attached,
		"tenants apart":     tenantsApart,
		"quoting":           quoting,
		"many quote it":     manyQuoteIt,
		"forgotten":         forgotten,
		"of some places":    forgottenPlaces,
		"hostile text":      hostileText,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}

// held is a lease that outlasts every test, and lapsed one that none finds held: no test waits for a clock.
const (
	held   = time.Hour
	lapsed = -time.Second
)

// Claim returns a claim in one of its versions.
func Claim(tenant, id string, revision int) knowledge.Claim {
	return knowledge.Claim{
		ID: id, Tenant: tenant, Kind: knowledge.KindStatement, Text: "The talks go on.", Revision: revision,
		Sources: []knowledge.Source{{Publisher: "The Delta Post", URL: "https://example.org/talks"}},
	}
}

// Reply returns a reply that the guard lets through, and that shows claims.
func Reply(claims ...knowledge.Claim) chat.Reply {
	r := chat.Reply{Lang: "en", Outcome: chat.Unsourced, Blocks: []chat.Block{{
		Role: chat.RoleLead, Parts: []chat.Part{{Kind: chat.Own, Text: "That is all there is."}},
	}}}
	for _, c := range claims {
		r.Outcome = chat.Answered
		r.Shown = append(r.Shown, chat.Shown{Claim: c})
		r.Blocks = append(r.Blocks, chat.Block{Role: chat.RoleClaim, ClaimID: c.ID, Parts: []chat.Part{{Kind: chat.Sourced, Text: c.Text, ClaimID: c.ID}}})
	}
	return r
}

// Record returns a record that is about to be sent.
func Record(tenant, key string, claims ...knowledge.Claim) delivery.Record {
	return delivery.Record{
		ID: delivery.NewID(), Tenant: tenant, Desk: "post", Key: key, To: "post:1/2", ReplyTo: "post:1/2/3",
		Reply: Reply(claims...), State: delivery.StateSending,
	}
}

// Said returns a record that was said by other means.
func Said(tenant, key string, claims ...knowledge.Claim) delivery.Record {
	r := Record(tenant, key, claims...)
	r.State, r.Ref = delivery.StateSent, "post:1/2/9"
	return r
}

// insert inserts a record that has to be the first of its key.
func insert(t testing.TB, s delivery.Store, r delivery.Record, lease time.Duration) delivery.Record {
	t.Helper()
	out, first, err := s.Insert(t.Context(), r, lease)
	if err != nil || !first {
		t.Fatalf("first %v, %v", first, err)
	}
	return out
}

// take takes up what is due.
func take(t testing.TB, s delivery.Store, desk string, limit int) []delivery.Record {
	t.Helper()
	out, err := s.Take(t.Context(), desk, held, limit)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func get(t testing.TB, s delivery.Store, tenant, id string) delivery.Record {
	t.Helper()
	r, err := s.Get(t.Context(), tenant, id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// keys returns what records are for.
func keys(records []delivery.Record) (out []string) {
	for i := range records {
		out = append(out, records[i].Key)
	}
	return out
}

func same(t testing.TB, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func kindIs(t testing.TB, want knowledge.ErrorKind, err error) {
	t.Helper()
	if got := knowledge.KindOf(err); got != want {
		t.Errorf("the error is of kind %q, want %q: %v", got, want, err)
	}
}

func texts(n int) (out []string) {
	for i := range n {
		out = append(out, fmt.Sprintf("key-%03d", i))
	}
	return out
}
