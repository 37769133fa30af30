package discord

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// This file and gatewayConn hold what discordgo v0.29.0 has to be kept from. Numbers are issues of bwmarrin/discordgo.
//
//   - op 7, or an ACK, as the first frame after Hello: Open locks itself out for ever (#513, PR #1694). The first ends the
//     connection below discordgo, the second is held back.
//   - No Hello, no READY: Open and Close hang. What has to come has a deadline below discordgo, Open has one above.
//   - After 4004, 4007, 4014 it sends Resume for ever, and tells nobody the code (#1544): ShouldReconnectOnError is off, and
//     the code is read below it.
//   - Missed ACKs are noticed after five intervals: the deadline is two, and moves with ACKs only.
//   - It closes with 1000 whatever happened, by which Discord forgets the session: its close frames aren't sent.
//   - The listener and the heartbeat both close a broken connection, the second one perhaps the next connection: writes
//     never fail, so that the listener alone does.
//   - op 9 is answered with an immediate Identify (#544): it ends the connection below, the supervisor waits its seconds.
//   - Identify isn't paced, and its fields are plain ones: see identify.go.
//   - Open asks /gateway under its lock, and may sleep there for a rate limit: the answer is given here.
//   - A heartbeat_interval of 0, a frame that is null and a guild without an id panic: they don't pass.
//   - Its logs hold whole frames, the Identify with the token among them: see quietSession.
//   - The resume_gateway_url isn't known to it; Discord takes a Resume at the common URL, too.

// quietSession returns a discordgo client that says nothing: its log is the process's, and has tokens and what people write in
// it. It tries nothing twice. No Session is made otherwise. discordgo.Logger stays unset, for what is silent needs no logger, and a global of
// another package isn't ours to change.
func quietSession(token string, rest *http.Client) *discordgo.Session {
	s, _ := discordgo.New("Bot " + token) // it has no error to return
	s.LogLevel = discordgo.LogError - 1
	s.StateEnabled = false
	s.ShouldReconnectOnError = false
	s.ShouldRetryOnRateLimit = false
	s.MaxRestRetries = 0
	s.Client = rest
	return s
}

// gatewayIntents are all that the bot listens to, none of them privileged.
const gatewayIntents = discordgo.IntentsGuilds | discordgo.IntentsGuildMessages | discordgo.IntentsDirectMessages

// gatewaySession is one session of Discord's gateway, over one connection after another.
type gatewaySession struct {
	client  *discordgo.Session
	pace    gatewayPace
	tls     *tls.Config
	onEvent func(*discordgo.Event)
	known   atomic.Bool // READY came: there is something to resume

	mu    sync.Mutex
	over  bool               // nobody waits for the Open that goes on
	cut   context.CancelFunc // what it dials
	conn  *gatewayConn
	up    chan struct{} // READY or RESUMED came
	ended chan struct{} // discordgo's listener has ended
}

// newGatewaySession returns a session that isn't connected. url is where the gateway is, such as wss://gateway.discord.gg.
// onEvent is called with one event at a time.
func newGatewaySession(g *gateways, shard int, url string, onEvent func(*discordgo.Event)) *gatewaySession {
	s := &gatewaySession{client: quietSession(g.token, gatewayAt(url)), pace: g.pace, tls: g.tls, onEvent: onEvent}
	s.client.SyncEvents = true // one after the other, and no goroutine for each
	s.client.Compress, s.client.Identify.Compress = false, false
	s.client.Identify.Intents = gatewayIntents
	s.client.ShardID, s.client.ShardCount = shard, g.count
	s.client.Identify.Shard = &[2]int{shard, g.count}
	s.client.Dialer = &websocket.Dialer{
		HandshakeTimeout: g.pace.answer,
		NetDialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			return s.dial(ctx, &net.Dialer{}, network, address)
		},
		NetDialTLSContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			return s.dial(ctx, &tls.Dialer{Config: s.tls}, network, address)
		},
	}
	s.client.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) { s.event(e) })
	s.client.AddHandler(func(*discordgo.Session, *discordgo.Disconnect) {
		_, _, ended := s.current()
		signalGateway(ended)
	})
	return s
}

type contextDialer interface {
	DialContext(ctx context.Context, network, address string) (net.Conn, error)
}

