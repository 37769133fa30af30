package ops

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Check is one thing that has to work for the process to be ready.
type Check struct {
	Name    string
	Timeout time.Duration
	Run     func(context.Context) error
}

// Checks is what readiness depends on. The zero value is ready to use.
type Checks struct {
	mu   sync.Mutex
	list []Check
}

// Add adds a check.
func (c *Checks) Add(check Check) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = append(c.list, check)
}

// result is what a check found.
type result struct {
	name string
	err  error
}

// run runs all checks side by side, and returns what they found in their order.
func (c *Checks) run(ctx context.Context) []result {
	c.mu.Lock()
	list := slices.Clone(c.list)
	c.mu.Unlock()
	found := make([]result, len(list))
	var all sync.WaitGroup
	for i, check := range list {
		all.Go(func() { found[i] = result{check.Name, check.run(ctx)} })
	}
	all.Wait()
	return found
}

// errNoAnswer is what a check found that didn't end in time.
var errNoAnswer = errors.New("no answer in time")

// run runs a check for no longer than its time, even one that doesn't listen to its context.
func (c Check) run(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, c.Timeout, errNoAnswer)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- c.Run(ctx) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// readiness answers /readyz: 200, or 503 with the gate's state or the checks that fail, one line for each. Why they
// fail goes to the log only: errors tell too much to whoever may ask.
type readiness struct {
	log    *slog.Logger
	gate   *Gate
	checks *Checks
}

func (p readiness) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if state := p.gate.state(); state != "" {
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = io.WriteString(w, state+"\n")
		return
	}
	status, lines := http.StatusOK, []string{}
	for _, found := range p.checks.run(r.Context()) {
		if found.err == nil {
			lines = append(lines, found.name+": ok")
			continue
		}
		status = http.StatusServiceUnavailable
		lines = append(lines, found.name+": fails")
		p.log.WarnContext(r.Context(), "a check of readiness fails", "check", found.name, "err", found.err)
	}
	if status == http.StatusOK {
		lines = append(lines, "ready")
	}
	w.WriteHeader(status)
	_, _ = io.WriteString(w, strings.Join(lines, "\n")+"\n")
}
