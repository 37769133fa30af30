package sqlstore_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"

	"github.com/whosays/whosays/adapters/servertest"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/storetest"
)

// tamperings alter, delete and insert each column and row of a chain of four changes: of claims a and b at first, then a, b and a.
var tamperings = map[string]string{
	"head's tenant":               "UPDATE heads SET tenant = 'x'",
	"head's revision":             "UPDATE heads SET revision = revision + 1",
	"head's hash":                 "UPDATE heads SET hash = 'x'",
	"head's time":                 "UPDATE heads SET at = at + 1",
	"head set back":               "UPDATE heads SET revision = 3, hash = (SELECT hash FROM changes WHERE revision = 3), at = (SELECT at FROM changes WHERE revision = 3)",
	"head deleted":                "DELETE FROM heads",
	"change's tenant":             "UPDATE changes SET tenant = 'x' WHERE revision = 2",
	"change's revision":           "UPDATE changes SET revision = 9 WHERE revision = 2",
	"last change's revision":      "UPDATE changes SET revision = 9 WHERE revision = 4",
	"change's action":             "UPDATE changes SET action = 'retract' WHERE revision = 2",
	"change's actor":              "UPDATE changes SET actor = 'x' WHERE revision = 2",
	"change's reason":             "UPDATE changes SET reason = 'x' WHERE revision = 2",
	"change's time":               "UPDATE changes SET at = at + 1 WHERE revision = 2",
	"last change's time":          "UPDATE changes SET at = at + 1 WHERE revision = 4",
	"change's hash":               "UPDATE changes SET hash = 'x' WHERE revision = 2",
	"last change's hash":          "UPDATE changes SET hash = 'x' WHERE revision = 4",
	"first change deleted":        "DELETE FROM changes WHERE revision = 1",
	"change deleted":              "DELETE FROM changes WHERE revision = 2",
	"last change deleted":         "DELETE FROM changes WHERE revision = 4",
	"changes deleted":             "DELETE FROM changes",
	"made quiet":                  "UPDATE changes SET quiet = NOT quiet WHERE revision = 3",
	"change put in":               "INSERT INTO changes (tenant, revision, action, actor, reason, at, hash) SELECT tenant, 5, action, actor, reason, at, hash FROM changes WHERE revision = 4",
	"change put before":           "INSERT INTO changes (tenant, revision, action, actor, reason, at, hash) SELECT tenant, 0, action, actor, reason, at, hash FROM changes WHERE revision = 1",
	"version's tenant":            "UPDATE versions SET tenant = 'x' WHERE id = 'a' AND version = 2",
	"version's id":                "UPDATE versions SET id = 'a2' WHERE id = 'a' AND version = 2",
	"id of all versions":          "UPDATE versions SET id = 'a2' WHERE id = 'a'",
	"version's number":            "UPDATE versions SET version = 9 WHERE id = 'a' AND version = 2",
	"last version's number":       "UPDATE versions SET version = 9 WHERE id = 'a' AND version = 3",
	"version's revision":          "UPDATE versions SET revision = 3 WHERE id = 'a' AND version = 2",
	"version of no revision":      "UPDATE versions SET revision = 9 WHERE id = 'a' AND version = 3",
	"version's kind":              "UPDATE versions SET kind = 'status' WHERE id = 'a' AND version = 3",
	"version's body":              "UPDATE versions SET body = REPLACE(body, 'a3', 'a4') WHERE id = 'a' AND version = 3",
	"old version's body":          "UPDATE versions SET body = REPLACE(body, 'a1', 'a4') WHERE id = 'a' AND version = 1",
	"a space in a body":           "UPDATE versions SET body = REPLACE(body, ':', ': ') WHERE id = 'a' AND version = 3",
	"body's number":               "UPDATE versions SET body = REPLACE(body, '\"revision\":3', '\"revision\":4') WHERE id = 'a' AND version = 3",
	"no body":                     "UPDATE versions SET body = '' WHERE id = 'a' AND version = 2",
	"bodies swapped":              "UPDATE versions SET body = (SELECT w.body FROM versions w WHERE w.id = 'b' AND w.version = 1) WHERE id = 'a' AND version = 1",
	"first version deleted":       "DELETE FROM versions WHERE id = 'a' AND version = 1",
	"version deleted":             "DELETE FROM versions WHERE id = 'a' AND version = 2",
	"last version deleted":        "DELETE FROM versions WHERE id = 'a' AND version = 3",
	"versions deleted":            "DELETE FROM versions",
	"version put in":              "INSERT INTO versions SELECT tenant, 'c', version, revision, kind, REPLACE(body, '\"id\":\"b\"', '\"id\":\"c\"') FROM versions WHERE id = 'b' AND version = 1",
	"version put behind":          "INSERT INTO versions SELECT tenant, id, 4, revision, kind, REPLACE(body, '\"revision\":3', '\"revision\":4') FROM versions WHERE id = 'a' AND version = 3",
	"version of no change":        "INSERT INTO versions SELECT tenant, id, 4, 9, kind, REPLACE(body, '\"revision\":3', '\"revision\":4') FROM versions WHERE id = 'a' AND version = 3",
	"version of no change before": "INSERT INTO versions SELECT tenant, 'c', version, 0, kind, REPLACE(body, '\"id\":\"b\"', '\"id\":\"c\"') FROM versions WHERE id = 'b' AND version = 1",
	"end cut off": `DELETE FROM versions WHERE revision = 4; DELETE FROM changes WHERE revision = 4;
		UPDATE heads SET revision = 3, hash = (SELECT hash FROM changes WHERE revision = 3), at = (SELECT at FROM changes WHERE revision = 3)`,
	"all cut off": "DELETE FROM versions; DELETE FROM changes; DELETE FROM heads",
}

