package discord

import (
	"context"
	"crypto/rand"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// Leases are rights that one holder at a time has, by a clock that all replicas share: that of the database. Whoever
// acts by one says in which epoch, which rises whenever it changes hands.
type Leases interface {
	// Lease takes a lease that is free or has lapsed, and returns its epoch; false where another holds it.
	Lease(ctx context.Context, name, holder string, ttl time.Duration) (epoch int64, ok bool, err error)
	// Renew prolongs a lease, from now on; false where it has changed hands.
	Renew(ctx context.Context, name, holder string, epoch int64, ttl time.Duration) (bool, error)
	// Release gives a lease back; false where it has changed hands.
	Release(ctx context.Context, name, holder string, epoch int64) (bool, error)
	// Held returns who holds the leases whose names begin so: holders by name.
	Held(ctx context.Context, prefix string) (map[string]string, error)
}

// identifyPacer lets one Identify in each window through each of Discord's buckets, which are as many as
// max_concurrency (docs: events/gateway, "Max Concurrency"), over all replicas: a bucket is a lease, which is held while
// somebody identifies, and for a window after that. Discord took the Identify before it answered, so that the next one is
// at least a window later. A replica that dies meanwhile holds up its bucket no longer than its shards: the lease is renewed
// while it identifies. It lapses two thirds of its length after that, at the earliest, which is more than a window.
type identifyPacer struct {
	leases      Leases
	start       func(context.Context) (gatewayStart, error)
	pace        gatewayPace
	concurrency atomic.Int64 // as Discord said last

	mu    sync.Mutex
	turns map[string]chan struct{} // by bucket: one of this process at a time asks the database
}

func newIdentifyPacer(leases Leases, pace gatewayPace, start func(context.Context) (gatewayStart, error)) *identifyPacer {
	return &identifyPacer{leases: leases, start: start, pace: pace, turns: map[string]chan struct{}{}}
}

// leasePrefix is in front of all names of leases.
const leasePrefix = "discord/"

// identify calls do with the gateway's URL when a shard may identify, and returns its error, or why it never may: that of
// ctx, of the leases, or of Discord.
func (p *identifyPacer) identify(ctx context.Context, shard int, do func(url string) error) error {
	for {
		bucket := fmt.Sprintf("%sidentify/%d", leasePrefix, int64(shard)%max(p.concurrency.Load(), 1))
		reset, err := p.turn(ctx, bucket, do)
		if err != nil || reset == 0 {
			return err
		}
		if err := p.pace.wait(ctx, reset); err != nil {
			return err
		}
	}
}

// turn waits for a bucket. Where the day's Identifies are used up, it returns how long that lasts, and do wasn't called.
func (p *identifyPacer) turn(ctx context.Context, bucket string, do func(url string) error) (reset time.Duration, err error) {
	leave, err := p.queue(ctx, bucket)
	if err != nil {
		return 0, err
	}
	defer leave()
	holder := rand.Text() // each Identify is one of its own, that of the same replica too
	epoch, err := p.take(ctx, bucket, holder)
	if err != nil {
		return 0, err
	}
	hold := time.Duration(0)
	stop := p.keep(ctx, bucket, holder, epoch)
	defer func() {
		stop()
		p.leave(ctx, bucket, holder, epoch, hold)
	}()
	start, err := p.start(ctx)
	if err != nil {
		return 0, err
	}
	p.concurrency.Store(int64(start.Limit.MaxConcurrency))
	// Whoever has another bucket may have been told the same number. Discord resets the token of a bot that goes on.
	if start.Limit.Remaining < start.Limit.MaxConcurrency {
		return max(time.Duration(start.Limit.ResetAfter)*time.Millisecond, time.Second), nil
	}
	hold = p.pace.window
	return 0, do(start.URL)
}

// queue waits for this process's turn at a bucket.
func (p *identifyPacer) queue(ctx context.Context, bucket string) (leave func(), err error) {
	p.mu.Lock()
	turn := p.turns[bucket]
	if turn == nil {
		turn = make(chan struct{}, 1)
		p.turns[bucket] = turn
	}
	p.mu.Unlock()
	select {
	case turn <- struct{}{}:
		return func() { <-turn }, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// take waits for the lease of a bucket.
func (p *identifyPacer) take(ctx context.Context, bucket, holder string) (epoch int64, err error) {
	for {
		epoch, ok, err := p.leases.Lease(ctx, bucket, holder, p.pace.bucket())
		if err != nil || ok {
			return epoch, err
		}
		if err := pauseFor(ctx, p.pace.window/10+time.Duration(p.pace.random()*float64(p.pace.window)/10)); err != nil {
			return 0, err
		}
	}
}

// bucket is how long the lease of a bucket lasts that isn't renewed.
func (p gatewayPace) bucket() time.Duration { return max(p.lease, 2*p.window) }

// keep renews the lease of a bucket until it is stopped.
func (p *identifyPacer) keep(ctx context.Context, bucket, holder string, epoch int64) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var work sync.WaitGroup
	work.Go(func() {
		tick := time.NewTicker(p.pace.bucket() / 3)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				// Where this fails, another may identify too soon, which Discord answers with an op 9.
				_, _ = p.leases.Renew(ctx, bucket, holder, epoch, p.pace.bucket())
			}
		}
	})
	return func() {
		cancel()
		work.Wait()
	}
}

// leave holds a bucket for so long from now on, or gives it back.
func (p *identifyPacer) leave(ctx context.Context, bucket, holder string, epoch int64, hold time.Duration) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), p.pace.grace)
	defer cancel()
	// Where this fails the lease lapses by itself, later.
	if hold > 0 {
		_, _ = p.leases.Renew(ctx, bucket, holder, epoch, hold)
	} else {
		_, _ = p.leases.Release(ctx, bucket, holder, epoch)
	}
}
