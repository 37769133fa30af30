package sqlstore_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/whosays/whosays/adapters/servertest"
	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/knowledge"
)

// Row 13 of the reliability table: SIGKILL during writes; every acknowledged row is there, and the file is whole.
func TestCrash(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "base.db")
	var acknowledged []string
	for cycle := range *cycles {
		c := startChild(t, fmt.Sprintf("write:c%d", cycle), path)
		c.until(t, "opened")
		for range cycle * 7 % 50 {
			c.until(t, "acknowledged")
			acknowledged = append(acknowledged, strings.TrimPrefix(c.out.Text(), "acknowledged "))
		}
		for _, line := range c.kill(t) {
			id, ok := strings.CutPrefix(line, "acknowledged ")
			if !ok {
				t.Fatalf("the child said %q", line)
			}
			acknowledged = append(acknowledged, id)
		}
		whole(t, path, acknowledged)
	}
	if len(acknowledged) < *cycles {
		t.Errorf("only %d rows were acknowledged in %d cycles", len(acknowledged), *cycles)
	}
}

// whole holds that a file is sound, and that the claims are in it.
func whole(t testing.TB, url string, ids []string) {
	t.Helper()
	if !strings.HasPrefix(url, "postgres") {
		integrity(t, url)
	}
	s, err := sqlstore.Open(t.Context(), url, sqlstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	keys := make([]knowledge.Key, len(ids))
	for i, id := range ids {
		keys[i].ID = id
	}
	got, err := s.Claims(t.Context(), knowledge.Heads{}, keys)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range got {
		if c == nil {
			t.Fatalf("claim %s, which was acknowledged, isn't there", ids[i])
		}
	}
	if wrong := verify(t, s, knowledge.Head{}); len(wrong) > 0 {
		t.Fatalf("wrong: %q", wrong)
	}
}

func integrity(t testing.TB, path string) {
	t.Helper()
	db := rawDB(t, "sqlite", path)
	var is string
	if err := db.QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&is); err != nil || is != "ok" {
		t.Fatalf("integrity_check: %s, %v", is, err)
	}
}

// Row 14 of the reliability table: three processes start at once; each migration is applied once.
func TestMigrationsRaced(t *testing.T) {
	t.Parallel()
	for driver, tc := range map[string]struct {
		rounds int
		open   func(testing.TB) string
	}{
		"sqlite": {3, func(t testing.TB) string { return filepath.Join(t.TempDir(), "folder", "base.db") }},
		"pgx":    {2, func(t testing.TB) string { return servertest.Postgres(t) }},
	} {
		t.Run(driver, func(t *testing.T) {
			t.Parallel()
			for range tc.rounds {
				url := tc.open(t)
				var racers []*child
				for range 3 {
					racers = append(racers, startChild(t, "open", url))
				}
				for _, c := range racers {
					c.until(t, "begins")
					if c.out.Scan(); c.out.Text() != "opened" {
						t.Error(c.out.Text())
					}
					if err := c.cmd.Wait(); err != nil {
						t.Error(err)
					}
				}
				appliedOnce(t, driver, url)
			}
		})
	}
}

// Row 14 of the reliability table: a migration is killed; the next start brings the tables up to date.
func TestMigrationsKilled(t *testing.T) {
	t.Parallel()
	for round := range 12 {
		path := filepath.Join(t.TempDir(), "base.db")
		c := startChild(t, "open", path)
		c.until(t, "begins")
		for await := path + []string{"", "-wal", "-shm", "-none"}[round%4]; round%4 < 3 && !exists(await); {
			runtime.Gosched() // what is hit differs from run to run
		}
		c.kill(t)
		whole(t, path, nil)
		appliedOnce(t, "sqlite", path)
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func appliedOnce(t testing.TB, driver, url string) {
	t.Helper()
	s := openStore(t, url)
	all, err := s.Migrations(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		if m.AppliedAt.IsZero() {
			t.Errorf("%v wasn't applied", m)
		}
	}
	var rows int
	if err := rawDB(t, driver, url).QueryRowContext(t.Context(), "SELECT count(*) FROM goose_db_version WHERE version_id > 0").Scan(&rows); err != nil {
		t.Fatal(err)
	}
	if rows != len(all) {
		t.Errorf("%d migrations were applied %d times", len(all), rows)
	}
}
