package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/whosays/whosays/adapters/console"
	"github.com/whosays/whosays/adapters/ops"
	"github.com/whosays/whosays/config"
)

func newServe(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "serve",
		Short: "Serve until it is asked to stop",
		Long: `Serve until it is asked to stop (SIGTERM, Ctrl-C): it then says that it isn't ready, takes no more work,
lets what has begun end within serve.drain, and closes. A second signal ends it at once.
It answers /healthz (it is alive), /readyz (it is ready, or what fails) and /metrics (for Prometheus) on http.listen,
and logs to the error output.`,
		Example: `  whosays serve
  whosays serve --config /etc/whosays/config.yaml
  WHOSAYS_HTTP_LISTEN=:8080 whosays serve`,
		GroupID: groupOperate,
		Args:    noText,
		RunE:    a.serve,
	}
}

func (a *app) serve(c *cobra.Command, _ []string) error {
	cfg, err := a.configuration()
	if err != nil {
		return err
	}
	log, err := ops.NewLogger(a.errs, cfg.Log.Level, a.logsJSON(cfg.Log.Format))
	if err != nil {
		return err
	}
	return newService(cfg.Config, log).run(c.Context(), a.build)
}

// logsJSON reports whether the log is for programs.
func (a *app) logsJSON(format string) bool {
	if format == config.LogAuto {
		return console.Detect(a.errs, a.env).Width == 0
	}
	return format == config.LogJSON
}

// build puts the parts of a service together, each with what closes it and what it needs to be ready.
func (a *app) build(ctx context.Context, s *service) error {
	w, err := a.wire(ctx)
	if err != nil {
		return err
	}
	s.checks.Add(ops.Check{Name: "base", Timeout: time.Second, Run: func(ctx context.Context) error {
		_, err := w.base.Reach(ctx, "")
		return err
	}})
	return nil
}
