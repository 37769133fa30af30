// Package slackfake is a Slack to test against: a server that speaks Slack's own protocols (the Web API, events and
// interactions over signed HTTP, Socket Mode, OAuth v2, response URLs) and refuses what Slack refuses. The real client
// runs on it, in the process of a test or from another one.
//
// A [Server] holds a world of workspaces, channels and people, and one app. A test sets it up (AddTeam, AddChannel, …),
// lets people act (Say, Slash, Press, …), and reads what the app did (Messages, Interaction, Delivery, Requests). What a
// test asks of people that Slack's own client wouldn't let them do (writing to a channel that isn't there, pressing a
// button that isn't shown) panics: it is a mistake of the test.
//
// Where nothing else is said, rules and figures come from Slack's documentation (docs.slack.dev).
package slackfake

import (
	"cmp"
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"
)

// Options are what a server may be told; the zero value behaves as Slack does towards a new app in Socket Mode.
type Options struct {
	AppID         string // by default "A0FAKE00001"
	ClientID      string // by default "1000000001.2000000002"
	ClientSecret  string // by default "fake-client-secret"
	SigningSecret string // by default "fake-signing-secret"
	AppToken      string // of Socket Mode; by default "xapp-1-" and so on
	OrgToken      string // of the bot in every workspace, as where an organisation has installed the app for all of its own; by default none
	URL           string // by which the app reaches the server, where it isn't that of Listen; no slash at its end

	Now   func() time.Time                                 // the clock of every rule about time; by default the real one
	Sleep func(ctx context.Context, d time.Duration) error // waits before a retry of an event; by default on the real clock

	Events   []string        // what the app subscribed to, such as "app_mention"; by default [Subscriptions]
	Retries  []time.Duration // when an event is sent again; by default at once, after 1 min, and after 5 more
	Rotation bool            // tokens that OAuth gives out expire after 12 h

	AckWithin      time.Duration    // how long events, commands and interactions wait for an answer; by default 3 s
	TriggerFor     time.Duration    // how long a trigger_id lives; by default 3 s
	ResponseFor    time.Duration    // how long a response_url lives; by default 30 min
	ResponseUses   int              // by default 5
	TokenFor       time.Duration    // how long a rotated token lives; by default 12 h
	FileReadyAfter time.Duration    // how long after its upload a file can't be used in blocks; by default 1 s
	PingEvery      time.Duration    // pings of Socket Mode; by default 10 s
	TicketFor      time.Duration    // how long a websocket's URL may be used; by default 30 s
	MaxSockets     int              // by default 10
	HistoryLimit   int              // messages that history and replies return at most; by default 999
	Limits         map[string]Limit // by method, or by method and channel: see [Limit]; by default none
	RecordLimit    int              // how many requests, deliveries, and messages of each channel, are kept, the newest; by default all
}

// Subscriptions are the events of the app's manifest.
func Subscriptions() []string {
	return []string{
		"app_mention", "message.im", "app_home_opened", "member_joined_channel", "app_uninstalled", "tokens_revoked",
	}
}

func (o Options) withDefaults() Options {
	o.AppID = cmp.Or(o.AppID, "A0FAKE00001")
	o.ClientID = cmp.Or(o.ClientID, "1000000001.2000000002")
	o.ClientSecret = cmp.Or(o.ClientSecret, "fake-client-secret")
	o.SigningSecret = cmp.Or(o.SigningSecret, "fake-signing-secret")
	o.AppToken = cmp.Or(o.AppToken, "xapp-1-"+o.AppID+"-1-fake")
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	if o.Events == nil {
		o.Events = Subscriptions()
	}
	if o.Retries == nil {
		o.Retries = []time.Duration{0, time.Minute, 5 * time.Minute}
	}
	o.AckWithin = cmp.Or(o.AckWithin, 3*time.Second)
	o.TriggerFor = cmp.Or(o.TriggerFor, 3*time.Second)
	o.ResponseFor = cmp.Or(o.ResponseFor, 30*time.Minute)
	o.ResponseUses = cmp.Or(o.ResponseUses, 5)
	o.TokenFor = cmp.Or(o.TokenFor, 12*time.Hour)
	o.FileReadyAfter = cmp.Or(o.FileReadyAfter, time.Second)
	o.PingEvery = cmp.Or(o.PingEvery, 10*time.Second)
	o.TicketFor = cmp.Or(o.TicketFor, 30*time.Second)
	o.MaxSockets = cmp.Or(o.MaxSockets, 10)
	o.HistoryLimit = cmp.Or(o.HistoryLimit, 999)
	return o
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Server is one Slack. Its methods may be called concurrently.
type Server struct {
	opts Options
	mux  *http.ServeMux

	web       *http.Server
	poster    *http.Client // posts events and interactions
	url       string
	closed    chan struct{}
	closing   context.Context // ends with closed
	cancel    context.CancelFunc
	closeOnce sync.Once
	running   sync.WaitGroup // connections of Socket Mode, deliveries

	mu      sync.Mutex // guards all below
	changed signal
	ids     ids
	world
	tokens
	sockets
	webAPI
	outbox
	modals
}

// New returns a server that listens nowhere yet: serve [Server.Handler], or call [Server.Listen].
func New(opts Options) *Server {
	opts = opts.withDefaults()
	s := &Server{opts: opts, url: opts.URL, closed: make(chan struct{})}
	s.closing, s.cancel = context.WithCancel(context.Background())
	s.poster = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 100, IdleConnTimeout: time.Minute}}
	s.world, s.tokens, s.sockets = newWorld(), newTokens(), newSockets()
	s.webAPI, s.outbox, s.modals = newWebAPI(), newOutbox(), newModals()
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
	if s.url == "" {
		s.url = "http://" + listener.Addr().String()
	}
	s.web = &http.Server{Handler: s.Handler(), ReadHeaderTimeout: 10 * time.Second}
	s.running.Go(func() {
		if err := s.web.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			panic("slackfake: it serves no longer: " + err.Error())
		}
	})
	return nil
}

// Handler serves the Web API, response URLs, and Socket Mode, whose URL is at the host that a client asked for it.
func (s *Server) Handler() http.Handler { return s.mux }

// URL is the server's address, without a slash at its end: what [Rewrite] takes.
func (s *Server) URL() string { return s.url }

// APIURL is the address of the Web API with the slash at its end that slack.OptionAPIURL requires.
func (s *Server) APIURL() string { return s.url + "/api/" }

// AppID is the app's.
func (s *Server) AppID() string { return s.opts.AppID }

// AppToken is the app-level token, for Socket Mode.
func (s *Server) AppToken() string { return s.opts.AppToken }

// SigningSecret is what requests of Slack are signed with.
func (s *Server) SigningSecret() string { return s.opts.SigningSecret }

// Client is the app's id and secret for OAuth.
func (s *Server) Client() (id, secret string) { return s.opts.ClientID, s.opts.ClientSecret }

// Close cuts all connections, and waits until what the server runs has ended. Calling it again does nothing.
func (s *Server) Close() {
	s.closeOnce.Do(func() {
		close(s.closed)
		s.cancel()
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

// start runs f until it ends, unless the server is closed already: Close waits for it. Called under the lock.
func (s *Server) start(f func()) {
	select {
	case <-s.closed:
	default:
		s.running.Go(f)
	}
}
