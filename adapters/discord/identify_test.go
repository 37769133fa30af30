package discord

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/discord/discordfake"
)

// The day's Identifies are waited for: Discord resets the token of a bot that goes on.
func TestIdentifiesOfTheDayAreUsedUp(t *testing.T) {
	t.Parallel()
	p := newGWPlace(t, discordfake.Options{SessionLimit: 2, IdentifyWindow: time.Nanosecond})
	waits := make(chan time.Duration, 100)
	pace := gwPace()
	pace.wait = func(ctx context.Context, d time.Duration) error {
		if d < time.Hour {
			return gwHurry(ctx, d)
		}
		waits <- d
		<-ctx.Done()
		return context.Cause(ctx)
	}
	r := p.replica(t, newGWLeases(t), pace)
	r.one(t)
	for range 2 {
		r.next(t, "READY")
		p.Shard(0).Close(4007)
	}
	select {
	case <-waits:
	case <-time.After(gwPatience):
		t.Fatalf("it doesn't wait\n%s", r.log)
	}
	if n := len(p.Identifies()); n != 2 {
		t.Errorf("%d Identifies", n)
	}
}

func TestIdentifyNeedsTheLease(t *testing.T) {
	t.Parallel()
	leases := &gwCut{Leases: newGWLeases(t)}
	leases.cut(true)
	pacer := newIdentifyPacer(leases, gwPace().withDefaults(), nil)
	err := pacer.identify(t.Context(), 0, func(string) error {
		t.Error("it identifies without a lease")
		return nil
	})
	if !errors.Is(err, errGWCut) {
		t.Error(err)
	}
}

// A bucket that isn't used is given back: nobody waits for it.
func TestABucketIsGivenBack(t *testing.T) {
	t.Parallel()
	leases := newGWLeases(t)
	broken := errors.New("broken")
	pace := gatewayPace{window: time.Hour}.withDefaults()
	pacer := newIdentifyPacer(leases, pace, func(context.Context) (gatewayStart, error) { return gatewayStart{}, broken })
	for range 2 {
		if err := pacer.identify(t.Context(), 0, nil); !errors.Is(err, broken) {
			t.Fatal(err)
		}
	}
	pacer.start = func(context.Context) (gatewayStart, error) {
		var s gatewayStart
		s.Limit.Remaining, s.Limit.MaxConcurrency = 1, 1
		return s, nil
	}
	if err := pacer.identify(t.Context(), 0, func(string) error { return nil }); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if err := pacer.identify(ctx, 0, func(string) error { return nil }); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the same bucket, in the window: %v", err)
	}
}
