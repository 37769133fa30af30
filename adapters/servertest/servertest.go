// Package servertest starts real servers for tests, as httptest does for HTTP: PostgreSQL, Redis with a replica and
// Sentinel, and a proxy that makes the way to them fail. Each listens on a free port of 127.0.0.1, keeps its files in
// a temporary folder and ends with its test; on Linux it ends even where the test's process is killed. What isn't
// installed fails the test, which is never skipped: `make services` installs it.
//
// Handles end their test where something fails, so their methods are called from the test's own goroutine.
package servertest

import (
	"fmt"
	"os"
	"sync"
	"testing"
)

// Main runs the tests of a package that calls [Postgres], and then stops the server that they shared:
//
//	func TestMain(m *testing.M) { servertest.Main(m) }
func Main(m *testing.M) { Around(m).Run() }

// Around is [Main] for those who run the tests themselves, such as testscript.Main and goleak.VerifyTestMain.
func Around(m Runner) Runner { return around{m} }

// Runner is a *testing.M, or what stands for one.
type Runner interface{ Run() int }

type around struct{ tests Runner }

func (a around) Run() int {
	shared.open()
	code := a.tests.Run()
	if err := shared.close(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return max(code, 1)
	}
	return code
}

//nolint:gochecknoglobals // One server for all tests of a binary: they have nothing else in common that could hold it.
var shared sharedPostgres

// sharedPostgres is started by the first test that asks for it. Without Main nobody would stop it, so none starts.
type sharedPostgres struct {
	mu     sync.Mutex
	opened bool
	server *postgres
	err    error // of the start: the other tests fail at once
}

func (s *sharedPostgres) open() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opened = true
}

func (s *sharedPostgres) get() (*postgres, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.opened {
		return nil, fmt.Errorf("servertest: nobody would stop the shared PostgreSQL: call servertest.Main from TestMain")
	}
	if s.server == nil && s.err == nil {
		s.server, s.err = newPostgres(nil)
	}
	return s.server, s.err
}

func (s *sharedPostgres) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opened = false
	if s.server == nil {
		return nil
	}
	return s.server.remove()
}
