package storetest

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/knowledge"
)

func inserted(t *testing.T, s delivery.Store) {
	given := Record("one", "event", Claim("", "a", 3), Claim("one", "b", 1))
	given.Reply.Near = []string{"c", "d"}
	r := insert(t, s, given, held)
	want := given
	want.Epoch, want.Tries, want.At, want.Taken, want.Tried, want.Due = 1, 1, r.At, r.At, r.At, r.At.Add(held)
	same(t, "inserted", want, r)
	same(t, "kept", want, get(t, s, "one", r.ID))
	if r.At.IsZero() || time.Since(r.At).Abs() > time.Minute || r.At != r.At.Truncate(time.Microsecond) {
		t.Errorf("written at %v", r.At)
	}
}

func noted(t *testing.T, s delivery.Store) {
	given := Said("", "event", Claim("", "a", 1))
	r := insert(t, s, given, held)
	want := given
	want.At, want.Said = r.At, r.At
	same(t, "noted", want, r)
	same(t, "kept", want, get(t, s, "", r.ID))
	same(t, "due", 0, len(take(t, s, "post", 9)))
}

func pending(t *testing.T, s delivery.Store) {
	given := Record("one", "slot", Claim("", "a", 1))
	given.State = delivery.StatePending
	later := insert(t, s, given, held)
	want := given
	want.At, want.Due = later.At, later.At.Add(held)
	same(t, "kept", want, get(t, s, "one", later.ID))
	now := Record("one", "slot now")
	now.State = delivery.StatePending
	now = insert(t, s, now, 0)
	due := take(t, s, "post", 9)
	same(t, "due", 1, len(due))
	want = now
	want.State, want.Epoch, want.Tries, want.Taken, want.Tried, want.Due = delivery.StateSending, 1, 1, due[0].Taken, due[0].Taken, due[0].Due
	same(t, "taken up", want, due[0])
}

func onceForEachKey(t *testing.T, s delivery.Store) {
	first := insert(t, s, Record("one", "event"), held)
	again, isFirst, err := s.Insert(t.Context(), Record("one", "event", Claim("", "a", 1)), held)
	same(t, "first", false, isFirst)
	same(t, "what there is", first, again)
	kindIs(t, "", err)
	insert(t, s, Record("two", "event"), held)
	insert(t, s, Record("", "event"), held)
	other := Record("one", "event")
	other.Desk = "other"
	insert(t, s, other, held)
	same(t, "quoted by what wasn't written", []string(nil), quoted(t, s, knowledge.Key{ID: "a"}, time.Time{}))
}

func raced(t *testing.T, s delivery.Store) {
	var won atomic.Int64
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for _, key := range texts(20) {
				r, first, err := s.Insert(t.Context(), Record("one", key), held)
				if err != nil || r.Key != key {
					t.Error(r.Key, err)
				}
				if first {
					won.Add(1)
				}
			}
		})
	}
	all.Wait()
	same(t, "firsts", int64(20), won.Load())
}

func notToBeKept(t *testing.T, s delivery.Store) {
	strange := Record("one", "strange")
	strange.Reply.Blocks[0].Role = "shout"
	_, _, err := s.Insert(t.Context(), strange, held)
	kindIs(t, knowledge.Invalid, err)
	_, err = s.Get(t.Context(), "one", strange.ID)
	kindIs(t, knowledge.NotFound, err)
}

func takenWhenDue(t *testing.T, s delivery.Store) {
	insert(t, s, Record("one", "held"), held)
	due := insert(t, s, Record("one", "lapsed", Claim("", "a", 1)), lapsed)
	got := take(t, s, "post", 9)
	same(t, "taken", []string{"lapsed"}, keys(got))
	want := due
	want.Epoch, want.Tries, want.Taken, want.Due = 2, 2, got[0].Taken, got[0].Taken.Add(held)
	same(t, "taken", want, got[0])
	same(t, "kept", want, get(t, s, "one", due.ID))
	if got[0].Taken.Before(due.At) {
		t.Errorf("taken at %v, before it was written at %v", got[0].Taken, due.At)
	}
	same(t, "taken again", 0, len(take(t, s, "post", 9)))
}

