package discord

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
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
