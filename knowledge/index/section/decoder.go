package section

import (
	"encoding/binary"
	"math"
)

// AppendString appends a text with its length.
func AppendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// AppendUint appends a number.
func AppendUint[T ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~int](b []byte, n T) []byte {
	return binary.AppendUvarint(b, uint64(n))
}

// Decoder takes a payload apart. After the first fault it yields zeros; Err tells.
type Decoder struct {
	rest []byte
	err  error
}

// NewDecoder returns a decoder of a payload.
func NewDecoder(payload []byte) *Decoder { return &Decoder{rest: payload} }

// Uint returns the next number, which is at most so high.
func (d *Decoder) Uint(most uint64) uint64 {
	n, size := binary.Uvarint(d.rest)
	if size <= 0 || n > most {
		d.Fail("a number is missing, or too high")
		return 0
	}
	d.rest = d.rest[size:]
	return n
}

// Below returns the next number, which is below n: the number of something of which there are n.
func (d *Decoder) Below(n int) uint32 {
	if n <= 0 {
		d.Fail("something is numbered of which there is none")
		return 0
	}
	return uint32(d.Uint(min(uint64(n), math.MaxUint32) - 1))
}

// Count returns how many things follow that take at least a byte each.
func (d *Decoder) Count() int { return int(d.Uint(uint64(len(d.rest)))) }

// String returns the next text. It is a copy.
func (d *Decoder) String() string { return string(d.Bytes(d.Count())) }

// Bytes returns the next n bytes, of the payload itself.
func (d *Decoder) Bytes(n int) []byte {
	if d.err != nil || n < 0 || n > len(d.rest) {
		d.Fail("bytes are missing")
		return nil
	}
	out := d.rest[:n:n]
	d.rest = d.rest[n:]
	return out
}

// Float returns the next floating-point number.
func (d *Decoder) Float() float64 {
	if b := d.Bytes(8); b != nil {
		return math.Float64frombits(binary.LittleEndian.Uint64(b))
	}
	return 0
}

// Fail notes a fault, if it is the first.
func (d *Decoder) Fail(what string) {
	if d.err == nil {
		d.err, d.rest = Damaged("%s", what), nil
	}
}

// Err returns the first fault. Done is Err at the end of the payload, where nothing may be left.
func (d *Decoder) Err() error { return d.err }

// Done returns the first fault; bytes that nothing has taken are one.
func (d *Decoder) Done() error {
	if d.err == nil && len(d.rest) > 0 {
		d.Fail("there is more than was expected")
	}
	return d.err
}
