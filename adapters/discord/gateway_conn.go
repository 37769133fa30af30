package discord

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// gatewayConn is the connection below discordgo's websocket. It sees every frame before discordgo does, so that the
// supervisor learns why a connection ended, and discordgo never meets the frames that it can't bear: see workarounds
// in gateway_session.go. Whatever ends it is in cause.
//
// It is read by one goroutine at a time, as net/http and the websocket do; all else may be called at once.
type gatewayConn struct {
	net.Conn
	in   *bufio.Reader
	rest []byte // was read, and not yet taken by the websocket

	upgraded bool          // the handshake is over
	interval time.Duration // of heartbeats, as Hello asks for; 0 before it
	opened   bool          // something came after Hello
	patience time.Duration // for Hello, and for what follows it
	due      time.Time     // when something has to have come

	writing sync.Mutex
	mu      sync.Mutex
	ended   error
}

// Why a connection ended, beside *websocket.CloseError.
var (
	errReconnect = errors.New("the gateway asked to reconnect (op 7)")
	errSilent    = errors.New("the gateway fell silent")
	errDropped   = errors.New("the connection was cut")
	errStopped   = errors.New("the connection was closed here")
	errLibrary   = errors.New("discordgo closed the connection by itself")
	errGarbled   = errors.New("the gateway sent what it must not")
)

// invalidSession is op 9.
type invalidSession struct{ resumable bool }

func (e invalidSession) Error() string {
	return fmt.Sprintf("the gateway doesn't know the session (op 9, resumable: %v)", e.resumable)
}

// refusedUpgrade is an answer that isn't a websocket.
type refusedUpgrade struct{ status int }

func (e refusedUpgrade) Error() string {
	return fmt.Sprintf("the gateway answered with status %d instead of a websocket", e.status)
}

func newGatewayConn(inner net.Conn, patience time.Duration) *gatewayConn {
	return &gatewayConn{Conn: inner, in: bufio.NewReaderSize(inner, 16<<10), patience: patience, due: time.Now().Add(patience)}
}

// Read returns bytes of the handshake or of a frame. Its error is the cause.
func (c *gatewayConn) Read(p []byte) (int, error) {
	for len(c.rest) == 0 {
		_ = c.SetReadDeadline(c.due) // fails where reading does
		rest, err := c.next()
		if err != nil {
			return 0, c.fail(err)
		}
		c.rest = rest
	}
	n := copy(p, c.rest)
	c.rest = c.rest[n:]
	return n, nil
}

// next returns what the websocket is to see of what comes next.
func (c *gatewayConn) next() ([]byte, error) {
	if !c.upgraded {
		return c.handshake()
	}
	f, err := readFrame(c.in)
	if err != nil {
		return nil, err
	}
	pass, err := c.inspect(f)
	if err != nil || !pass {
		return nil, err
	}
	return f.raw, nil
}

// longestHandshake is more than any proxy adds to an answer's header.
const longestHandshake = 64 << 10

func (c *gatewayConn) handshake() ([]byte, error) {
	var head []byte
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return nil, err
		}
		if head = append(head, line...); len(head) > longestHandshake {
			return nil, fmt.Errorf("%w: a header without end", errGarbled)
		}
		if len(bytes.TrimSpace(line)) == 0 {
			break
		}
	}
	c.upgraded = true
	if status := answered(string(head)); status != 101 {
		return nil, refusedUpgrade{status}
	}
	return head, nil
}

// answered returns the status of an answer's header; 0 where there is none.
func answered(head string) int {
	line, _, _ := strings.Cut(head, "\r\n")
	_, line, _ = strings.Cut(line, " ")
	code, _, _ := strings.Cut(line, " ")
	status, _ := strconv.Atoi(code)
	return status
}

// envelope is what goes around everything that the gateway sends (docs: events/gateway-events, "Payload Structure").
type envelope struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
	Type string          `json:"t"`
}

// longestControl bounds what is looked into. Frames that aren't events are far shorter.
const longestControl = 4 << 10

