package sqlstore_test

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/servertest"
	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/storetest"
)

const canary = "s3cr3t-c4nary"

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	garbage := filepath.Join(dir, "garbage.db")
	if err := os.WriteFile(garbage, []byte(strings.Repeat("this is no database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	there, err := url.Parse(servertest.Postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	wrong := *there
	wrong.User = url.UserPassword(there.User.Username(), canary)
	nowhere := *there
	nowhere.Path = "/none"
	crowded := servertest.Postgres(t)
	at, err := url.Parse(crowded)
	if err != nil {
		t.Fatal(err)
	}
	execute(t, rawDB(t, "pgx", crowded), "ALTER DATABASE "+strings.TrimPrefix(at.Path, "/")+" CONNECTION LIMIT 0")
	for name, tc := range map[string]struct {
		url  string
		want knowledge.ErrorKind
		says string
	}{
		"a file that isn't there": {filepath.Join(dir, "none.db"), knowledge.NotFound, "none.db"},
		"a folder":                {dir, knowledge.Invalid, "folder"},
		"another file":            {garbage, knowledge.Unavailable, "isn't a database"},
		"two slashes":             {"sqlite://base.db", knowledge.Invalid, "three slashes"},
		"an account":              {"root:" + canary + "@localhost/x", knowledge.Invalid, "postgres://"},
		"a list of settings":      {"host=localhost password=" + canary, knowledge.Invalid, "postgres://"},
		"no name":                 {"", knowledge.Invalid, "No database is named"},
		"another scheme":          {"mysql://root:" + canary + "@localhost/x", knowledge.Invalid, "postgres://"},
		"no URL":                  {"postgres://user:" + canary + "%zz@localhost:port/x", knowledge.Invalid, "escaped"},
		"nobody there":            {"postgres://user:" + canary + "@127.0.0.1:1/x", knowledge.Unavailable, "doesn't answer"},
		"a wrong password":        {wrong.String(), knowledge.Unavailable, "password"},
		"no such database":        {nowhere.String(), knowledge.Unavailable, "isn't there"},
		"too many connections":    {crowded, knowledge.Unavailable, "lets nobody else in"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := sqlstore.Open(t.Context(), tc.url, sqlstore.Options{Existing: true})
			if knowledge.KindOf(err) != tc.want || !strings.Contains(knowledge.MessageOf(err), tc.says) {
				t.Errorf("%v is of kind %s", err, knowledge.KindOf(err))
			}
			if err != nil && strings.Contains(err.Error(), canary) {
				t.Errorf("the password is told: %v", err)
			}
		})
	}
	if _, err := os.Stat(filepath.Join(dir, "none.db")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file was made: %v", err)
	}
}

func TestOpenMakesTheFile(t *testing.T) {
	t.Parallel()
	for name, as := range map[string]func(path string) string{
		"path": func(path string) string { return path },
		"url":  func(path string) string { return (&url.URL{Scheme: "sqlite", Path: path}).String() },
	} {
		path := filepath.Join(t.TempDir(), "a folder", "100% #1?", "base.db")
		s := openStore(t, as(path))
		storetest.Commit(t, s, storetest.Change(0, storetest.Claim("", "a", 1, "a1")))
		for file, want := range map[string]fs.FileMode{filepath.Dir(path): 0o700, path: 0o600, path + "-wal": 0o600} {
			if info, err := os.Stat(file); err != nil || info.Mode().Perm() != want {
				t.Errorf("%s: %s: %v, %v", name, file, info, err)
			}
		}
		again, err := sqlstore.Open(t.Context(), path, sqlstore.Options{Existing: true})
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(again.Ping(t.Context()), again.Close()); err != nil {
			t.Error(err)
		}
	}
}

func TestMigrationsAreListed(t *testing.T) {
	t.Parallel()
	for driver, url := range map[string]string{"sqlite": filepath.Join(t.TempDir(), "base.db"), "pgx": servertest.Postgres(t)} {
		s, err := sqlstore.Open(t.Context(), url, sqlstore.Options{Unmigrated: true})
		if err != nil {
			t.Fatal(err)
		}
		before, err := s.Migrations(t.Context())
		if err != nil || len(before) == 0 || before[0].Name != "claims" || before[0].Version != 1 || !before[0].AppliedAt.IsZero() {
			t.Errorf("%s: before: %v, %v", driver, before, err)
		}
		if err := errors.Join(s.Migrate(t.Context()), s.Ping(t.Context())); err != nil {
			t.Error(err)
		}
		after, err := s.Migrations(t.Context())
		if err != nil || time.Since(after[0].AppliedAt).Abs() > time.Hour {
			t.Errorf("%s: after: %v, %v", driver, after, err)
		}
		execute(t, rawDB(t, driver, url), "UPDATE goose_db_version SET version_id = 99 WHERE version_id = 1")
		if err := s.Migrate(t.Context()); knowledge.KindOf(err) != knowledge.Unavailable || !strings.Contains(knowledge.MessageOf(err), "newer") {
			t.Errorf("%s: of a newer program: %v", driver, err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A role that may create none is told what to run; once that was done, it works.
func TestRoleIsCreatedByAnother(t *testing.T) {
	t.Parallel()
	url := servertest.Postgres(t)
	db := rawDB(t, "pgx", url)
	var user, name string
	if err := db.QueryRowContext(t.Context(), "SELECT current_user, current_database()").Scan(&user, &name); err != nil {
		t.Fatal(err)
	}
	execute(t, db, `CREATE ROLE "`+user+`_maker" NOLOGIN CREATEROLE; GRANT "`+user+`_maker" TO "`+user+`"`)
	execute(t, db, `ALTER ROLE "`+user+`" NOCREATEROLE`)
	_, err := sqlstore.Open(t.Context(), url, sqlstore.Options{})
	if knowledge.KindOf(err) != knowledge.Unavailable || !strings.Contains(knowledge.MessageOf(err), "CREATE ROLE") {
		t.Fatalf("%v", err)
	}
	_, statements, _ := strings.Cut(knowledge.MessageOf(err), "once:")
	execute(t, db, `SET ROLE "`+user+`_maker"; `+statements+` RESET ROLE`)
	s := openStore(t, url)
	storetest.Commit(t, s, storetest.Change(0, storetest.Claim("", "a", 1, "a1")))
}

// Who stops waiting is let go at once, though another holds the lock for long.
func TestCancelledWhileLocked(t *testing.T) {
	t.Parallel()
	for driver, url := range map[string]string{"sqlite": filepath.Join(t.TempDir(), "base.db"), "pgx": servertest.Postgres(t)} {
		t.Run(driver, func(t *testing.T) {
			t.Parallel()
			s := openStore(t, url)
			storetest.Commit(t, s, storetest.Change(0, storetest.Claim("", "a", 1, "a1")))
			holdLock(t, driver, url)
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			defer cancel()
			began := time.Now()
			_, err := s.Commit(ctx, storetest.Change(1, storetest.Claim("", "a", 2, "a2")))
			if knowledge.KindOf(err) != knowledge.Unavailable || !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%v", err)
			}
			if waited := time.Since(began); waited > 2*time.Second {
				t.Errorf("it took %s", waited)
			}
			if _, err := s.Heads(t.Context(), ""); err != nil { // who reads doesn't wait
				t.Error(err)
			}
		})
	}
}

// holdLock keeps everybody from writing until the test ends.
func holdLock(t testing.TB, driver, url string) {
	t.Helper()
	conn, err := rawDB(t, driver, url).Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	statements := []string{"BEGIN IMMEDIATE"}
	if driver == "pgx" {
		statements = []string{"BEGIN", "SELECT set_config('whosays.tenant', '', true)", "SELECT 1 FROM heads FOR UPDATE"}
	}
	for _, statement := range statements {
		if _, err := conn.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		if _, err := conn.ExecContext(context.Background(), "ROLLBACK"); err != nil {
			t.Error(err)
		}
		if err := conn.Close(); err != nil && !errors.Is(err, sql.ErrConnDone) {
			t.Error(err)
		}
	})
}
