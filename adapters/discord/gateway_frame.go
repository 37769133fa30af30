package discord

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"

	"github.com/gorilla/websocket"
)

// frame is a frame of a websocket's server (RFC 6455, section 5.2).
type frame struct {
	opcode  byte
	final   bool
	payload []byte
	raw     []byte // all of it, as it came
}

// longestFrame is more than any event of Discord.
const longestFrame = 64 << 20

// readFrame reads one frame, as a server sends it: not masked, without extensions.
func readFrame(r *bufio.Reader) (frame, error) {
	raw := bytes.NewBuffer(make([]byte, 0, 512))
	head, err := take(raw, r, 2)
	if err != nil {
		return frame{}, err
	}
	f := frame{opcode: head[0] & 0x0f, final: head[0]&0x80 != 0}
	if head[0]&0x70 != 0 || head[1]&0x80 != 0 {
		return frame{}, fmt.Errorf("%w: a frame with an extension, or masked", errGarbled)
	}
	length := uint64(head[1])
	if size := map[uint64]int64{126: 2, 127: 8}[length]; size > 0 {
		long, err := take(raw, r, size)
		if err != nil {
			return frame{}, err
		}
		length = binary.BigEndian.Uint64(append(make([]byte, 8-size, 8), long...))
	}
	if length > longestFrame {
		return frame{}, fmt.Errorf("%w: a frame of %d bytes", errGarbled, length)
	}
	if f.payload, err = take(raw, r, int64(length)); err != nil {
		return frame{}, err
	}
	f.raw = raw.Bytes()
	return f, nil
}

// take reads n bytes and keeps them. Memory grows with what has come, not with what was announced.
func take(kept *bytes.Buffer, r io.Reader, n int64) ([]byte, error) {
	before := kept.Len()
	if _, err := io.CopyN(kept, r, n); err != nil {
		return nil, err
	}
	return kept.Bytes()[before:], nil
}

// closes returns what a close frame says; without a code it is 1005, as the RFC names that.
func (f frame) closes() error {
	if len(f.payload) < 2 {
		return &websocket.CloseError{Code: websocket.CloseNoStatusReceived}
	}
	return &websocket.CloseError{Code: int(binary.BigEndian.Uint16(f.payload)), Text: string(f.payload[2:])}
}
