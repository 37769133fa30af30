package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/discord/discordfake"
)

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
