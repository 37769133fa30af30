package discord

import (
	"context"
	"encoding/json"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/discord/discordfake"
)

func reconnectFrame() []discordfake.Frame { return []discordfake.Frame{{Op: 7, D: "null"}} }

// What ends a connection costs no event that Discord keeps for a Resume.
func TestNothingIsLostByAFault(t *testing.T) {
	t.Parallel()
	drop := discordfake.Shard.Drop
	for name, c := range map[string]struct {
		harm   func(discordfake.Shard) int
		next   []discordfake.ConnectFault // of the connections after that
		reason string                     // of the first end
	}{
		"cut":                     {drop, nil, "cut"},
		"op 7":                    {discordfake.Shard.Reconnect, nil, "op 7"},
		"closed with 4000":        {func(s discordfake.Shard) int { return s.Close(4000) }, nil, "close 4000"},
		"a resumable op 9":        {func(s discordfake.Shard) int { return s.Invalidate(true) }, nil, "op 9"},
		"op 7 before Hello":       {drop, []discordfake.ConnectFault{{Frames: reconnectFrame()}}, "op 7"},
		"op 7 for RESUMED":        {drop, []discordfake.ConnectFault{{At: discordfake.BeforeReady, Frames: reconnectFrame()}}, "op 7"},
		"op 7 after RESUMED":      {drop, []discordfake.ConnectFault{{At: discordfake.AfterReady, Frames: reconnectFrame()}}, "op 7"},
		"cut before Hello":        {drop, []discordfake.ConnectFault{{Drop: true}}, "cut"},
		"cut before RESUMED":      {drop, []discordfake.ConnectFault{{At: discordfake.BeforeReady, Drop: true}}, "cut"},
		"refused with 503":        {drop, []discordfake.ConnectFault{{At: -1, Refuse: 503}, {At: -1, Refuse: 503}}, "refused"},
		"an ACK for RESUMED":      {drop, []discordfake.ConnectFault{{At: discordfake.BeforeReady, Frames: []discordfake.Frame{{Op: 11, D: "null"}}}}, "cut"},
		"op 1 before RESUMED":     {drop, []discordfake.ConnectFault{{At: discordfake.BeforeReady, Frames: []discordfake.Frame{{Op: 1, D: "null"}}}}, "cut"},
		"a Hello of 0 ms":         {drop, []discordfake.ConnectFault{{Frames: []discordfake.Frame{{Op: 10, D: `{"heartbeat_interval":0}`}}}}, "other"},
		"closed with 4000, again": {drop, []discordfake.ConnectFault{{At: discordfake.BeforeReady, Close: 4000}}, "close 4000"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newGWPlace(t, discordfake.Options{})
			r := p.replica(t, newGWLeases(t), gwPace())
			r.one(t)
			r.next(t, "GUILD_CREATE")
			p.OnConnect(c.next...)
			if n := c.harm(p.Shard(0)); n != 1 {
				t.Fatalf("%d sessions", n)
			}
			r.hears(t, p.Say(p.channel, p.user, "meanwhile").ID)
			gwSoon(t, "a Resume", func() bool { return p.Resumes() > 0 })
			r.hears(t, p.Say(p.channel, p.user, "afterwards").ID)
			if n := len(p.Identifies()); n != 1 {
				t.Errorf("%d Identifies: the session was given up\n%s", n, r.log)
			}
			if r.counted(t, "gateway_ends_total", c.reason) == 0 {
				t.Errorf("no end because of %q\n%s", c.reason, r.log)
			}
		})
	}
}

// Silence is noticed: it isn't a connection.
func TestSilenceIsNoticed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		first, second discordfake.ConnectFault
		identifies    int
	}{
		"no Hello":          {discordfake.ConnectFault{Stall: true}, discordfake.ConnectFault{At: -1}, 1},
		"no READY":          {discordfake.ConnectFault{At: discordfake.BeforeReady, Stall: true}, discordfake.ConnectFault{At: -1}, 2},
		"nothing any more":  {discordfake.ConnectFault{At: discordfake.AfterReady, Stall: true}, discordfake.ConnectFault{At: -1}, 1},
		"no ACKs":           {discordfake.ConnectFault{At: -1, NoACK: true}, discordfake.ConnectFault{At: -1}, 1},
		"no Hello, resumed": {discordfake.ConnectFault{At: discordfake.AfterReady, Drop: true}, discordfake.ConnectFault{Stall: true}, 1},
		"no RESUMED":        {discordfake.ConnectFault{At: discordfake.AfterReady, Drop: true}, discordfake.ConnectFault{At: discordfake.BeforeReady, Stall: true}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newGWPlace(t, discordfake.Options{Heartbeat: time.Second, IdentifyWindow: time.Nanosecond})
			p.OnConnect(c.first, c.second)
			pace := gwPace()
			pace.answer = 2 * time.Second
			r := p.replica(t, newGWLeases(t), pace)
			r.one(t)
			gwSoon(t, "silence", func() bool {
				if c.first.NoACK {
					p.Say(p.channel, p.user, "events are no ACKs")
				}
				return r.counted(t, "gateway_ends_total", "silent") > 0
			})
			gwSoon(t, "a connection", func() bool { return r.counted(t, "shards_connected", "") == 1 })
			r.hears(t, p.Say(p.channel, p.user, "hello").ID)
			if n := len(p.Identifies()); n != c.identifies {
				t.Errorf("%d Identifies, want %d\n%s", n, c.identifies, r.log)
			}
		})
	}
}

