package discord

import (
	"errors"

	"github.com/prometheus/client_golang/prometheus"
)

// gatewayMetrics are what can be seen of the gateway from outside.
type gatewayMetrics struct {
	held       prometheus.Gauge
	connected  prometheus.Gauge
	connects   *prometheus.CounterVec
	ends       *prometheus.CounterVec
	identifies prometheus.Counter
	events     *prometheus.CounterVec
	panics     prometheus.Counter
	lost       prometheus.Counter
}

func newGatewayMetrics() *gatewayMetrics {
	const space, part = "whosays", "discord"
	gauge := func(name, help string) prometheus.Gauge {
		return prometheus.NewGauge(prometheus.GaugeOpts{Namespace: space, Subsystem: part, Name: name, Help: help})
	}
	counter := func(name, help string) prometheus.Counter {
		return prometheus.NewCounter(prometheus.CounterOpts{Namespace: space, Subsystem: part, Name: name, Help: help})
	}
	labelled := func(name, help, label string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: space, Subsystem: part, Name: name, Help: help}, []string{label})
	}
	return &gatewayMetrics{
		held:       gauge("shards_held", "Shards that this replica holds."),
		connected:  gauge("shards_connected", "Shards whose connection to Discord's gateway is up."),
		connects:   labelled("gateway_connects_total", "Connections that came up, by how: identified or resumed.", "how"),
		ends:       labelled("gateway_ends_total", "Connections and tries that ended, by the reason. After each a new one is made.", "reason"),
		identifies: counter("gateway_identifies_total", "Identifies that were sent, of which Discord counts those of a day."),
		events:     labelled("gateway_events_total", "Events that came, by their type; other: those that the bot doesn't look at.", "type"),
		panics:     counter("gateway_panics_total", "Events whose handling panicked: an alarm."),
		lost:       counter("shards_lost_total", "Shards whose lease another replica took while this one held it."),
	}
}

func (m *gatewayMetrics) register(r prometheus.Registerer) error {
	var errs []error
	for _, c := range []prometheus.Collector{
		m.held, m.connected, m.connects, m.ends, m.identifies, m.events, m.panics, m.lost,
	} {
		errs = append(errs, r.Register(c))
	}
	return errors.Join(errs...)
}