func inTheirOrder(t *testing.T, s delivery.Store) {
	for i, key := range []string{"third", "first", "second"} {
		insert(t, s, Record([]string{"one", "two", ""}[i], key), -time.Duration([]int{1, 3, 2}[i])*time.Minute)
	}
	same(t, "two of them", []string{"first", "second"}, keys(take(t, s, "post", 2)))
	same(t, "the rest", []string{"third"}, keys(take(t, s, "post", 2)))
}

func takenOnce(t *testing.T, s delivery.Store) {
	for i, key := range texts(60) {
		insert(t, s, Record([]string{"one", "two", ""}[i%3], key), lapsed)
	}
	var mu sync.Mutex
	var got []string
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for none := 0; none < 3; {
				some, err := s.Take(t.Context(), "post", held, 7)
				if err != nil {
					t.Error(err)
					return
				}
				if len(some) == 0 { // others may have been faster
					none++
				}
				mu.Lock()
				got = append(got, keys(some)...)
				mu.Unlock()
			}
		})
	}
	all.Wait()
	slices.Sort(got)
	same(t, "taken", texts(60), got)
}

func desksApart(t *testing.T, s delivery.Store) {
	other := Record("one", "event")
	other.Desk = "other"
	insert(t, s, other, lapsed)
	same(t, "of this desk", 0, len(take(t, s, "post", 9)))
	same(t, "of the other", 1, len(take(t, s, "other", 9)))
}

func finished(t *testing.T, s delivery.Store) {
	for name, end := range map[string]delivery.Result{
		"sent":    {State: delivery.StateSent, Ref: "post:1/2/4"},
		"failed":  {State: delivery.StateFailed, Why: delivery.ReasonRefused},
		"pending": {State: delivery.StatePending, Why: delivery.ReasonDelayed, Again: time.Minute},
		"unknown": {State: delivery.StateUnknown, Why: delivery.ReasonLost, Tried: time.UnixMicro(1_700_000_000_000_001).UTC()},
	} {
		r := insert(t, s, Record("one", name), held)
		got, ok, err := s.Finish(t.Context(), r, end)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		want := r
		want.State, want.Why, want.Ref, want.Tried, want.Due = end.State, end.Why, end.Ref, end.Tried, time.Time{}
		if end.State == delivery.StateSent {
			want.Said = notBefore(t, name, got.Said, r.At)
		}
		if end.Again > 0 {
			want.Due = notBefore(t, name, got.Due, r.At.Add(end.Again))
		}
		same(t, name, want, got)
		same(t, name, want, get(t, s, "one", r.ID))
		_, ok, err = s.Finish(t.Context(), r, end)
		kindIs(t, "", err)
		same(t, name+" twice", false, ok)
	}
	same(t, "due", 0, len(take(t, s, "post", 9)))
}

// notBefore returns a time that the store has set.
func notBefore(t testing.TB, what string, got, least time.Time) time.Time {
	t.Helper()
	if got.Before(least) || got.After(least.Add(time.Minute)) {
		t.Errorf("%s: %v, want a time soon behind %v", what, got, least)
	}
	return got
}

func staleEpochs(t *testing.T, s delivery.Store) {
	stale := insert(t, s, Record("one", "event"), lapsed)
	fresh := take(t, s, "post", 9)[0]
	_, ok, err := s.Finish(t.Context(), stale, delivery.Result{State: delivery.StateFailed})
	kindIs(t, "", err)
	same(t, "a stale epoch", false, ok)
	same(t, "untouched", fresh, get(t, s, "one", fresh.ID))
	_, ok, err = s.Finish(t.Context(), fresh, delivery.Result{State: delivery.StateSent, Ref: "x"})
	kindIs(t, "", err)
	same(t, "the epoch", true, ok)
	foreign := fresh
	foreign.Tenant = "two"
	_, ok, err = s.Finish(t.Context(), foreign, delivery.Result{State: delivery.StateFailed})
	kindIs(t, "", err)
	same(t, "of another tenant", false, ok)
}

