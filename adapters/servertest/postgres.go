package servertest

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// Postgres returns the URL of a new, empty database on a server that all tests of the binary share. Its owner, as whom
// the URL logs in, is neither a superuser nor does it bypass row level security; it may create roles, which the
// server's other databases see too. Database and owner are dropped with the test; who is still connected is cut off.
// The package's TestMain has to call [Main].
func Postgres(t testing.TB) string {
	t.Helper()
	pg, err := shared.get()
	if err != nil {
		t.Fatal(err)
	}
	from := pg.logged()
	name, url, err := pg.createDatabase(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := pg.dropDatabase(context.Background(), name); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			t.Logf("log of PostgreSQL during the test, whose database is %s:\n%s", name, pg.log(from))
		}
	})
	return url
}

// PostgresServer is a PostgreSQL of a test's own.
type PostgresServer struct {
	Server
	pg *postgres
}

// StartPostgres starts a PostgreSQL that the test may stop and kill. It takes a second: a test that only needs a
// database calls [Postgres].
func StartPostgres(t testing.TB, settings ...Setting) *PostgresServer {
	t.Helper()
	pg, err := newPostgres(settings)
	if err != nil {
		t.Fatal(err)
	}
	return &PostgresServer{handle(t, pg.server), pg}
}

// Durable makes PostgreSQL wait for the disk at each commit, as in production; without it tests are faster, and what
// was committed still survives [Server.Kill], if not the machine's own crash.
func Durable() Setting { return Set("fsync", "on") }

// Database returns the URL of a new database as [Postgres] describes it. It lasts as long as the server.
func (s *PostgresServer) Database() string {
	s.t.Helper()
	_, url, err := s.pg.createDatabase(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return url
}

// postgres is a server and its superuser's password, which also tells it from a stranger on the same port.
type postgres struct {
	*server
	password string
}

func newPostgres(settings []Setting) (pg *postgres, err error) {
	bin, err := postgresPrograms()
	if err != nil {
		return nil, err
	}
	who, err := unprivileged()
	if err != nil {
		return nil, err
	}
	dir, err := who.folder()
	if err != nil {
		return nil, err
	}
	pg = &postgres{password: rand.Text()}
	pg.server = &server{
		name: "PostgreSQL", dir: dir, account: who, answers: pg.ping,
		stop: syscall.SIGINT, fatal: syscall.SIGQUIT,
		command: func(port int) (*exec.Cmd, error) { return postgresCommand(bin, dir, port, settings), nil },
	}
	if err = pg.init(bin); err == nil {
		err = pg.start()
	}
	if err != nil {
		return nil, errors.Join(err, pg.remove())
	}
	return pg, nil
}

// init makes the files of a cluster, with small files for the log of changes: see [PostgresServer.FillDisk]. Text sorts by language (ICU), as most databases in production do and C doesn't:
// a query that relies on the order of bytes has to say so.
func (pg *postgres) init(bin string) error {
	secret := pg.path("password")
	if err := os.WriteFile(secret, []byte(verifier(pg.password)), 0o600); err != nil {
		return err
	}
	if err := pg.account.own(secret); err != nil {
		return err
	}
	p, err := pg.spawn(exec.Command(filepath.Join(bin, "initdb"), //nolint:noctx // it ends by itself, or with us
		"--pgdata", pg.path("data"), "--username", superuser, "--pwfile", secret, "--auth", "scram-sha-256",
		"--encoding", "UTF8", "--locale", "C", "--locale-provider", "icu", "--icu-locale", "und", "--wal-segsize", "1", "--no-sync"))
	if err != nil {
		return err
	}
	<-p.done
	if !p.cmd.ProcessState.Success() {
		return fmt.Errorf("servertest: initdb: %s\n%s", p.cmd.ProcessState, pg.log(0))
	}
	return nil
}

func postgresCommand(bin, dir string, port int, settings []Setting) *exec.Cmd {
	defaults := []Setting{
		Set("listen_addresses", "127.0.0.1"),
		Set("unix_socket_directories", ""),
		Set("max_connections", "100"),
		Set("shared_buffers", "32MB"),
		Set("dynamic_shared_memory_type", "mmap"), // in the folder: nothing is left in /dev/shm
		Set("log_line_prefix", "%m [%p] %d "),
		Set("fsync", "off"),
	}
	args := []string{"-D", filepath.Join(dir, "data"), "-p", strconv.Itoa(port)}
	for _, s := range slices.Concat(defaults, settings) { // of two the last holds
		args = append(args, "-c", s.name+"="+s.value)
	}
	return exec.Command(filepath.Join(bin, "postgres"), args...) //nolint:noctx // it ends with its server
}

// postgresPrograms is the folder of the newest PostgreSQL: Debian keeps one for each version, none in PATH.
func postgresPrograms() (string, error) {
	dirs, _ := filepath.Glob("/usr/lib/postgresql/*/bin") // the pattern is well formed
	slices.SortFunc(dirs, func(a, b string) int { return cmp.Compare(debianVersion(b), debianVersion(a)) })
	path, err := program("PostgreSQL 15 or newer", initdbs(dirs)...)
	return filepath.Dir(path), err
}

func initdbs(dirs []string) []string {
	var paths []string
	for _, dir := range dirs {
		if debianVersion(dir) >= 15 {
			paths = append(paths, filepath.Join(dir, "initdb"))
		}
	}
	return append(paths, "initdb")
}

func debianVersion(bin string) int {
	version, _ := strconv.Atoi(strings.Split(bin, "/")[4]) // 0 where it isn't a number
	return version
}
