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
	socket   prometheus.Gauge       // nil: nothing comes by Socket Mode
	ends     *prometheus.CounterVec // likewise
}

// newAdapterMetrics returns them, those of Socket Mode where something comes by it.
func newAdapterMetrics(socket bool) *adapterMetrics {
	const namespace, subsystem = "whosays", "slack"
	m := &adapterMetrics{
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
	if socket {
		m.socket = prometheus.NewGauge(prometheus.GaugeOpts{
			Namespace: namespace, Subsystem: subsystem, Name: "socket_connected", Help: "1 while Socket Mode is connected, else 0.",
		})
		m.ends = prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: namespace, Subsystem: subsystem, Name: "socket_ends_total", Help: "Connections and tries of Socket Mode that failed, by why: refused by Slack, or lost. After each a new one is made.",
		}, []string{"why"})
	}
	return m
}

func (m *adapterMetrics) register(r prometheus.Registerer) error {
	err := errors.Join(r.Register(m.answers), r.Register(m.failures), r.Register(m.silent), r.Register(m.strange))
	if m.socket != nil {
		err = errors.Join(err, r.Register(m.socket), r.Register(m.ends))
	}
	return err
}
