package delivery_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	deliverytest "github.com/whosays/whosays/bot/delivery/storetest"
	"github.com/whosays/whosays/knowledge"
)

// What is left behind at the end of a process is taken up by another once its lease is over.
func TestAnotherDeskGoesOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p, store := &platform{window: window, blind: true, script: []step{{stores: true, takes: time.Hour}}}, deliverytest.NewMemory()
		ctx, crash := context.WithCancel(t.Context())
		lost := make(chan delivery.Record, 1)
		crashed := failing{Memory: store}
		go func() {
			r, _ := delivery.New(delivery.Options{Name: "post", Store: crashed, Sender: p}).Say(ctx, "one", post("event"))
			lost <- r
		}()
		synctest.Wait()
		crash()
		run(t, desk(store, p))
		same(t, "not said by the first", delivery.StateSending, (<-lost).State)
		time.Sleep(29 * time.Second)
		_, sends := p.posts()
		same(t, "within the lease", 1, sends)
		time.Sleep(3 * time.Second)
		posts, sends := p.posts()
		same(t, "posts and sends", []int{1, 2}, []int{posts, sends})
	})
}

// failing is a store whose caller crashes before it can finish.
type failing struct{ *deliverytest.Memory }

func (failing) Finish(context.Context, delivery.Record, delivery.Result) (delivery.Record, bool, error) {
	return delivery.Record{}, false, &knowledge.Error{Kind: knowledge.Unavailable, Msg: "The process has crashed."}
}

// A store that is away for some time is no end of the worker.
func TestRunOutlivesItsStore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &platform{script: []step{{err: errLost}}}
		store := &away{Memory: deliverytest.NewMemory()}
		d := desk(store, p)
		run(t, d)
		r, err := d.Say(t.Context(), "one", post("event"))
		same(t, "say", []any{nil, delivery.StateUnknown}, []any{err, r.State})
		store.set(true)
		time.Sleep(10 * time.Minute)
		store.set(false)
		time.Sleep(2 * time.Minute)
		posts, _ := p.posts()
		same(t, "posts", 1, posts)
		if n := store.tries(); n > 30 {
			t.Errorf("the store was asked %d times in ten minutes in which it was away", n)
		}
	})
}

// away is a store that doesn't answer meanwhile.
type away struct {
	*deliverytest.Memory
	mu   sync.Mutex
	away bool
	n    int
}

func (a *away) set(away bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.away = away
}

func (a *away) tries() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.n
}

func (a *away) Take(ctx context.Context, desk string, lease time.Duration, limit int) ([]delivery.Record, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.away {
		a.n++
		return nil, &knowledge.Error{Kind: knowledge.Unavailable, Msg: "Away."}
	}
	return a.Memory.Take(ctx, desk, lease, limit)
}

// onePerSecond is a place that takes one post a second, and asks others to wait for that long.
type onePerSecond struct {
	platform
	mu   sync.Mutex
	last time.Time
}

func (o *onePerSecond) Send(ctx context.Context, p chat.Post) (chat.MessageRef, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if time.Since(o.last) < time.Second {
		return "", &chat.Delayed{After: time.Second, Err: errors.New("one a second")}
	}
	o.last = time.Now()
	return o.platform.Send(ctx, p)
}

// What one place is told drains at the pace that its platform asks for, however often it had to wait.
func TestBusyPlace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const many = 20
		p := &onePerSecond{}
		d := delivery.New(delivery.Options{Name: "post", Store: deliverytest.NewMemory(), Sender: p})
		run(t, d)
		for i := range many {
			if _, err := d.Say(t.Context(), "one", post(string(rune('A'+i)))); err != nil {
				t.Error(err)
			}
		}
		time.Sleep(2 * many * time.Second)
		posts, _ := p.posts()
		same(t, "posts", many, posts)
	})
}
