package slackfake

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"net/http"
	"net/url"
	"time"

	"github.com/gorilla/websocket"
)

// sockets is what Socket Mode remembers.
type sockets struct {
	conns         map[*conn]struct{}
	tickets       map[string]time.Time // URLs that weren't used yet, by when they were given out
	pending       map[string]*pending  // by envelope_id
	connected     int                  // connections so far
	connectFaults []ConnectFault
}

func newSockets() sockets {
	return sockets{conns: map[*conn]struct{}{}, tickets: map[string]time.Time{}, pending: map[string]*pending{}}
}

// pending is an envelope that waits for its acknowledgement.
type pending struct {
	delivery *Delivery
	attempt  *Attempt
	sent     time.Time
	conn     *conn
	done     chan struct{}
}

type socketURLJSON struct {
	OK  bool   `json:"ok"`
	URL string `json:"url"`
}

// openConnection gives out a URL that can be used once, and soon.
func (s *Server) openConnection(c *call) reply {
	ticket := rand.Text()
	s.tickets[ticket] = s.opts.Now()
	query := url.Values{"ticket": {ticket}, "app_id": {s.opts.AppID}}
	scheme := "ws"
	if c.TLS != nil {
		scheme = "wss"
	}
	return ok(socketURLJSON{true, scheme + "://" + c.Host + "/link/?" + query.Encode()})
}

type helloJSON struct {
	Type       string         `json:"type"`
	Number     int            `json:"num_connections"`
	Debug      debugJSON      `json:"debug_info"`
	Connection connectionJSON `json:"connection_info"`
}

type debugJSON struct {
	Host  string `json:"host"`
	Build int    `json:"build_number,omitempty"`
	About int    `json:"approximate_connection_time,omitempty"` // seconds
}

type connectionJSON struct {
	AppID string `json:"app_id"`
}

const socketHost = "applink-fake-1"

func (s *Server) serveSocket(w http.ResponseWriter, r *http.Request) {
	fault, good := s.admit(r.URL.Query().Get("ticket"))
	switch {
	case fault.Refuse != 0:
		http.Error(w, http.StatusText(fault.Refuse), fault.Refuse)
		return
	case !good:
		http.Error(w, "the ticket isn't good", http.StatusForbidden)
		return
	}
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // it has answered
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.closed:
		_ = ws.Close()
		return
	default:
	}
	s.connected++
	c := &conn{ws: ws, number: s.connected, done: make(chan struct{}), queued: make(chan struct{}, 1), fault: fault}
	s.conns[c] = struct{}{}
	s.running.Go(func() { c.write(s.opts.PingEvery) })
	s.running.Go(func() { s.read(c) })
	s.hello(c)
	s.changed.broadcast()
}

// admit takes a ticket, and returns the fault of the connection.
func (s *Server) admit(ticket string) (ConnectFault, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	given, found := s.tickets[ticket]
	delete(s.tickets, ticket)
	good := found && s.opts.Now().Sub(given) <= s.opts.TicketFor
	if !good || len(s.connectFaults) == 0 {
		return ConnectFault{At: never}, good
	}
	fault := s.connectFaults[0]
	s.connectFaults = s.connectFaults[1:]
	return fault, good
}

func (s *Server) hello(c *conn) {
	if c.meet(BeforeHello) {
		return
	}
	if len(s.conns) > s.opts.MaxSockets {
		c.disconnect("too_many_websockets") // how Slack refuses the eleventh isn't documented
		c.close()
		return
	}
	c.send(encode(helloJSON{
		Type: "hello", Number: len(s.conns), Debug: debugJSON{socketHost, 1, 18060}, Connection: connectionJSON{s.opts.AppID},
	}))
	c.ready = true
	c.meet(AfterHello)
}

// socketJSON is an envelope. Those of events have retry_attempt and retry_reason.
type socketJSON struct {
	EnvelopeID string          `json:"envelope_id"`
	Payload    json.RawMessage `json:"payload"`
	Type       string          `json:"type"`
	Accepts    bool            `json:"accepts_response_payload"`
	Retry      *int            `json:"retry_attempt,omitempty"`
	Reason     *string         `json:"retry_reason,omitempty"`
}

