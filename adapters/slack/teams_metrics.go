package slack

import (
	"errors"

	"github.com/prometheus/client_golang/prometheus"
)

// teamsMetrics are what can be seen of installations from outside.
type teamsMetrics struct{ installs, renewals *prometheus.CounterVec }

func newTeamsMetrics() *teamsMetrics {
	const namespace, subsystem = "whosays", "slack"
	return &teamsMetrics{
		installs: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: namespace, Subsystem: subsystem, Name: "installs_total", Help: "Installations, by what became of them: installed, removed, refused by Slack.",
		}, []string{"what"}),
		renewals: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: namespace, Subsystem: subsystem, Name: "renewals_total", Help: "Tokens that were to be renewed, by what became of it.",
		}, []string{"result"}),
	}
}

func (m *teamsMetrics) register(r prometheus.Registerer) error {
	return errors.Join(r.Register(m.installs), r.Register(m.renewals))
}
