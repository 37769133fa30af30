package main

import (
	"context"
	"runtime/debug"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/spf13/cobra"

	"github.com/whosays/whosays/adapters/console"
	"github.com/whosays/whosays/adapters/ops"
	"github.com/whosays/whosays/adapters/rediscache"
	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/bot/tenancy"
	"github.com/whosays/whosays/config"
	"github.com/whosays/whosays/knowledge"
)

func newServe(a *app) *cobra.Command {
	var only string
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve until it is asked to stop",
		Long: `Serve until it is asked to stop (SIGTERM, Ctrl-C): it then says that it isn't ready, takes no more work,
lets what has begun end within serve.drain, and closes. A second signal ends it at once.
It is there on Discord and Slack, as far as they are configured: whosays init discord, whosays init slack.
It answers /healthz (it is alive), /readyz (it is ready, or what fails) and /metrics (for Prometheus) on http.listen,
and logs to the error output.`,
		Example: `  whosays serve
  whosays serve --config /etc/whosays/config.yaml
  WHOSAYS_HTTP_LISTEN=:8080 whosays serve
  whosays serve --only digests,corrections,housekeeping`,
		GroupID: groupOperate,
		Args:    noText,
		RunE:    func(c *cobra.Command, _ []string) error { return a.serve(c.Context(), only) },
	}
	c.Flags().StringVar(&only, "only", "", "do only these `ROLES` of "+strings.ReplaceAll(config.Roles(config.AllRoles()).String(), ",", ", ")+", with commas between them (default: serve.only of the configuration, else all)")
	return c
}

func (a *app) serve(ctx context.Context, only string) error {
	cfg, err := a.configuration()
	if err != nil {
		return err
	}
	if err := employ(&cfg.Config, only); err != nil {
		return err
	}
	log, err := ops.NewLogger(a.errs, cfg.Log.Level, a.logsJSON(cfg.Log.Format))
	if err != nil {
		return err
	}
	debug.SetGCPercent(servingGC)
	return newService(cfg.Config, log).run(ctx, a.build)
}

// servingGC is Go's own: what makes a short command quicker would have a long-lived process keep several times its memory.
const servingGC = 100

// logsJSON reports whether the log is for programs.
func (a *app) logsJSON(format string) bool {
	if format == config.LogAuto {
		return console.Detect(a.errs, a.env).Width == 0
	}
	return format == config.LogJSON
}

// build puts the parts of a service together, each with what closes it and what it needs to be ready.
func (a *app) build(ctx context.Context, s *service) error {
	if err := s.watched(ctx); err != nil {
		return err
	}
	o, cache, err := a.keep(ctx, s)
	if err != nil {
		return err
	}
	o.base.ReviewsHold(time.Duration(s.cfg.Base.StaleAfter) * 24 * time.Hour)
	if s.cfg.Serve.Only.Has(config.RoleHousekeeping) {
		stop, err := housekeeping(ctx, o, s.log)
		if err != nil {
			return err
		}
		s.life.onClose("the housekeeping", func(ctx context.Context) error { return ended(ctx, stop()) })
	}
	s.life.onClose("the index", func(ctx context.Context) error {
		o.keepIndex(ctx)
		return nil
	})
	if o.built { // nobody who asks waits for it
		s.running(ctx, "what saves the index", func(ctx context.Context) {
			o.saveIndex(ctx)
			debug.FreeOSMemory() // what it was put together in
		})
	}
	s.freshen(ctx, o.base, cache)
	s.checks.Add(ops.Check{Name: "database", Timeout: time.Second, Run: o.store.Ping})
	s.checks.Add(ops.Check{Name: "base", Timeout: time.Second, Run: func(ctx context.Context) error { return o.base.Refresh(ctx, "") }})
	if err := s.metrics.Register(newBaseMetrics(o.base, o.store)); err != nil {
		return err
	}
	s.forget(ctx, o, cache)
	if err := s.prepare(o, a.moment); err != nil {
		return err
	}
	if err := s.discord(ctx, o, cache, a.moment); err != nil {
		return err
	}
	if err := s.slack(ctx, o, cache, a.moment); err != nil {
		return err
	}
	if s.cfg.Serve.Only.Has(config.RoleCorrections) {
		if err := s.correct(ctx, o); err != nil {
			return err
		}
	}
	if !s.cfg.Serve.Only.Has(config.RoleDigests) {
		return nil
	}
	s.digests(ctx)
	return nil
}

// keep opens the database, with the cache in front of its claims.
func (a *app) keep(ctx context.Context, s *service) (*opened, *rediscache.Cache, error) {
	address, _, err := a.database()
	if err != nil {
		return nil, nil, err
	}
	failures := prometheus.NewCounterVec(prometheus.CounterOpts{
		Namespace: "whosays", Name: "database_errors_total", Help: "What the database refused or didn't answer, by kind: unavailable or internal.",
	}, []string{"kind"})
	if err := s.metrics.Register(failures); err != nil {
		return nil, nil, err
	}
	store, err := sqlstore.Open(ctx, address, sqlstore.Options{
		Failed: func(kind knowledge.ErrorKind) { failures.WithLabelValues(string(kind)).Inc() },
	})
	if err != nil {
		return nil, nil, err
	}
	s.life.onClose("the database", func(context.Context) error { return store.Close() })
	cache, err := rediscache.New(store, rediscache.Options{
		URL: s.cfg.Redis.URL.Reveal(), Claims: s.cfg.Cache.Claims,
		Timeout: s.cfg.Redis.Timeout, PoolTimeout: s.cfg.Redis.PoolTimeout, Metrics: s.metrics, Log: s.log,
	})
	if err != nil {
		return nil, nil, err
	}
	s.life.onClose("the cache", func(context.Context) error { return cache.Close() })
	o, err := a.ready(ctx, store, cache, a.indexFile(address), s.log)
	if err == nil {
		o.cache = cache
	}
	return o, cache, err
}

// freshen takes over what other replicas change, until the service closes.
func (s *service) freshen(ctx context.Context, base *knowledge.Base, cache *rediscache.Cache) {
	f := freshener{base: base, every: s.cfg.Base.Poll, log: s.log}
	s.running(ctx, "what keeps the base fresh", func(ctx context.Context) { f.run(ctx, cache.Listen) })
}

// forget deletes what is kept of those who have removed the bot, until the service closes.
func (s *service) forget(ctx context.Context, o *opened, cache *rediscache.Cache) {
	s.endings = tenancy.NewEndings(tenancy.Options{Store: o.store, Log: s.log, Changed: func(ctx context.Context, tenant string) {
		cache.Tell(ctx, tenant)
		if err := o.base.Refresh(ctx, tenant); err != nil { // it isn't served, but stays in memory
			s.log.WarnContext(ctx, "what was deleted of a tenant stays in the index until the process ends", "tenant", tenant, "error", err)
		}
	}})
	s.running(ctx, "what forgets tenants", s.endings.Run)
}

// ended waits for a context, as long as there is time.
func ended(ctx, done context.Context) error {
	select {
	case <-done.Done():
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
