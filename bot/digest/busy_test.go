package digest_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/time/rate"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	deliverytest "github.com/whosays/whosays/bot/delivery/storetest"
	digesttest "github.com/whosays/whosays/bot/digest/storetest"
)

// platform takes so many posts a second, each after a while, and asks some channels to wait, again and again.
type platform struct {
	channel

	pace   *rate.Limiter
	waits  func(chat.Address) bool
	mu     sync.Mutex
	posted []string // the keys, in their order
	at     []time.Time
	asked  map[chat.Address]int // how often to wait
}

func (p *platform) Send(ctx context.Context, post chat.Post) (chat.MessageRef, error) {
	p.mu.Lock()
	if p.waits(post.To) && p.asked[post.To] < 3 {
		p.asked[post.To]++
		p.mu.Unlock()
		return "", &chat.Delayed{After: 2 * time.Second, Err: errors.New("429")}
	}
	p.mu.Unlock()
	if err := p.pace.Wait(ctx); err != nil {
		return "", err
	}
	time.Sleep(100 * time.Millisecond)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.posted, p.at = append(p.posted, post.Key), append(p.at, time.Now())
	return chat.MessageRef(post.Key), nil
}

// TestBusyHour is an hour in which many digests are due at once: they go out in the order in which they were due, as fast as the platform
// takes them, each once; a channel that has to wait keeps nobody else waiting, and isn't forgotten.
func TestBusyHour(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const atNine, behind, pace, batch = 450, 50, 10, 16
		start := time.Now()
		out := deliverytest.NewMemory()
		store := digesttest.NewMemory(out)
		for i := range atNine + behind {
			at, id := "09:00", fmt.Sprintf("first-%03d", i)
			if i >= atNine {
				at, id = "09:01", fmt.Sprintf("second-%03d", i)
			}
			put(t, store, subscription(t, id, "daily", at))
		}
		p := &platform{
			pace: rate.NewLimiter(pace, 1), asked: map[chat.Address]int{},
			waits: func(to chat.Address) bool { return strings.HasSuffix(string(to), "50") },
		}
		begin(t, press(store, &writer{changed: true}))
		begin(t, delivery.New(delivery.Options{Name: "post", Store: out, Sender: p}).Run)
		nine := start.Truncate(24 * time.Hour).Add(7 * time.Hour) // in Kyiv
		time.Sleep(time.Until(nine.Add(10 * time.Minute)))

		p.mu.Lock()
		defer p.mu.Unlock()
		same(t, "posts, each once", []int{atNine + behind, atNine + behind}, []int{len(p.posted), len(slices.Compact(slices.Sorted(slices.Values(p.posted))))})
		// Those of one batch of a desk go out side by side.
		behindOne := slices.IndexFunc(p.posted, func(key string) bool { return strings.Contains(key, "second-") })
		for _, key := range p.posted[behindOne+batch:] {
			if strings.Contains(key, "first-") && !strings.Contains(key, "50:") {
				t.Errorf("%s came behind one that was due a minute later", key)
			}
		}
		var late []time.Duration
		for i, key := range p.posted {
			due := nine
			if strings.Contains(key, "second-") {
				due = due.Add(time.Minute)
			}
			late = append(late, p.at[i].Sub(due))
		}
		slices.Sort(late)
		t.Logf("late, of %d at %d a second: half up to %s, 99 of 100 up to %s, all up to %s", len(late), pace, late[len(late)/2], late[len(late)*99/100], late[len(late)-1])
		// A press looks every 10 s, a desk every second; a channel was asked to wait three times.
		if most := 10*time.Second + atNine*time.Second/pace + 12*time.Second; late[len(late)-1] > most {
			t.Errorf("one was %s late: more than %s", late[len(late)-1], most)
		}
	})
}