func attached(t *testing.T, s delivery.Store) {
	r := Said("one", "event")
	r.Ref = ""
	r = insert(t, s, r, held)
	kindIs(t, "", s.Attach(t.Context(), "one", r.ID, "post:1/2/5"))
	r.Ref = "post:1/2/5"
	same(t, "attached", r, get(t, s, "one", r.ID))
	kindIs(t, knowledge.NotFound, s.Attach(t.Context(), "two", r.ID, "x"))
	kindIs(t, knowledge.NotFound, s.Attach(t.Context(), "one", "none", "x"))
	sending := insert(t, s, Record("one", "sending"), held)
	kindIs(t, knowledge.NotFound, s.Attach(t.Context(), "one", sending.ID, "x"))
	same(t, "what stays", r, get(t, s, "one", r.ID))
}

func tenantsApart(t *testing.T, s delivery.Store) {
	for _, tenant := range []string{"", "one", "two"} {
		r := insert(t, s, Record(tenant, "event"), held)
		for _, other := range []string{"", "one", "two", "three"} {
			_, err := s.Get(t.Context(), other, r.ID)
			want := knowledge.NotFound
			if other == tenant {
				want = ""
			}
			kindIs(t, want, err)
		}
	}
}

// quoted returns the keys of the records that quote a claim.
func quoted(t testing.TB, s delivery.Store, claim knowledge.Key, since time.Time) (out []string) {
	t.Helper()
	for r, err := range s.Quoting(t.Context(), "post", claim, since) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, r.Key)
	}
	return out
}

func quoting(t *testing.T, s delivery.Store) {
	shared, own := knowledge.Key{ID: "a"}, knowledge.Key{Tenant: "one", ID: "a"}
	first := insert(t, s, Said("one", "first", Claim("", "a", 1), Claim("", "b", 1), Claim("", "a", 2)), held)
	insert(t, s, Said("two", "second", Claim("", "a", 1)), held)
	insert(t, s, Said("one", "own", Claim("one", "a", 1)), held)
	sent := insert(t, s, Record("one", "sent", Claim("", "a", 3)), held)
	insert(t, s, Record("one", "sending", Claim("", "a", 1)), held)
	for key, end := range map[string]delivery.Result{
		"waiting": {State: delivery.StatePending, Why: delivery.ReasonDelayed, Again: time.Hour},
		"sought":  {State: delivery.StateUnknown, Why: delivery.ReasonLost, Again: time.Hour},
		"lost":    {State: delivery.StateUnknown, Why: delivery.ReasonLost},
		"failed":  {State: delivery.StateFailed, Why: delivery.ReasonRefused},
	} {
		if _, ok, err := s.Finish(t.Context(), insert(t, s, Record("one", key, Claim("", "a", 1)), held), end); err != nil || !ok {
			t.Fatal(ok, err)
		}
	}
	unseen := Said("one", "unseen", Claim("", "a", 1))
	unseen.Ref = ""
	insert(t, s, unseen, held)
	other := Said("one", "of another desk", Claim("", "a", 1))
	other.Desk = "other"
	insert(t, s, other, held)
	if _, ok, err := s.Finish(t.Context(), sent, delivery.Result{State: delivery.StateSent, Ref: "x"}); err != nil || !ok {
		t.Fatal(ok, err)
	}
	all := []string{"first", "second", "sending", "sent", "sought", "waiting"}
	sortedAs(t, "shared", all, quoted(t, s, shared, time.Time{}))
	sortedAs(t, "own", []string{"own"}, quoted(t, s, own, time.Time{}))
	sortedAs(t, "since then", all, quoted(t, s, shared, first.At))
	sortedAs(t, "later", nil, quoted(t, s, shared, time.Now().Add(time.Hour)))
	sortedAs(t, "none", nil, quoted(t, s, knowledge.Key{ID: "none"}, time.Time{}))
	same(t, "versions", []delivery.Quote{
		{Key: shared, Revision: 1}, {Key: knowledge.Key{ID: "b"}, Revision: 1}, {Key: shared, Revision: 2},
	}, first.Quotes())
}

