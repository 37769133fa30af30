package sqlstore_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/sqlstore"
)

// onBoth runs a test on a new store of each kind.
func onBoth(t *testing.T, test func(*testing.T, *sqlstore.Store)) {
	t.Helper()
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			test(t, openStore(t, e.url(t)))
		})
	}
}

func TestLeases(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *sqlstore.Store) {
		l := s.Leases()
		const name, lapsed = "discord:shard:0", -time.Second
		for i, step := range []struct {
			do   func() (int64, bool, error)
			want int64 // the epoch; 0: not had
		}{
			{leasing(t, l, name, "ann", time.Hour), 1},
			{leasing(t, l, name, "bob", time.Hour), 0},
			{leasing(t, l, name, "ann", time.Hour), 1},
			{renewing(t, l, name, "ann", 1, lapsed), 1},
			{renewing(t, l, name, "ann", 1, lapsed), 1}, // nobody has taken it
			{leasing(t, l, name, "bob", time.Hour), 2},
			{renewing(t, l, name, "ann", 1, time.Hour), 0},
			{releasing(t, l, name, "ann", 1), 0},
			{renewing(t, l, name, "bob", 1, time.Hour), 0}, // a stale epoch of its own
			{releasing(t, l, name, "bob", 2), 2},
			{renewing(t, l, name, "bob", 2, time.Hour), 0}, // it was given back
			{leasing(t, l, name, "bob", lapsed), 3},
			{leasing(t, l, name, "bob", time.Hour), 4}, // it didn't hold it meanwhile
			{leasing(t, l, "discord:shard:1", "ann", time.Hour), 1},
			{leasing(t, l, "discord:shard:2", "ann", lapsed), 1},
			{leasing(t, l, "other", "cem", time.Hour), 1},
		} {
			epoch, ok, err := step.do()
			if err != nil || ok != (step.want > 0) || epoch != step.want {
				t.Fatalf("step %d: epoch %d, %v, %v", i, epoch, ok, err)
			}
		}
		held, err := l.Held(t.Context(), "discord:shard:")
		if diff := cmp.Diff(map[string]string{name: "bob", "discord:shard:1": "ann"}, held); diff != "" || err != nil {
			t.Errorf("%v\n%s", err, diff)
		}
	})
}

func leasing(t *testing.T, l sqlstore.Leases, name, holder string, ttl time.Duration) func() (int64, bool, error) {
	return func() (int64, bool, error) { return l.Lease(t.Context(), name, holder, ttl) }
}

func renewing(t *testing.T, l sqlstore.Leases, name, holder string, epoch int64, ttl time.Duration) func() (int64, bool, error) {
	return with(epoch, func() (bool, error) { return l.Renew(t.Context(), name, holder, epoch, ttl) })
}

func releasing(t *testing.T, l sqlstore.Leases, name, holder string, epoch int64) func() (int64, bool, error) {
	return with(epoch, func() (bool, error) { return l.Release(t.Context(), name, holder, epoch) })
}

// with returns the epoch where a call says that it is had.
func with(epoch int64, call func() (bool, error)) func() (int64, bool, error) {
	return func() (int64, bool, error) {
		ok, err := call()
		if !ok {
			return 0, false, err
		}
		return epoch, true, err
	}
}

// Of many who want the same lapsed leases, one has each.
func TestLeasesRaced(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *sqlstore.Store) {
		var had atomic.Int64
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				for shard := range 20 {
					_, ok, err := s.Leases().Lease(t.Context(), fmt.Sprint("shard ", shard), fmt.Sprint("replica ", i), time.Hour)
					if err != nil {
						t.Error(err)
					}
					if ok {
						had.Add(1)
					}
				}
			})
		}
		all.Wait()
		if had.Load() != 20 {
			t.Errorf("20 leases were had %d times", had.Load())
		}
	})
}
