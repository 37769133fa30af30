package sqlstore_test

import (
	"strings"
	"testing"

	"github.com/whosays/whosays/adapters/servertest"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/storetest"
)

func driverOf(engine string) string {
	if strings.HasPrefix(engine, "postgres") {
		return "pgx"
	}
	return "sqlite"
}

// However somebody deletes: only what a removal that is noted says is gone may go.
func TestOnlyARemovalDeletes(t *testing.T) {
	t.Parallel()
	refused := []string{
		"DELETE FROM versions", "DELETE FROM changes", "DELETE FROM removals",
		"INSERT INTO removals VALUES ('one', 6, 'x')", "INSERT INTO removals VALUES ('one', 5, 'x')", "INSERT INTO removals VALUES ('one', 99, 'x')",
		"INSERT INTO removals VALUES ('', 1, 'x')", "UPDATE removals SET revision = 99", "UPDATE removals SET revision = 1", "UPDATE removals SET behind = 'x'",
		"DELETE FROM changes WHERE action = 'remove'", "UPDATE versions SET body = ''", "UPDATE changes SET actor = 'x'",
	}
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			url := e.url(t)
			s := openStore(t, url)
			settle(t, s, "one")
			forget(t, s, "one")
			storetest.Commit(t, s, storetest.Change(9, storetest.Claim("one", "a", 1, "back")))
			for _, statement := range refused {
				var err error
				if driverOf(e.name) == "pgx" {
					_, err = asApp(t, url, "one").ExecContext(t.Context(), statement)
				} else {
					_, err = rawDB(t, "sqlite", url).ExecContext(t.Context(), statement)
				}
				if err == nil {
					t.Errorf("it took %s", statement)
				}
			}
			if v := verifyOf(t, s, "one", knowledge.Head{}); len(v.Wrong) > 0 {
				t.Error(v.Wrong)
			}
		})
	}
	t.Run("of another tenant", func(t *testing.T) {
		t.Parallel()
		url := servertest.Postgres(t)
		s := openStore(t, url)
		settle(t, s, "one")
		settle(t, s, "two")
		forget(t, s, "one")
		for _, table := range []string{"versions", "changes"} {
			done, err := asApp(t, url, "two").ExecContext(t.Context(), "DELETE FROM "+table+" WHERE tenant = 'one'")
			if err != nil {
				t.Fatal(err)
			}
			if n, err := done.RowsAffected(); n != 0 || err != nil {
				t.Errorf("%d rows of another tenant, %v", n, err)
			}
		}
	})
}

// Tampering with a chain that was removed is seen.
func TestTamperingWithARemovalIsSeen(t *testing.T) {
	t.Parallel()
	for name, statements := range map[string]string{
		"the change":         "DELETE FROM changes WHERE action = 'remove'",
		"its actor":          "UPDATE changes SET actor = 'x' WHERE action = 'remove'",
		"its time":           "UPDATE changes SET at = at - 1 WHERE action = 'remove'",
		"its action":         "UPDATE changes SET action = 'import' WHERE action = 'remove'",
		"the hash before it": "UPDATE removals SET behind = 'x'",
		"its note":           "DELETE FROM removals",
		"a version put back": "INSERT INTO versions SELECT tenant, 'b', 1, 1, kind, REPLACE(body, '\"id\":\"a\"', '\"id\":\"b\"') FROM versions",
		"a change put back":  "INSERT INTO changes (tenant, revision, action, actor, reason, at, hash) SELECT tenant, 3, 'import', actor, reason, at, hash FROM changes WHERE action = 'remove'",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, e := range engines {
				url := e.url(t)
				s := openStore(t, url)
				settle(t, s, "one")
				forget(t, s, "one")
				storetest.Commit(t, s, storetest.Change(9, storetest.Claim("one", "a", 1, "back")))
				raw := rawDB(t, driverOf(e.name), url)
				execute(t, raw, unguards[driverOf(e.name)])
				execute(t, raw, statements)
				if v := verifyOf(t, s, "one", knowledge.Head{}); len(v.Wrong) == 0 {
					t.Errorf("%s: nothing was found", e.name)
				}
			}
		})
	}
}
