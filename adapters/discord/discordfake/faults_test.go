package discordfake_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/discord/discordfake"
)

const posting = "POST /channels/{channel}/messages"

// faults are what Discord does to a post, and what becomes of it.
type faults map[string]struct {
	fault  discordfake.Fault
	status int // 0: no answer
	body   string
	header map[string]string
	stored int
}

func (all faults) try(t *testing.T) {
	for name, c := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, discordfake.Options{})
			p.Inject(c.fault)
			got, err := p.try(t, "POST", "/channels/"+p.channel+"/messages", `{"content":"x"}`)
			if (err != nil) != (c.status == 0) || got.status != c.status || !strings.Contains(got.body, c.body) {
				t.Errorf("%d %s, %v", got.status, got.body, err)
			}
			for key, want := range c.header {
				if got.header.Get(key) != want {
					t.Errorf("%s: %q, want %q", key, got.header.Get(key), want)
				}
			}
			if n := len(p.Messages(p.channel)); n != c.stored {
				t.Errorf("%d messages, want %d", n, c.stored)
			}
			if n := len(p.Requests(posting)); n != 1 {
				t.Errorf("%d requests were recorded", n)
			}
			if got := p.do(t, "POST", "/channels/"+p.channel+"/messages", `{"content":"y"}`); got.status != 200 {
				t.Errorf("afterwards: %d %s", got.status, got.body)
			}
		})
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	post := discordfake.Route("POST", "/channels/*/messages")
	stored := discordfake.Broken(502, post)
	stored.AfterStore = true
	faults{
		"500":                     {discordfake.Broken(500, post), 500, "<html>", nil, 0},
		"502":                     {discordfake.Broken(502, post), 502, "<html>", nil, 0},
		"503":                     {discordfake.Broken(503, post), 503, "<html>", nil, 0},
		"502 after it was stored": {stored, 502, "<html>", nil, 1},
		"429 of the route": {
			discordfake.RateLimited("user", 1500*time.Millisecond, post), 429, `"retry_after":1.5,"global":false`,
			map[string]string{"Retry-After": "2", "X-RateLimit-Scope": "user", "X-RateLimit-Global": ""},
			0,
		},
		"shared 429": {
			discordfake.RateLimited("shared", time.Second, post), 429, "resource is being rate limited",
			map[string]string{"X-RateLimit-Scope": "shared"},
			0,
		},
		"global 429": {
			discordfake.RateLimited("global", time.Second, post), 429, `"global":true`,
			map[string]string{"X-RateLimit-Scope": "global", "X-RateLimit-Global": "true"},
			0,
		},
		"Cloudflare": {
			discordfake.CloudflareLimited(time.Minute, post), 429, "<!DOCTYPE html>", map[string]string{"Content-Type": "text/html"}, 0,
		},
		"cut":                       {discordfake.Fault{Match: post, Times: 1, Cut: true}, 0, "", nil, 0},
		"cut after it was stored":   {discordfake.Fault{Match: post, Times: 1, Cut: true, AfterStore: true}, 0, "", nil, 1},
		"another route isn't meant": {discordfake.Broken(500, discordfake.Route("GET", "/channels/*/messages")), 200, `"content":"x"`, nil, 1},
	}.try(t)
}

func TestAHangingRequestEndsWithTheServer(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	p.Inject(discordfake.Fault{Hang: true})
	failed := make(chan error, 1)
	go func() {
		_, err := p.try(t, "GET", "/users/@me", "")
		failed <- err
	}()
	if _, err := p.AwaitRequest(within(t), "GET /users/@me", 0); err != nil {
		t.Fatal(err)
	}
	p.Close()
	if err := <-failed; err == nil {
		t.Error("it was answered")
	}
}

func TestTheRealClientMeetsRateLimits(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{
		RouteLimits: map[string]discordfake.Limit{posting: {Requests: 2, Per: time.Hour}},
	})
	for i, want := range []string{"1", "0"} {
		got := p.do(t, "POST", "/channels/"+p.channel+"/messages", `{"content":"x"}`)
		if got.header.Get("X-RateLimit-Remaining") != want || got.header.Get("X-RateLimit-Bucket") == "" {
			t.Errorf("request %d: %v", i, got.header)
		}
	}
	_, err := p.client(t).ChannelMessageSend(p.channel, "x")
	var limited *discordgo.RateLimitError
	if !errors.As(err, &limited) || limited.RetryAfter < 59*time.Minute {
		t.Errorf("err = %v", err)
	}
	other := p.AddChannel(discordfake.Channel{GuildID: p.guild})
	if got := p.do(t, "POST", "/channels/"+other+"/messages", `{"content":"x"}`); got.status != 200 {
		t.Errorf("another channel has another bucket: %d", got.status)
	}
}

func TestTheGlobalLimitLeavesInteractionsAlone(t *testing.T) {
	t.Parallel()
	clock := newClock()
	p := newPlace(t, discordfake.Options{Now: clock.Now, GlobalLimit: 1})
	if got := p.do(t, "GET", "/users/@me", ""); got.status != 200 {
		t.Fatalf("%d", got.status)
	}
	got := p.do(t, "GET", "/channels/"+p.channel, "")
	if got.status != 429 || got.header.Get("X-RateLimit-Global") != "true" {
		t.Errorf("%d %v", got.status, got.header)
	}
	if got := p.do(t, "GET", "/webhooks/1/t/messages/@original", ""); got.status != http.StatusNotFound {
		t.Errorf("a webhook: %d", got.status)
	}
	clock.advance(time.Second)
	if got := p.do(t, "GET", "/users/@me", ""); got.status != 200 {
		t.Errorf("a second later: %d", got.status)
	}
}
