package discordfake

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// frame is what goes over the gateway.
type frame struct {
	Op   int             `json:"op"`
	D    json.RawMessage `json:"d"`
	S    *int64          `json:"s"`
	Type *string         `json:"t"`
}

// conn is a connection to the gateway. What is sent is queued: nobody waits for a slow client.
type conn struct {
	ws      *websocket.Conn
	host    string // by which the client reached us
	version string
	fault   ConnectFault
	done    chan struct{} // the reading side has ended

	// Guarded by the server's lock.
	session *session
	silent  bool // no heartbeat ACKs, and nothing else
	taken   []time.Time

	queueMu  sync.Mutex
	queue    []outgoing
	queued   chan struct{} // holds a token while the queue isn't empty
	compress bool          // from now on
}

type outgoing struct {
	data     []byte
	compress bool
	code     int  // where it isn't 0: close with it
	drop     bool // cut the connection
}

func (s *Server) serveGateway(w http.ResponseWriter, r *http.Request) {
	fault := s.nextConnect()
	if fault.Refuse != 0 {
		http.Error(w, http.StatusText(fault.Refuse), fault.Refuse)
		return
	}
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // it has answered
	}
	c := &conn{
		ws: ws, host: r.Host, version: r.URL.Query().Get("v"), fault: fault,
		done: make(chan struct{}), queued: make(chan struct{}, 1),
	}
	s.mu.Lock()
	select {
	case <-s.closed:
		s.mu.Unlock()
		_ = ws.Close()
		return
	default:
	}
	if s.conns == nil {
		s.conns, s.sessions = map[*conn]struct{}{}, map[string]*session{}
	}
	s.conns[c] = struct{}{}
	s.running.Go(c.write)
	s.running.Go(func() { s.read(c) })
	s.hello(c)
	s.changed.broadcast()
	s.mu.Unlock()
}

type hello struct {
	HeartbeatInterval int64 `json:"heartbeat_interval"`
}

func (s *Server) hello(c *conn) {
	switch {
	case c.meet(BeforeHello):
	case c.version != "" && c.version != "9" && c.version != "10":
		c.close(4012)
	default:
		c.op(10, hello{s.opts.Heartbeat.Milliseconds()})
		s.alive(c)
	}
}

// op sends a frame that isn't an event.
func (c *conn) op(op int, data any) {
	if c.silent {
		return
	}
	c.enqueue(encode(frame{Op: op, D: encode(data)}))
}

func (c *conn) event(e event) {
	if c.silent {
		return
	}
	c.enqueue(encode(frame{Op: 0, D: e.data, S: &e.seq, Type: &e.kind}))
}

func (c *conn) enqueue(data []byte) { c.push(outgoing{data: data, compress: c.compress}) }

// close sends a close frame. Whether the session survives depends on the code.
func (c *conn) close(code int) { c.push(outgoing{code: code}) }

// drop cuts the connection after what is queued.
func (c *conn) drop() { c.push(outgoing{drop: true}) }

// stall lets nothing more be sent nor taken, while the connection stays.
func (c *conn) stall() {
	c.silent = true
	_ = c.ws.SetReadDeadline(time.Time{})
}

// alive gives the client time for the next heartbeat: twice the interval.
func (s *Server) alive(c *conn) { _ = c.ws.SetReadDeadline(time.Now().Add(2 * s.opts.Heartbeat)) }

func (c *conn) push(out outgoing) {
	c.queueMu.Lock()
	c.queue = append(c.queue, out)
	c.queueMu.Unlock()
	select {
	case c.queued <- struct{}{}:
	default:
	}
}

// write sends what is queued, until the connection ends.
func (c *conn) write() {
	for {
		select {
		case <-c.queued:
		case <-c.done:
			return
		}
		c.queueMu.Lock()
		queue := c.queue
		c.queue = nil
		c.queueMu.Unlock()
		for _, out := range queue {
			if !c.send(out) {
				return
			}
		}
	}
}

// patience is how long a client has for reading a frame, and for closing its side.
const patience = 10 * time.Second

func (c *conn) send(out outgoing) (more bool) {
	_ = c.ws.SetWriteDeadline(time.Now().Add(patience))
	switch {
	case out.drop:
		if tcp, ok := c.ws.NetConn().(*net.TCPConn); ok {
			_ = tcp.SetLinger(0) // a reset, as when a machine is gone
		}
		_ = c.ws.Close()
		return false
	case out.code != 0:
		_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(out.code, reasons(out.code)),
			time.Now().Add(patience))
		_ = c.ws.SetReadDeadline(time.Now().Add(patience)) // the reading side waits for the client's own close frame
		return false
	case out.compress:
		return c.ws.WriteMessage(websocket.BinaryMessage, deflate(out.data)) == nil
	default:
		return c.ws.WriteMessage(websocket.TextMessage, out.data) == nil
	}
}

// deflate compresses a payload by itself, as the Identify's compress asks for.
func deflate(data []byte) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write(data)
	_ = z.Close()
	return b.Bytes()
}

// maxPayload is how long a client's payload may be (docs: events/gateway, "Sending Events").
const maxPayload = 4096

// read takes what the client sends, until the connection ends.
func (s *Server) read(c *conn) {
	defer func() {
		close(c.done)
		_ = c.ws.Close()
	}()
	for {
		_, data, err := c.ws.ReadMessage()
		if err != nil {
			s.disconnected(c, err)
			return
		}
		s.take(c, data)
	}
}

// disconnected ends a connection. A client that closes with 1000 or 1001 gives up its session.
func (s *Server) disconnected(c *conn, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.conns, c)
	if timeout := net.Error(nil); errors.As(err, &timeout) && timeout.Timeout() && !c.silent {
		delete(s.sessions, c.sessionID()) // no heartbeats: the client is a zombie
		_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(4009, reasons(4009)),
			time.Now().Add(time.Second))
	}
	if x := c.session; x != nil && x.conn == c {
		x.conn = nil
		var closed *websocket.CloseError
		if errors.As(err, &closed) && (closed.Code == 1000 || closed.Code == 1001) {
			delete(s.sessions, x.id)
		}
	}
	s.changed.broadcast()
}

// refuseConn closes a connection with a code, and ends its session where the code says so: then a Resume fails.
func (s *Server) refuseConn(c *conn, code int) {
	if x := c.session; x != nil {
		x.conn = nil
		switch code {
		case 4004, 4007, 4009, 4010, 4011, 4012, 4013, 4014:
			delete(s.sessions, x.id)
		}
	}
	c.silent = true
	c.close(code)
}

func (c *conn) sessionID() string {
	if c.session == nil {
		return ""
	}
	return c.session.id
}

// reasons are the texts of the close codes (docs: topics/opcodes-and-status-codes).
func reasons(code int) string {
	return map[int]string{
		4000: "Unknown error.", 4001: "Unknown opcode.", 4002: "Error while decoding payload.", 4003: "Not authenticated.",
		4004: "Authentication failed.", 4005: "Already authenticated.", 4007: "Invalid seq.", 4008: "Rate limited.",
		4009: "Session timed out.", 4010: "Invalid shard.", 4011: "Sharding required.", 4012: "Invalid API version.",
		4013: "Invalid intent(s).", 4014: "Disallowed intent(s).",
	}[code]
}
