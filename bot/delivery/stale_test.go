package delivery_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whosays/whosays/bot/delivery"
)

// stopped is a store whose process stands still, once, right after it has got a lease.
type stopped struct {
	delivery.Store
	stands time.Duration
}

func (s *stopped) stand() {
	time.Sleep(s.stands)
	s.stands = 0
}

func (s *stopped) Insert(ctx context.Context, r delivery.Record, lease time.Duration) (delivery.Record, bool, error) {
	out, first, err := s.Store.Insert(ctx, r, lease)
	s.stand()
	return out, first, err
}

func (s *stopped) Take(ctx context.Context, desk string, lease time.Duration, limit int) ([]delivery.Record, error) {
	out, err := s.Store.Take(ctx, desk, lease, limit)
	if len(out) > 0 {
		s.stand()
	}
	return out, err
}

// Who stands still between having the lease and sending doesn't send when it goes on: another desk has, and not every platform drops
// the second post.
func TestStaleDeskSendsNothing(t *testing.T) {
	t.Parallel()
	for name, pending := range map[string]bool{"said": false, "taken up": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				store, p := delivery.NewMemory(), &platform{}
				stale := desk(&stopped{store, 31 * time.Second}, p)
				if pending {
					r := delivery.Record{ID: delivery.NewID(), Tenant: "one", Desk: "post", Key: "event", To: post("event").To, Reply: post("event").Reply, State: delivery.StatePending}
					if _, _, err := store.Insert(t.Context(), r, 0); err != nil {
						t.Fatal(err)
					}
					run(t, stale)
				} else {
					go func() { _, _ = stale.Say(t.Context(), "one", post("event")) }()
				}
				time.Sleep(10 * time.Second)
				run(t, desk(store, p))
				time.Sleep(time.Minute)
				posts, sends := p.posts()
				same(t, "posts and sends", []int{1, 1}, []int{posts, sends})
			})
		})
	}
}
