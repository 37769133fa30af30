package digest_test

import (
	"testing"
	"testing/synctest"
	"time"

	"gotest.tools/v3/golden"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	deliverytest "github.com/whosays/whosays/bot/delivery/storetest"
	"github.com/whosays/whosays/bot/digest"
	digesttest "github.com/whosays/whosays/bot/digest/storetest"
	"github.com/whosays/whosays/bot/guard"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// TestPausedNotice keeps what those are told whose digest is paused, in each language.
func TestPausedNotice(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	s := subscription(t, "a", "daily", "09:00")
	for _, s.Lang = range lexicon.Languages {
		r := d.Paused(s, digest.Slot{Civil: "2026-11-30T09:00", At: moment})
		if err := guard.Check(r); err != nil {
			t.Error(err)
		}
		if r.Lang != s.Lang || r.Blocks[1].Parts[0].Place != s.To {
			t.Errorf("in %q, of %q", r.Lang, r.Blocks[1].Parts[0].Place)
		}
		golden.Assert(t, read(r), "paused."+s.Lang+".golden")
	}
}

// subscribers are told by the bot in their direct conversations, but for those whom nobody reaches.
func subscribers(out delivery.Store, reached bool) *digest.Subscribers {
	return &digest.Subscribers{
		Outbox: out,
		Write: func(s digest.Subscription, _ digest.Slot) chat.Reply {
			return chat.Reply{Lang: s.Lang, Outcome: chat.Refused, Blocks: []chat.Block{{Role: chat.RoleLead, Parts: []chat.Part{{Kind: chat.Own, Text: "It is paused."}}}}}
		},
		Reach: func(_, _, person string) (chat.Address, bool) { return chat.Address(person), reached },
	}
}

// A channel that is closed to the bot is paused as soon as it refuses a digest, else at the next slot; who subscribed is told once.
func TestSubscriberIsTold(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		deaf    bool          // the press isn't told by the desk what came of a digest
		reached bool          // the person can be told
		within  time.Duration // of the slot: when it is paused
		told    int
	}{
		"at once":                    {false, true, 5 * time.Second, 1},
		"at the next slot":           {true, true, 24*time.Hour + 15*time.Second, 1},
		"who can't be told, at once": {false, false, 5 * time.Second, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				out, c := deliverytest.NewMemory(), &channel{closed: "post:a"}
				store := digesttest.NewMemory(out)
				sub := put(t, store, subscription(t, "a", "daily", "09:00"))
				p := digest.NewPress(digest.Options{Store: store, Composer: &writer{changed: true}, Subscribers: subscribers(out, tc.reached)})
				ended := p.Ended
				if tc.deaf {
					ended = nil
				}
				begin(t, p.Run)
				begin(t, delivery.New(delivery.Options{Name: "post", Store: out, Sender: c, Ended: ended, Poll: seldom}).Run)
				time.Sleep(7*time.Hour - time.Second) // nine o'clock in Kyiv
				state := func() digest.State {
					s, err := store.At(t.Context(), sub.Tenant, sub.Desk, sub.To)
					same(t, "at", error(nil), err)
					return s.State
				}
				same(t, "before", digest.Active, state())
				time.Sleep(time.Second + 10*time.Second + tc.within)
				same(t, "after", digest.Paused, state())
				time.Sleep(72 * time.Hour)
				posts, twice := c.posts()
				same(t, "told, and twice", []int{tc.told, 0}, []int{posts, twice})
				same(t, "told what", tc.told, c.told["paused:a:2000-01-01T09:00"])
				same(t, "slots", []string{"2000-01-01T09:00 written failed"}, outcomes(t, store, "a"))
			})
		})
	}
}

// What was refused before the digest was resumed, or is of one that was changed, or isn't a digest, pauses nothing.
func TestEndedThatPausesNothing(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*digest.Subscription, *delivery.Record){
		"resumed since":      func(s *digest.Subscription, _ *delivery.Record) { s.From = s.Next.At.Add(time.Minute) },
		"another slot":       func(_ *digest.Subscription, r *delivery.Record) { r.Key = "digest:a:1999-12-31T09:00" },
		"another's":          func(_ *digest.Subscription, r *delivery.Record) { r.Key = "digest:b:2000-01-01T09:00" },
		"no digest":          func(_ *digest.Subscription, r *delivery.Record) { r.Key = "message:1" },
		"elsewhere":          func(_ *digest.Subscription, r *delivery.Record) { r.To = "post:b" },
		"another tenant's":   func(_ *digest.Subscription, r *delivery.Record) { r.Tenant = "two" },
		"sent":               func(_ *digest.Subscription, r *delivery.Record) { r.State = delivery.StateSent },
		"too late":           func(_ *digest.Subscription, r *delivery.Record) { r.Why = delivery.ReasonLate },
		"paused by somebody": func(s *digest.Subscription, _ *delivery.Record) { s.State, s.Why = digest.Paused, digest.Asked },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				out := deliverytest.NewMemory()
				store := digesttest.NewMemory(out)
				sub := put(t, store, subscription(t, "a", "daily", "09:00"))
				reply := subscribers(out, true).Write(sub, sub.Next)
				done, err := store.Publish(t.Context(), sub, digest.Edition{Slot: sub.Next, Outcome: digest.Written, Reply: reply, Next: sub.Next}, 0)
				same(t, "published", []any{true, error(nil)}, []any{done, err})
				said, err := out.Take(t.Context(), "post", time.Minute, 1)
				same(t, "said", []any{1, error(nil)}, []any{len(said), err})
				r, _, err := out.Finish(t.Context(), said[0], delivery.Result{State: delivery.StateFailed, Why: delivery.ReasonRefused})
				same(t, "refused", error(nil), err)
				change(&sub, &r)
				sub = put(t, store, sub)
				p := digest.NewPress(digest.Options{Store: store, Composer: &writer{}, Subscribers: subscribers(out, true)})
				p.Ended(t.Context(), r)
				now, err := store.At(t.Context(), sub.Tenant, sub.Desk, sub.To)
				same(t, "as before", []any{error(nil), sub.State, sub.Why}, []any{err, now.State, now.Why})
				said, err = out.Take(t.Context(), "post", time.Minute, 1)
				same(t, "nobody is told", []any{0, error(nil)}, []any{len(said), err})
			})
		})
	}
}

func TestDueAt(t *testing.T) {
	t.Parallel()
	for zone, at := range map[string]time.Time{
		"Europe/Kyiv": time.Date(2026, 11, 30, 7, 0, 0, 0, time.UTC), "America/New_York": time.Date(2026, 11, 30, 14, 0, 0, 0, time.UTC),
	} {
		s := digest.Subscription{Schedule: digest.Schedule{Fields: "0 9 * * *", Zone: zone}}
		plan, err := s.Plan()
		if err != nil {
			t.Fatal(err)
		}
		slot := plan.Next(at.Add(-time.Minute))
		due, ok := digest.DueAt(s.Tag(slot))
		same(t, s.Tag(slot), []any{at, true, "2026-11-30 09:00 " + zone}, []any{due, ok, s.Tag(slot)})
	}
	for _, tag := range []string{"", "2026-11-30", "2026-11-30 09:00", "2026-11-30 09:00 ", "2026-11-30 25:00 UTC", "2026-11-30 09:00 Local", "2026-11-30 09:00 ../etc"} {
		if at, ok := digest.DueAt(tag); ok {
			t.Errorf("%q was due %v", tag, at)
		}
	}
}
