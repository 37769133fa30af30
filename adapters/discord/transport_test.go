package discord

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/bwmarrin/discordgo"
)

// TestConnectionsAreKept holds that answers that go out together go out over the connections of those before.
func TestConnectionsAreKept(t *testing.T) {
	t.Parallel()
	const together, rounds = 16, 5
	var made atomic.Int64
	var round sync.WaitGroup
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		round.Done()
		round.Wait() // so that each has a connection of its own
		w.WriteHeader(http.StatusNoContent)
	}))
	server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			made.Add(1)
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	c, err := NewClient(ClientOptions{Token: "a.b.c", API: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.http.CloseIdleConnections)
	for range rounds {
		round.Add(together)
		var calls sync.WaitGroup
		for i := range together {
			calls.Go(func() {
				if err := c.call(t.Context(), http.MethodPost, discordgo.EndpointChannelMessages("1"), strconv.Itoa(i), nil, nil); err != nil {
					t.Error(err)
				}
			})
		}
		calls.Wait()
	}
	if n := made.Load(); n != together {
		t.Errorf("%d connections", n)
	}
}

// TestProxyPath asks a proxy that stands under a path, the gateway's address too.
func TestProxyPath(t *testing.T) {
	t.Parallel()
	var asked atomic.Pointer[string]
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Store(new(r.URL.String()))
		_, _ = w.Write([]byte(`{"url":"wss://gateway.discord.gg","shards":1}`))
	}))
	t.Cleanup(server.Close)
	for _, path := range []string{"", "/", "/discord", "/a%20b/discord/"} {
		c, err := NewClient(ClientOptions{Token: "a.b.c", API: server.URL + path})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(c.http.CloseIdleConnections)
		before := strings.TrimSuffix(path, "/")
		if _, err := c.respond(t.Context(), &interaction{ID: "1", Token: "t"}, callback{}); err != nil || *asked.Load() != before+"/api/v9/interactions/1/t/callback?with_response=true" {
			t.Errorf("%s: %s, %v", path, *asked.Load(), err)
		}
		g := &gateways{token: "x", http: c.http, pace: gatewayPace{}.withDefaults()}
		if _, err := g.start(t.Context()); err != nil || *asked.Load() != before+"/api/v9/gateway/bot" {
			t.Errorf("%s: %s, %v", path, *asked.Load(), err)
		}
	}
	for _, api := range []string{"127.0.0.1", "ftp://127.0.0.1", "http://127.0.0.1?x=1", "http://127.0.0.1#x"} {
		if _, err := NewClient(ClientOptions{Token: "a.b.c", API: api}); err == nil {
			t.Errorf("%s is an address", api)
		}
	}
}
