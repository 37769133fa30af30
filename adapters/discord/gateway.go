package discord

import (
	"cmp"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Dispatch takes an event of the gateway: its name, such as MESSAGE_CREATE, and its data as Discord sent them, which may be
// of any shape. It is called with one event of a shard at a time, while no heartbeat's ACK is read: it has to return within
// milliseconds, so it hands the event to somebody else. Discord delivers at least once, and two replicas may have a shard
// for a moment: the same event may come again. ctx ends when the shard's gateway closes.
type Dispatch func(ctx context.Context, kind string, data json.RawMessage)

// dispatched are the events that are handed on.
func dispatched(kind string) bool {
	switch kind {
	case "READY", "MESSAGE_CREATE", "MESSAGE_DELETE", "INTERACTION_CREATE", "GUILD_CREATE", "GUILD_DELETE":
		return true
	}
	return false
}

// gatewayPace is how long things may take. The zero value stands for Discord's figures and ours.
type gatewayPace struct {
	answer   time.Duration // Discord's: a handshake, Hello, READY, REST; by default 20 s
	watchdog time.Duration // Open's, all in all; by default 30 s
	grace    time.Duration // discordgo's, to notice that its connection was cut; by default 5 s
	steady   time.Duration // a connection that lived so long was a good one; by default 1 min
	window   time.Duration // in which a bucket takes one Identify; by default 5 s
	lease    time.Duration // a shard's and a replica's, renewed three times in it; by default 15 s
	linger   time.Duration // a shard that was given away stays connected so long; by default 15 s

	wait   func(ctx context.Context, d time.Duration) error // by default the real clock
	random func() float64                                   // in [0, 1)
}

func (p gatewayPace) withDefaults() gatewayPace {
	p.answer = cmp.Or(p.answer, 20*time.Second)
	p.watchdog = cmp.Or(p.watchdog, 30*time.Second)
	p.grace = cmp.Or(p.grace, 5*time.Second)
	p.steady = cmp.Or(p.steady, time.Minute)
	p.window = cmp.Or(p.window, 5*time.Second)
	p.lease = cmp.Or(p.lease, 15*time.Second)
	p.linger = cmp.Or(p.linger, 15*time.Second)
	if p.wait == nil {
		p.wait = pauseFor
	}
	if p.random == nil {
		p.random = rand.Float64
	}
	return p
}

// pauseFor waits, or returns the cause for which ctx ended.
func pauseFor(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// backoff is how long to wait after so many failures in a row, from 0 on: up to 1 s at first, up to a minute in the end.
func (p gatewayPace) backoff(failures int) time.Duration {
	most := min(time.Second<<min(failures, 6), time.Minute)
	return time.Duration(p.random() * float64(most))
}

// gateways is what the gateways of all shards share.
type gateways struct {
	token    string
	http     *http.Client
	tls      *tls.Config
	count    int // of shards
	dispatch Dispatch
	pacer    *identifyPacer
	metrics  *gatewayMetrics
	log      *slog.Logger
	pace     gatewayPace
}

// scrub takes the token out of a text. The log's handler knows the shapes of secrets; this one knows the token.
func (g *gateways) scrub(text string) string { return strings.ReplaceAll(text, g.token, "***") }

// gateway keeps one shard connected.
type gateway struct {
	*gateways
	shard int
	prove func(context.Context) error // that the shard is this replica's, asked before each Identify; nil: nobody else is there

	mu    sync.Mutex
	up    bool
	since time.Time // of up, or of the time without it
}

func (g *gateways) gateway(shard int) *gateway {
	return &gateway{gateways: g, shard: shard, since: time.Now()}
}

// run keeps the shard connected until ctx ends, and closes it. Before that it returns only where Discord refuses for good,
// with a *FatalError.
func (g *gateway) run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var session *gatewaySession // nil: the next connection begins one
	for failures := 0; ; failures++ {
		next, lived, err := g.connection(ctx, session)
		if ctx.Err() != nil {
			return nil
		}
		if fatal := g.fatal(err); fatal != nil {
			return fatal
		}
		if session = next; session != nil && (anew(err) || !session.known.Load() || failures > 0 && failures%resumes == 0) {
			session = nil
		}
		if lived > g.pace.steady {
			failures = 0
		}
		wait := max(g.pace.backoff(failures), atLeast(err, g.pace.random()))
		g.metrics.ends.WithLabelValues(reasonOf(err)).Inc()
		g.log.WarnContext(ctx, "a connection to Discord's gateway ended", "shard", g.shard, "err", g.scrub(err.Error()),
			"resume", session != nil, "wait", wait.String())
		if g.pace.wait(ctx, wait) != nil {
			return nil
		}
	}
}

// resumes is how often in a row a session is resumed before it is given up.
const resumes = 5

// connection connects, and returns when that has ended: with the session, how long it was up, and why it ended.
func (g *gateway) connection(ctx context.Context, session *gatewaySession) (*gatewaySession, time.Duration, error) {
	var err error
	how := "resumed"
	if session != nil {
		err = session.open(ctx)
	} else {
		how = "identified"
		err = g.pacer.identify(ctx, g.shard, func(url string) error {
			if err := g.proven(ctx); err != nil {
				return err
			}
			g.metrics.identifies.Inc()
			session = newGatewaySession(g.gateways, g.shard, url, g.handler(ctx))
			return session.open(ctx)
		})
	}
	if err != nil {
		return session, 0, err
	}
	began := time.Now()
	g.metrics.connects.WithLabelValues(how).Inc()
	g.turn(true)
	defer g.turn(false)
	g.log.InfoContext(ctx, "connected to Discord's gateway", "shard", g.shard, "shards", g.count)
	err = session.wait(ctx)
	return session, time.Since(began), err
}

// proven asks the database at this moment whether the shard is this replica's: what was known of its lease may be old.
func (g *gateway) proven(ctx context.Context) error {
	if g.prove == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, g.pace.answer)
	defer cancel()
	if err := g.prove(ctx); err != nil {
		return fmt.Errorf("discord: nothing identifies without the lease of the shard: %w", err)
	}
	return nil
}

// fatal returns the error that ends all tries, nil where there is hope.
func (g *gateway) fatal(err error) error {
	if fatal, ok := errors.AsType[*FatalError](err); ok {
		return fatal
	}
	if code, ok := fatalCode(err); ok {
		g.metrics.ends.WithLabelValues(reasonOf(err)).Inc()
		return &FatalError{Shard: g.shard, Code: code}
	}
	return nil
}

func (g *gateway) turn(up bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.up, g.since = up, time.Now()
	if up {
		g.metrics.connected.Inc()
	} else {
		g.metrics.connected.Dec()
	}
}

// down returns how long the shard hasn't been connected; 0 while it is.
func (g *gateway) down() time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.up {
		return 0
	}
	return max(time.Since(g.since), 1)
}

// handler returns what a session's events go to.
func (g *gateway) handler(ctx context.Context) func(*discordgo.Event) {
	return func(e *discordgo.Event) {
		kind := e.Type
		if !dispatched(kind) {
			g.metrics.events.WithLabelValues("other").Inc()
			return
		}
		g.metrics.events.WithLabelValues(kind).Inc()
		defer func() {
			if p := recover(); p != nil {
				g.metrics.panics.Inc()
				g.log.ErrorContext(ctx, "an event's handling panicked", "shard", g.shard, "type", kind,
					"panic", g.scrub(fmt.Sprint(p)), "stack", string(debug.Stack()))
			}
		}()
		g.dispatch(ctx, kind, e.RawData)
	}
}
