// Package storetest is the suite that every digest.Store has to pass: Memory, which is for tests, and databases.
package storetest

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	deliverytest "github.com/whosays/whosays/bot/delivery/storetest"
	"github.com/whosays/whosays/bot/digest"
	"github.com/whosays/whosays/knowledge"
)

// Stores are a store of digests and the outbox into which it writes.
type Stores struct {
	Digests digest.Store
	Outbox  delivery.Store
}

// Run runs the whole suite, on stores in which there is nothing and which are closed when their test ends.
func Run(t *testing.T, open func(t testing.TB) Stores) {
	t.Helper()
	for name, test := range map[string]func(*testing.T, Stores){
		"kept":            kept,
		"one of a place":  oneOfAPlace,
		"to be refused":   toBeRefused,
		"taken when due":  takenWhenDue,
		"paused":          paused,
		"published":       published,
		"missed":          missed,
		"published once":  publishedOnce,
		"deleted":         deleted,
		"forgotten":       forgotten,
		"tenants apart":   tenantsApart,
		"changed between": changedBetween,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}

const (
	held   = time.Hour
	lapsed = -time.Second
)

// Subscription returns a subscription whose next slot is due.
func Subscription(tenant, id string) digest.Subscription {
	at := time.Now().UTC().Truncate(time.Minute).Add(-time.Minute)
	return digest.Subscription{
		ID: id, Tenant: tenant, Desk: "post", To: chat.Address("post:" + id), Schedule: digest.Schedule{Fields: "0 9 * * *", Zone: "Europe/Kyiv"},
		Topics: []digest.Topic{digest.Negotiations, "issue-land"}, Lang: "uk", Silent: true, Shift: 90 * time.Second, By: "post:U1", At: at, From: at,
		State: digest.Active, Next: digest.Slot{Civil: "2026-11-30T09:00", At: at},
		Since: knowledge.Heads{Tenant: tenant, Shared: knowledge.Head{Revision: 4, Hash: "4f", At: at}},
	}
}

// Edition returns the edition of a subscription's next slot, which quotes a claim.
func Edition(s digest.Subscription) digest.Edition {
	return digest.Edition{
		Slot: s.Next, Outcome: digest.Written, Reply: deliverytest.Reply(deliverytest.Claim("", "a", 1)),
		Next:  digest.Slot{Civil: "2026-12-01T09:00", At: time.Now().UTC().Truncate(time.Minute).Add(24 * time.Hour)},
		Knows: knowledge.Heads{Tenant: s.Tenant, Shared: knowledge.Head{Revision: 5, Hash: "5f"}},
	}
}

func same(t testing.TB, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func put(t testing.TB, s Stores, sub digest.Subscription) digest.Subscription {
	t.Helper()
	out, err := s.Digests.Put(t.Context(), sub)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func at(t testing.TB, s Stores, sub digest.Subscription) digest.Subscription {
	t.Helper()
	out, err := s.Digests.At(t.Context(), sub.Tenant, sub.Desk, sub.To)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func take(t testing.TB, s Stores, lease time.Duration, limit int) (ids []string) {
	t.Helper()
	all, err := s.Digests.Take(t.Context(), lease, limit)
	if err != nil {
		t.Fatal(err)
	}
	for _, sub := range all {
		if d := time.Since(sub.Taken).Abs(); d > time.Minute { // the store's clock is this machine's
			t.Errorf("%s/%s was taken %v ago", sub.Tenant, sub.ID, d)
		}
		ids = append(ids, sub.Tenant+"/"+sub.ID)
	}
	return ids
}

func publish(t testing.TB, s Stores, sub digest.Subscription, e digest.Edition) bool {
	t.Helper()
	done, err := s.Digests.Publish(t.Context(), sub, e, 0)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func slots(t testing.TB, s Stores, sub digest.Subscription) (out []string) {
	t.Helper()
	all, err := s.Digests.Slots(t.Context(), sub.Tenant, sub.ID, 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		out = append(out, fmt.Sprint(p.Civil, " ", p.Outcome, " ", p.Said))
	}
	return out
}

func due(t testing.TB, s Stores) []delivery.Record {
	t.Helper()
	out, err := s.Outbox.Take(t.Context(), "post", held, 100)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func kept(t *testing.T, s Stores) {
	sub := Subscription("one", "a")
	same(t, "put", sub, put(t, s, sub))
	same(t, "kept", sub, at(t, s, sub))
	other := put(t, s, Subscription("one", "b"))
	all, err := s.Digests.List(t.Context(), "one")
	same(t, "listed", []any{[]digest.Subscription{sub, other}, error(nil)}, []any{all, err})
}

func oneOfAPlace(t *testing.T, s Stores) {
	first := put(t, s, Subscription("one", "a"))
	again := Subscription("one", "b")
	again.To, again.By, again.At = first.To, "post:U2", again.At.Add(time.Hour)
	again.Fields, again.Topics, again.Lang, again.Silent, again.Shift = "30 18 * * 1", nil, "ru", false, 0
	want := again
	want.ID, want.By, want.At = first.ID, first.By, first.At
	same(t, "put", want, put(t, s, again))
	same(t, "kept", want, at(t, s, first))
	all, err := s.Digests.List(t.Context(), "one")
	same(t, "one", []any{1, error(nil)}, []any{len(all), err})
}

func toBeRefused(t *testing.T, s Stores) {
	for name, change := range map[string]func(*digest.Subscription){
		"no tenant":   func(s *digest.Subscription) { s.Tenant = "" },
		"no address":  func(s *digest.Subscription) { s.To = "" },
		"a bad field": func(s *digest.Subscription) { s.Fields = "CRON_TZ=UTC" },
		"a bad zone":  func(s *digest.Subscription) { s.Zone = "Mars" },
		"a long wait": func(s *digest.Subscription) { s.Shift = time.Hour },
	} {
		sub := Subscription("one", "a")
		change(&sub)
		_, err := s.Digests.Put(t.Context(), sub)
		same(t, name, knowledge.Invalid, knowledge.KindOf(err))
	}
	_, err := s.Digests.At(t.Context(), "one", "post", "post:a")
	same(t, "nothing is kept", knowledge.NotFound, knowledge.KindOf(err))
}

func takenWhenDue(t *testing.T, s Stores) {
	for i, id := range []string{"c", "b", "a"} {
		sub := Subscription("one", id)
		sub.Next.At = sub.Next.At.Add(-time.Duration(i) * time.Minute)
		put(t, s, sub)
	}
	later, never := Subscription("two", "later"), Subscription("two", "never")
	later.Next.At, never.Next = time.Now().UTC().Truncate(time.Minute).Add(time.Hour), digest.Slot{}
	put(t, s, later)
	put(t, s, never)
	same(t, "the longest due first", []string{"one/a", "one/b"}, take(t, s, held, 2))
	same(t, "the others", []string{"one/c"}, take(t, s, lapsed, 9))
	same(t, "taken again once nobody has it", []string{"one/c"}, take(t, s, held, 9))
	same(t, "no other", []string(nil), take(t, s, held, 9))
}

func paused(t *testing.T, s Stores) {
	sub := put(t, s, Subscription("one", "a"))
	same(t, "taken", []string{"one/a"}, take(t, s, lapsed, 9))
	for _, why := range []digest.Pause{digest.Refused, digest.Asked} {
		same(t, "paused", error(nil), s.Digests.Pause(t.Context(), "one", "a", why))
	}
	sub.State, sub.Why = digest.Paused, digest.Refused
	same(t, "kept", sub, at(t, s, sub))
	same(t, "not taken", []string(nil), take(t, s, held, 9))
	same(t, "not published", false, publish(t, s, sub, Edition(sub)))
	same(t, "one that isn't there", error(nil), s.Digests.Pause(t.Context(), "one", "x", digest.Asked))
	sub.State, sub.Why = digest.Active, ""
	put(t, s, sub)
	same(t, "active again", []string{"one/a"}, take(t, s, held, 9))
}

func published(t *testing.T, s Stores) {
	sub := put(t, s, Subscription("one", "a"))
	take(t, s, held, 9)
	e := Edition(sub)
	same(t, "published", true, publish(t, s, sub, e))
	same(t, "slots", []string{"2026-11-30T09:00 written pending"}, slots(t, s, sub))
	sub.Next, sub.Since = e.Next, e.Knows
	same(t, "what comes next", sub, at(t, s, sub))
	said := due(t, s)
	if len(said) != 1 {
		t.Fatalf("%d records are due", len(said))
	}
	same(t, "said", []any{"digest:a:2026-11-30T09:00", sub.To, "one", 1}, []any{said[0].Key, said[0].To, said[0].Tenant, len(said[0].Quotes())})
	if _, ok, err := s.Outbox.Finish(t.Context(), said[0], delivery.Result{State: delivery.StateSent, Ref: "post:9"}); err != nil || !ok {
		t.Fatal(ok, err)
	}
	same(t, "said", []string{"2026-11-30T09:00 written sent"}, slots(t, s, sub))
	sub.Next = digest.Slot{Civil: "2026-12-01T09:00", At: e.Next.At}
	silent := digest.Edition{Slot: sub.Next, Outcome: digest.Nothing, Knows: e.Knows}
	same(t, "and silent", true, publish(t, s, sub, silent))
	same(t, "both", []string{"2026-12-01T09:00 nothing ", "2026-11-30T09:00 written sent"}, slots(t, s, sub))
	same(t, "nothing to say", 0, len(due(t, s)))
}

func missed(t *testing.T, s Stores) {
	sub := put(t, s, Subscription("one", "a"))
	e := Edition(sub)
	for i := range 300 {
		e.Missed = append(e.Missed, digest.Slot{Civil: fmt.Sprintf("2025-11-30T09:%03d", i), At: sub.Next.At.Add(-time.Hour)})
	}
	same(t, "published", true, publish(t, s, sub, e))
	all, err := s.Digests.Slots(t.Context(), "one", "a", 1000)
	same(t, "slots", []any{301, error(nil), digest.Written, digest.Missed}, []any{len(all), err, all[0].Outcome, all[300].Outcome})
}

// publishedOnce is row 1 of guides/reliability.md, of one slot.
func publishedOnce(t *testing.T, s Stores) {
	sub := put(t, s, Subscription("one", "a"))
	var won atomic.Int64
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			done, err := s.Digests.Publish(t.Context(), sub, Edition(sub), 0)
			if err != nil {
				t.Error(err)
			}
			if done {
				won.Add(1)
			}
		})
	}
	all.Wait()
	same(t, "published", int64(1), won.Load())
	same(t, "said", 1, len(due(t, s)))
}

func deleted(t *testing.T, s Stores) {
	sub := put(t, s, Subscription("one", "a"))
	publish(t, s, sub, Edition(sub))
	same(t, "deleted", error(nil), s.Digests.Delete(t.Context(), "one", "a"))
	same(t, "again", knowledge.NotFound, knowledge.KindOf(s.Digests.Delete(t.Context(), "one", "a")))
	same(t, "slots", []string(nil), slots(t, s, sub))
	same(t, "nothing comes of it", false, publish(t, s, sub, Edition(sub)))
}

func forgotten(t *testing.T, s Stores) {
	sub := put(t, s, Subscription("one", "a"))
	e := Edition(sub)
	e.Missed = []digest.Slot{{Civil: "2026-01-01T09:00", At: sub.Next.At.Add(-100 * 24 * time.Hour)}}
	publish(t, s, sub, e)
	n, err := s.Digests.Forget(t.Context(), sub.Next.At)
	same(t, "forgotten", []any{1, error(nil)}, []any{n, err})
	same(t, "slots", []string{"2026-11-30T09:00 written pending"}, slots(t, s, sub))
}

// tenantsApart is row 15, of digests.
func tenantsApart(t *testing.T, s Stores) {
	one := put(t, s, Subscription("one", "a"))
	publish(t, s, one, Edition(one))
	_, err := s.Digests.At(t.Context(), "two", one.Desk, one.To)
	same(t, "at", knowledge.NotFound, knowledge.KindOf(err))
	all, err := s.Digests.List(t.Context(), "two")
	same(t, "list", []any{0, error(nil)}, []any{len(all), err})
	same(t, "delete", knowledge.NotFound, knowledge.KindOf(s.Digests.Delete(t.Context(), "two", "a")))
	same(t, "pause", error(nil), s.Digests.Pause(t.Context(), "two", "a", digest.Asked))
	same(t, "active", digest.Active, at(t, s, one).State)
	theirs := one
	theirs.Tenant = "two"
	same(t, "slots", []string(nil), slots(t, s, theirs))
	same(t, "publish", false, publish(t, s, theirs, Edition(theirs)))
	put(t, s, theirs) // the same id and address, of another
	same(t, "both", []string{"one/a", "two/a"}, sorted(append(take(t, s, held, 9), "one/a")))
}

func sorted(ids []string) []string {
	if len(ids) == 2 && ids[0] > ids[1] {
		ids[0], ids[1] = ids[1], ids[0]
	}
	return ids
}

// changedBetween holds that whoever changes a subscription takes it from whoever is about to publish.
func changedBetween(t *testing.T, s Stores) {
	sub := put(t, s, Subscription("one", "a"))
	take(t, s, held, 9)
	changed := sub
	changed.Next = digest.Slot{Civil: "2026-11-30T18:00", At: sub.Next.At.Add(time.Hour)}
	put(t, s, changed)
	same(t, "published", false, publish(t, s, sub, Edition(sub)))
	same(t, "said", 0, len(due(t, s)))
}
