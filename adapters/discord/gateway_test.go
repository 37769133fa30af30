package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/discord/discordfake"
)

func reconnectFrame() []discordfake.Frame { return []discordfake.Frame{{Op: 7, D: "null"}} }

func TestAGatewayIsConnected(t *testing.T) {
	t.Parallel()
	p := newGWPlace(t, discordfake.Options{})
	r := p.replica(t, newGWLeases(t), gwPace())
	r.one(t)
	var ready struct{ User, Application struct{ ID string } }
	if err := json.Unmarshal(r.next(t, "READY"), &ready); err != nil || ready.User.ID != p.BotID() || ready.Application.ID != p.ApplicationID() {
		t.Errorf("READY of %v, %v", ready, err)
	}
	var guild struct{ ID string }
	if err := json.Unmarshal(r.next(t, "GUILD_CREATE"), &guild); err != nil || guild.ID != p.guild {
		t.Errorf("guild %v, %v", guild, err)
	}
	said := p.Say(p.channel, p.user, "hello")
	r.hears(t, said.ID)
	p.Delete(said.ID)
	r.next(t, "MESSAGE_DELETE")
	p.RemoveGuild(p.guild)
	r.next(t, "GUILD_DELETE")
	if got := p.Sessions(); len(got) != 1 || got[0].Intents != 1<<0|1<<9|1<<12 || got[0].Shard != [2]int{0, 1} {
		t.Errorf("sessions = %+v", got)
	}
	if got := p.Unexpected(); len(got) > 0 {
		t.Errorf("unexpected: %+v", got)
	}
}

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

