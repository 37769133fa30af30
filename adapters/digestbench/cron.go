package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"github.com/robfig/cron/v3"
)

// peer is the name of what is measured beside the stores.
const peer = "robfig/cron"

// measurePeer lets cron keep an entry for each subscription, as a bot does that asks no database what is due. Of what is due it notes that
// it was called, no more: there is nothing that outlives the process, and nothing that is there once in several.
func measurePeer(ctx context.Context, o options) (r row, err error) {
	progress("robfig/cron, an entry for each of %d subscriptions: it waits for the next minute", o.Subscriptions)
	runtime.GC()
	debug.FreeOSMemory()
	watch, err := watchMemory()
	if err != nil {
		return r, err
	}
	now := time.Now().UTC()
	due := now.Truncate(time.Minute).Add(time.Minute)
	if due.Sub(now) < 10*time.Second {
		due = due.Add(time.Minute)
	}
	all := crowd{due: due, now: now}
	var called sync.WaitGroup
	called.Add(o.Due)
	c := cron.New(cron.WithLocation(time.UTC), cron.WithLogger(cron.DiscardLogger))
	for i := range o.Subscriptions {
		s, err := all.one(i, i*o.Due/o.Subscriptions != (i+1)*o.Due/o.Subscriptions)
		if err != nil {
			return r, err
		}
		if _, err := c.AddFunc(fmt.Sprintf("CRON_TZ=%s %s", s.Zone, s.Fields), called.Done); err != nil {
			return r, err
		}
	}
	c.Start()
	select {
	case <-time.After(time.Until(due)):
	case <-ctx.Done():
		return r, ctx.Err()
	}
	before := processor()
	called.Wait()
	r.WallS, r.CPUS = time.Since(due).Seconds(), processor()-before
	<-c.Stop().Done()
	r.Store, r.Subscriptions, r.Due = peer, o.Subscriptions, o.Due
	r.BeforeMB, r.MostMB = watch.end()
	return r, nil
}
