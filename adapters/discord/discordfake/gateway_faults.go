package discordfake

import (
	"context"
	"encoding/json"
	"fmt"
)

// Stage is a moment of a connection to the gateway.
type Stage int

// The moments at which a [ConnectFault] happens.
const (
	BeforeHello Stage = iota
	BeforeReady       // instead of READY or RESUMED, after an Identify or a Resume
	AfterReady        // right after READY and the guilds, or RESUMED
)

// ConnectFault is what goes wrong with one connection to the gateway.
type ConnectFault struct {
	Refuse int  // the status with which the connection is refused: no websocket at all
	NoACK  bool // heartbeats aren't acknowledged

	// At this moment, one of:
	At     Stage
	Frames []Frame // are sent. After an op 7 or 9 nothing more comes of the stage: no Hello, no READY.
	Close  int     // it is closed with a code
	Drop   bool    // it is cut
	Stall  bool    // nothing comes any more, not even an ACK
}

// Frame is a frame of the gateway that isn't an event. D is JSON.
type Frame struct {
	Op int
	D  string
}

// OnConnect lets the next connections to the gateway go wrong, one each.
func (s *Server) OnConnect(faults ...ConnectFault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.connectFaults = append(s.connectFaults, faults...)
}

func (s *Server) nextConnect() ConnectFault {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.connectFaults) == 0 {
		return ConnectFault{At: -1}
	}
	next := s.connectFaults[0]
	s.connectFaults = s.connectFaults[1:]
	return next
}

// meet lets the connection's fault happen if its moment has come. It reports whether that ends the stage.
func (c *conn) meet(stage Stage) (ends bool) {
	f := c.fault
	if f.At != stage {
		return false
	}
	c.fault.At = -1
	for _, frame := range f.Frames {
		c.op(frame.Op, json.RawMessage(frame.D))
		ends = ends || frame.Op == 7 || frame.Op == 9
	}
	switch {
	case f.Close != 0:
		c.silent = true
		c.close(f.Close)
	case f.Drop:
		c.drop()
	case f.Stall:
		c.stall()
	default:
		return ends
	}
	return true
}

// Shard is the connected sessions of a shard: one, or two while they are handed over.
type Shard struct {
	s  *Server
	id int
}

// Shard returns the handle of a shard, whatever the number of shards is.
func (s *Server) Shard(id int) Shard { return Shard{s, id} }

// each calls f with each connection, and returns how many there are.
func (h Shard) each(f func(*conn)) int {
	h.s.mu.Lock()
	defer h.s.mu.Unlock()
	n := 0
	for _, x := range h.s.sessions {
		if x.conn != nil && x.shard[0] == h.id {
			n++
			f(x.conn)
		}
	}
	return n
}

// Reconnect sends op 7. It returns how many sessions were told, as all methods of a Shard do.
func (h Shard) Reconnect() int { return h.Send(7, "null") }

// Heartbeat sends op 1: the client has to answer with a heartbeat at once.
func (h Shard) Heartbeat() int { return h.Send(1, "null") }

// Invalidate sends op 9. Where it isn't resumable the session is gone; the connection takes another Identify.
func (h Shard) Invalidate(resumable bool) int {
	return h.each(func(c *conn) {
		c.op(9, resumable)
		c.session.conn = nil
		if !resumable {
			delete(h.s.sessions, c.session.id)
		}
		c.session = nil
	})
}

// Send sends a frame of any op, whose d is JSON.
func (h Shard) Send(op int, d string) int {
	return h.each(func(c *conn) { c.op(op, json.RawMessage(d)) })
}

// Event sends an event of any name, with JSON as its data.
func (h Shard) Event(name, data string) int {
	return h.each(func(c *conn) { c.session.dispatch(name, json.RawMessage(data)) })
}

// Repeat sends the last event again: Discord delivers at least once.
func (h Shard) Repeat() int {
	return h.each(func(c *conn) {
		if last := c.session.last; last != nil {
			c.session.dispatch(last.kind, last.data)
		}
	})
}

// Close closes with a code. After 4004, 4007, 4009 and 4010–4014 the session is gone.
func (h Shard) Close(code int) int {
	return h.each(func(c *conn) { h.s.refuseConn(c, code) })
}

// Drop cuts the TCP connection with a reset. The session can be resumed.
func (h Shard) Drop() int {
	return h.each(func(c *conn) { c.drop() })
}

// Stall lets nothing more be sent, not even ACKs, while the connection stays.
func (h Shard) Stall() int {
	return h.each(func(c *conn) { c.stall() })
}

// AwaitReady waits until as many shards are connected: each was sent READY or RESUMED, by one connection or more.
func (s *Server) AwaitReady(ctx context.Context, shards int) error {
	what := fmt.Sprintf("%d connected shards", shards)
	return s.await(ctx, &s.changed, what, func() bool {
		connected := map[[2]int]bool{}
		for _, x := range s.sessions {
			if x.conn != nil {
				connected[x.shard] = true
			}
		}
		return len(connected) == shards
	})
}

// AwaitRequest waits for the nth request on a route, from 0 on. The route is such as "POST /users/@me/channels".
func (s *Server) AwaitRequest(ctx context.Context, route string, n int) (found Request, err error) {
	err = s.await(ctx, &s.changed, "a request "+route, func() bool {
		left := n
		for _, r := range s.requests {
			if r.Route == route {
				if left == 0 {
					found = r
					return true
				}
				left--
			}
		}
		return false
	})
	return found, err
}
