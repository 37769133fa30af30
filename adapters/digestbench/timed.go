package main

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/digest"
	"github.com/whosays/whosays/knowledge"
)

// timedStore notes how long each call of a store takes that a tick makes.
type timedStore struct {
	digest.Store

	mu            sync.Mutex
	take, publish []time.Duration // take: for each subscription that is taken its share
}

func (s *timedStore) note(to *[]time.Duration, took time.Duration, times int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	*to = append(*to, slices.Repeat([]time.Duration{took}, times)...)
}

func (s *timedStore) Take(ctx context.Context, lease time.Duration, limit int) ([]digest.Subscription, error) {
	began := time.Now()
	out, err := s.Store.Take(ctx, lease, limit)
	if n := len(out); n > 0 {
		s.note(&s.take, time.Since(began)/time.Duration(n), n)
	}
	return out, err
}

func (s *timedStore) Publish(ctx context.Context, sub digest.Subscription, e digest.Edition, after time.Duration) (bool, error) {
	began := time.Now()
	done, err := s.Store.Publish(ctx, sub, e, after)
	s.note(&s.publish, time.Since(began), 1)
	return done, err
}

// timedComposer notes how long each digest takes to be composed.
type timedComposer struct {
	digest.Composer

	mu   sync.Mutex
	took []time.Duration
}

func (c *timedComposer) Compose(ctx context.Context, s digest.Subscription, now time.Time) (r chat.Reply, knows knowledge.Heads, changed bool, err error) {
	began := time.Now()
	r, knows, changed, err = c.Composer.Compose(ctx, s, now)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.took = append(c.took, time.Since(began))
	return r, knows, changed, err
}
