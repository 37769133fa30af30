package discordbench

import (
	"context"
	"encoding/hex"
	"fmt"
	"maps"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/loadbench"
)

const (
	// token has the form of a bot's.
	token = "bench.of.whosays"
	// Discord takes 50 requests a second of a bot, interactions not counted
	// (https://docs.discord.com/developers/topics/rate-limits#global-rate-limit).
	postsPerSecond  = 50
	peoplePerServer = 5
	// kept is how many requests, and messages of a channel, the fake keeps.
	kept = 1000
)

// discord is a Discord with servers full of people, which counts what it refuses.
type discord struct {
	*discordfake.Server

	url      string
	web      *http.Server
	channels []channel

	mu      sync.Mutex
	refused map[string]int // by status
}

// channel is the one of a server.
type channel struct {
	id     string
	people []string
}

func newDiscord(ctx context.Context, guilds int) (*discord, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	d := &discord{
		Server:  discordfake.New(discordfake.Options{Token: token, GlobalLimit: postsPerSecond, RecordLimit: kept}),
		url:     "http://" + listener.Addr().String(),
		refused: map[string]int{},
	}
	for i := range guilds {
		guild := d.AddGuild(discordfake.Guild{Name: fmt.Sprint("server ", i)})
		c := channel{id: d.AddChannel(discordfake.Channel{GuildID: guild, Name: "facts"})}
		for j := range peoplePerServer {
			c.people = append(c.people, d.AddUser(discordfake.User{Username: fmt.Sprintf("person%d_%d", i, j)}))
		}
		d.channels = append(d.channels, c)
	}
	d.web = &http.Server{Handler: d.counting(d.Handler()), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = d.web.Serve(listener) }() // it ends with close
	return d, nil
}

// Close ends it.
func (d *discord) Close() {
	_ = d.web.Close()
	d.Server.Close()
}

// Refused implements loadbench.Scene.
func (d *discord) Refused() map[string]int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return maps.Clone(d.refused)
}

// scene is a bot on a Discord, and people who ask it.
type scene struct {
	*people
	run loadbench.Run
}

func begin(ctx context.Context, r loadbench.Run) (loadbench.Scene, error) {
	d, err := newDiscord(ctx, r.Tenants)
	if err != nil {
		return nil, err
	}
	return &scene{newPeople(d, r.Texts, r.Rate), r}, nil
}

// endpoint is where interactions are taken by HTTP, by either bot.
const endpoint = "/discord/interactions"

// Command implements loadbench.Scene.
func (s *scene) Command(ctx context.Context) (*exec.Cmd, error) {
	key := hex.EncodeToString(s.PublicKey())
	if s.run.Bot == loadbench.Whosays {
		return s.run.Serve(ctx,
			"WHOSAYS_DISCORD_TOKEN="+token, "WHOSAYS_DISCORD_API="+s.url, "WHOSAYS_DISCORD_PUBLIC_KEY="+key)
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return exec.CommandContext(ctx, self, floorCommand, s.url, key), nil //nolint:gosec // this program
}

// Meet implements loadbench.Scene.
func (s *scene) Meet(ctx context.Context, p *loadbench.Process) error {
	if err := s.AwaitReady(ctx, 1); err != nil {
		return err
	}
	if s.run.Bot == loadbench.Whosays {
		if _, err := s.AwaitRequest(ctx, "PUT /applications/{app}/commands", 0); err != nil {
			return err
		}
	}
	if s.run.Transport == overHTTP {
		return s.SetEndpoint(ctx, p.URL+endpoint)
	}
	return nil
}

// counting counts what is refused.
func (d *discord) counting(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if websocket.IsWebSocketUpgrade(r) { // takes the connection over: w has to be the server's own
			next.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(&counted{w, d}, r)
	})
}

type counted struct {
	http.ResponseWriter

	d *discord
}

// WriteHeader implements http.ResponseWriter.
func (c *counted) WriteHeader(status int) {
	if status >= http.StatusBadRequest {
		c.d.mu.Lock()
		c.d.refused[strconv.Itoa(status)]++
		c.d.mu.Unlock()
	}
	c.ResponseWriter.WriteHeader(status)
}
