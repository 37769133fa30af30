// Package section writes and reads files that consist of sections: each with its tag, its length and a checksum. It
// reads no more than there is, believes no length that it wasn't shown, and hands on no section that is damaged.
package section

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

// Tag says what a section holds.
type Tag byte

// ErrDamaged is the error of all that can't have been written by Write: cut off, changed, or something else.
var ErrDamaged = errors.New("the file is damaged")

// Damaged returns an ErrDamaged that says what is wrong.
func Damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrDamaged, fmt.Sprintf(format, args...))
}

const (
	headSize = 1 + 8
	sumSize  = 4
)

// checksum is CRC-32C, which processors compute themselves. The head is part of it.
func checksum(head, payload []byte) uint32 {
	table := crc32.MakeTable(crc32.Castagnoli)
	return crc32.Update(crc32.Checksum(head, table), table, payload)
}

// Write writes one section.
func Write(w io.Writer, tag Tag, payload []byte) error {
	head := binary.LittleEndian.AppendUint64([]byte{byte(tag)}, uint64(len(payload)))
	for _, part := range [][]byte{head, payload, binary.LittleEndian.AppendUint32(nil, checksum(head, payload))} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// Read reads the next section. Memory grows with what is really there, whatever length the head states.
func Read(r io.Reader) (Tag, []byte, error) {
	var head [headSize]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, nil, cut(err)
	}
	length := binary.LittleEndian.Uint64(head[1:])
	if length > 1<<62 {
		return 0, nil, Damaged("a section claims %d bytes", length)
	}
	payload, err := read(r, length)
	if err != nil {
		return 0, nil, cut(err)
	}
	var sum [sumSize]byte
	if _, err := io.ReadFull(r, sum[:]); err != nil {
		return 0, nil, cut(err)
	}
	if binary.LittleEndian.Uint32(sum[:]) != checksum(head[:], payload) {
		return 0, nil, Damaged("a checksum differs")
	}
	return Tag(head[0]), payload, nil
}

// Expect reads the next section, which has to carry a tag.
func Expect(r io.Reader, want Tag) (*Decoder, error) {
	tag, payload, err := Read(r)
	if err != nil {
		return nil, err
	}
	if tag != want {
		return nil, Damaged("a section %q stands where %q is expected", tag, want)
	}
	return NewDecoder(payload), nil
}

// trusted is how many bytes are made room for before they have been seen.
const trusted = 1 << 20

func read(r io.Reader, length uint64) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(int(min(length, trusted)))
	n, err := io.CopyN(&b, r, int64(length))
	if err == nil && uint64(n) < length {
		err = io.ErrUnexpectedEOF
	}
	return b.Bytes(), err
}

// cut turns the end of the file in the middle of something into an ErrDamaged. Other errors are of the reader.
func cut(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return Damaged("it ends too early")
	}
	return err
}