// dial connects while somebody waits for Open, which has no context of its own.
func (s *gatewaySession) dial(ctx context.Context, d contextDialer, network, address string) (net.Conn, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s.mu.Lock()
	s.cut = cancel
	if s.over {
		cancel()
	}
	s.mu.Unlock()
	inner, err := d.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	c := newGatewayConn(inner, s.pace.answer)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over {
		return nil, c.fail(errStopped)
	}
	s.conn = c
	return c, nil
}

func (s *gatewaySession) event(e *discordgo.Event) {
	switch e.Type {
	case "READY":
		s.known.Store(true)
		fallthrough
	case "RESUMED":
		_, up, _ := s.current()
		signalGateway(up)
	}
	s.onEvent(e)
}

// current returns the connection, and the channels that hold a token once it is up, and once it has ended.
func (s *gatewaySession) current() (conn *gatewayConn, up, ended chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.conn, s.up, s.ended
}

func signalGateway(ch chan<- struct{}) {
	select {
	case ch <- struct{}{}:
	default:
	}
}

// open connects, and returns when READY or RESUMED came. Its error is why the connection ended, or wasn't made; after
// errAbandoned the session must not be used again.
func (s *gatewaySession) open(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, s.pace.watchdog, errSilent)
	defer cancel()
	up, ended := make(chan struct{}, 1), make(chan struct{}, 1)
	s.mu.Lock()
	s.over, s.cut, s.conn, s.up, s.ended = false, func() {}, nil, up, ended
	s.mu.Unlock()
	opened := make(chan error, 1)
	go func() { opened <- s.client.Open() }()
	select {
	case err := <-opened:
		if err != nil {
			return s.because(err)
		}
	case <-ctx.Done():
		return s.giveUp(ctx, opened)
	}
	select {
	case <-up:
		return nil
	case <-ended:
		return s.because(errDropped)
	case <-ctx.Done():
		opened <- nil
		return s.giveUp(ctx, opened)
	}
}

// errAbandoned is the error of a client that doesn't come back, whatever becomes of its connection.
var errAbandoned = errors.New("discordgo hangs and was abandoned")

// giveUp cuts the connection of an Open that took too long or isn't wanted any more.
func (s *gatewaySession) giveUp(ctx context.Context, opened <-chan error) error {
	s.mu.Lock()
	s.over = true
	s.cut()
	conn, ended := s.conn, s.ended
	s.mu.Unlock()
	if conn != nil {
		_ = conn.fail(context.Cause(ctx))
	}
	late := time.NewTimer(s.pace.grace)
	defer late.Stop()
	select {
	case err := <-opened:
		switch {
		case err == nil: // it has a listener, which ends now
			return s.outlast(ended, late)
		case conn == nil:
			return context.Cause(ctx)
		}
		return s.because(err)
	case <-late.C:
		return errAbandoned
	}
}

// wait returns why the connection ended. When ctx ends it says goodbye and closes.
func (s *gatewaySession) wait(ctx context.Context) error {
	conn, _, ended := s.current()
	select {
	case <-ended:
		return s.because(errDropped)
	case <-ctx.Done():
		conn.stop()
	}
	late := time.NewTimer(s.pace.grace)
	defer late.Stop()
	return s.outlast(ended, late)
}

// outlast waits for the end of discordgo's listener.
func (s *gatewaySession) outlast(ended <-chan struct{}, late *time.Timer) error {
	select {
	case <-ended:
		return s.because(errDropped)
	case <-late.C:
		return errAbandoned
	}
}

// because returns the cause that the connection knows, or else the error of discordgo.
func (s *gatewaySession) because(err error) error {
	conn, _, _ := s.current()
	if conn == nil {
		return causeOf(err)
	}
	switch cause := conn.cause(); {
	case cause == nil:
		return causeOf(err)
	case errors.Is(cause, errLibrary):
		return fmt.Errorf("%w: %w", errLibrary, err)
	default:
		return cause
	}
}

// gatewayAt answers the request for the gateway's URL, which is the only one that a session's client makes.
func gatewayAt(url string) *http.Client { return &http.Client{Transport: gatewayURL(url)} }

type gatewayURL string

// RoundTrip returns the URL as Discord would.
func (u gatewayURL) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := json.Marshal(map[string]string{"url": string(u)})
	if err != nil {
		return nil, err
	}
	return &http.Response{
		Status: "200 OK", StatusCode: http.StatusOK, Header: http.Header{}, Request: r,
		Body: io.NopCloser(strings.NewReader(string(body))),
	}, nil
}
