package ops

import (
	"context"
	"io"
	"net/http"
	"sync"
)

// Gate lets work in while the process takes any, and knows how much is under way. A new gate is closed: the parts
// are still being built.
type Gate struct {
	mu       sync.Mutex
	open     bool
	draining bool
	inside   int
	empty    chan struct{} // closed once the gate drains and nothing is inside
}

// NewGate returns a closed gate.
func NewGate() *Gate { return &Gate{empty: make(chan struct{})} }

// Open lets work in, unless the gate drains already.
func (g *Gate) Open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.open = !g.draining
}

// Enter reports whether a piece of work may begin. One that may ends with Leave.
func (g *Gate) Enter() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.open {
		g.inside++
	}
	return g.open
}

// Leave ends a piece of work.
func (g *Gate) Leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.inside--
	g.settle()
}

// Drain lets nothing in any more, at once.
func (g *Gate) Drain() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.draining {
		return
	}
	g.open, g.draining = false, true
	g.settle()
}

func (g *Gate) settle() {
	if g.draining && g.inside == 0 {
		close(g.empty)
	}
}

// Wait waits until a gate that drains is empty. It returns how many pieces of work are left when ctx ends first.
func (g *Gate) Wait(ctx context.Context) (left int) {
	select {
	case <-g.empty:
		return 0
	case <-ctx.Done():
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.inside
}

// state is a word for the probe; "" means open.
func (g *Gate) state() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case g.draining:
		return "draining"
	case !g.open:
		return "starting"
	}
	return ""
}

// Wrap hands requests to next while the gate is open; others are told to come again, on another connection: there
// may be another replica at its end.
func (g *Gate) Wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !g.Enter() {
			w.Header().Set("Retry-After", "1")
			w.Header().Set("Connection", "close")
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = io.WriteString(w, g.state()+"\n")
			return
		}
		defer g.Leave()
		next.ServeHTTP(w, r)
	})
}
