package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/whosays/whosays/adapters/benchtable"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
)

// answers is how long a platform takes for a post.
const answers = 100 * time.Millisecond

// platform takes so many posts a second, and notes how long they have waited for it.
type platform struct {
	chat.Sender // nobody looks anything up: no answer gets lost

	pace  *rate.Limiter
	began time.Time
	all   chan struct{} // closed once all are there
	due   int

	mu     sync.Mutex
	waited []time.Duration
}

func (p *platform) Send(ctx context.Context, post chat.Post) (chat.MessageRef, error) {
	if err := p.pace.Wait(ctx); err != nil {
		return "", err
	}
	time.Sleep(answers)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waited = append(p.waited, time.Since(p.began))
	switch n := len(p.waited); {
	case n == p.due:
		close(p.all)
	case n%1000 == 0:
		progress("  %d are sent", n)
	}
	return chat.MessageRef(post.Key), nil
}

// busy sends what was written, as fast as a platform takes it.
func (s *scene) busy(ctx context.Context, o options, r *row) error {
	most := 2*time.Duration(r.Due)*time.Second/time.Duration(o.Pace) + time.Minute
	progress("  they are sent, %d a second", o.Pace)
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	p := &platform{pace: rate.NewLimiter(rate.Limit(o.Pace), 1), began: time.Now(), all: make(chan struct{}), due: r.Due}
	var desk sync.WaitGroup
	desk.Go(delivering(ctx, delivery.New(delivery.Options{Name: "discord", Store: s.store.Deliveries(), Sender: p})))
	defer desk.Wait()
	defer cancel()
	select {
	case <-p.all:
	case <-ctx.Done():
		return fmt.Errorf("not all posts were sent within %s: %w", most, ctx.Err())
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	r.Late, r.LateMost = benchtable.Quantiles(p.waited), float64(p.waited[len(p.waited)-1].Milliseconds())
	return nil
}

func delivering(ctx context.Context, d *delivery.Desk) func() { return func() { d.Run(ctx) } }
