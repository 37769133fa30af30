// Package ops is what an operator's machines ask of a running process: is it alive, is it ready, what does it
// measure; and the log, in which no secret stands.
package ops

import (
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Handler answers operators on /healthz, /readyz and /metrics, and hands all else to work while the gate is open. Into metrics it puts
// what readiness is; it is called once for each.
func Handler(log *slog.Logger, gate *Gate, checks *Checks, metrics *prometheus.Registry, work http.Handler) http.Handler {
	metrics.MustRegister(newReadyMetrics(gate, checks))
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+healthPath, alive)
	mux.Handle("GET /readyz", readiness{log, gate, checks})
	mux.Handle("GET /metrics", promhttp.HandlerFor(metrics, promhttp.HandlerOpts{
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelError), Registry: metrics,
	}))
	mux.Handle("/", gate.Wrap(work))
	return requestIDs(log, mux)
}

// The page on which a process says that it is alive.
const (
	healthPath = "/healthz"
	aliveText  = "alive\n"
)

// alive depends on nothing: a process that can't reach its database isn't helped by being started anew.
func alive(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, aliveText) }

// NewServer returns a server that no client can hold on to: every read and write has its time, and a header its size.
func NewServer(log *slog.Logger, h http.Handler) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}
