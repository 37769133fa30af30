package servertest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
)

// respDialer speaks Redis' protocol, a connection for each command: what a test sends by hand is seldom and short.
type respDialer struct{ password string }

func (d respDialer) do(ctx context.Context, addr string, args ...string) (string, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", addr)
	if err != nil {
		return "", err
	}
	defer conn.Close() //nolint:errcheck // everything was read
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	r := bufio.NewReader(conn)
	if d.password != "" {
		if _, err := command(conn, r, "AUTH", d.password); err != nil {
			return "", err
		}
	}
	return command(conn, r, args...)
}

func command(w io.Writer, r *bufio.Reader, args ...string) (string, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "*%d\r\n", len(args))
	for _, arg := range args {
		fmt.Fprintf(&b, "$%d\r\n%s\r\n", len(arg), arg)
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return "", err
	}
	return reply(r)
}

func reply(r *bufio.Reader) (string, error) {
	line, err := r.ReadString('\n')
	if err != nil {
		return "", err
	}
	kind, rest := line[0], strings.TrimSpace(line[1:])
	switch kind {
	case '+', ':':
		return rest, nil
	case '-':
		return "", errors.New(rest)
	}
	n, err := strconv.Atoi(rest)
	if err != nil || n < 0 { // -1: null
		return "", err
	}
	switch kind {
	case '$':
		text := make([]byte, n+len("\r\n"))
		_, err := io.ReadFull(r, text)
		return string(text[:n]), err
	case '*':
		return replies(r, n)
	}
	return "", fmt.Errorf("not a reply of Redis: %q", line)
}

func replies(r *bufio.Reader, n int) (string, error) {
	lines := make([]string, n)
	var err error
	for i := range lines {
		if lines[i], err = reply(r); err != nil {
			return "", err
		}
	}
	return strings.Join(lines, "\n"), nil
}
