package digest_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	deliverytest "github.com/whosays/whosays/bot/delivery/storetest"
	"github.com/whosays/whosays/bot/digest"
	digesttest "github.com/whosays/whosays/bot/digest/storetest"
	"github.com/whosays/whosays/knowledge"
)

// writer composes a digest that says nothing but that it is one.
type writer struct {
	mu      sync.Mutex
	changed bool
	err     error
	panics  bool
	broken  bool
}

func (w *writer) Compose(_ context.Context, s digest.Subscription, _ time.Time) (chat.Reply, knowledge.Heads, bool, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.panics {
		w.panics = false
		panic("a nil claim")
	}
	text := "Nothing has changed."
	if w.broken {
		text = "700,000 were lost."
	}
	r := chat.Reply{Lang: "en", Outcome: chat.Digest, Blocks: []chat.Block{{Role: chat.RoleLead, Parts: []chat.Part{{Kind: chat.Own, Text: text}}}}}
	return r, knowledge.Heads{Tenant: s.Tenant, Shared: knowledge.Head{Revision: s.Since.Shared.Revision + 1}}, w.changed, w.err
}

// channel counts what it is told.
type channel struct {
	mu      sync.Mutex
	told    map[string]int
	refuses bool
	closed  chat.Address // which alone refuses
}

func (c *channel) Send(_ context.Context, p chat.Post) (chat.MessageRef, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.refuses || c.closed != "" && p.To == c.closed {
		return "", chat.ErrRefused
	}
	if c.told == nil {
		c.told = map[string]int{}
	}
	c.told[p.Key]++
	return chat.MessageRef(p.Key), nil
}

func (c *channel) Lookup(context.Context, chat.Post, time.Duration) (chat.MessageRef, chat.Presence, error) {
	return "", chat.PresenceAbsent, nil
}

func (c *channel) posts() (posts, twice int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, n := range c.told {
		posts += n
		if n > 1 {
			twice++
		}
	}
	return posts, twice
}

func subscription(t *testing.T, id, every, at string) digest.Subscription {
	t.Helper()
	schedule, err := digest.New(every, at, "Europe/Kyiv")
	if err != nil {
		t.Fatal(err)
	}
	plan, err := schedule.Plan()
	if err != nil {
		t.Fatal(err)
	}
	return digest.Subscription{
		ID: id, Tenant: "one", Desk: "post", To: chat.Address("post:" + id), Schedule: schedule, Lang: "en", By: "post:U1", At: time.Now(),
		State: digest.Active, Next: plan.Next(time.Now()),
	}
}

