package delivery_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/time/rate"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/delivery/storetest"
)

// paced is a platform that takes as many posts a second as Discord's adapter asks it to, and needs some time for each.
type paced struct {
	platform
	posts *rate.Limiter
}

func (p *paced) Send(ctx context.Context, post chat.Post) (chat.MessageRef, error) {
	if err := p.posts.Wait(ctx); err != nil {
		return "", &chat.Delayed{After: time.Second, Err: err}
	}
	time.Sleep(200 * time.Millisecond)
	return p.platform.Send(ctx, post)
}

// TestBusyHour holds that many posts which are due at once are sent in their order at the platform's pace, that a place which takes long
// holds up no other, and that who is answered meanwhile hardly waits.
func TestBusyHour(t *testing.T) {
	t.Parallel()
	const many, perSecond = 400, 45
	synctest.Test(t, func(t *testing.T) {
		store, p := storetest.NewMemory(), &paced{posts: rate.NewLimiter(perSecond, 10)}
		p.script = []step{{stores: true, takes: 10 * time.Second}} // the first one hangs
		for i := range many {
			r := storetest.Record("one", fmt.Sprintf("slot %04d", i))
			r.State = delivery.StatePending
			if _, _, err := store.Insert(t.Context(), r, time.Duration(i)*time.Microsecond); err != nil {
				t.Fatal(err)
			}
		}
		begun := time.Now()
		d := delivery.New(delivery.Options{Name: "post", Store: store, Sender: p})
		run(t, d)
		var longest time.Duration
		for i := range 8 {
			time.Sleep(time.Second)
			asked := time.Now()
			if r, err := d.Say(t.Context(), "one", post(fmt.Sprint("event ", i))); err != nil || r.State != delivery.StateSent {
				t.Errorf("%s, %v", r.State, err)
			}
			longest = max(longest, time.Since(asked))
		}
		if longest > time.Second {
			t.Errorf("an answer took %v", longest)
		}
		time.Sleep(time.Minute)
		var slots []int
		var last time.Time
		p.mu.Lock()
		defer p.mu.Unlock()
		for _, is := range p.stored {
			var i int
			if _, err := fmt.Sscanf(is.Key, "slot %d", &i); err == nil {
				slots, last = append(slots, i), is.at
			}
		}
		took := last.Sub(begun)
		t.Logf("%d posts in %v, answers in at most %v", len(slots), took, longest)
		if least := many * time.Second / perSecond; len(slots) != many || took > least*5/4 {
			t.Errorf("%d posts in %v; at %d a second it is %v", len(slots), took, perSecond, least)
		}
		for i, n := range slots {
			if i-n > 16 || n-i > 16 {
				t.Fatalf("slot %d was the %dth: no more than are sent at once may change places", n, i)
			}
		}
		if slices.Sort(slots); len(slices.Compact(slots)) != many {
			t.Error("one was sent twice")
		}
	})
}
