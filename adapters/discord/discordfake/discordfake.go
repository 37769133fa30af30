// Package discordfake is a Discord to test against: a server that speaks Discord's own protocol (REST v9 and v10, the
// gateway, signed interactions) and refuses what Discord refuses. The real client runs on it, in the process of a test
// or from another one.
//
// A [Server] holds a world of guilds, channels and people. A test sets it up (AddGuild, AddChannel, …), lets people act
// (Say, Slash, Press, …), and reads what the bot did (Messages, Interaction, Requests). What a test asks of people that
// Discord's own client wouldn't let them do (writing to a channel that isn't there, pressing a button that isn't shown)
// panics: it is a mistake of the test.
//
// Where nothing else is said, rules and figures come from Discord's documentation (docs.discord.com/developers).
package discordfake

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"
)

// Options are what a server may be told; the zero value behaves as Discord does towards a new bot.
type Options struct {
	Token string           // the bot's, without "Bot "; by default "fake-token"
	Now   func() time.Time // the clock of every rule about time; by default the real one

	AckWithin      time.Duration // how long an interaction waits for its first answer; by default 3 s
	TokenFor       time.Duration // how long an interaction's token lives; by default 15 min
	NonceFor       time.Duration // how long nonces are remembered ("the past few minutes"); by default 5 min
	Heartbeat      time.Duration // the interval that Hello asks for; by default 41.25 s
	Shards         int           // recommended by /gateway/bot; by default 1
	MaxConcurrency int           // Identifies in each IdentifyWindow; by default 1
	IdentifyWindow time.Duration // by default 5 s
	SessionLimit   int           // Identifies a day; by default 1000
	GuildsPerShard int           // from how many on Identify is refused with 4011; by default 2500
	Privileged     int           // the privileged intents that the application has been granted; by default none

	GlobalLimit int              // requests a second over all routes, 50 with Discord; by default unlimited
	RouteLimits map[string]Limit // by route, such as "POST /channels/{channel}/messages"; see [Limit]
	RecordLimit int              // how many requests, and messages of each channel, are kept, the newest; by default all
}

func (o Options) withDefaults() Options {
	o.Token = cmp.Or(o.Token, "fake-token")
	if o.Now == nil {
		o.Now = time.Now
	}
	o.AckWithin = cmp.Or(o.AckWithin, 3*time.Second)
	o.TokenFor = cmp.Or(o.TokenFor, 15*time.Minute)
	o.NonceFor = cmp.Or(o.NonceFor, 5*time.Minute)
	o.Heartbeat = cmp.Or(o.Heartbeat, 41250*time.Millisecond)
	o.Shards = cmp.Or(o.Shards, 1)
	o.MaxConcurrency = cmp.Or(o.MaxConcurrency, 1)
	o.IdentifyWindow = cmp.Or(o.IdentifyWindow, 5*time.Second)
	o.SessionLimit = cmp.Or(o.SessionLimit, 1000)
	o.GuildsPerShard = cmp.Or(o.GuildsPerShard, 2500)
	return o
}

// Server is one Discord. Its methods may be called concurrently.
type Server struct {
	opts Options
	mux  *http.ServeMux
	key  ed25519.PrivateKey

	web       *http.Server
	poster    *http.Client // posts interactions
	url       string
	closed    chan struct{}
	closeOnce sync.Once
	running   sync.WaitGroup // connections of the gateway, deliveries to the endpoint

	mu      sync.Mutex // guards all below
	changed signal
	ids     ids
	world
	gateway
	rest
	interactions map[string]*Interaction // by token
	endpoint     string                  // where interactions are posted; "": the gateway
}

// New returns a server that listens nowhere yet: serve [Server.Handler], or call [Server.Listen].
func New(opts Options) *Server {
	opts = opts.withDefaults()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		panic(err) // the system's source of randomness doesn't fail
	}
	s := &Server{opts: opts, key: key, closed: make(chan struct{}), interactions: map[string]*Interaction{}}
	s.poster = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 100, IdleConnTimeout: time.Minute}}
	s.rest = newREST()
	s.world = s.newWorld()
	s.mux = s.routes()
	return s
}

// Start returns a server that listens on a free port of this machine until the test ends.
func Start(t testing.TB, opts Options) *Server {
	t.Helper()
	s := New(opts)
	if err := s.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// Listen serves on an address, such as "127.0.0.1:0", until Close.
func (s *Server) Listen(address string) error {
	var config net.ListenConfig
	listener, err := config.Listen(context.Background(), "tcp", address)
	if err != nil {
		return err
	}
	s.url = "http://" + listener.Addr().String()
	s.web = &http.Server{Handler: s.Handler(), ReadHeaderTimeout: 10 * time.Second}
	s.running.Go(func() {
		if err := s.web.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			panic("discordfake: it serves no longer: " + err.Error())
		}
	})
	return nil
}

// Handler serves REST, the gateway and the CDN. The gateway's URL is that of the host that a client asked for it.
func (s *Server) Handler() http.Handler { return http.HandlerFunc(s.serve) }

// URL is the server's address, without a slash at its end: what [Rewrite] takes.
func (s *Server) URL() string { return s.url }

// Token is the bot's, as a client has to be given it: "Bot …".
func (s *Server) Token() string { return "Bot " + s.opts.Token }

// PublicKey is the application's, by which its endpoint verifies interactions.
func (s *Server) PublicKey() ed25519.PublicKey { return s.key.Public().(ed25519.PublicKey) }

// Close cuts all connections, and waits until what the server runs has ended. Calling it again does nothing.
func (s *Server) Close() {
	s.closeOnce.Do(func() {
		close(s.closed)
		s.mu.Lock()
		for c := range s.conns {
			_ = c.ws.Close()
		}
		s.mu.Unlock()
		if s.web != nil {
			_ = s.web.Close()
		}
	})
	s.running.Wait()
	s.poster.CloseIdleConnections()
}
