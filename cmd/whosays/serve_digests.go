package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/whosays/whosays/bot/digest"
)

// digests lets what is due be written, until the service closes. The desks of the platforms send it.
func (s *service) digests(ctx context.Context, o *opened, now func() time.Time) error {
	editor, err := digest.NewEditor(o.base, o.lex)
	if err != nil {
		return err
	}
	slots := prometheus.NewCounterVec(prometheus.CounterOpts{
		Namespace: "whosays", Name: "digest_slots_total", Help: "Slots of digests, by what became of them.",
	}, []string{"outcome"})
	late := prometheus.NewHistogram(prometheus.HistogramOpts{
		Namespace: "whosays", Name: "digest_lateness_seconds", Help: "How long after they were due digests were written.",
		Buckets: []float64{1, 5, 10, 30, 60, 300, 1800, 7200, 21600},
	})
	for _, m := range []prometheus.Collector{slots, late} {
		if err := s.metrics.Register(m); err != nil {
			return err
		}
	}
	press := digest.NewPress(digest.Options{
		Store: o.store.Digests(), Composer: editor, Now: now, Log: s.log,
		Counted: func(what digest.Outcome, after time.Duration) {
			slots.WithLabelValues(string(what)).Inc()
			if what == digest.Written {
				late.Observe(after.Seconds())
			}
		},
	})
	s.running(ctx, "what writes digests", func(ctx context.Context) {
		if err := press.Run(ctx); err != nil {
			s.log.ErrorContext(ctx, "digests aren't written until the process is started anew", "error", err)
		}
	})
	return nil
}
