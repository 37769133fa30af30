package delivery_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	deliverytest "github.com/whosays/whosays/bot/delivery/storetest"
	"github.com/whosays/whosays/knowledge"
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
				store, p := deliverytest.NewMemory(), &platform{}
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

// What is sent later than at once is held against the base before: what was taken back since isn't said, and while the base can't be
// asked nothing is.
func TestStands(t *testing.T) {
	t.Parallel()
	away := &knowledge.Error{Kind: knowledge.Unavailable, Msg: "The base can't be reached."}
	for name, tc := range map[string]struct {
		answers []error // of the base, one for each time that it is asked; nil: it says what stands
		stands  bool
		then    delivery.State
		why     delivery.Reason
		posts   int
	}{
		"it stands":                  {[]error{nil}, true, delivery.StateSent, "", 1},
		"it was taken back":          {[]error{nil}, false, delivery.StateFailed, delivery.ReasonChanged, 0},
		"away, then it stands":       {[]error{away, away, nil}, true, delivery.StateSent, "", 1},
		"away, and it is taken back": {[]error{away, nil}, false, delivery.StateFailed, delivery.ReasonChanged, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p := &platform{script: []step{{err: &chat.Delayed{After: time.Second, Err: errLost}}}}
				asked := 0
				d := delivery.New(delivery.Options{
					Name: "post", Store: deliverytest.NewMemory(), Sender: p,
					Stands: func(_ context.Context, tenant string, r *chat.Reply) (bool, error) {
						same(t, "asked of", []any{"one", 1}, []any{tenant, len(r.Quoted())})
						asked++
						return tc.stands, tc.answers[asked-1]
					},
				})
				r, err := d.Say(t.Context(), "one", post("event"))
				same(t, "say", []any{nil, delivery.StatePending, 0}, []any{err, r.State, asked})
				run(t, d)
				time.Sleep(10 * time.Minute)
				r, err = d.Get(t.Context(), "one", r.ID)
				posts, _ := p.posts()
				same(t, "then", []any{nil, tc.then, tc.why, tc.posts, len(tc.answers)}, []any{err, r.State, r.Why, posts, asked})
			})
		})
	}
}
