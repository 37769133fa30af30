package delivery_test

import (
	"context"
	"errors"
	"log/slog"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/delivery/storetest"
	"github.com/whosays/whosays/bot/guard"
	"github.com/whosays/whosays/knowledge"
)

const window = 4 * time.Minute

func desk(store delivery.Store, p *platform) *delivery.Desk {
	return delivery.New(delivery.Options{Name: "post", Store: store, Sender: p, Nonces: p.window})
}

func post(key string) chat.Post {
	return chat.Post{To: "post:1/2", Key: key, Reply: storetest.Reply(storetest.Claim("", "a", 1))}
}

// run runs a desk's worker until the test ends, within its bubble.
func run(t *testing.T, d *delivery.Desk) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		d.Run(ctx)
	}()
	t.Cleanup(func() {
		cancel()
		<-done
	})
}

func same(t testing.TB, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// A try may end in each of these ways; then the worker goes on. Whatever happens, a post never stands there twice.
func TestSay(t *testing.T) {
	t.Parallel()
	delayed := &chat.Delayed{After: 20 * time.Second, Err: errors.New("too many")}
	for name, tc := range map[string]struct {
		platform      *platform
		first         delivery.State // after Say
		then          delivery.State // an hour and a half later
		why           delivery.Reason
		posts, sends  int
		refused, says bool
	}{
		"at once":          {&platform{}, delivery.StateSent, delivery.StateSent, "", 1, 1, false, true},
		"refused":          {&platform{script: []step{{err: chat.ErrRefused}}}, delivery.StateFailed, delivery.StateFailed, delivery.ReasonRefused, 0, 1, true, false},
		"asked to wait":    {&platform{script: []step{{err: delayed}, {err: delayed}}}, delivery.StatePending, delivery.StateSent, "", 1, 3, false, true},
		"found":            {&platform{script: []step{{stores: true, err: errLost}}}, delivery.StateUnknown, delivery.StateSent, "", 1, 1, false, true},
		"absent":           {&platform{script: []step{{err: errLost}}}, delivery.StateUnknown, delivery.StateSent, "", 1, 2, false, true},
		"blind, in time":   {&platform{blind: true, window: window, script: []step{{stores: true, err: errLost}}}, delivery.StateUnknown, delivery.StateSent, "", 1, 2, false, true},
		"blind, never":     {&platform{blind: true, script: []step{{stores: true, err: errLost}}}, delivery.StateUnknown, delivery.StateUnknown, delivery.ReasonUnknown, 1, 1, false, false},
		"blind, not there": {&platform{blind: true, script: []step{{err: errLost}}}, delivery.StateUnknown, delivery.StateUnknown, delivery.ReasonUnknown, 0, 1, false, false},
		"panics":           {&platform{script: []step{{stores: true, panics: true}}}, delivery.StateUnknown, delivery.StateSent, "", 1, 1, false, true},
		"hangs":            {&platform{script: []step{{stores: true, takes: time.Hour}}}, delivery.StateUnknown, delivery.StateSent, "", 1, 1, false, true},
		"lost, then asked to wait, blind": {
			&platform{blind: true, window: window, script: []step{{stores: true, err: errLost}, {err: &chat.Delayed{After: 10 * time.Minute, Err: errLost}}}},
			delivery.StateUnknown, delivery.StateUnknown, delivery.ReasonUnknown, 1, 2, false, false,
		},
		"asked to wait for long": {&platform{script: []step{{err: &chat.Delayed{After: 61 * time.Minute, Err: errLost}}}}, delivery.StatePending, delivery.StateFailed, delivery.ReasonLate, 0, 1, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p, told := tc.platform, &told{}
				d := delivery.New(delivery.Options{
					Name: "post", Store: storetest.NewMemory(), Sender: p, Nonces: p.window, Ended: told.ended, Log: slog.New(slog.NewTextHandler(&told.log, nil)),
				})
				run(t, d)
				r, err := d.Say(t.Context(), "one", post("event"))
				same(t, "refused", tc.refused, errors.Is(err, chat.ErrRefused))
				if err != nil && !tc.refused {
					t.Error(err)
				}
				same(t, "first", tc.first, r.State)
				time.Sleep(90 * time.Minute)
				r, err = d.Get(t.Context(), "one", r.ID)
				if err != nil {
					t.Fatal(err)
				}
				posts, sends := p.posts()
				same(t, "then", []any{tc.then, tc.why, tc.posts, tc.sends}, []any{r.State, r.Why, posts, sends})
				same(t, "said", tc.says, !r.Said.IsZero() && r.Ref == "message:event")
				want := string(tc.why)
				if want == "" {
					want = string(tc.then)
				}
				same(t, "told", []string{want}, told.ends)
				lines := strings.Count(told.log.String(), `look whether it stands there" desk=post id=`+r.ID+" tenant=one for=event to=post:1/2")
				same(t, "the operator is told", tc.then == delivery.StateUnknown, lines == 1)
			})
		})
	}
}

// told is what somebody is told of the ends of records, and the operator in the log. Only one desk tells them.
type told struct {
	ends []string
	log  strings.Builder
}

func (t *told) ended(_ context.Context, r delivery.Record) { t.ends = append(t.ends, r.End()) }

// setBack is a store whose clock is set back by two hours behind the first try.
type setBack struct{ *storetest.Memory }

