//go:build unix

package digesttest

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/jackc/pgx/v5/stdlib"
	"modernc.org/sqlite"

	"github.com/whosays/whosays/adapters/servertest"
)

// engine is a database that replicas share, and how one of them is made to stand still inside of a transaction: in front of its last row.
type engine struct {
	name     string
	replicas int
	driver   string
	url      func(testing.TB) string
	barrier  string // what is done in front of the row
}

var engines = []engine{
	{"sqlite", 1, "sqlite", func(t testing.TB) string { return filepath.Join(t.TempDir(), "base.db") }, `
		CREATE TRIGGER stand BEFORE INSERT ON slots BEGIN SELECT stand(NEW.subscription); END`},
	{"postgres", 3, "pgx", func(t testing.TB) string { return servertest.Postgres(t) }, `
		CREATE FUNCTION stand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
			PERFORM pg_advisory_xact_lock_shared(substring(current_setting('application_name') FROM 9)::bigint);
			RETURN NEW;
		END $$;
		CREATE TRIGGER stand BEFORE INSERT ON slots FOR EACH ROW EXECUTE FUNCTION stand()`},
}

// standInside lets SQLite stand still in this process: the trigger's function is the process's own. PostgreSQL's waits for a lock.
func standInside(g *gate) error {
	return sqlite.RegisterScalarFunction("stand", 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		g.pass(insidePublish, fmt.Sprint(args[0]))
		return nil, nil
	})
}

// hand is the test's way into a database, past the store.
type hand struct {
	t  testing.TB
	db *sql.DB
}

func newHand(t testing.TB, e engine, url string) hand {
	t.Helper()
	db, err := sql.Open(e.driver, url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if e.driver == "sqlite" {
		db.SetMaxOpenConns(1)
		hand{t, db}.alter("", "PRAGMA busy_timeout = 10000")
	}
	return hand{t, db}
}

// alter runs a statement as a tenant, whose rows alone PostgreSQL lets it see.
func (h hand) alter(tenant, statement string, args ...any) {
	h.t.Helper()
	ctx := h.t.Context()
	conn, err := h.db.Conn(ctx)
	if err == nil && tenant != "" && h.pg() {
		_, err = conn.ExecContext(ctx, "SELECT set_config('whosays.tenant', $1, false)", tenant)
	}
	if err == nil {
		_, err = conn.ExecContext(ctx, statement, args...)
	}
	if err == nil {
		err = conn.Close()
	}
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h hand) pg() bool {
	_, ok := h.db.Driver().(*stdlib.Driver)
	return ok
}

// barrier is the test's hand on the transactions of replicas.
type barrier struct {
	hand
	conn *sql.Conn // holds the locks; nil: the replicas have a gate of their own
}

func newBarrier(t testing.TB, e engine, url string) *barrier {
	t.Helper()
	b := &barrier{hand: newHand(t, e, url)}
	b.alter("", e.barrier)
	if b.pg() {
		var err error
		if b.conn, err = b.db.Conn(t.Context()); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = b.conn.Close() })
	}
	return b
}

// close makes a replica stand inside of its next Publish.
func (b *barrier) close(number int) { b.lock("pg_advisory_lock", number) }

// open lets it go on, or lets the server see that it is gone.
func (b *barrier) open(number int) { b.lock("pg_advisory_unlock", number) }

func (b *barrier) lock(function string, number int) {
	b.t.Helper()
	if _, err := b.conn.ExecContext(b.t.Context(), "SELECT "+function+"($1)", number); err != nil {
		b.t.Fatal(err)
	}
}

// stands reports whether a replica stands inside of Publish.
func (b *barrier) stands(ctx context.Context, number int) bool {
	var waits bool
	err := b.db.QueryRowContext(ctx, "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND NOT granted)", number).Scan(&waits)
	return err == nil && waits
}
