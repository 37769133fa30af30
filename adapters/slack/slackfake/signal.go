package slackfake

import (
	"context"
	"fmt"
)

// signal wakes those who wait for a change of what the server's lock guards.
type signal struct{ ch chan struct{} }

func (g *signal) wait() <-chan struct{} {
	if g.ch == nil {
		g.ch = make(chan struct{})
	}
	return g.ch
}

func (g *signal) broadcast() {
	if g.ch != nil {
		close(g.ch)
		g.ch = nil
	}
}

// await returns when done holds, which is called under the lock, again after each broadcast of g.
func (s *Server) await(ctx context.Context, g *signal, what string, done func() bool) error {
	for {
		s.mu.Lock()
		if done() {
			s.mu.Unlock()
			return nil
		}
		changed := g.wait()
		s.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("slackfake: waiting for %s: %w", what, context.Cause(ctx))
		case <-s.closed:
			return fmt.Errorf("slackfake: waiting for %s: the server was closed", what)
		}
	}
}
