package discord

import (
	"errors"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/whosays/whosays/bot/chat"
)

// clientMetrics are what can be seen of the requests from outside.
type clientMetrics struct{ requests *prometheus.CounterVec }

func newClientMetrics() *clientMetrics {
	return &clientMetrics{requests: prometheus.NewCounterVec(prometheus.CounterOpts{
		Namespace: "whosays", Subsystem: "discord", Name: "requests_total", Help: "Requests to Discord's REST API, by what became of them: ok, delayed (a 429: it asks to wait), refused, failed.",
	}, []string{"result"})}
}

func (m *clientMetrics) register(r prometheus.Registerer) error { return r.Register(m.requests) }

// resultOf names what became of a request.
func resultOf(err error) string {
	delayed, _ := errors.AsType[*chat.Delayed](err)
	switch {
	case err == nil:
		return "ok"
	case delayed != nil:
		return "delayed"
	case errors.Is(err, chat.ErrRefused):
		return "refused"
	}
	return "failed"
}
