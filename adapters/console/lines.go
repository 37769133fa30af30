package console

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
)

// longestLine is how much of a line is kept, in bytes; the rest of it is read and dropped. It is far above
// what the bot reads of a message, and keeps endless input from filling the memory.
const longestLine = 4 << 20

// Lines reads text line by line. It is for one goroutine.
type Lines struct {
	in    *bufio.Reader
	begun bool
}

// NewLines returns a reader of the lines of in.
func NewLines(in io.Reader) *Lines { return &Lines{in: bufio.NewReaderSize(in, 64<<10)} }

// Next returns the next line without its end, io.EOF after the last one, or the context's error as soon as
// it is cancelled, even while the input says nothing. After an error it must not be called again.
func (l *Lines) Next(ctx context.Context) (string, error) {
	return await(ctx, l.read)
}

// read returns a line. One that ends with the input instead of a newline is a line, too.
func (l *Lines) read() (string, error) {
	var line []byte
	for {
		chunk, err := l.in.ReadSlice('\n')
		line = append(line, chunk[:min(len(chunk), longestLine-len(line))]...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(chunk) == 0 && len(line) == 0:
			return "", io.EOF
		case err != nil && !errors.Is(err, io.EOF):
			return "", err
		}
		return l.trim(line), nil
	}
}

// trim takes off what belongs to the file and not to the line: its end, and a byte order mark at the start.
func (l *Lines) trim(line []byte) string {
	if !l.begun {
		line = bytes.TrimPrefix(line, []byte("\ufeff"))
		l.begun = true
	}
	return strings.TrimSuffix(strings.TrimSuffix(string(line), "\n"), "\r")
}

// await runs read and returns what it returns, or the context's error as soon as it is cancelled. A read
// that blocks can't be stopped: it is left behind, for a process that is about to end.
func await(ctx context.Context, read func() (string, error)) (string, error) {
	type result struct {
		line string
		err  error
	}
	done := make(chan result, 1)
	go func() {
		line, err := read()
		done <- result{line, err}
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case r := <-done:
		return r.line, r.err
	}
}
