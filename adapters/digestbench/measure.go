package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"time"

	"github.com/whosays/whosays/adapters/benchtable"
	"github.com/whosays/whosays/adapters/rediscache"
	"github.com/whosays/whosays/adapters/servertest"
	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/bot/digest"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

func databases() []string { return []string{"sqlite", "postgres"} }

// idleTicks is how many ticks with nothing due are measured.
const idleTicks = 1000

// scene is a database full of subscriptions, with the base over it.
type scene struct {
	store  *sqlstore.Store
	editor *digest.Editor
}

// measure measures one store with one base.
func measure(ctx context.Context, o options, name string, claims int) (r row, err error) {
	dir, err := os.MkdirTemp("", "whosays-bench-")
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	url := filepath.Join(dir, "base.db")
	if name == "postgres" {
		cluster, err := servertest.NewCluster(servertest.Durable(), servertest.Set("shared_buffers", "128MB")) //nolint:contextcheck // it starts in a time of its own
		if err != nil {
			return r, err
		}
		defer func() { _ = cluster.Close() }() // what it measured is told
		if url, err = cluster.Database(ctx); err != nil {
			return r, err
		}
	}
	progress("%s, %d claims: %d subscriptions", name, claims, o.Subscriptions)
	s, err := open(ctx, o, url, claims)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, s.store.Close()) }()
	r.Store, r.Claims, r.Subscriptions = name, claims, o.Subscriptions
	return r, s.minute(ctx, o, &r)
}

// open fills a database: a base, what changed of it in a day, and subscriptions.
func open(ctx context.Context, o options, url string, claims int) (*scene, error) {
	lex, err := lexicon.Default()
	if err != nil {
		return nil, err
	}
	store, err := sqlstore.Open(ctx, url, sqlstore.Options{})
	if err != nil {
		return nil, err
	}
	front, err := rediscache.New(store, rediscache.Options{Claims: 100_000})
	if err != nil {
		return nil, err
	}
	g, err := fill(ctx, lex, store, claims)
	if err != nil {
		return nil, err
	}
	base, err := knowledge.NewBase(ctx, lex, front)
	if err != nil {
		return nil, err
	}
	before, err := store.Heads(ctx, "")
	if err != nil {
		return nil, err
	}
	if err := errors.Join(edit(ctx, g, base), own(ctx, g, store, owners(o.Subscriptions))); err != nil {
		return nil, err
	}
	now := time.Now().UTC()
	c := crowd{due: now.Truncate(time.Minute), before: before, now: now.Truncate(time.Microsecond)}
	if err := c.put(ctx, store.Digests(), o.Subscriptions, o.Due); err != nil {
		return nil, err
	}
	e, err := digest.NewEditor(base, lex)
	return &scene{store, e}, err
}

// minute writes what is due, and then ticks where nothing is.
func (s *scene) minute(ctx context.Context, o options, r *row) error {
	store, composer := &timedStore{Store: s.store.Digests()}, &timedComposer{Composer: s.editor}
	p := digest.NewPress(digest.Options{Store: store, Composer: composer, Log: slog.New(slog.NewTextHandler(os.Stderr, nil))})
	runtime.GC()
	debug.FreeOSMemory()
	watch, err := watchMemory()
	if err != nil {
		return err
	}
	progress("  %d are due", o.Due)
	profiled, err := profile(o.Profile)
	if err != nil {
		return err
	}
	before, began := processor(), time.Now()
	written, err := p.Tick(ctx)
	r.WallS, r.CPUS, r.Due = time.Since(began).Seconds(), processor()-before, written
	profiled()
	r.BeforeMB, r.MostMB = watch.end()
	if err != nil {
		return err
	}
	if written != o.Due {
		return fmt.Errorf("%d of %d digests were written", written, o.Due)
	}
	r.Compose, r.ComposeS = benchtable.Quantiles(composer.took), seconds(composer.took)
	r.Take, r.Publish = benchtable.Quantiles(store.take), benchtable.Quantiles(store.publish)
	if err := s.idle(ctx, p, r); err != nil || o.Pace == 0 {
		return err
	}
	return s.busy(ctx, o, r)
}

// idle ticks where nothing is due.
func (s *scene) idle(ctx context.Context, p *digest.Press, r *row) error {
	var took []time.Duration
	for range idleTicks {
		began := time.Now()
		n, err := p.Tick(ctx)
		if err != nil {
			return err
		}
		if n > 0 {
			return fmt.Errorf("%d digests were due that weren't to be", n)
		}
		took = append(took, time.Since(began))
	}
	r.Idle = benchtable.Quantiles(took)
	return nil
}

// profile writes a profile until what it returns is called.
func profile(path string) (end func(), err error) {
	if path == "" {
		return func() {}, nil
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() { pprof.StopCPUProfile(); _ = f.Close() }, nil
}