// While there is nothing to resume, the shard identifies anew, and not at once.
func TestASessionIsGivenUp(t *testing.T) {
	t.Parallel()
	closes := func(code int) func(discordfake.Shard) int {
		return func(s discordfake.Shard) int { return s.Close(code) }
	}
	for name, harm := range map[string]func(*discordfake.Server) int{
		"4003": func(s *discordfake.Server) int { return closes(4003)(s.Shard(0)) },
		"4007": func(s *discordfake.Server) int { return closes(4007)(s.Shard(0)) },
		"4009": func(s *discordfake.Server) int { return closes(4009)(s.Shard(0)) },
		"op 9": func(s *discordfake.Server) int { return s.Shard(0).Invalidate(false) },
		"op 9 for RESUMED": func(s *discordfake.Server) int {
			s.OnConnect(discordfake.ConnectFault{At: discordfake.BeforeReady, Frames: []discordfake.Frame{{Op: 9, D: "false"}}})
			return s.Shard(0).Drop()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newGWPlace(t, discordfake.Options{IdentifyWindow: time.Nanosecond})
			waits := make(chan time.Duration, 100)
			pace := gwPace()
			pace.random = func() float64 { return 0.5 }
			pace.wait = func(ctx context.Context, d time.Duration) error {
				waits <- d
				return gwHurry(ctx, d)
			}
			r := p.replica(t, newGWLeases(t), pace)
			r.one(t)
			r.next(t, "READY")
			if n := harm(p.Server); n != 1 {
				t.Fatalf("%d sessions", n)
			}
			r.next(t, "READY")
			r.hears(t, p.Say(p.channel, p.user, "afterwards").ID)
			if n := len(p.Identifies()); n != 2 {
				t.Errorf("%d Identifies\n%s", n, r.log)
			}
			if n := r.counted(t, "gateway_ends_total", "op 9"); strings.HasPrefix(name, "400") && n > 0 {
				t.Errorf("it tried to resume\n%s", r.log)
			}
			if strings.HasPrefix(name, "op 9") && !gwHas(waits, 3*time.Second) {
				t.Errorf("after op 9 it identified at once\n%s", r.log)
			}
		})
	}
}

func gwHas[T comparable](ch <-chan T, want T) bool {
	for len(ch) > 0 {
		if <-ch == want {
			return true
		}
	}
	return false
}

// The context of events ends with the gateway, and the session is given up.
func TestAGatewayIsClosed(t *testing.T) {
	t.Parallel()
	p := newGWPlace(t, discordfake.Options{})
	contexts := make(chan context.Context, 100)
	r := p.replica(t, newGWLeases(t), gwPace(), func(o *GatewayOptions) {
		o.Dispatch = func(ctx context.Context, _ string, _ json.RawMessage) { contexts <- ctx }
	})
	r.count = 1
	ended, stop := gwStoppable(t, r.gateway(0).run)
	ctx := <-contexts
	if ctx.Err() != nil {
		t.Error("the context ended early")
	}
	gwSoon(t, "a connection", func() bool { return r.counted(t, "shards_connected", "") == 1 })
	stop()
	if err := <-ended; err != nil || ctx.Err() == nil {
		t.Errorf("ended with %v, its context with %v", err, ctx.Err())
	}
	gwSoon(t, "no session", func() bool { return len(p.Sessions()) == 0 })
}

// Whatever discordgo waits for, the shard goes on with a new session.
func TestTheWatchdog(t *testing.T) {
	t.Parallel()
	t.Run("no Hello", func(t *testing.T) {
		t.Parallel()
		p := newGWPlace(t, discordfake.Options{})
		p.OnConnect(discordfake.ConnectFault{Stall: true})
		pace := gwPace()
		pace.answer, pace.watchdog = time.Hour, 2*time.Second
		r := p.replica(t, newGWLeases(t), pace)
		r.one(t)
		r.next(t, "READY")
		if r.counted(t, "gateway_ends_total", "silent") != 1 {
			t.Errorf("log:\n%s", r.log)
		}
	})
	t.Run("a handler that hangs", func(t *testing.T) {
		t.Parallel()
		p := newGWPlace(t, discordfake.Options{IdentifyWindow: time.Nanosecond})
		first, second := make(chan struct{}), make(chan struct{}, 10)
		t.Cleanup(func() { close(first) })
		var calls atomic.Int64
		pace := gwPace()
		pace.watchdog, pace.grace = 2*time.Second, 2*time.Second
		r := p.replica(t, newGWLeases(t), pace, func(o *GatewayOptions) {
			o.Dispatch = func(context.Context, string, json.RawMessage) {
				if calls.Add(1) == 1 {
					<-first
				}
				second <- struct{}{}
			}
		})
		r.one(t)
		select {
		case <-second:
		case <-time.After(gwPatience):
			t.Fatalf("no second session\n%s", r.log)
		}
		if r.counted(t, "gateway_ends_total", "abandoned") != 1 {
			t.Errorf("log:\n%s", r.log)
		}
	})
}
