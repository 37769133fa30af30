package telemetry

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// TraceOptions say where traces go. All but Endpoint and Log may be zero.
type TraceOptions struct {
	Endpoint string            // of OTLP over HTTP; without a path, /v1/traces
	Headers  map[string]string // for a collector that asks who it is
	Percent  int               // how many of a hundred events are traced
	Version  string            // of the program
	Metrics  prometheus.Registerer
	Log      *slog.Logger
}

// Traces sends spans to a collector, in batches and beside all else: what it doesn't take is dropped, and nobody waits.
type Traces struct{ provider *sdk.TracerProvider }

// The collector's time. What waits for it is bounded by the batch processor: 2,048 spans, then they are dropped.
const (
	exportTime = 5 * time.Second        // of one try to send a batch
	retryTime  = 10 * time.Second       // after that the batch is dropped
	firstRetry = 500 * time.Millisecond // twice as long each time
	flushTime  = 2 * time.Second        // at the end, for what hasn't been sent
)

// NewTraces returns traces that are sent until Close. Nothing is asked of the endpoint yet. The error is of an endpoint that isn't an
// address, or of a metric that is registered already.
func NewTraces(ctx context.Context, o TraceOptions) (*Traces, error) {
	to, err := url.Parse(o.Endpoint)
	if err != nil || to.Host == "" {
		return nil, fmt.Errorf("telemetry: %q isn't the address of a collector: write http://host:4318", o.Endpoint)
	}
	if strings.Trim(to.Path, "/") == "" {
		to.Path = "/v1/traces"
	}
	client, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(to.String()), otlptracehttp.WithHeaders(o.Headers),
		otlptracehttp.WithTimeout(exportTime), otlptracehttp.WithRetry(otlptracehttp.RetryConfig{
			Enabled: true, InitialInterval: firstRetry, MaxInterval: exportTime, MaxElapsedTime: retryTime,
		}))
	if err != nil {
		return nil, fmt.Errorf("telemetry: %w", err)
	}
	e := &exporter{SpanExporter: client, log: o.Log, spans: prometheus.NewCounterVec(prometheus.CounterOpts{
		Namespace: "whosays", Name: "trace_spans_total", Help: "Spans that were to be sent to the collector, by what became of them: sent or lost.",
	}, []string{"result"})}
	if o.Metrics != nil {
		if err := o.Metrics.Register(e.spans); err != nil {
			return nil, fmt.Errorf("telemetry: %w", err)
		}
	}
	return &Traces{sdk.NewTracerProvider(
		sdk.WithBatcher(e, sdk.WithExportTimeout(retryTime+exportTime)),
		sdk.WithSampler(sdk.TraceIDRatioBased(float64(o.Percent)/100)),
		sdk.WithResource(resource.NewSchemaless(attribute.String("service.name", "whosays"), attribute.String("service.version", o.Version),
			attribute.String("service.instance.id", rand.Text()))),
	)}, nil
}

func (t *Traces) tracer() trace.Tracer { return t.provider.Tracer("github.com/whosays/whosays") }

// Close sends what hasn't been sent, for no longer than two seconds.
func (t *Traces) Close(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, flushTime)
	defer cancel()
	if err := t.provider.Shutdown(ctx); err != nil {
		return fmt.Errorf("telemetry: the last spans are lost: %w", err)
	}
	return nil
}

// exporter tells the log when the collector is lost and found again. The library would tell standard error, of each batch.
type exporter struct {
	sdk.SpanExporter

	log   *slog.Logger
	spans *prometheus.CounterVec
	lost  atomic.Bool
}

// ExportSpans sends spans. That they are lost is no error of the program.
func (e *exporter) ExportSpans(ctx context.Context, spans []sdk.ReadOnlySpan) error {
	err := e.SpanExporter.ExportSpans(ctx, spans)
	result := "sent"
	if err != nil {
		result = "lost"
	}
	e.spans.WithLabelValues(result).Add(float64(len(spans)))
	switch was := e.lost.Swap(err != nil); {
	case err != nil && !was:
		e.log.WarnContext(ctx, "the collector doesn't take traces: they are lost until it does", "error", err)
	case err == nil && was:
		e.log.InfoContext(ctx, "the collector takes traces again")
	}
	return nil
}
