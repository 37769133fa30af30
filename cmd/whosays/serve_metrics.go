package main

import (
	"context"
	"errors"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/whosays/whosays/adapters/telemetry"
	"github.com/whosays/whosays/knowledge"
)

// watched begins to count what becomes of events, and to trace them where a collector is configured.
func (s *service) watched(ctx context.Context) error {
	traces, err := s.traces(ctx)
	if err != nil {
		return err
	}
	s.watcher, err = telemetry.New(s.metrics, traces)
	return err
}

// traces returns where traces go; nil without a collector.
func (s *service) traces(ctx context.Context) (*telemetry.Traces, error) {
	cfg := s.cfg.Traces
	if cfg.Endpoint == "" {
		return nil, nil
	}
	t, err := telemetry.NewTraces(ctx, telemetry.TraceOptions{
		Endpoint: cfg.Endpoint, Headers: cfg.HeaderMap(), Percent: cfg.Percent, Version: released(), Metrics: s.metrics, Log: s.log,
	})
	if err != nil {
		return nil, err
	}
	s.life.onClose("the traces", func(ctx context.Context) error {
		if err := t.Close(ctx); err != nil { // that is no failure of the service
			s.log.WarnContext(ctx, "the last traces are lost", "error", err)
		}
		return nil
	})
	return t, nil
}

// scrapeTime is how long a scrape waits for the database.
const scrapeTime = time.Second

// baseMetrics are what a scrape asks of the base. While the database doesn't answer there are none of them.
type baseMetrics struct {
	base               *knowledge.Base
	store              knowledge.Store
	reviewed, revision *prometheus.Desc
}

func newBaseMetrics(base *knowledge.Base, store knowledge.Store) *baseMetrics {
	return &baseMetrics{
		base: base, store: store,
		reviewed: prometheus.NewDesc("whosays_base_reviewed_timestamp_seconds", "The day of the last review of the shared claims, in seconds since 1970.", nil, nil),
		revision: prometheus.NewDesc("whosays_base_revision", "The last change of the shared claims, as the database counts them: it never goes back.", nil, nil),
	}
}

// Describe implements prometheus.Collector.
func (m *baseMetrics) Describe(out chan<- *prometheus.Desc) {
	out <- m.reviewed
	out <- m.revision
}

// Collect implements prometheus.Collector.
func (m *baseMetrics) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapeTime)
	defer cancel()
	reach, unreached := m.base.Reach(ctx, "")
	heads, unread := m.store.Heads(ctx, "")
	if errors.Join(unreached, unread) != nil { // whosays_check_ok tells
		return
	}
	if !reach.Reviewed.IsZero() {
		out <- prometheus.MustNewConstMetric(m.reviewed, prometheus.GaugeValue, float64(reach.Reviewed.Start().Unix()))
	}
	out <- prometheus.MustNewConstMetric(m.revision, prometheus.GaugeValue, float64(heads.Of("").Revision))
}