// unguards takes away what would keep the owner of the database from altering rows.
var unguards = map[string]string{
	"sqlite": `DROP TRIGGER changes_stay; DROP TRIGGER changes_remain; DROP TRIGGER versions_stay; DROP TRIGGER versions_remain;
		DROP TRIGGER removals_noted; DROP TRIGGER removals_rise; DROP TRIGGER removals_remain`,
	"pgx": `ALTER TABLE heads NO FORCE ROW LEVEL SECURITY; ALTER TABLE changes NO FORCE ROW LEVEL SECURITY; ALTER TABLE versions NO FORCE ROW LEVEL SECURITY;
		ALTER TABLE removals NO FORCE ROW LEVEL SECURITY; ALTER TABLE changes DISABLE TRIGGER USER; ALTER TABLE versions DISABLE TRIGGER USER;
		ALTER TABLE removals DISABLE TRIGGER USER`,
}

// Row 19 of the reliability table: tampering is seen.
func TestTamperingIsSeen(t *testing.T) {
	t.Parallel()
	for driver, open := range map[string]func(testing.TB) string{
		"sqlite": func(t testing.TB) string { return filepath.Join(t.TempDir(), "base.db") },
		"pgx":    func(t testing.TB) string { return servertest.Postgres(t) },
	} {
		for name, statements := range tamperings {
			t.Run(driver+" "+name, func(t *testing.T) {
				t.Parallel()
				url := open(t)
				s := openStore(t, url)
				kept := chainOf4(t, s)
				if wrong := verify(t, s, kept); len(wrong) > 0 {
					t.Fatalf("before: %q", wrong)
				}
				raw := rawDB(t, driver, url)
				execute(t, raw, unguards[driver])
				execute(t, raw, statements)
				if len(verify(t, s, kept)) == 0 {
					t.Error("nothing was found")
				}
			})
		}
	}
}

func chainOf4(t testing.TB, s knowledge.Store) knowledge.Head {
	t.Helper()
	storetest.Commit(t, s, storetest.Change(0, storetest.Claim("", "a", 1, "a1"), storetest.Claim("", "b", 1, "b1")))
	storetest.Commit(t, s, storetest.Change(1, storetest.Claim("", "a", 2, "a2")))
	storetest.Commit(t, s, storetest.Change(2, storetest.Claim("", "b", 2, "b2")))
	return storetest.Commit(t, s, storetest.Change(3, storetest.Claim("", "a", 3, "a3")))
}

func verify(t testing.TB, s knowledge.Store, kept knowledge.Head) []string {
	t.Helper()
	v, err := knowledge.Verify(t.Context(), s, "", kept)
	if err != nil {
		t.Fatal(err)
	}
	return v.Wrong
}

func rawDB(t testing.TB, driver, url string) *sql.DB {
	t.Helper()
	db, err := sql.Open(driver, url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// execute runs statements one behind the other, without parameters.
func execute(t testing.TB, db *sql.DB, statements string) {
	t.Helper()
	if _, err := db.ExecContext(t.Context(), statements); err != nil {
		t.Fatal(err)
	}
}

// What was altered isn't served as if it were the claim.
func TestAlteredRowsAreNotServed(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "base.db")
	s := openStore(t, path)
	chainOf4(t, s)
	raw := rawDB(t, "sqlite", path)
	execute(t, raw, unguards["sqlite"])
	execute(t, raw, "UPDATE versions SET id = 'c' WHERE id = 'b'")
	h, err := s.Heads(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.Claims(t.Context(), h, []knowledge.Key{{ID: "c"}}); knowledge.KindOf(err) != knowledge.Internal {
		t.Errorf("%v, %v", got, err)
	}
}

// History is only appended to, even by a statement of our own.
func TestHistoryIsOnlyAppended(t *testing.T) {
	t.Parallel()
	path, url := filepath.Join(t.TempDir(), "base.db"), servertest.Postgres(t)
	chainOf4(t, openStore(t, path))
	chainOf4(t, openStore(t, url))
	app := asApp(t, url, "")
	for _, statement := range []string{
		"UPDATE versions SET body = ''", "DELETE FROM versions", "UPDATE changes SET actor = 'x'", "DELETE FROM changes",
	} {
		if _, err := rawDB(t, "sqlite", path).ExecContext(t.Context(), statement); err == nil {
			t.Errorf("SQLite: %s", statement)
		}
		if _, err := app.ExecContext(t.Context(), statement); err == nil {
			t.Errorf("PostgreSQL: %s", statement)
		}
	}
}

// asApp connects as the role that the store works as, for a tenant.
func asApp(t testing.TB, url, tenant string) *sql.Conn {
	t.Helper()
	db := rawDB(t, "pgx", url)
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Close(); err != nil && !errors.Is(err, sql.ErrConnDone) {
			t.Error(err)
		}
	})
	for _, q := range []struct{ sql, arg string }{
		{"SELECT set_config('role', 'whosays_app_' || current_database() || $1, false)", ""},
		{"SELECT set_config('whosays.tenant', $1, false)", tenant},
	} {
		if _, err := conn.ExecContext(t.Context(), q.sql, q.arg); err != nil {
			t.Fatal(err)
		}
	}
	return conn
}
