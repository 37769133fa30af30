package telemetry

import (
	"errors"

	"github.com/prometheus/client_golang/prometheus"
)

// metrics are what is counted of events, whatever their platform.
type metrics struct {
	questions *prometheus.CounterVec
	replies   *prometheus.HistogramVec
	steps     *prometheus.HistogramVec
	stopped   prometheus.Counter
}

func newMetrics() *metrics {
	const space = "whosays"
	return &metrics{
		questions: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: space, Name: "questions_total",
			Help: "Questions, commands and presses, by platform, what was asked for, and what came of it: an outcome of a reply, none (nothing was asked of the base), stopped by the guard, unavailable (the base can't be reached), failed, panicked.",
		}, []string{"platform", "command", "outcome"}),
		replies: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: space, Name: "reply_seconds", Help: "How long it took from an event to the reply, until its platform had taken that.",
			Buckets: []float64{.01, .025, .05, .1, .25, .5, 1, 1.5, 3, 10, 60},
		}, []string{"platform"}),
		steps: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: space, Name: "step_seconds", Help: "How long a step on the way from an event to its reply took: handle, which is understand, find, compose and guard; and send.",
			Buckets: []float64{.0001, .0005, .001, .005, .025, .1, .5, 1, 3, 10},
		}, []string{"step"}),
		stopped: prometheus.NewCounter(prometheus.CounterOpts{
			Namespace: space, Name: "guard_stops_total", Help: "Replies that the guard stopped, for which a refusal was sent: a defect.",
		}),
	}
}

func (m *metrics) register(r prometheus.Registerer) error {
	return errors.Join(r.Register(m.questions), r.Register(m.replies), r.Register(m.steps), r.Register(m.stopped))
}

// count counts an event that has come to its end.
func (m *metrics) count(j *journey) {
	m.questions.WithLabelValues(j.platform, string(j.command), j.outcome).Inc()
	if !j.replied.IsZero() {
		m.replies.WithLabelValues(j.platform).Observe(j.replied.Sub(j.arrived).Seconds())
	}
}
