package tenancy_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/tenancy"
	"github.com/whosays/whosays/knowledge"
)

// store keeps tenants, and is away for the first tries.
type store struct {
	mu       sync.Mutex
	kept     []string
	away     int // tries
	panics   bool
	tries    []time.Duration
	reasons  []string
	began    time.Time
	forgets  []string
	hangs    time.Duration
	observed []string // by Changed
}

func (s *store) reach(ctx context.Context) error {
	s.mu.Lock()
	s.tries = append(s.tries, time.Since(s.began))
	away := s.away > 0
	s.away--
	panics := s.panics && away
	hangs := s.hangs
	s.mu.Unlock()
	if panics {
		panic("store")
	}
	select {
	case <-time.After(hangs):
	case <-ctx.Done():
		return ctx.Err()
	}
	if away {
		return &knowledge.Error{Kind: knowledge.Unavailable, Msg: "away"}
	}
	return nil
}

func (s *store) ForgetTenant(ctx context.Context, tenant, _, reason string) (tenancy.Forgotten, error) {
	if err := s.reach(ctx); err != nil {
		return tenancy.Forgotten{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept = slices.DeleteFunc(s.kept, func(t string) bool { return t == tenant })
	s.forgets, s.reasons = append(s.forgets, tenant), append(s.reasons, reason)
	return tenancy.Forgotten{}, nil
}

func (s *store) Kept(ctx context.Context, _ string) ([]string, error) {
	if err := s.reach(ctx); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.kept), nil
}

// running runs endings for so long, of the clock's time, and returns what is forgotten then.
func running(t *testing.T, s *store, lasts time.Duration, do func(*tenancy.Endings)) []string {
	t.Helper()
	s.began = time.Now()
	e := tenancy.NewEndings(tenancy.Options{Store: s, Changed: func(_ context.Context, tenant string) {
		s.observed = append(s.observed, tenant)
	}})
	ctx, stop := context.WithTimeout(t.Context(), lasts)
	defer stop()
	do(e)
	e.Run(ctx)
	if diff := cmp.Diff(s.forgets, s.observed); diff != "" {
		t.Errorf("who was told: %s", diff)
	}
	return s.forgets
}

func TestForgottenOnceTheDatabaseIsBack(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]*store{
		"at once":      {},
		"away":         {away: 8},
		"it panics":    {away: 2, panics: true},
		"it is slow":   {hangs: 30 * time.Second},
		"it hangs":     {hangs: time.Hour},
		"for an hour":  {away: 60},
		"for two days": {away: 2 * 24 * 60},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				away := max(s.away, 0)
				lasts := time.Duration(away+2) * time.Minute
				want := []string{"one"}
				if s.hangs > time.Minute {
					want = nil
				}
				got := running(t, s, lasts, func(e *tenancy.Endings) { e.End(tenancy.Ending{Tenant: "one"}) })
				if diff := cmp.Diff(want, got); diff != "" {
					t.Error(diff)
				}
				if want != nil && len(s.tries) != away+1 {
					t.Errorf("%d tries", len(s.tries))
				}
				for i := 1; i < min(len(s.tries), away); i++ {
					if pause := s.tries[i] - s.tries[i-1]; pause < time.Second || s.hangs == 0 && pause > time.Minute {
						t.Errorf("try %d comes %v after the one before", i, pause)
					}
				}
			})
		})
	}
}

// A tenant whose end fails doesn't hold up another.
func TestOneFailsAlone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		unsure := func(context.Context) (bool, error) { return false, errors.New("not known yet") }
		got := running(t, &store{}, time.Second/2, func(e *tenancy.Endings) {
			e.End(tenancy.Ending{Tenant: "one", Sure: unsure})
			e.End(tenancy.Ending{Tenant: "two"})
		})
		if diff := cmp.Diff([]string{"two"}, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestWhoIsConcludedToHaveGone(t *testing.T) {
	t.Parallel()
	tries := 0
	for name, tc := range map[string]struct {
		sure   func(context.Context) (bool, error)
		told   bool // too, before
		reason string
	}{
		"it has":         {func(context.Context) (bool, error) { return true, nil }, false, "concluded"},
		"it hasn't":      {func(context.Context) (bool, error) { return false, nil }, false, ""},
		"it is told too": {func(context.Context) (bool, error) { return false, nil }, true, "told"},
		"not known at first": {func(context.Context) (bool, error) {
			if tries++; tries < 4 {
				return false, errors.New("no answer")
			}
			return true, nil
		}, false, "concluded"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := &store{}
				running(t, s, time.Hour, func(e *tenancy.Endings) {
					if tc.told {
						e.End(tenancy.Ending{Tenant: "one", Reason: "told"})
					}
					e.End(tenancy.Ending{Tenant: "one", Reason: "concluded", Sure: tc.sure})
				})
				want := []string{tc.reason}
				if tc.reason == "" {
					want = nil
				}
				if diff := cmp.Diff(want, s.reasons); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

// A look is repeated until the store answers, and ends those who have gone.
func TestLook(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &store{kept: []string{"p:1", "p:2", "p:3"}, away: 5}
		look := func(goes ...string) func(string) (tenancy.Ending, bool) {
			return func(tenant string) (tenancy.Ending, bool) {
				return tenancy.Ending{Tenant: tenant}, slices.Contains(goes, tenant)
			}
		}
		got := running(t, s, time.Hour, func(e *tenancy.Endings) {
			e.Look("all", "p:", look("p:2"))
			e.Look("all", "p:", look("p:1", "p:3")) // it knows better
		})
		slices.Sort(got)
		if diff := cmp.Diff([]string{"p:1", "p:3"}, got); diff != "" {
			t.Error(diff)
		}
	})
}
