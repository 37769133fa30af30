package inbox

import (
	"fmt"
	"time"

	"github.com/maypok86/otter/v2"
	"golang.org/x/time/rate"
)

// limiters bounds how many people, and how many tenants, are counted. Past it those who asked longest ago begin anew.
const limiters = 20_000

// idle is after how long nobody is counted any more: a bucket is full again by then.
const idle = 2 * time.Minute

// limits are how often each person and each tenant may ask.
type limits struct{ user, tenant *buckets }

func newLimits(user, tenant int) (*limits, error) {
	u, err := newBuckets(user)
	if err != nil {
		return nil, err
	}
	t, err := newBuckets(tenant)
	return &limits{u, t}, err
}

// allow counts something that a person of a tenant asks, and reports whether neither asks too much.
func (l *limits) allow(user, tenant string) bool {
	return l.user.allow(user) && l.tenant.allow(tenant)
}

// stop ends what clears away who is idle.
func (l *limits) stop() {
	l.user.named.StopAllGoroutines()
	l.tenant.named.StopAllGoroutines()
}

// buckets are token buckets by name, each of which holds what may be asked in a minute.
type buckets struct {
	perMinute int
	named     named
}

// named is a cache of otter's, as [keys] is.
type named interface {
	ComputeIfAbsent(name string, make func() (*rate.Limiter, bool)) (*rate.Limiter, bool)
	StopAllGoroutines() bool
}

func newBuckets(perMinute int) (*buckets, error) {
	c, err := otter.New(&otter.Options[string, *rate.Limiter]{
		MaximumSize: limiters, ExpiryCalculator: otter.ExpiryAccessing[string, *rate.Limiter](idle),
	})
	if err != nil {
		return nil, fmt.Errorf("inbox: %w", err)
	}
	return &buckets{perMinute, c}, nil
}

func (b *buckets) allow(name string) bool {
	if b.perMinute == 0 || name == "" {
		return true
	}
	full := rate.NewLimiter(rate.Limit(float64(b.perMinute)/60), b.perMinute)
	is, _ := b.named.ComputeIfAbsent(name, func() (*rate.Limiter, bool) { return full, false })
	return is.Allow()
}
