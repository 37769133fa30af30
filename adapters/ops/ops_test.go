package ops_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whosays/whosays/adapters/ops"
	"github.com/whosays/whosays/bot/chat"
)

// process is what stands behind a handler.
type process struct {
	gate   *ops.Gate
	checks *ops.Checks
	log    *strings.Builder
	http.Handler
}

func newProcess(t *testing.T, work http.Handler) process {
	t.Helper()
	p := process{gate: ops.NewGate(), checks: &ops.Checks{}, log: &strings.Builder{}}
	log, err := ops.NewLogger(p.log, "debug", false)
	if err != nil {
		t.Fatal(err)
	}
	p.Handler = ops.Handler(log, p.gate, p.checks, ops.NewMetrics("v1.2.3"), work)
	return p
}

func (p process) get(path string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	return w
}

func ok(context.Context) error { return nil }

func TestReadiness(t *testing.T) {
	t.Parallel()
	fails := func(context.Context) error { return errors.New("postgres://u:canary@h is down") }
	hangs := func(context.Context) error { select {} } // and doesn't listen to its context
	tests := map[string]struct {
		before func(*ops.Gate)
		checks []ops.Check
		status int
		body   string
	}{
		"starting":       {func(*ops.Gate) {}, nil, 503, "starting\n"},
		"nothing to ask": {(*ops.Gate).Open, nil, 200, "ready\n"},
		"all well":       {(*ops.Gate).Open, []ops.Check{{"a", time.Second, ok}, {"b", time.Second, ok}}, 200, "a: ok\nb: ok\nready\n"},
		"one fails":      {(*ops.Gate).Open, []ops.Check{{"a", time.Second, ok}, {"b", time.Second, fails}}, 503, "a: ok\nb: fails\n"},
		"one hangs":      {(*ops.Gate).Open, []ops.Check{{"a", time.Millisecond, hangs}, {"b", time.Second, ok}}, 503, "a: fails\nb: ok\n"},
		"draining":       {func(g *ops.Gate) { g.Open(); g.Drain() }, []ops.Check{{"a", time.Second, ok}}, 503, "draining\n"},
		"drained early":  {func(g *ops.Gate) { g.Drain(); g.Open() }, nil, 503, "draining\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newProcess(t, http.NotFoundHandler())
			for _, c := range tt.checks {
				p.checks.Add(c)
			}
			tt.before(p.gate)
			w := p.get("/readyz")
			if w.Code != tt.status || w.Body.String() != tt.body {
				t.Errorf("%d %q", w.Code, w.Body)
			}
			if h := p.get("/healthz"); h.Code != http.StatusOK {
				t.Errorf("it isn't alive: %d", h.Code)
			}
			if failing := strings.Contains(tt.body, "fails"); failing != strings.Contains(p.log.String(), "a check of readiness fails") {
				t.Errorf("the log: %s", p.log)
			}
			if strings.Contains(p.log.String(), "canary") {
				t.Errorf("the log tells a secret: %s", p.log)
			}
		})
	}
}

func TestMetrics(t *testing.T) {
	t.Parallel()
	p := newProcess(t, http.NotFoundHandler())
	body := p.get("/metrics").Body.String()
	for _, want := range []string{`whosays_build_info{go="go`, `version="v1.2.3"} 1`, "\ngo_goroutines ", "\nprocess_cpu_seconds_total "} {
		if !strings.Contains(body, want) {
			t.Errorf("%q isn't measured in:\n%s", want, body)
		}
	}
}

func TestGateLetsNothingInWhileItIsClosed(t *testing.T) {
	t.Parallel()
	p := newProcess(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "worked") }))
	try := func(status int, body string) {
		t.Helper()
		w := p.get("/work")
		if w.Code != status || w.Body.String() != body || (status == 503) != (w.Header().Get("Retry-After") == "1") {
			t.Errorf("%d %q %v", w.Code, w.Body, w.Header())
		}
	}
	try(503, "starting\n")
	p.gate.Open()
	try(200, "worked")
	p.gate.Drain()
	p.gate.Drain() // twice is once
	try(503, "draining\n")
}

func TestGateWaitsForWhatIsInside(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g, begun := ops.NewGate(), time.Now()
		g.Open()
		for range 2 {
			if !g.Enter() {
				t.Fatal("it is closed")
			}
		}
		g.Drain()
		go func() {
			time.Sleep(3 * time.Second)
			g.Leave()
			time.Sleep(3 * time.Second)
			g.Leave()
		}()
		for _, want := range []struct {
			patience time.Duration
			left     int
		}{{time.Second, 2}, {3 * time.Second, 1}, {time.Hour, 0}} {
			ctx, cancel := context.WithTimeout(t.Context(), want.patience)
			left := g.Wait(ctx)
			cancel()
			if left != want.left {
				t.Errorf("%d left, want %d", left, want.left)
			}
		}
		if took := time.Since(begun); took != 6*time.Second {
			t.Errorf("it took %v", took)
		}
		if left := g.Wait(t.Context()); left != 0 {
			t.Errorf("%d left of nothing", left)
		}
	})
}

func TestPanickingWorkLeavesTheGate(t *testing.T) {
	t.Parallel()
	p := newProcess(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("a defect") }))
	p.gate.Open()
	func() {
		defer func() { _ = recover() }() // net/http does
		p.get("/work")
	}()
	p.gate.Drain()
	if left := p.gate.Wait(t.Context()); left != 0 {
		t.Errorf("%d left", left)
	}
}

func TestRequestIDs(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		given string
		kept  bool
	}{
		"none":         {"", false},
		"sane":         {"Ab_9-z", true},
		"64 long":      {strings.Repeat("a", 64), true},
		"65 long":      {strings.Repeat("a", 65), false},
		"with a space": {"a b", false},
		"with a line":  {"a\nlevel=ERROR", false},
		"not ASCII":    {"ї", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var seen string
			p := newProcess(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				seen = chat.RequestID(r.Context())
				w.WriteHeader(http.StatusTeapot)
			}))
			p.gate.Open()
			w := p.get("/work?token=canary", "X-Request-Id", tt.given)
			if (seen == tt.given) != tt.kept || len(seen) < 6 || w.Header().Get("X-Request-Id") != seen {
				t.Errorf("%q became %q, and %q in the answer", tt.given, seen, w.Header().Get("X-Request-Id"))
			}
			log := p.log.String()
			if !strings.Contains(log, "level=DEBUG msg=request method=GET path=/work status=418 took_ms=") || !strings.Contains(log, "request_id="+seen) {
				t.Errorf("the log: %s", log)
			}
			if strings.Contains(log, "canary") {
				t.Errorf("the query is logged: %s", log)
			}
		})
	}
}

func TestServerHasLimits(t *testing.T) {
	t.Parallel()
	s := ops.NewServer(slog.New(slog.DiscardHandler), http.NotFoundHandler())
	if s.ReadHeaderTimeout <= 0 || s.ReadTimeout <= 0 || s.WriteTimeout <= 0 || s.IdleTimeout <= 0 || s.MaxHeaderBytes <= 0 {
		t.Errorf("%+v", s)
	}
}
