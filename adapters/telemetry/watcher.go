// Package telemetry watches events on their way to a reply. It counts and times them, and where a collector of OpenTelemetry is
// configured each of them is a trace. No word of anybody's stands in what it tells, and nobody's name or id: a question is counted by its
// platform, by what was asked for and by its outcome.
package telemetry

import (
	"context"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/whosays/whosays/bot/chat"
)

// Watcher watches events. It is safe for concurrent use.
type Watcher struct {
	metrics *metrics
	tracer  trace.Tracer // nil: there are no traces
}

// New returns a watcher that counts into a registry, and traces if traces isn't nil. The error is of metrics that are registered already.
func New(r prometheus.Registerer, traces *Traces) (*Watcher, error) {
	w := &Watcher{metrics: newMetrics()}
	if traces != nil {
		w.tracer = traces.tracer()
	}
	return w, w.metrics.register(r)
}

// journey is what became of one event so far.
type journey struct {
	platform string
	arrived  time.Time

	mu      sync.Mutex
	command chat.Command
	outcome string
	stopped bool      // by the guard
	replied time.Time // zero: nothing was said yet
}

// Watch begins the way of an event that has waited since it was offered. It is an inbox.Watch.
func (w *Watcher) Watch(ctx context.Context, platform string, offered time.Time) (context.Context, func(panicked bool)) {
	j := &journey{platform: platform, arrived: offered, outcome: nothing}
	var root trace.Span
	if w.tracer != nil {
		ctx, root = w.event(ctx, j)
	}
	ctx = chat.WithWatch(ctx, func(ctx context.Context, s chat.Step) (context.Context, func(chat.Mark)) { return w.step(ctx, j, s) })
	return ctx, func(panicked bool) {
		j.mu.Lock()
		defer j.mu.Unlock()
		if panicked {
			j.outcome = panicking
		}
		w.metrics.count(j)
		if root != nil {
			tell(root, j)
			root.End()
		}
	}
}

// event begins the trace of an event, in which it has waited for a worker so far.
func (w *Watcher) event(ctx context.Context, j *journey) (context.Context, trace.Span) {
	ctx, root := w.tracer.Start(ctx, "event", trace.WithNewRoot(), trace.WithSpanKind(trace.SpanKindConsumer), trace.WithTimestamp(j.arrived),
		trace.WithAttributes(attribute.String("whosays.platform", j.platform), attribute.String("whosays.request_id", chat.RequestID(ctx))))
	_, receive := w.tracer.Start(ctx, "receive", trace.WithTimestamp(j.arrived))
	receive.End()
	return ctx, root
}

// tell says at the end of a trace what came of its event.
func tell(root trace.Span, j *journey) {
	if !root.IsRecording() {
		return
	}
	root.SetAttributes(attribute.String("whosays.command", string(j.command)), attribute.String("whosays.outcome", j.outcome))
	if j.outcome == panicking || j.outcome == failing || j.outcome == unavailable {
		root.SetStatus(codes.Error, j.outcome)
	}
}

// step begins a step of an event.
func (w *Watcher) step(ctx context.Context, j *journey, s chat.Step) (context.Context, func(chat.Mark)) {
	began := time.Now()
	var span trace.Span
	if w.tracer != nil {
		ctx, span = w.tracer.Start(ctx, string(s), trace.WithSpanKind(kindOf(s)))
	}
	return ctx, func(m chat.Mark) {
		ended := time.Now()
		w.metrics.steps.WithLabelValues(string(s)).Observe(ended.Sub(began).Seconds())
		j.mark(s, m, ended)
		if s == chat.StepGuard && m.Err != nil {
			w.metrics.stopped.Inc()
		}
		if span == nil {
			return
		}
		if s == chat.StepHandle {
			span.SetAttributes(attribute.String("whosays.command", string(m.Command)), attribute.String("whosays.outcome", outcomeOf(m)))
		}
		if m.Err != nil {
			span.SetStatus(codes.Error, failureOf(m.Err))
		}
		span.End()
	}
}

func kindOf(s chat.Step) trace.SpanKind {
	if s == chat.StepSend {
		return trace.SpanKindClient
	}
	return trace.SpanKindInternal
}

// mark notes what came of a step.
func (j *journey) mark(s chat.Step, m chat.Mark, at time.Time) {
	j.mu.Lock()
	defer j.mu.Unlock()
	switch {
	case s == chat.StepHandle && j.stopped:
		j.command, j.outcome = m.Command, stopping
	case s == chat.StepHandle:
		j.command, j.outcome = m.Command, outcomeOf(m)
	case s == chat.StepGuard && m.Err != nil:
		j.stopped = true
	case s == chat.StepSend && m.Err == nil && j.replied.IsZero():
		j.replied = at
	}
}