// inspect reports whether a frame may pass. The error ends the connection.
func (c *gatewayConn) inspect(f frame) (pass bool, err error) {
	switch {
	case f.opcode == websocket.CloseMessage:
		return false, f.closes()
	case f.opcode != websocket.TextMessage || !f.final || len(f.payload) > longestControl:
		return c.open()
	}
	var e envelope
	if !bytes.HasPrefix(bytes.TrimSpace(f.payload), []byte("{")) || json.Unmarshal(f.payload, &e) != nil {
		return false, nil // discordgo panics on null, and loses its way on the rest
	}
	switch e.Op {
	case 7:
		return false, errReconnect
	case 9:
		return false, invalidSession{string(e.Data) == "true"}
	case 10:
		return true, c.hello(e.Data)
	case 11:
		if c.opened {
			c.due = time.Now().Add(2 * c.interval)
		}
		return c.opened, nil
	case 0:
		if !decodable(e) {
			return false, nil
		}
	}
	return c.open()
}

// open notes that something comes after Hello: from now on heartbeats are sent, and their ACKs have to come.
func (c *gatewayConn) open() (bool, error) {
	if c.interval == 0 {
		return false, fmt.Errorf("%w: something before Hello", errGarbled)
	}
	if !c.opened {
		c.opened, c.due = true, time.Now().Add(2*c.interval)
	}
	return true, nil
}

func (c *gatewayConn) hello(data json.RawMessage) error {
	var h struct {
		Interval int64 `json:"heartbeat_interval"` // ms
	}
	if err := json.Unmarshal(data, &h); err != nil || h.Interval < 1 || h.Interval > time.Hour.Milliseconds() {
		return fmt.Errorf("%w: a Hello without a heartbeat_interval", errGarbled)
	}
	c.interval = time.Duration(h.Interval) * time.Millisecond
	c.due = time.Now().Add(c.patience)
	return nil
}

// decodable reports an event that discordgo bears: it looks into guilds without asking whether they are there.
func decodable(e envelope) bool {
	if e.Type != "GUILD_CREATE" && e.Type != "GUILD_UPDATE" {
		return true
	}
	var guild struct {
		ID string `json:"id"`
	}
	return json.Unmarshal(e.Data, &guild) == nil && guild.ID != ""
}

// writeWithin is how long the network may take for a frame.
const writeWithin = 10 * time.Second

// Write sends a frame. It never fails: the reading side tells what happened, to one goroutine alone.
func (c *gatewayConn) Write(p []byte) (int, error) {
	if len(p) > 0 && p[0] == closeFrame {
		_ = c.fail(errLibrary)
		return len(p), nil
	}
	c.writing.Lock()
	defer c.writing.Unlock()
	if c.cause() == nil {
		_ = c.SetWriteDeadline(time.Now().Add(writeWithin))
		if _, err := c.Conn.Write(p); err != nil {
			_ = c.fail(err)
		}
	}
	return len(p), nil
}

// Close cuts the connection.
func (c *gatewayConn) Close() error {
	_ = c.fail(errLibrary)
	return nil
}

// stop says goodbye, by which Discord forgets the session, and cuts the connection.
func (c *gatewayConn) stop() {
	_ = c.SetWriteDeadline(time.Now().Add(time.Second)) // for whoever is writing, too
	c.writing.Lock()
	defer c.writing.Unlock()
	if c.cause() == nil {
		_ = c.SetWriteDeadline(time.Now().Add(time.Second))
		_, _ = c.Conn.Write(goodbye())
	}
	_ = c.fail(errStopped)
}

// closeFrame is the first byte of a close frame: all of it is in one.
const closeFrame = 0x80 | websocket.CloseMessage

// goodbye is a close frame with 1000, of a client: masked, with zeros.
func goodbye() []byte {
	return binary.BigEndian.AppendUint16([]byte{closeFrame, 0x80 | 2, 0, 0, 0, 0}, websocket.CloseNormalClosure)
}

// fail ends the connection without a close frame, so that the session can be resumed. It returns the cause, which is
// that of the first call.
func (c *gatewayConn) fail(err error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended == nil {
		c.ended = causeOf(err)
		_ = c.Conn.Close()
	}
	return c.ended
}

func (c *gatewayConn) cause() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ended
}

// causeOf tells silence and a cut from what the gateway said.
func causeOf(err error) error {
	switch network := net.Error(nil); {
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded):
		return errSilent
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &network):
		return fmt.Errorf("%w: %w", errDropped, err)
	}
	return err
}
