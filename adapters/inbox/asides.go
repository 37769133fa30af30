package inbox

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"
)

// atOnce is how many things are done beside the queue at once. Each is a single request to a platform.
const atOnce = 64

// asides are small things that are done beside the queue.
type asides struct {
	most     int
	deadline time.Duration
	room     chan struct{}

	mu      sync.Mutex
	pending int
	idle    chan struct{} // closed while nothing is pending
}

func newAsides(most int, deadline time.Duration) *asides {
	a := &asides{most: most, deadline: deadline, room: make(chan struct{}, atOnce), idle: make(chan struct{})}
	close(a.idle)
	return a
}

// Aside does something small beside the queue, such as telling somebody that it is full. It returns at once: false, and nothing is done,
// where Options.Asides are pending already. What do returns, and a panic of it, is given to failed. Of ctx only the values are taken; do
// ends within Options.AsideDeadline of the call, and Close waits for it.
func (b *Inbox) Aside(ctx context.Context, do func(context.Context) error, failed func(context.Context, error)) bool {
	if !b.asides.begin() {
		return false
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), b.asides.deadline)
	go func() {
		defer b.asides.end()
		defer cancel()
		select {
		case b.asides.room <- struct{}{}:
		case <-ctx.Done():
			failed(ctx, fmt.Errorf("inbox: too much is done beside the queue: %w", ctx.Err()))
			return
		}
		defer func() { <-b.asides.room }()
		if err := Safely(ctx, do); err != nil {
			failed(ctx, err)
		}
	}()
	return true
}

// Pending returns how much is being done beside the queue, or waits to be.
func (b *Inbox) Pending() int {
	b.asides.mu.Lock()
	defer b.asides.mu.Unlock()
	return b.asides.pending
}

// Safely makes an error of a panic, which would end the process.
func Safely(ctx context.Context, do func(context.Context) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("it panicked: %v\n%s", p, debug.Stack())
		}
	}()
	return do(ctx)
}

func (a *asides) begin() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.pending >= a.most {
		return false
	}
	if a.pending == 0 {
		a.idle = make(chan struct{})
	}
	a.pending++
	return true
}

func (a *asides) end() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.pending--; a.pending == 0 {
		close(a.idle)
	}
}

// wait waits until nothing is pending, or ctx ends.
func (a *asides) wait(ctx context.Context) error {
	for {
		a.mu.Lock()
		n, idle := a.pending, a.idle
		a.mu.Unlock()
		if n == 0 {
			return nil
		}
		select {
		case <-idle:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
