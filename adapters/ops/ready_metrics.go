package ops

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"
)

// readyMetrics tell at a scrape what /readyz would tell.
type readyMetrics struct {
	gate         *Gate
	checks       *Checks
	ready, check *prometheus.Desc
}

func newReadyMetrics(gate *Gate, checks *Checks) readyMetrics {
	return readyMetrics{
		gate: gate, checks: checks,
		ready: prometheus.NewDesc("whosays_ready", "1 while the process takes work and nothing that it needs fails, else 0.", nil, nil),
		check: prometheus.NewDesc("whosays_check_ok", "1 where a check of readiness passes, else 0; none before it is ready and while it drains.", []string{"check"}, nil),
	}
}

// Describe implements prometheus.Collector.
func (m readyMetrics) Describe(out chan<- *prometheus.Desc) {
	out <- m.ready
	out <- m.check
}

// Collect implements prometheus.Collector. It takes no longer than the slowest check may.
func (m readyMetrics) Collect(out chan<- prometheus.Metric) {
	ready := m.gate.state() == ""
	if ready {
		for _, found := range m.checks.run(context.Background()) {
			ready = ready && found.err == nil
			out <- prometheus.MustNewConstMetric(m.check, prometheus.GaugeValue, number(found.err == nil), found.name)
		}
	}
	out <- prometheus.MustNewConstMetric(m.ready, prometheus.GaugeValue, number(ready))
}

func number(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