func (s setBack) Take(ctx context.Context, desk string, lease time.Duration, limit int) ([]delivery.Record, error) {
	all, err := s.Memory.Take(ctx, desk, lease, limit)
	for i := range all {
		all[i].Taken = all[i].Taken.Add(-2 * time.Hour)
	}
	return all, err
}

// Row 7 of guides/reliability.md: what was perhaps sent before the clock was set back is looked for, and no nonce is relied on.
func TestClockSetBack(t *testing.T) {
	t.Parallel()
	for name, window := range map[string]time.Duration{"without nonces": 0, "with nonces": time.Minute} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p := &platform{window: window, script: []step{{stores: true, err: errLost}}}
				d := desk(setBack{storetest.NewMemory()}, p)
				run(t, d)
				r, err := d.Say(t.Context(), "one", post("event"))
				same(t, "say", []any{error(nil), delivery.StateUnknown}, []any{err, r.State})
				time.Sleep(10 * time.Minute)
				r, err = d.Get(t.Context(), "one", r.ID)
				posts, sends := p.posts()
				same(t, "then", []any{error(nil), delivery.StateSent, 1, 1, time.Hour}, []any{err, r.State, posts, sends, p.ago})
			})
		})
	}
}

func TestSayTwice(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &platform{}
		d := desk(storetest.NewMemory(), p)
		first, err := d.Say(t.Context(), "one", post("event"))
		if err != nil {
			t.Fatal(err)
		}
		again := post("event")
		again.Reply = storetest.Reply()
		second, err := d.Say(t.Context(), "one", again)
		same(t, "error", nil, err)
		same(t, "what was said", first, second)
		posts, sends := p.posts()
		same(t, "posts and sends", []int{1, 1}, []int{posts, sends})
		if !regexp.MustCompile(`^[A-Za-z0-9_-]{22}$`).MatchString(first.ID) || len(first.Nonce()) > 25 {
			t.Errorf("id %q, nonce %q", first.ID, first.Nonce())
		}
		same(t, "the sender knows the id", first.ID, p.stored[0].ID)
	})
}

// Desks of two replicas race on each of many keys: each is sent once.
func TestDesksRace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p, store := &platform{}, storetest.NewMemory()
		var all sync.WaitGroup
		for range 3 {
			d := desk(store, p)
			run(t, d)
			for i := range 50 {
				all.Go(func() {
					if _, err := d.Say(t.Context(), "one", post(string(rune('A'+i)))); err != nil {
						t.Error(err)
					}
				})
			}
		}
		all.Wait()
		posts, sends := p.posts()
		same(t, "posts and sends", []int{50, 50}, []int{posts, sends})
	})
}

func TestGuardIsAskedAgain(t *testing.T) {
	t.Parallel()
	invented := post("event")
	invented.Reply.Blocks[0].Parts[0].Text = "About 700,000."
	synctest.Test(t, func(t *testing.T) {
		p, store := &platform{}, storetest.NewMemory()
		d := desk(store, p)
		run(t, d)
		r, err := d.Say(t.Context(), "one", invented)
		refused, ok := errors.AsType[*guard.Error](err)
		same(t, "refused, without a record", []any{true, ""}, []any{ok && len(refused.Violations) > 0, r.ID})
		_, _, err = d.Note(t.Context(), delivery.Record{Tenant: "one", Key: "event", Reply: invented.Reply})
		_, ok = errors.AsType[*guard.Error](err)
		same(t, "nor noted", true, ok)
		// Somebody has altered the row.
		row := storetest.Record("one", "altered")
		row.Reply = invented.Reply
		row, _, err = store.Insert(t.Context(), row, -time.Second)
		same(t, "inserted", nil, err)
		time.Sleep(time.Minute)
		row, err = d.Get(t.Context(), "one", row.ID)
		same(t, "failed", []any{nil, delivery.StateFailed, delivery.ReasonGuard}, []any{err, row.State, row.Why})
		_, sends := p.posts()
		same(t, "sends", 0, sends)
	})
}

func TestNote(t *testing.T) {
	t.Parallel()
	p, store := &platform{}, storetest.NewMemory()
	d := desk(store, p)
	given := delivery.Record{ID: delivery.NewID(), Tenant: "one", Key: "interaction", To: "post:1/2", Reply: storetest.Reply(storetest.Claim("", "a", 1))}
	r, first, err := d.Note(t.Context(), given)
	same(t, "noted", []any{true, nil, given.ID, delivery.StateSent}, []any{first, err, r.ID, r.State})
	given.ID = ""
	again, first, err := d.Note(t.Context(), given)
	same(t, "noted again", []any{false, nil, r}, []any{first, err, again})
	said, err := d.Say(t.Context(), "one", chat.Post{To: "post:1/2", Key: "interaction", Reply: given.Reply})
	same(t, "said instead", []any{nil, r}, []any{err, said})
	quoting := func() (n int) {
		for _, err := range d.Quoting(t.Context(), knowledge.Key{ID: "a"}, time.Time{}) {
			same(t, "quoting", nil, err)
			n++
		}
		return n
	}
	same(t, "nothing to be found", 0, quoting())
	same(t, "attached", nil, d.Attach(t.Context(), "one", r.ID, "message:9"))
	same(t, "to be found", 1, quoting())
	_, err = d.Get(t.Context(), "two", r.ID)
	same(t, "of another tenant", knowledge.NotFound, knowledge.KindOf(err))
	_, sends := p.posts()
	same(t, "sends", 0, sends)
}