// sortedAs compares what was written within the same moment, perhaps.
func sortedAs(t testing.TB, what string, want, got []string) {
	t.Helper()
	slices.Sort(got)
	same(t, what, want, got)
}

// manyQuoteIt reads more than one page, in the order in which it was written.
func manyQuoteIt(t *testing.T, s delivery.Store) {
	const n = 503
	var all sync.WaitGroup
	for _, some := range slices.Collect(slices.Chunk(texts(n), 100)) {
		all.Go(func() {
			for _, key := range some {
				if _, _, err := s.Insert(t.Context(), Said("one", key, Claim("", "a", 1)), held); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	var last time.Time
	var got []string
	for r, err := range s.Quoting(t.Context(), "post", knowledge.Key{ID: "a"}, time.Time{}) {
		if err != nil || r.At.Before(last) {
			t.Fatal(r.At, last, err)
		}
		last = r.At
		got = append(got, r.Key)
	}
	want := texts(n)
	slices.Sort(want)
	sortedAs(t, "quoting", want, got)
}

func forgotten(t *testing.T, s delivery.Store) {
	var first delivery.Record
	for i, key := range texts(230) {
		r := insert(t, s, Said([]string{"one", "two", ""}[i%3], key, Claim("", "a", 1)), held)
		if i == 0 {
			first = r
		}
	}
	n, err := s.Forget(t.Context(), first.At)
	kindIs(t, "", err)
	same(t, "nothing is older", 0, n)
	n, err = s.Forget(t.Context(), time.Now().Add(time.Hour))
	kindIs(t, "", err)
	same(t, "all", 230, n)
	_, err = s.Get(t.Context(), "one", first.ID)
	kindIs(t, knowledge.NotFound, err)
	same(t, "quoting", []string(nil), quoted(t, s, knowledge.Key{ID: "a"}, time.Time{}))
	insert(t, s, Said("one", first.Key), held)
}

func forgottenPlaces(t *testing.T, s delivery.Store) {
	for to, tenant := range map[chat.Address]string{"slack:T1/D1": "", "slack:T1/C1": "", "slack:T11/D1": "", "slack:t1/D1": "", "slack:T1": "", "slack:T1/C2": "one"} {
		r := Said(tenant, string(to), Claim("", "a", 1))
		r.To = to
		insert(t, s, r, held)
	}
	for _, key := range texts(120) {
		r := Said("", key, Claim("", "a", 1))
		r.To = "slack:T1/D2"
		insert(t, s, r, held)
	}
	_, err := s.ForgetAt(t.Context(), "")
	kindIs(t, knowledge.Invalid, err)
	n, err := s.ForgetAt(t.Context(), "slack:T1/")
	kindIs(t, "", err)
	same(t, "deleted", 122, n)
	sortedAs(t, "what stays", []string{"slack:T1", "slack:T1/C2", "slack:T11/D1", "slack:t1/D1"}, quoted(t, s, knowledge.Key{ID: "a"}, time.Time{}))
}

func hostileText(t *testing.T, s delivery.Store) {
	r := insert(t, s, Said("one", "'; DROP TABLE deliveries; --", Claim("", "a", 1)), held)
	for _, text := range []string{"\x00", "\xff", "'; DROP TABLE deliveries; --", "%", "$1", strings.Repeat("x", 100000), r.ID + "\x00"} {
		_, err := s.Get(t.Context(), "one", text)
		kindIs(t, knowledge.NotFound, err)
		_, err = s.Get(t.Context(), text, r.ID)
		kindIs(t, knowledge.NotFound, err)
		kindIs(t, knowledge.NotFound, s.Attach(t.Context(), text, text, "x"))
		same(t, "quoting", []string(nil), quoted(t, s, knowledge.Key{Tenant: text, ID: text}, time.Time{}))
		n, err := s.ForgetAt(t.Context(), text)
		kindIs(t, "", err)
		same(t, "deleted", 0, n)
	}
	said := Said("one", "text")
	said.Reply.Blocks[0].Parts[0].Text = "NUL \x00, '\"\\ <b>&\u2028 🙂"
	said = insert(t, s, said, held)
	same(t, "kept", said, get(t, s, "one", said.ID))
}
