package inbox

import (
	"errors"

	"github.com/prometheus/client_golang/prometheus"
)

// metrics are what can be seen of the inbox from outside.
type metrics struct {
	offers *prometheus.CounterVec
	panics prometheus.Counter
	depth  prometheus.GaugeFunc
	most   prometheus.Gauge
	waited prometheus.Histogram
	worked prometheus.Histogram
}

func newMetrics(queue int, depth func() float64) *metrics {
	const namespace, subsystem = "whosays", "inbox"
	seconds := func(name, help string) prometheus.Histogram {
		return prometheus.NewHistogram(prometheus.HistogramOpts{
			Namespace: namespace, Subsystem: subsystem, Name: name, Help: help, Buckets: []float64{.001, .005, .025, .1, .5, 1, 3, 10, 60},
		})
	}
	m := &metrics{
		offers: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: namespace, Subsystem: subsystem, Name: "offers_total", Help: "Events of platforms, by what became of them: accepted, seen (before), busy (the queue is full), too_fast, draining.",
		}, []string{"verdict"}),
		panics: prometheus.NewCounter(prometheus.CounterOpts{
			Namespace: namespace, Subsystem: subsystem, Name: "panics_total", Help: "Events whose work panicked, and that have no answer.",
		}),
		depth: prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Namespace: namespace, Subsystem: subsystem, Name: "queue_depth", Help: "Events that wait for a worker.",
		}, depth),
		most: prometheus.NewGauge(prometheus.GaugeOpts{
			Namespace: namespace, Subsystem: subsystem, Name: "queue_capacity", Help: "Events that can wait at most: past that, whoever asks is told that there is too much to do.",
		}),
		waited: seconds("waited_seconds", "How long an event waited for a worker."),
		worked: seconds("worked_seconds", "How long the work on an event took."),
	}
	m.most.Set(float64(queue))
	return m
}

func (m *metrics) register(r prometheus.Registerer) error {
	var errs []error
	for _, c := range []prometheus.Collector{m.offers, m.panics, m.depth, m.most, m.waited, m.worked} {
		errs = append(errs, r.Register(c))
	}
	return errors.Join(errs...)
}
