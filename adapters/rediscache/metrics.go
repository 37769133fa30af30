package rediscache

import (
	"errors"

	"github.com/prometheus/client_golang/prometheus"
)

// metrics are what can be seen of the cache from outside.
type metrics struct {
	claims     *prometheus.CounterVec
	loads      prometheus.Counter
	errors     prometheus.Counter
	mismatches prometheus.Counter
	hints      prometheus.Counter
	up         prometheus.Gauge
}

func newMetrics() *metrics {
	counter := func(name, help string) prometheus.Counter {
		return prometheus.NewCounter(prometheus.CounterOpts{Namespace: "whosays", Subsystem: "cache", Name: name, Help: help})
	}
	return &metrics{
		claims: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: "whosays", Subsystem: "cache", Name: "claims_total", Help: "Claims that were asked for, by where they came from: process (its memory), redis, store (the database).",
		}, []string{"from"}),
		loads:      counter("loads_total", "Loads of claims from the database."),
		errors:     counter("redis_errors_total", "Calls of Redis that failed, or weren't made because it was left alone."),
		mismatches: counter("redis_mismatches_total", "Values of Redis that weren't those of their key, and were dropped: an alarm."),
		hints:      counter("hints_total", "Hints of replicas that claims changed."),
		up: prometheus.NewGauge(prometheus.GaugeOpts{
			Namespace: "whosays", Subsystem: "cache", Name: "redis_up", Help: "1 while Redis answers, 0 while it is down or there is none.",
		}),
	}
}

func (m *metrics) register(r prometheus.Registerer) error {
	var errs []error
	for _, c := range []prometheus.Collector{m.claims, m.loads, m.errors, m.mismatches, m.hints, m.up} {
		errs = append(errs, r.Register(c))
	}
	return errors.Join(errs...)
}

func (m *metrics) hit(from string, n int) {
	if n > 0 {
		m.claims.WithLabelValues(from).Add(float64(n))
	}
}
