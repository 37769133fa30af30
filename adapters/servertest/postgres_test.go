package servertest_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"github.com/whosays/whosays/adapters/servertest"
)

func TestPostgresOwner(t *testing.T) {
	t.Parallel()
	conn := connect(t, servertest.Postgres(t))
	type role struct{ Super, Bypass, CreateRole, Owner bool }
	rows, err := conn.Query(t.Context(), `SELECT rolsuper, rolbypassrls, rolcreaterole, datdba = pg_roles.oid
		FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()`)
	if err != nil {
		t.Fatal(err)
	}
	got, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[role])
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(role{CreateRole: true, Owner: true}, got); diff != "" {
		t.Error(diff)
	}
	if tables := query[int](t, conn, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"); tables != 0 {
		t.Errorf("a new database has %d tables", tables)
	}
	execute(t, conn, "CREATE TABLE claims (id text)") // in the schema public, which is its own
}

func TestPostgresVersion(t *testing.T) {
	t.Parallel()
	conn := connect(t, servertest.Postgres(t))
	if version := query[int](t, conn, "SELECT current_setting('server_version_num')::int"); version < 150000 {
		t.Errorf("PostgreSQL is of version %d", version)
	}
	if first := query[string](t, conn, "SELECT min(w) FROM (VALUES ('Zebra'), ('ant')) AS v(w)"); first != "ant" {
		t.Errorf("text sorts by bytes: %q comes first", first)
	}
}

func TestPostgresDatabasesAreDropped(t *testing.T) {
	t.Parallel()
	watcher := connect(t, servertest.Postgres(t))
	var name string
	t.Run("while somebody is connected", func(t *testing.T) {
		busy, err := pgx.Connect(t.Context(), servertest.Postgres(t))
		if err != nil {
			t.Fatal(err)
		}
		name = busy.Config().Database
		if found := query[bool](t, watcher, exists(name)); !found {
			t.Errorf("%s isn't there during its test", name)
		}
	})
	if found := query[bool](t, watcher, exists(name)); found {
		t.Errorf("%s or its owner is there after its test", name)
	}
}

func exists(name string) string {
	return fmt.Sprintf(`SELECT EXISTS (SELECT FROM pg_database WHERE datname = '%[1]s')
		OR EXISTS (SELECT FROM pg_roles WHERE rolname = '%[1]s')`, name)
}

func TestPostgresServerOutages(t *testing.T) {
	t.Parallel()
	server := servertest.StartPostgres(t, servertest.Durable(), servertest.Set("work_mem", "1MB"))
	url := server.Database()
	conn := connect(t, url)
	execute(t, conn, "CREATE TABLE claims (id text)")
	if got := query[string](t, conn, "SELECT current_setting('fsync') || ' ' || current_setting('work_mem')"); got != "on 1MB" {
		t.Errorf("settings: %s", got)
	}
	for _, outage := range []struct {
		name string
		down func()
	}{
		{"stopped", server.Stop},
		{"killed", server.Kill},
		{"killed while it is down", func() { server.Stop(); server.Kill() }},
	} {
		execute(t, connect(t, url), "INSERT INTO claims VALUES ('"+outage.name+"')")
		outage.down()
		if !refused(server.Addr()) {
			t.Errorf("%s: it still answers", outage.name)
		}
		server.Start()
		kept := query[bool](t, connect(t, url), "SELECT EXISTS (SELECT FROM claims WHERE id = '"+outage.name+"')")
		if !kept {
			t.Errorf("%s: what was committed is lost", outage.name)
		}
	}
}

func TestPostgresKillIsACrash(t *testing.T) {
	t.Parallel()
	server := servertest.StartPostgres(t)
	url := server.Database()
	// What isn't logged is emptied by the recovery after a crash, and by nothing else.
	execute(t, connect(t, url), "CREATE UNLOGGED TABLE unlogged (id int); INSERT INTO unlogged VALUES (1)")
	server.Restart()
	if rows := query[int](t, connect(t, url), "SELECT count(*) FROM unlogged"); rows != 1 {
		t.Errorf("%d rows after a restart in order", rows)
	}
	server.Kill()
	server.Start()
	if rows := query[int](t, connect(t, url), "SELECT count(*) FROM unlogged"); rows != 0 {
		t.Errorf("%d rows after a crash", rows)
	}
}
