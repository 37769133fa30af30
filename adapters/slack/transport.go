package slack

import (
	"io"
	"net/http"
	"sync"
	"time"
)

// limited bounds how much of an answer is read: slack-go reads all of it. It sets a clock by the answers.
type limited struct {
	inner http.RoundTripper
	clock *clock
}

// RoundTrip implements http.RoundTripper.
func (t limited) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := t.inner.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	t.clock.set(resp.Header)
	resp.Body = limitedBody{io.LimitReader(resp.Body, longestAnswer), resp.Body}
	return resp, nil
}

// CloseIdleConnections lets http.Client.CloseIdleConnections reach the transport within.
func (t limited) CloseIdleConnections() {
	if c, ok := t.inner.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

type limitedBody struct {
	io.Reader
	io.Closer
}

// mostRemembered bounds a memory. Past it, it begins anew.
const mostRemembered = 20_000

// memory is what Slack was asked, for some time.
type memory[V any] struct {
	lasts time.Duration

	mu  sync.Mutex
	all map[string]remembered[V]
}

type remembered[V any] struct {
	value V
	until time.Time
}

func newMemory[V any](lasts time.Duration) *memory[V] {
	return &memory[V]{lasts: lasts, all: map[string]remembered[V]{}}
}

// or returns what is remembered, else what is asked, which is remembered unless it fails.
func (m *memory[V]) or(key string, ask func() (V, error)) (V, error) {
	m.mu.Lock()
	is, ok := m.all[key]
	m.mu.Unlock()
	if ok && time.Now().Before(is.until) {
		return is.value, nil
	}
	value, err := ask()
	if err != nil {
		return value, err
	}
	m.note(key, value)
	return value, nil
}

// note remembers a value.
func (m *memory[V]) note(key string, value V) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.all) >= mostRemembered {
		clear(m.all)
	}
	m.all[key] = remembered[V]{value, time.Now().Add(m.lasts)}
}

// drop forgets something.
func (m *memory[V]) drop(key string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.all, key)
}

// has reports whether something is remembered.
func (m *memory[V]) has(key string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	is, ok := m.all[key]
	return ok && time.Now().Before(is.until)
}