func TestAFirstConnectionThatFails(t *testing.T) {
	t.Parallel()
	asked := discordfake.Route("GET", "/gateway/bot")
	for name, harm := range map[string]func(*discordfake.Server){
		"op 7 for READY": func(s *discordfake.Server) {
			s.OnConnect(discordfake.ConnectFault{At: discordfake.BeforeReady, Frames: reconnectFrame()})
		},
		"op 9 for READY": func(s *discordfake.Server) {
			s.OnConnect(discordfake.ConnectFault{At: discordfake.BeforeReady, Frames: []discordfake.Frame{{Op: 9, D: "true"}}})
		},
		"4009 for READY": func(s *discordfake.Server) {
			s.OnConnect(discordfake.ConnectFault{At: discordfake.BeforeReady, Close: 4009})
		},
		"op 7 after READY": func(s *discordfake.Server) {
			s.OnConnect(discordfake.ConnectFault{At: discordfake.AfterReady, Frames: reconnectFrame()})
		},
		"refused":                 func(s *discordfake.Server) { s.OnConnect(discordfake.ConnectFault{At: -1, Refuse: 500}) },
		"429 of Cloudflare":       func(s *discordfake.Server) { s.Inject(discordfake.CloudflareLimited(3*time.Second, asked)) },
		"429 of Discord":          func(s *discordfake.Server) { s.Inject(discordfake.RateLimited("global", 3*time.Second, asked)) },
		"500 for the address":     func(s *discordfake.Server) { s.Inject(discordfake.Broken(500, asked)) },
		"cut off for the address": func(s *discordfake.Server) { s.Inject(discordfake.Fault{Match: asked, Times: 1, Cut: true}) },
		"an address that is no JSON": func(s *discordfake.Server) {
			s.Inject(discordfake.Fault{Match: asked, Times: 1, Status: 200, Body: "<html>"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newGWPlace(t, discordfake.Options{IdentifyWindow: time.Nanosecond})
			harm(p.Server)
			r := p.replica(t, newGWLeases(t), gwPace())
			r.one(t)
			r.next(t, "READY")
			gwSoon(t, "a connection", func() bool { return r.counted(t, "shards_connected", "") == 1 })
			r.hears(t, p.Say(p.channel, p.user, "hello").ID)
			if r.counted(t, "gateway_ends_total", "") == 0 {
				t.Error("nothing failed")
			}
		})
	}
}

func TestARateLimitIsWaitedFor(t *testing.T) {
	t.Parallel()
	p := newGWPlace(t, discordfake.Options{})
	p.Inject(discordfake.CloudflareLimited(90*time.Second, discordfake.Route("GET", "/gateway/bot")))
	waits := make(chan time.Duration, 100)
	pace := gwPace()
	pace.wait = func(ctx context.Context, d time.Duration) error {
		waits <- d
		return ctx.Err()
	}
	r := p.replica(t, newGWLeases(t), pace)
	r.one(t)
	r.next(t, "READY")
	if got := <-waits; got < 90*time.Second || got > 2*time.Minute {
		t.Errorf("it waited %v\n%s", got, r.log)
	}
}

// Codes that a human has to do something about end all tries.
func TestSomeRefusalsAreFinal(t *testing.T) {
	t.Parallel()
	for _, code := range []int{4004, 4010, 4011, 4012, 4013, 4014} {
		for name, harm := range map[string]func(*discordfake.Server){
			"at first": func(s *discordfake.Server) {
				s.OnConnect(discordfake.ConnectFault{At: discordfake.BeforeReady, Close: code})
			},
			"while it runs": func(s *discordfake.Server) { go closeOnceUp(s, code) },
			"for RESUMED": func(s *discordfake.Server) {
				s.OnConnect(discordfake.ConnectFault{At: discordfake.AfterReady, Drop: true},
					discordfake.ConnectFault{At: discordfake.BeforeReady, Close: code})
			},
		} {
			if code > 4004 && code < 4014 && name != "at first" {
				continue // they can't come later
			}
			t.Run(fmt.Sprint(code, " ", name), func(t *testing.T) {
				t.Parallel()
				p := newGWPlace(t, discordfake.Options{})
				r := p.replica(t, newGWLeases(t), gwPace())
				harm(p.Server)
				ended := gwRun(t, r.Run)
				gwEndsWith(t, ended, &FatalError{Shard: 0, Code: code})
				if err := r.Healthy(); !errors.As(err, new(*FatalError)) {
					t.Errorf("healthy: %v", err)
				}
				if n := len(p.Identifies()); n != 1 {
					t.Errorf("%d Identifies", n)
				}
			})
		}
	}
}

func closeOnceUp(s *discordfake.Server, code int) {
	ctx, cancel := context.WithTimeout(context.Background(), gwPatience)
	defer cancel()
	if s.AwaitReady(ctx, 1) == nil {
		s.Shard(0).Close(code)
	}
}

func gwEndsWith(t *testing.T, ended <-chan error, want *FatalError) {
	t.Helper()
	select {
	case err := <-ended:
		var fatal *FatalError
		if !errors.As(err, &fatal) || *fatal != *want {
			t.Errorf("it ended with %v, want %v", err, want)
		}
	case <-time.After(gwPatience):
		t.Fatal("it goes on")
	}
}

func TestAWrongToken(t *testing.T) {
	t.Parallel()
	p := newGWPlace(t, discordfake.Options{})
	r := p.replica(t, newGWLeases(t), gwPace(), func(o *GatewayOptions) { o.Token = "another" })
	gwEndsWith(t, gwRun(t, r.Run), &FatalError{Shard: -1, Code: 401})
	if err := r.Healthy(); err == nil || strings.Contains(err.Error(), "another") {
		t.Errorf("healthy: %v", err)
	}
}

// Discord delivers at least once; who handles events drops what was seen before.
func TestEventsComeAsTheyAre(t *testing.T) {
	t.Parallel()
	p := newGWPlace(t, discordfake.Options{})
	r := p.replica(t, newGWLeases(t), gwPace())
	r.one(t)
	r.next(t, "READY")
	dm := p.OpenDM(p.user)
	odd := p.Say(dm, p.user, "odd", discordfake.WithComponents(`[{"type": 99, "future": true}]`),
		discordfake.WithField("hologram", `{"x": 1}`))
	var got struct {
		ID         string
		Author     struct{ Username string }
		Components []struct{ Future bool }
		Hologram   struct{ X int }
	}
	if err := json.Unmarshal(r.next(t, "MESSAGE_CREATE"), &got); err != nil {
		t.Fatal(err)
	}
	if got.ID != odd.ID || got.Author.Username != "olena" || !got.Components[0].Future || got.Hologram.X != 1 {
		t.Errorf("%+v", got)
	}
	p.Shard(0).Repeat()
	r.hears(t, odd.ID)
	for _, event := range [][2]string{
		{"FUTURE_EVENT", `{}`},
		{"GUILD_CREATE", `{}`},
		{"GUILD_CREATE", `null`},
		{"GUILD_UPDATE", `{"name":"x"}`},
		{"MESSAGE_DELETE", `[]`},
	} {
		p.Shard(0).Event(event[0], event[1])
	}
	p.Shard(0).Send(42, `{"new": true}`)
	p.Shard(0).Heartbeat()
	if got := r.next(t, "MESSAGE_DELETE"); string(got) != "[]" {
		t.Errorf("the data came as %s", got)
	}
	r.hears(t, p.Say(dm, p.user, "still there").ID)
	if n := r.counted(t, "gateway_ends_total", ""); n != 0 {
		t.Errorf("%v connections ended\n%s", n, r.log)
	}
}

func TestTheOrderOfEvents(t *testing.T) {
	t.Parallel()
	p := newGWPlace(t, discordfake.Options{})
	r := p.replica(t, newGWLeases(t), gwPace())
	r.one(t)
	r.next(t, "READY")
	for i := range 50 {
		if i == 25 {
			p.Shard(0).Drop()
		}
		p.Say(p.channel, p.user, fmt.Sprint("<@", p.BotID(), "> ", i))
	}
	for i := range 50 {
		var m struct{ Content string }
		if err := json.Unmarshal(r.next(t, "MESSAGE_CREATE"), &m); err != nil || !strings.HasSuffix(m.Content, fmt.Sprint("> ", i)) {
			t.Fatalf("message %d is %q, %v", i, m.Content, err)
		}
	}
}

func TestAPanicOfAHandler(t *testing.T) {
	t.Parallel()
	p := newGWPlace(t, discordfake.Options{Token: "the-secret"})
	said := make(chan struct{}, 2)
	r := p.replica(t, newGWLeases(t), gwPace(), func(o *GatewayOptions) {
		o.Dispatch = func(_ context.Context, kind string, _ json.RawMessage) {
			if kind == "MESSAGE_CREATE" {
				said <- struct{}{}
				panic("oh the-secret")
			}
		}
	})
	r.one(t)
	gwSoon(t, "a connection", func() bool { return r.counted(t, "shards_connected", "") == 1 })
	for range 2 {
		p.Say(p.channel, p.user, "hello")
		select {
		case <-said:
		case <-time.After(gwPatience):
			t.Fatal("no event")
		}
	}
	gwSoon(t, "two panics", func() bool { return r.counted(t, "gateway_panics_total", "") == 2 })
	if log := r.log.String(); strings.Contains(log, "the-secret") || !strings.Contains(log, "panicked") {
		t.Errorf("log:\n%s", log)
	}
	if n := r.counted(t, "gateway_ends_total", ""); n != 0 {
		t.Errorf("%v connections ended", n)
	}
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