func put(t *testing.T, s digest.Store, sub digest.Subscription) digest.Subscription {
	t.Helper()
	out, err := s.Put(t.Context(), sub)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func outcomes(t *testing.T, s digest.Store, id string) (out []string) {
	t.Helper()
	all, err := s.Slots(t.Context(), "one", id, 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		out = append(out, fmt.Sprint(p.Civil, " ", p.Outcome, " ", p.Said))
	}
	slices.Reverse(out)
	return out
}

func same(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// begin runs what a test needs in its bubble, and ends it with the test.
func begin(t *testing.T, run func(context.Context)) (end func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		run(ctx)
	}()
	end = sync.OnceFunc(func() {
		cancel()
		<-done
	})
	t.Cleanup(end)
	return end
}

// seldom is how often a desk looks where a test lasts for days.
const seldom = 5 * time.Second

func press(s digest.Store, w *writer) func(context.Context) {
	return digest.NewPress(digest.Options{Store: s, Composer: w}).Run
}

// The clock of a bubble begins at midnight, UTC, on 1 January 2000.
func TestPress(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for name, tc := range map[string]struct {
		writer *writer
		silent bool
		down   time.Duration // for how long nobody runs, from the first day's noon on
		days   int
		want   []string
		posts  int
	}{
		"daily": {&writer{changed: true}, false, 0, 3, []string{
			"2000-01-01T09:00 written sent", "2000-01-02T09:00 written sent", "2000-01-03T09:00 written sent",
		}, 3},
		"nothing changed, said":   {&writer{}, false, 0, 1, []string{"2000-01-01T09:00 written sent"}, 1},
		"nothing changed, silent": {&writer{}, true, 0, 2, []string{"2000-01-01T09:00 nothing ", "2000-01-02T09:00 nothing "}, 0},
		"the guard stops it":      {&writer{changed: true, broken: true}, false, 0, 1, []string{"2000-01-01T09:00 stopped "}, 0},
		// Row 5 of guides/reliability.md.
		"down for an hour past the hour": {&writer{changed: true}, false, 20 * time.Hour, 2, []string{
			"2000-01-01T09:00 written sent", "2000-01-02T09:00 written sent",
		}, 2},
		"down for three days": {&writer{changed: true}, false, 3 * day, 4, []string{
			"2000-01-01T09:00 written sent", "2000-01-02T09:00 missed ", "2000-01-03T09:00 missed ", "2000-01-04T09:00 written sent",
		}, 2},
		"down for three days and longer than it is made up for": {&writer{changed: true}, false, 3*day + 3*time.Hour, 5, []string{
			"2000-01-01T09:00 written sent", "2000-01-02T09:00 missed ", "2000-01-03T09:00 missed ", "2000-01-04T09:00 missed ", "2000-01-05T09:00 written sent",
		}, 2},
		// Row 7: a panic isn't the end.
		"a panic": {&writer{changed: true, panics: true}, false, 0, 1, []string{"2000-01-01T09:00 written sent"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				out, c := deliverytest.NewMemory(), &channel{}
				store := digesttest.NewMemory(out)
				sub := subscription(t, "a", "daily", "09:00")
				sub.Silent = tc.silent
				put(t, store, sub)
				begin(t, delivery.New(delivery.Options{Name: "post", Store: out, Sender: c, Poll: seldom}).Run)
				end := begin(t, press(store, tc.writer))
				time.Sleep(12 * time.Hour)
				if tc.down > 0 {
					end()
					time.Sleep(tc.down)
					begin(t, press(store, tc.writer))
				}
				time.Sleep(time.Duration(tc.days-1)*day - tc.down + time.Minute)
				same(t, "slots", tc.want, outcomes(t, store, "a"))
				posts, twice := c.posts()
				same(t, "posts, and twice", []int{tc.posts, 0}, []int{posts, twice})
			})
		})
	}
}

// poisoned is a composer that one subscription has panic each time.
type poisoned struct {
	writer
	id string
}

func (p *poisoned) Compose(ctx context.Context, s digest.Subscription, now time.Time) (chat.Reply, knowledge.Heads, bool, error) {
	if s.ID == p.id {
		panic("a nil claim")
	}
	return p.writer.Compose(ctx, s, now)
}

// Row 7: a subscription that can't be written without a panic is in nobody's way, though it is taken up before them each time.
func TestPanicsOfOne(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		out := deliverytest.NewMemory()
		store := digesttest.NewMemory(out)
		put(t, store, subscription(t, "a", "daily", "09:00"))
		put(t, store, subscription(t, "b", "daily", "09:00"))
		begin(t, digest.NewPress(digest.Options{Store: store, Composer: &poisoned{writer{changed: true}, "a"}}).Run)
		time.Sleep(12 * time.Hour)
		same(t, "slots", []string(nil), outcomes(t, store, "a"))
		same(t, "slots of another", []string{"2000-01-01T09:00 written pending"}, outcomes(t, store, "b"))
	})
}

// Row 7: what is due is told by the store, not by the clock of the process, which jumps by two hours to and fro.
func TestClockJumps(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		out := deliverytest.NewMemory()
		store := digesttest.NewMemory(out)
		put(t, store, subscription(t, "a", "30 * * * *", ""))
		now := func() time.Time {
			wrong := []time.Duration{2 * time.Hour, -2 * time.Hour, 0}[time.Now().Minute()%3]
			return time.Now().Add(wrong)
		}
		begin(t, digest.NewPress(digest.Options{Store: store, Composer: &writer{changed: true}, Now: now}).Run)
		time.Sleep(2*time.Hour + 31*time.Minute)
		want := []string{"2000-01-01T02:30 written pending", "2000-01-01T03:30 written pending", "2000-01-01T04:30 written pending"}
		same(t, "slots", want, outcomes(t, store, "a"))
	})
}

