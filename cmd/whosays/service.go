package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/adapters/ops"
	"github.com/whosays/whosays/adapters/telemetry"
	"github.com/whosays/whosays/bot/moderation/correction"
	"github.com/whosays/whosays/bot/tenancy"
	"github.com/whosays/whosays/config"
)

// service is the process that whosays serve runs: the frame into which build puts the parts.
type service struct {
	cfg     config.Config
	log     *slog.Logger
	metrics *prometheus.Registry
	checks  *ops.Checks    // of readiness
	gate    *ops.Gate      // through which all work goes, that of work too
	work    *http.ServeMux // what platforms send
	life    *lifecycle
	box     *inbox.Inbox // of all platforms; nil: there is none yet
	watcher *telemetry.Watcher
	endings *tenancy.Endings
	desks   []correction.Desk // where corrections are said

	digesting *digesting // told of what the desks have said
}

func newService(cfg config.Config, log *slog.Logger) *service {
	return &service{
		cfg: cfg, log: log,
		metrics: ops.NewMetrics(released()), checks: &ops.Checks{}, gate: ops.NewGate(),
		work: http.NewServeMux(), life: &lifecycle{},
	}
}

// run listens, builds the parts, and works until ctx ends: then it is unready at once, takes no more work, lets the
// work that has begun end in its time, and closes the parts. It listens before it builds, so that a process that is
// slow to start is seen to be alive, and an address that is taken is known early.
func (s *service) run(ctx context.Context, build func(context.Context, *service) error) error {
	failed, abandon, err := s.listen(ctx)
	if err != nil {
		return err
	}
	defer abandon()
	if err := build(ctx, s); err != nil {
		return errors.Join(started(ctx, err), s.life.close(ctx))
	}
	s.gate.Open()
	s.log.InfoContext(ctx, "ready")
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	s.drain(ctx)
	abandon()
	err = errors.Join(err, s.life.close(ctx))
	s.log.InfoContext(ctx, "stopped")
	return err
}

// started returns the error of a start, none if somebody only asked it to stop.
func started(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(err, context.Cause(ctx)) {
		return nil
	}
	return err
}

// drain takes no more work, and waits for what is under way.
func (s *service) drain(ctx context.Context) {
	s.gate.Drain()
	s.log.InfoContext(ctx, "draining", "at_most", s.cfg.Serve.Drain.String())
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.cfg.Serve.Drain)
	defer cancel()
	if left := s.gate.Wait(ctx); left > 0 {
		s.log.WarnContext(ctx, "the time to drain is over, what is left is abandoned", "left", left)
	}
}

// listen serves HTTP. failed tells why it ended early; abandon ends the contexts of all requests.
func (s *service) listen(ctx context.Context) (failed <-chan error, abandon context.CancelFunc, err error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", s.cfg.HTTP.Listen)
	if err != nil {
		return nil, nil, fmt.Errorf("can't listen: %w; set http.listen (or WHOSAYS_HTTP_LISTEN) to an address that is free", err)
	}
	requests, abandon := context.WithCancel(context.WithoutCancel(ctx))
	server := ops.NewServer(s.log, ops.Handler(s.log, s.gate, s.checks, s.metrics, s.work))
	server.BaseContext = func(net.Listener) context.Context { return requests }
	s.life.onClose("the HTTP server", func(ctx context.Context) error {
		if server.Shutdown(ctx) != nil { // somebody holds a connection
			return server.Close()
		}
		return nil
	})
	ended := make(chan error, 1)
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			ended <- fmt.Errorf("the HTTP server has ended: %w", err)
		}
	}()
	s.log.InfoContext(ctx, "listening", "addr", listener.Addr().String())
	return ended, abandon, nil
}
