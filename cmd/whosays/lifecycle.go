package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// closeTime is how long one part may take to close, where nothing else is said.
const closeTime = 5 * time.Second

// lifecycle closes what was built, the last first: a part is closed before those that it was built on.
type lifecycle struct{ closers []closer }

type closer struct {
	name   string
	within time.Duration
	close  func(context.Context) error
}

// onClose adds what closes a part that was just built.
func (l *lifecycle) onClose(name string, f func(context.Context) error) {
	l.closers = append(l.closers, closer{name, closeTime, f})
}

// onCloseWithin is onClose, of a part that may take longer than others.
func (l *lifecycle) onCloseWithin(name string, d time.Duration, f func(context.Context) error) {
	l.closers = append(l.closers, closer{name, max(d, closeTime), f})
}

// close closes everything, whatever fails, once. It doesn't mind that ctx has ended: that is usually why it is called.
func (l *lifecycle) close(ctx context.Context) error {
	var failed []error
	for _, c := range slices.Backward(l.closers) {
		if err := c.end(context.WithoutCancel(ctx)); err != nil {
			failed = append(failed, fmt.Errorf("close %s: %w", c.name, err))
		}
	}
	l.closers = nil
	return errors.Join(failed...)
}

func (c closer) end(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, c.within)
	defer cancel()
	return c.close(ctx)
}
