package servertest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
)

// A Setting is a line of a server's configuration: see [Set].
type Setting struct{ name, value string }

// Set sets what the server's own manual calls name: Set("maxmemory-policy", "allkeys-lru") for Redis,
// Set("idle_session_timeout", "100ms") for PostgreSQL.
func Set(name, value string) Setting { return Setting{name, value} }

// Server is what every server of this package can do. It keeps its port and its files while it is down.
type Server struct {
	t testing.TB
	s *server
}

// handle gives a server that runs to a test, with which it ends.
func handle(t testing.TB, s *server) Server {
	t.Helper()
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("log of %s on %s:\n%s", s.name, s.addr(), s.log(0))
		}
		if err := s.remove(); err != nil {
			t.Error(err)
		}
	})
	return Server{t, s}
}

// Addr is the host and port.
func (h Server) Addr() string { return h.s.addr() }

// Start starts a server again that was stopped or killed, on the same port, and waits until it answers.
func (h Server) Start() {
	h.t.Helper()
	if err := h.s.start(); err != nil {
		h.t.Fatal(err)
	}
}

// Stop ends the server in order: what it holds is written, its clients are told.
func (h Server) Stop() {
	h.t.Helper()
	if err := h.s.process.end(h.s.stop); err != nil {
		h.t.Fatal(err)
	}
}

// Kill ends the server at once: nothing is written, no client is told.
func (h Server) Kill() {
	h.t.Helper()
	if err := h.s.process.crash(h.s.fatal); err != nil {
		h.t.Fatal(err)
	}
}

// Restart is Stop and Start.
func (h Server) Restart() {
	h.t.Helper()
	h.Stop()
	h.Start()
}

// server is a program with a folder and a port.
type server struct {
	name    string
	account account
	dir     string
	port    int // 0 until it has started once
	command func(port int) (*exec.Cmd, error)
	answers func(ctx context.Context) error // nil: this very server can be worked with
	stop    syscall.Signal                  // ends it in order
	fatal   syscall.Signal                  // ends it at once
	process *process
}

func (s *server) addr() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port)) }

// start tries again where a server ends before it answers: another process can take a free port before the server
// does, and for an instant a server that was killed still holds what its successor needs.
func (s *server) start() error {
	const attempts = 10
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	known := s.port != 0
	var err error
	for range attempts {
		if !known {
			if s.port, err = freePort(ctx); err != nil {
				return err
			}
		}
		if err = s.launch(ctx); err == nil || ctx.Err() != nil {
			break
		}
	}
	if err != nil {
		return fmt.Errorf("servertest: %s doesn't start: %w\n%s", s.name, err, s.log(0))
	}
	return nil
}

func (s *server) launch(ctx context.Context) error {
	cmd, err := s.command(s.port)
	if err != nil {
		return err
	}
	if s.process, err = s.spawn(cmd); err != nil {
		return err
	}
	ctx, cancel := s.process.whileAlive(ctx)
	defer cancel()
	if err := poll(ctx, s.answers); err != nil {
		return errors.Join(err, s.process.crash(s.fatal))
	}
	return nil
}

// spawn starts a program in the server's folder and account. It writes to a file: a pipe would keep Wait waiting for
// whatever children a killed server leaves.
func (s *server) spawn(cmd *exec.Cmd) (*process, error) {
	log, err := os.OpenFile(s.path("log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close() //nolint:errcheck // the child has its own
	cmd.Stdout, cmd.Stderr = log, log
	cmd.Dir = s.dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"} // not what the user's shell says of servers
	runAs(cmd, s.account)
	return spawn(cmd, s.fatal)
}

func (s *server) path(name string) string { return filepath.Join(s.dir, name) }

// logged is how much the server has written.
func (s *server) logged() int64 {
	info, err := os.Stat(s.path("log"))
	if err != nil {
		return 0
	}
	return info.Size()
}

// log is what the server has written after the first bytes of its log.
func (s *server) log(after int64) string {
	f, err := os.Open(s.path("log"))
	if err != nil {
		return err.Error()
	}
	defer f.Close() //nolint:errcheck // it was only read
	text, err := io.ReadAll(io.NewSectionReader(f, after, 1<<20))
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// remove ends the server and deletes its folder.
func (s *server) remove() error {
	var err error
	if s.process != nil {
		err = s.process.crash(s.fatal)
	}
	return errors.Join(err, os.RemoveAll(s.dir))
}

func freePort(ctx context.Context) (port int, err error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}

// program finds a program by name; what says how to get it.
func program(what string, paths ...string) (string, error) {
	for _, path := range paths {
		if found, err := exec.LookPath(path); err == nil {
			return found, nil
		}
	}
	return "", errors.New("servertest: " + what + " isn't installed: `make services` installs it on Debian, and says what to install elsewhere")
}
