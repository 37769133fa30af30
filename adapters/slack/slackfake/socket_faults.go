package slackfake

import (
	"context"
	"encoding/json"
	"fmt"
)

// Stage is a moment of a connection of Socket Mode.
type Stage int

// The moments at which a [ConnectFault] happens.
const (
	BeforeHello Stage = iota
	AfterHello
	never
)

// ConnectFault is what goes wrong with one connection of Socket Mode.
type ConnectFault struct {
	Refuse int // the status with which the connection is refused: no websocket at all

	// At this moment, in this order:
	At         Stage
	Frames     []string // are sent as they are, also what isn't JSON
	Disconnect string   // a disconnect with a reason
	Drop       bool     // it is cut, without a close frame
	Stall      bool     // nothing comes any more, not even pings
}

// OnConnect lets the next connections of Socket Mode go wrong, one each.
func (s *Server) OnConnect(faults ...ConnectFault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.connectFaults = append(s.connectFaults, faults...)
}

// meet lets the connection's fault happen if its moment has come. It reports whether that ends the connection's use.
func (c *conn) meet(stage Stage) (ends bool) {
	f := c.fault
	if f.At != stage {
		return false
	}
	c.fault.At = never
	for _, frame := range f.Frames {
		c.send([]byte(frame))
	}
	if f.Disconnect != "" {
		c.disconnect(f.Disconnect)
	}
	switch {
	case f.Drop:
		c.drop(false)
	case f.Stall:
		c.stall()
	}
	return f.Drop || f.Stall || c.leaving
}

// Sockets are the connections of Socket Mode at a time.
type Sockets struct {
	s     *Server
	conns []*conn
}

// Sockets returns the handle of all connections that are open now.
func (s *Server) Sockets() Sockets {
	s.mu.Lock()
	defer s.mu.Unlock()
	h := Sockets{s: s}
	for c := range s.conns {
		h.conns = append(h.conns, c)
	}
	return h
}

// Socket returns the handle of one connection, counted from 1 as [Attempt.Conn] does; of none where it has ended.
func (s *Server) Socket(number int) Sockets {
	h := s.Sockets()
	for _, c := range h.conns {
		if c.number == number {
			return Sockets{s: s, conns: []*conn{c}}
		}
	}
	return Sockets{s: s}
}

// Len is how many connections there are.
func (h Sockets) Len() int { return len(h.conns) }

func (h Sockets) each(f func(*conn)) {
	h.s.mu.Lock()
	defer h.s.mu.Unlock()
	for _, c := range h.conns {
		f(c)
	}
}

// Disconnect tells the clients to connect anew, for a reason: "warning" (the connection goes on for ten seconds),
// "refresh_requested", "link_disabled". Close it afterwards, as Slack does.
func (h Sockets) Disconnect(reason string) { h.each(func(c *conn) { c.disconnect(reason) }) }

// Close closes in good order.
func (h Sockets) Close() { h.each(func(c *conn) { c.close() }) }

// Drop cuts the TCP connections with a reset.
func (h Sockets) Drop() { h.each(func(c *conn) { c.drop(true) }) }

// Stall lets nothing more be sent nor taken, not even pings, while the connections stay. Envelopes still go to them.
func (h Sockets) Stall() { h.each(func(c *conn) { c.stall() }) }

// Send sends a frame as it is: an envelope of an unknown type, what isn't JSON.
func (h Sockets) Send(frame string) { h.each(func(c *conn) { c.send([]byte(frame)) }) }

// AwaitSockets waits until as many connections are open and were said hello to.
func (s *Server) AwaitSockets(ctx context.Context, n int) error {
	return s.await(ctx, &s.changed, fmt.Sprintf("%d connections of Socket Mode", n), func() bool {
		ready := 0
		for c := range s.conns {
			if c.ready {
				ready++
			}
		}
		return ready == n
	})
}

// Connections counts the connections of Socket Mode so far.
func (s *Server) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.connected
}

// Envelope sends an envelope of any type, whose payload is JSON, to one of the connections, once: what the app makes of
// types that nobody knows yet.
func (s *Server) Envelope(kind, payload string) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dispatch(&Delivery{Kind: kind, Type: kind, payload: json.RawMessage(payload)})
}
