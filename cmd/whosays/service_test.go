package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/ops"
	"github.com/whosays/whosays/config"
)

// record is a line of the log.
type record struct{ Msg, Addr string }

// logbook is a log of JSON lines that can be waited for.
type logbook struct {
	mu      sync.Mutex
	text    strings.Builder
	written chan struct{} // closed, and made anew, with each line
}

func newLogbook() *logbook { return &logbook{written: make(chan struct{})} }

func (b *logbook) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	close(b.written)
	b.written = make(chan struct{})
	return b.text.Write(p)
}

func (b *logbook) String() string {
	text, _ := b.now()
	return text
}

// last returns the last lines.
func (b *logbook) last() string {
	lines := strings.Split(b.String(), "\n")
	return strings.Join(lines[max(0, len(lines)-10):], "\n")
}

func (b *logbook) now() (text string, more <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String(), b.written
}

// wait returns the first record with a message, once it is there.
func (b *logbook) wait(t *testing.T, msg string) record {
	t.Helper()
	late := time.After(time.Minute) // for what never comes
	for {
		text, more := b.now()
		for line := range strings.Lines(text) {
			var r record
			if json.Unmarshal([]byte(line), &r) == nil && r.Msg == msg {
				return r
			}
		}
		select {
		case <-more:
		case <-late:
			t.Fatalf("%q isn't logged:\n%s", msg, text)
		}
	}
}

// running is a service that runs.
type running struct {
	t    *testing.T
	log  *logbook
	url  string
	stop context.CancelFunc
	done chan error
}

// start runs a service with what build puts into it, and waits until it is ready.
func start(t *testing.T, drain time.Duration, build func(context.Context, *service) error) running {
	t.Helper()
	cfg := config.Default()
	cfg.HTTP.Listen, cfg.Serve.Drain = "127.0.0.1:0", drain
	r := running{t: t, log: newLogbook(), done: make(chan error, 1)}
	log, err := ops.NewLogger(r.log, "debug", true)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	r.stop = stop
	go func() { r.done <- newService(cfg, log).run(ctx, build) }()
	r.url = "http://" + r.log.wait(t, "listening").Addr
	r.log.wait(t, "ready")
	return r
}

// get returns the status and the body of a page, on a connection of its own.
func (r running) get(path string) (int, string) {
	r.t.Helper()
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: time.Minute}
	req, err := http.NewRequestWithContext(r.t.Context(), http.MethodGet, r.url+path, nil)
	if err != nil {
		r.t.Error(err)
		return 0, ""
	}
	resp, err := client.Do(req)
	if err != nil {
		return 0, err.Error()
	}
	defer resp.Body.Close() //nolint:errcheck // it was read
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, err.Error()
	}
	return resp.StatusCode, string(body)
}

func (r running) want(path string, status int, body string) {
	r.t.Helper()
	if gotStatus, got := r.get(path); gotStatus != status || !strings.Contains(got, body) {
		r.t.Errorf("%s: %d %q, want %d %q", path, gotStatus, got, status, body)
	}
}

func TestWorkThatHasBegunEndsBeforeTheService(t *testing.T) {
	t.Parallel()
	begun, finish := make(chan struct{}), make(chan struct{})
	var order []string
	r := start(t, time.Minute, func(_ context.Context, s *service) error {
		for _, part := range []string{"first", "second"} {
			s.life.onClose(part, func(context.Context) error { order = append(order, "close "+part); return nil })
		}
		s.work.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
			close(begun)
			<-finish
			order = append(order, "work ends")
			if err := r.Context().Err(); err != nil {
				t.Errorf("it was abandoned: %v", err)
			}
			_, _ = io.WriteString(w, "done")
		})
		return nil
	})
	r.want("/readyz", 200, "ready\n")
	r.want("/nothing", 404, "")

	answered := make(chan struct{})
	go func() {
		defer close(answered)
		r.want("/slow", 200, "done")
	}()
	<-begun
	r.stop()
	r.log.wait(t, "draining")
	r.want("/readyz", 503, "draining\n")
	r.want("/healthz", 200, "alive\n")
	r.want("/slow", 503, "draining\n") // takes no more
	close(finish)
	if err := <-r.done; err != nil {
		t.Error(err)
	}
	<-answered
	if diff := cmp.Diff([]string{"work ends", "close second", "close first"}, order); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWorkThatDoesNotEndIsAbandoned(t *testing.T) {
	t.Parallel()
	begun, abandoned := make(chan struct{}), make(chan struct{})
	r := start(t, time.Millisecond, func(_ context.Context, s *service) error {
		s.work.HandleFunc("/stuck", func(_ http.ResponseWriter, r *http.Request) {
			close(begun)
			<-r.Context().Done()
			close(abandoned)
		})
		return nil
	})
	go r.get("/stuck")
	<-begun
	r.stop()
	if err := <-r.done; err != nil {
		t.Error(err)
	}
	<-abandoned
	r.log.wait(t, "the time to drain is over, what is left is abandoned")
}

func TestStartThatFails(t *testing.T) {
	t.Parallel()
	broken := errors.New("the base is broken")
	tests := map[string]struct {
		build func(ctx context.Context, stop context.CancelFunc) error
		want  error
	}{
		"a part can't be built": {func(context.Context, context.CancelFunc) error { return broken }, broken},
		"asked to stop meanwhile": {func(ctx context.Context, stop context.CancelFunc) error {
			stop()
			return ctx.Err()
		}, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := config.Default()
			cfg.HTTP.Listen = "127.0.0.1:0"
			log, err := ops.NewLogger(io.Discard, "info", true)
			if err != nil {
				t.Fatal(err)
			}
			closed := false
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			err = newService(cfg, log).run(ctx, func(ctx context.Context, s *service) error {
				s.life.onClose("part", func(context.Context) error { closed = true; return nil })
				return tt.build(ctx, stop)
			})
			if !errors.Is(err, tt.want) || !closed {
				t.Errorf("closed: %v, err = %v", closed, err)
			}
		})
	}
}
