package telemetry_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/whosays/whosays/adapters/telemetry"
	"github.com/whosays/whosays/adapters/telemetry/collectortest"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/guard"
	"github.com/whosays/whosays/knowledge"
)

// canary stands where somebody's words may stand in an error.
const canary = "canary words"

func step(ctx context.Context, s chat.Step, m chat.Mark) {
	_, end := s.Begin(ctx)
	end(m)
}

// handled is a request on its way, which ends with an error or an outcome.
func handled(ctx context.Context, stopped, err error) {
	ctx, end := chat.StepHandle.Begin(ctx)
	step(ctx, chat.StepUnderstand, chat.Mark{})
	step(ctx, chat.StepFind, chat.Mark{Err: err})
	m := chat.Mark{Command: chat.CommandAsk, Err: err}
	if err == nil {
		step(ctx, chat.StepCompose, chat.Mark{})
		step(ctx, chat.StepGuard, chat.Mark{Err: stopped})
		m.Outcome = chat.Answered
	}
	end(m)
}

// way is how an event goes.
type way struct {
	do       func(context.Context)
	panicked bool
}

func ways() map[string]way {
	sent := func(err error) func(ctx context.Context) {
		return func(ctx context.Context) { step(ctx, chat.StepSend, chat.Mark{Err: err}) }
	}
	return map[string]way{
		"answered": {do: func(ctx context.Context) { handled(ctx, nil, nil); sent(nil)(ctx) }},
		"refused": {do: func(ctx context.Context) {
			handled(ctx, nil, nil)
			sent(fmt.Errorf("%s: %w", canary, chat.ErrRefused))(ctx)
		}},
		"again": {do: func(ctx context.Context) {
			handled(ctx, nil, nil)
			sent(&chat.Delayed{After: time.Second, Err: errors.New(canary)})(ctx)
			sent(nil)(ctx)
		}},
		"stopped": {do: func(ctx context.Context) { handled(ctx, &guard.Error{}, nil); sent(nil)(ctx) }},
		"unavailable": {do: func(ctx context.Context) {
			handled(ctx, nil, &knowledge.Error{Kind: knowledge.Unavailable, Msg: canary})
		}},
		"failed":   {do: func(ctx context.Context) { handled(ctx, nil, errors.New(canary)) }},
		"late":     {do: func(ctx context.Context) { handled(ctx, nil, context.DeadlineExceeded) }},
		"nothing":  {do: sent(nil)},
		"panicked": {do: func(ctx context.Context) { handled(ctx, nil, nil) }, panicked: true},
	}
}

// ran takes all ways past a watcher.
func ran(t *testing.T, w *telemetry.Watcher) {
	t.Helper()
	for name, is := range ways() {
		ctx, end := w.Watch(chat.WithRequestID(t.Context(), name), "discord", time.Now().Add(-time.Second))
		is.do(ctx)
		end(is.panicked)
	}
}

// scraped returns the lines of a registry that begin so.
func scraped(r *prometheus.Registry, prefixes ...string) (lines []string) {
	w := httptest.NewRecorder()
	promhttp.HandlerFor(r, promhttp.HandlerOpts{}).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	for line := range strings.Lines(w.Body.String()) {
		for _, p := range prefixes {
			if strings.HasPrefix(line, p) {
				lines = append(lines, strings.TrimSpace(line))
			}
		}
	}
	return lines
}

