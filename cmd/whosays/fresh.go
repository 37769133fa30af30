package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/knowledge"
)

// freshener takes over what other replicas have changed, so that whoever asks next needn't wait for it. Every answer asks the
// database itself how far the base is: what is done here saves time, and decides nothing.
type freshener struct {
	base  *knowledge.Base
	every time.Duration
	log   *slog.Logger
}

// run goes on until the context ends: whenever it is told that a tenant's claims changed, and now and then for the shared
// ones.
func (f *freshener) run(ctx context.Context, listen func(context.Context, func(context.Context, string))) {
	var listening sync.WaitGroup
	listening.Go(func() { listen(ctx, f.refresh) })
	defer listening.Wait()
	tick := time.NewTicker(f.every)
	defer tick.Stop()
	failing := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			err := f.base.Refresh(ctx, "")
			if failed := err != nil && ctx.Err() == nil; failed != failing {
				failing = failed
				f.report(ctx, err)
			}
		}
	}
}

// refresh follows a hint. One that can't be followed now costs whoever asks next the time.
func (f *freshener) refresh(ctx context.Context, tenant string) {
	if err := f.base.Refresh(ctx, tenant); err != nil && ctx.Err() == nil {
		f.log.DebugContext(ctx, "a hint wasn't followed", "error", err)
	}
}

// report writes a line for each change of state.
func (f *freshener) report(ctx context.Context, err error) {
	if err != nil {
		f.log.ErrorContext(ctx, "the database doesn't answer: no question is answered until it does", "error", err)
		return
	}
	f.log.InfoContext(ctx, "the database answers again")
}

// housekeeping starts what is done once a day, and returns how it is stopped: the heads of all chains go into the log,
// where no one who alters the database can reach them, and what was said, asked and reported long ago is forgotten.
func housekeeping(ctx context.Context, o *opened, log *slog.Logger) (stop func() context.Context, err error) {
	logHeads(ctx, o.store, log)
	// Recover inside of SkipIfStillRunning: the other way round, a job that panicked once never runs again.
	// https://github.com/robfig/cron/issues/366
	c := cron.New(cron.WithLocation(time.UTC), cron.WithChain(cron.SkipIfStillRunning(cron.DiscardLogger), cron.Recover(cron.PrintfLogger(slog.NewLogLogger(log.Handler(), slog.LevelError)))))
	if _, err := c.AddFunc("0 3 * * *", func() { logHeads(ctx, o.store, log) }); err != nil {
		return nil, err
	}
	if _, err := c.AddFunc("30 3 * * *", func() { forgetOld(ctx, o.store, time.Now(), log) }); err != nil {
		return nil, err
	}
	c.Start()
	return c.Stop, nil
}

// logHeads writes where all chains end.
func logHeads(ctx context.Context, store knowledge.Store, log *slog.Logger) {
	all, err := headsOf(ctx, store)
	if err != nil {
		log.ErrorContext(ctx, "the heads of the audit chains can't be read", "error", err)
		return
	}
	for _, h := range all {
		log.InfoContext(ctx, "head of an audit chain", "head", h.String())
	}
}

// forgetOld deletes what was said, reported and asked without an answer longer ago than it is kept. What fails is tried again the
// next day.
func forgetOld(ctx context.Context, store *sqlstore.Store, now time.Time, log *slog.Logger) {
	forget := func(what string, delete func() (int, error)) {
		n, err := delete()
		if err != nil {
			log.ErrorContext(ctx, "what is too old can't be deleted: it is tried again tomorrow", "what", what, "deleted", n, "error", err)
			return
		}
		log.InfoContext(ctx, "what is too old is deleted", "what", what, "deleted", n)
	}
	forget("said", func() (int, error) { return store.Deliveries().Forget(ctx, now.Add(-delivery.Keepable)) })
	forget("reported", func() (int, error) { return store.Reports().Forget(ctx, now.Add(-moderation.Keepable)) })
	forget("of digests", func() (int, error) { return store.Digests().Forget(ctx, now.Add(-delivery.Keepable)) })
	forget("asked", func() (int, error) { return moderation.NewGaps(store.Gaps()).Forget(ctx, now) })
}