// Row 1 of guides/reliability.md, in one process: three presses tick together.
func TestThreePresses(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		out, c := deliverytest.NewMemory(), &channel{}
		store := digesttest.NewMemory(out)
		for i := range 1000 {
			put(t, store, subscription(t, fmt.Sprint("s", i), "daily", "09:00"))
		}
		time.Sleep(8*time.Hour + 50*time.Minute) // nobody looks before: that is what takes long
		w := &writer{changed: true}
		for range 3 {
			begin(t, press(store, w))
			begin(t, delivery.New(delivery.Options{Name: "post", Store: out, Sender: c}).Run)
		}
		time.Sleep(time.Hour)
		posts, twice := c.posts()
		same(t, "posts, and twice", []int{1000, 0}, []int{posts, twice})
	})
}

// Row 4: who took a subscription up and stood still past the lease writes nothing.
func TestStalePress(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		out := deliverytest.NewMemory()
		store := digesttest.NewMemory(out)
		put(t, store, subscription(t, "a", "daily", "09:00"))
		time.Sleep(8 * time.Hour)
		stale, err := store.Take(t.Context(), time.Minute, 1)
		same(t, "taken", []any{1, error(nil)}, []any{len(stale), err})
		w := &writer{changed: true}
		begin(t, press(store, w))
		time.Sleep(2 * time.Minute)
		same(t, "slots", []string{"2000-01-01T09:00 written pending"}, outcomes(t, store, "a"))
		done, err := store.Publish(t.Context(), stale[0], digest.Edition{Slot: stale[0].Next, Outcome: digest.Missed}, 0)
		same(t, "stale", []any{false, error(nil)}, []any{done, err})
	})
}

// A base that is away is asked again, and the digest comes late.
func TestComposeFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		out, c := deliverytest.NewMemory(), &channel{}
		store := digesttest.NewMemory(out)
		put(t, store, subscription(t, "a", "daily", "09:00"))
		w := &writer{changed: true, err: errors.New("away")}
		begin(t, press(store, w))
		begin(t, delivery.New(delivery.Options{Name: "post", Store: out, Sender: c, Poll: seldom}).Run)
		time.Sleep(8 * time.Hour)
		same(t, "slots", []string(nil), outcomes(t, store, "a"))
		w.mu.Lock()
		w.err = nil
		w.mu.Unlock()
		time.Sleep(2 * time.Minute)
		same(t, "slots", []string{"2000-01-01T09:00 written sent"}, outcomes(t, store, "a"))
	})
}

// A channel that is closed to the bot is paused at the next slot, and may be resumed.
func TestRefused(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		out, c := deliverytest.NewMemory(), &channel{refuses: true}
		store := digesttest.NewMemory(out)
		sub := put(t, store, subscription(t, "a", "daily", "09:00"))
		begin(t, press(store, &writer{changed: true}))
		begin(t, delivery.New(delivery.Options{Name: "post", Store: out, Sender: c, Poll: seldom}).Run)
		time.Sleep(12 * time.Hour)
		same(t, "slots", []string{"2000-01-01T09:00 written failed"}, outcomes(t, store, "a"))
		time.Sleep(24 * time.Hour)
		same(t, "paused, and no more slots", []string{"2000-01-01T09:00 written failed"}, outcomes(t, store, "a"))
		now, err := store.At(t.Context(), sub.Tenant, sub.Desk, sub.To)
		same(t, "why", []any{error(nil), digest.Paused, digest.Refused}, []any{err, now.State, now.Why})
		c.mu.Lock()
		c.refuses = false
		c.mu.Unlock()
		again := subscription(t, "a", "daily", "09:00")
		again.From = time.Now()
		put(t, store, again)
		time.Sleep(24 * time.Hour)
		same(t, "resumed", []string{"2000-01-01T09:00 written failed", "2000-01-03T09:00 written sent"}, outcomes(t, store, "a"))
	})
}

func TestSubscribedTwice(t *testing.T) {
	t.Parallel()
	store := digesttest.NewMemory(deliverytest.NewMemory())
	first := put(t, store, subscription(t, "a", "daily", "09:00"))
	again := subscription(t, "b", "weekly", "18:00")
	again.To = first.To
	again = put(t, store, again)
	same(t, "one subscription", []string{first.ID, "0 18 * * 1"}, []string{again.ID, again.Fields})
	all, err := store.List(t.Context(), "one")
	same(t, "listed", []any{error(nil), 1}, []any{err, len(all)})
	_, err = store.At(t.Context(), "two", "post", first.To)
	same(t, "another tenant's", knowledge.NotFound, knowledge.KindOf(err))
}