// errUnacked is why an attempt over Socket Mode failed.
var errUnacked = errors.New("no acknowledgement came in time")

// overSocket sends an envelope to one of the connections at random. Where there is none it waits for one as long as it
// would for the acknowledgement; that isn't documented. When the connection ends the attempt ends at once.
func (s *Server) overSocket(ctx context.Context, d *Delivery, a *Attempt) {
	timer := time.NewTimer(s.opts.AckWithin)
	defer timer.Stop()
	p, err := s.awaitSocket(ctx, d, a, timer.C)
	if err == nil {
		timer.Reset(s.opts.AckWithin)
		select {
		case <-p.done:
		case <-p.conn.done:
			err = fmt.Errorf("connection %d ended before the acknowledgement", p.conn.number)
		case <-timer.C:
			err = errUnacked
		case <-ctx.Done():
			err = ctx.Err()
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answered(d, a, err) // nothing happens where it was acknowledged
}

func (s *Server) awaitSocket(ctx context.Context, d *Delivery, a *Attempt, late <-chan time.Time) (*pending, error) {
	for {
		s.mu.Lock()
		if c := s.anySocket(); c != nil {
			p := s.sendEnvelope(c, d, a)
			s.mu.Unlock()
			return p, nil
		}
		changed := s.changed.wait()
		s.mu.Unlock()
		select {
		case <-changed:
		case <-late:
			return nil, errors.New("the app isn't connected")
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// anySocket is one of the connections that take envelopes; nil: there is none.
func (s *Server) anySocket() *conn {
	var all []*conn
	for c := range s.conns {
		if c.ready && !c.leaving {
			all = append(all, c)
		}
	}
	if len(all) == 0 {
		return nil
	}
	return all[mathrand.IntN(len(all))]
}

func (s *Server) sendEnvelope(c *conn, d *Delivery, a *Attempt) *pending {
	e := socketJSON{EnvelopeID: rand.Text(), Payload: d.payload, Type: d.Kind, Accepts: d.Kind != EventKind}
	if d.Kind == EventKind {
		e.Retry, e.Reason = &a.Retry, &a.Reason
	}
	a.Envelope, a.Conn = e.EnvelopeID, c.number
	p := &pending{delivery: d, attempt: a, sent: time.Now(), conn: c, done: make(chan struct{})}
	s.pending[e.EnvelopeID] = p
	c.send(encode(e))
	return p
}

// ackJSON is what a client sends.
type ackJSON struct {
	EnvelopeID string          `json:"envelope_id"`
	Payload    json.RawMessage `json:"payload"`
}

// maxAck is from how many bytes on Slack drops an acknowledgement (slack-go #1196).
const maxAck = 20_000

// take takes what a client sends.
func (s *Server) take(c *conn, data []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.silent {
		return
	}
	var ack ackJSON
	if err := json.Unmarshal(data, &ack); err != nil {
		s.violate(fmt.Errorf("slackfake: a frame over Socket Mode isn't JSON: %w", err))
		return
	}
	p := s.pending[ack.EnvelopeID]
	switch {
	case len(data) >= maxAck:
		s.violate(fmt.Errorf("slackfake: an acknowledgement of %d bytes is dropped", len(data)))
		return
	case p == nil:
		s.violate(fmt.Errorf("slackfake: nothing with the envelope_id %q waits for an acknowledgement", ack.EnvelopeID))
		return
	}
	delete(s.pending, ack.EnvelopeID)
	p.attempt.After, p.attempt.Answer = time.Since(p.sent), ack.Payload
	if p.attempt.Err != nil || p.attempt.After > s.opts.AckWithin {
		p.attempt.Late = true
		p.delivery.changed.broadcast()
		return
	}
	s.answered(p.delivery, p.attempt, nil)
	close(p.done)
}
