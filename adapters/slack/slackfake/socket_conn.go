package slackfake

import (
	"net"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// conn is a connection of Socket Mode. What is sent is queued: nobody waits for a slow client.
type conn struct {
	ws     *websocket.Conn
	number int
	done   chan struct{} // the reading side has ended
	queued chan struct{} // holds a token while the queue isn't empty

	// Guarded by the server's lock.
	fault   ConnectFault
	ready   bool // it was said hello to
	leaving bool // it was told to disconnect, and gets no more envelopes
	silent  bool // nothing is sent or taken any more

	queueMu sync.Mutex
	queue   []outgoing
	mute    bool // no pings either
}

type outgoing struct {
	data  []byte
	close bool // close the connection in good order
	drop  bool // cut it, without a close frame
	reset bool // with a reset, by which the client may lose what it hasn't read yet
}

func (c *conn) send(data []byte) {
	if !c.silent {
		c.push(outgoing{data: data})
	}
}

func (c *conn) close() { c.push(outgoing{close: true}) }

// drop cuts the connection after what is queued, with a reset as when a machine is gone or in good order of TCP.
func (c *conn) drop(reset bool) { c.push(outgoing{drop: true, reset: reset}) }

// stall lets nothing more be sent nor taken, while the connection stays.
func (c *conn) stall() {
	c.silent = true
	c.queueMu.Lock()
	c.mute = true
	c.queueMu.Unlock()
}

type disconnectJSON struct {
	Type   string    `json:"type"`
	Reason string    `json:"reason"`
	Debug  debugJSON `json:"debug_info"`
}

// disconnect tells the client to connect anew. Slack closes the connection some seconds later.
func (c *conn) disconnect(reason string) {
	c.send(encode(disconnectJSON{"disconnect", reason, debugJSON{Host: socketHost}}))
	c.leaving = reason != "warning"
}

func (c *conn) push(out outgoing) {
	c.queueMu.Lock()
	c.queue = append(c.queue, out)
	c.queueMu.Unlock()
	select {
	case c.queued <- struct{}{}:
	default:
	}
}

// write sends what is queued, and pings, until the connection ends.
func (c *conn) write(every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	if !c.ping() {
		return
	}
	for {
		select {
		case <-c.queued:
		case <-ticker.C:
			if !c.ping() {
				return
			}
			continue
		case <-c.done:
			return
		}
		c.queueMu.Lock()
		queue := c.queue
		c.queue = nil
		c.queueMu.Unlock()
		for _, out := range queue {
			if !c.write1(out) {
				return
			}
		}
	}
}

// patience is how long a client has for reading a frame, and for closing its side.
const patience = 10 * time.Second

func (c *conn) ping() (more bool) {
	c.queueMu.Lock()
	mute := c.mute
	c.queueMu.Unlock()
	return mute || c.ws.WriteControl(websocket.PingMessage, []byte("Ping from "+socketHost), time.Now().Add(patience)) == nil
}

func (c *conn) write1(out outgoing) (more bool) {
	_ = c.ws.SetWriteDeadline(time.Now().Add(patience))
	switch {
	case out.drop:
		if tcp, ok := c.ws.NetConn().(*net.TCPConn); ok && out.reset {
			_ = tcp.SetLinger(0)
		}
		_ = c.ws.Close()
		return false
	case out.close:
		_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""),
			time.Now().Add(patience))
		_ = c.ws.SetReadDeadline(time.Now().Add(patience)) // the reading side waits for the client's own close frame
		return false
	default:
		return c.ws.WriteMessage(websocket.TextMessage, out.data) == nil
	}
}

// read takes what the client sends, until the connection ends.
func (s *Server) read(c *conn) {
	defer func() {
		s.mu.Lock()
		delete(s.conns, c)
		s.changed.broadcast()
		s.mu.Unlock()
		close(c.done)
		_ = c.ws.Close()
	}()
	for {
		_, data, err := c.ws.ReadMessage()
		if err != nil {
			return
		}
		s.take(c, data)
	}
}
