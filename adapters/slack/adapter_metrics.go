package slack

import (
	"errors"

	"github.com/prometheus/client_golang/prometheus"
)

// adapterMetrics are what can be seen of the answers from outside.
type adapterMetrics struct {
	answers  *prometheus.CounterVec
	failures prometheus.Counter
	silent   prometheus.Counter
	strange  prometheus.Counter
}

func newAdapterMetrics() *adapterMetrics {
	const namespace, subsystem = "whosays", "slack"
	return &adapterMetrics{
		answers: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: namespace, Subsystem: subsystem, Name: "answers_total", Help: "Answers that were given, by what was asked through.",
		}, []string{"to"}),
		failures: prometheus.NewCounter(prometheus.CounterOpts{
			Namespace: namespace, Subsystem: subsystem, Name: "failures_total", Help: "Questions and presses that couldn't be answered.",
		}),
		silent: prometheus.NewCounter(prometheus.CounterOpts{
			Namespace: namespace, Subsystem: subsystem, Name: "silent_total", Help: "Questions that weren't taken and of which nothing could be said, for too many weren't.",
		}),
		strange: prometheus.NewCounter(prometheus.CounterOpts{
			Namespace: namespace, Subsystem: subsystem, Name: "strange_total", Help: "What came from teams in which the bot isn't installed: nothing is said there.",
		}),
	}
}

func (m *adapterMetrics) register(r prometheus.Registerer) error {
	return errors.Join(r.Register(m.answers), r.Register(m.failures), r.Register(m.silent), r.Register(m.strange))
}