func TestCounts(t *testing.T) {
	t.Parallel()
	r := prometheus.NewRegistry()
	w, err := telemetry.New(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	ran(t, w)
	want := []string{
		`whosays_guard_stops_total 1`,
		`whosays_questions_total{command="",outcome="none",platform="discord"} 1`,
		`whosays_questions_total{command="ask",outcome="answered",platform="discord"} 3`,
		`whosays_questions_total{command="ask",outcome="failed",platform="discord"} 2`,
		`whosays_questions_total{command="ask",outcome="panicked",platform="discord"} 1`,
		`whosays_questions_total{command="ask",outcome="stopped",platform="discord"} 1`,
		`whosays_questions_total{command="ask",outcome="unavailable",platform="discord"} 1`,
		`whosays_reply_seconds_bucket{platform="discord",le="0.5"} 0`, // they have waited for a second
		`whosays_reply_seconds_count{platform="discord"} 4`,
		`whosays_step_seconds_count{step="send"} 6`,
	}
	got := scraped(r, "whosays_guard", "whosays_questions", "whosays_reply_seconds_count", `whosays_reply_seconds_bucket{platform="discord",le="0.5"}`, `whosays_step_seconds_count{step="send"}`)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, err := telemetry.New(r, nil); err == nil {
		t.Error("metrics are registered twice")
	}
}

func TestStepsThatNobodyWatches(t *testing.T) { // allocations can't be counted beside other tests
	if n := testing.AllocsPerRun(100, func() { step(t.Context(), chat.StepFind, chat.Mark{}) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// traced takes all ways past a watcher that traces.
func traced(t *testing.T, o telemetry.TraceOptions) {
	t.Helper()
	traces, err := telemetry.NewTraces(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	w, err := telemetry.New(prometheus.NewRegistry(), traces)
	if err != nil {
		t.Fatal(err)
	}
	ran(t, w)
	if err := traces.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestTraces(t *testing.T) {
	t.Parallel()
	c, r := collectortest.Start(t), prometheus.NewRegistry()
	traced(t, telemetry.TraceOptions{
		Endpoint: c.URL(), Headers: map[string]string{"api-key": "k"}, Percent: 100, Version: "v1.2.3", Metrics: r, Log: slog.New(slog.DiscardHandler),
	})
	spans := c.Spans()
	got := map[string][]string{}
	for _, s := range spans {
		if strings.Contains(s.All, canary) {
			t.Errorf("it tells what somebody wrote: %s", s.All)
		}
		if s.Ended < s.Began || s.Resource["service.name"] != "whosays" || s.Resource["service.version"] != "v1.2.3" {
			t.Errorf("%+v", s)
		}
		if s.Parent == "" {
			got[s.Attributes["whosays.request_id"]] = append([]string{s.Attributes["whosays.outcome"] + " " + s.Failure}, tree(spans, s)...)
		}
	}
	handle := []string{"receive", "handle", " understand", " find", " compose", " guard"}
	want := map[string][]string{
		"answered":    append(append([]string{"answered "}, handle...), "send"),
		"refused":     append(append([]string{"answered "}, handle...), "send: refused by the platform"),
		"again":       append(append([]string{"answered "}, handle...), "send: the platform asks to wait", "send"),
		"stopped":     {"stopped ", "receive", "handle", " understand", " find", " compose", " guard: refused by the guard", "send"},
		"unavailable": {"unavailable unavailable", "receive", "handle: unavailable", " understand", " find: unavailable"},
		"failed":      {"failed failed", "receive", "handle: failed", " understand", " find: failed"},
		"late":        {"failed failed", "receive", "handle: out of time", " understand", " find: out of time"},
		"nothing":     {"none ", "receive", "send"},
		"panicked":    append([]string{"panicked panicked"}, handle...),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, h := range c.Headers() {
		if h.Get("api-key") != "k" {
			t.Errorf("the collector isn't told who it is: %v", h)
		}
	}
	if diff := cmp.Diff([]string{fmt.Sprintf(`whosays_trace_spans_total{result="sent"} %d`, len(spans))}, scraped(r, "whosays_trace_spans")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// tree returns the names of the spans below one, in the order in which they began, each with why it failed.
func tree(spans []collectortest.Span, of collectortest.Span) (names []string) {
	for _, s := range spans { // they come in the order in which they ended; those of one parent begin in that order, too
		if s.Parent != of.ID || s.Trace != of.Trace {
			continue
		}
		name := s.Name
		if s.Failure != "" {
			name += ": " + s.Failure
		}
		names = append(names, name)
		for _, below := range tree(spans, s) {
			names = append(names, " "+below)
		}
	}
	return names
}

func TestShareOfTraces(t *testing.T) {
	t.Parallel()
	c := collectortest.Start(t)
	traced(t, telemetry.TraceOptions{Endpoint: c.URL() + "/v1/traces", Percent: 0, Log: slog.New(slog.DiscardHandler)})
	if spans := c.Spans(); len(spans) != 0 {
		t.Errorf("%d spans are told of none of a hundred events", len(spans))
	}
}

// TestDeadCollector has collectors that refuse and hang, and more spans than are kept: nobody who asks waits, nor does the end for long.
func TestDeadCollector(t *testing.T) {
	t.Parallel()
	nobody := httptest.NewServer(http.NotFoundHandler())
	nobody.Close()
	hangs, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = hangs.Close() })
	for name, endpoint := range map[string]string{"refuses": nobody.URL, "hangs": "http://" + hangs.Addr().String()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var log strings.Builder
			traces, err := telemetry.NewTraces(t.Context(), telemetry.TraceOptions{Endpoint: endpoint, Percent: 100, Log: slog.New(slog.NewTextHandler(&log, nil))})
			if err != nil {
				t.Fatal(err)
			}
			w, err := telemetry.New(prometheus.NewRegistry(), traces)
			if err != nil {
				t.Fatal(err)
			}
			for range 100 { // some six thousand spans
				ran(t, w)
			}
			ended := make(chan error, 1)
			go func() { ended <- traces.Close(t.Context()) }()
			select {
			case err := <-ended:
				if err == nil && !strings.Contains(log.String(), "the collector doesn't take traces") {
					t.Errorf("nobody is told that spans are lost: %s", &log)
				}
			case <-time.After(time.Minute):
				t.Error("the end waits for the collector")
			}
		})
	}
}

func TestNoCollector(t *testing.T) {
	t.Parallel()
	for _, endpoint := range []string{"", "collector", "://"} {
		if _, err := telemetry.NewTraces(t.Context(), telemetry.TraceOptions{Endpoint: endpoint}); err == nil || !strings.Contains(err.Error(), "write http://host:4318") {
			t.Errorf("%q: %v", endpoint, err)
		}
	}
}
