package sqlstore_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/servertest"
	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/delivery/storetest"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/knowledge"
	knowledgetest "github.com/whosays/whosays/knowledge/storetest"
)

func TestDeliveries(t *testing.T) {
	t.Parallel()
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			storetest.Run(t, func(t testing.TB) delivery.Store { return openStore(t, e.url(t)).Deliveries() })
		})
	}
}

// Row 15 of the reliability table, of what was said and of reports: SQL of an attacker, who has the role of the store, is
// stopped by row-level security.
func TestRowLevelSecurityOfDeliveries(t *testing.T) {
	t.Parallel()
	url := servertest.Postgres(t)
	s := openStore(t, url)
	for _, tenant := range []string{"", "one", "two"} {
		if _, _, err := s.Deliveries().Insert(t.Context(), storetest.Record(tenant, "event", storetest.Claim("", "a", 1)), time.Hour); err != nil {
			t.Fatal(err)
		}
		if err := s.Reports().Add(t.Context(), moderation.Report{ID: "r", Tenant: tenant, At: time.Now(), Note: "of:" + tenant}); err != nil {
			t.Fatal(err)
		}
	}
	for name, tc := range map[string]struct {
		tenant, sql string
		rows        int64 // −1: it is refused
	}{
		"sees its own":                {"one", "SELECT FROM deliveries", 1},
		"none of another":             {"one", "SELECT FROM deliveries WHERE tenant = 'two'", 0},
		"nor what was said privately": {"one", "SELECT FROM deliveries WHERE tenant = ''", 0},
		"of private ones these alone": {"", "SELECT FROM deliveries", 1},
		"quotes of its own":           {"one", "SELECT FROM quotes", 1},
		"its own reports":             {"one", "SELECT FROM reports", 1},
		"reports of no other":         {"one", "SELECT FROM reports WHERE note <> 'of:one'", 0},
		"alters no other":             {"one", "UPDATE deliveries SET state = 'failed' WHERE tenant <> 'one'", 0},
		"gives away none":             {"one", "UPDATE deliveries SET tenant = 'two'", -1},
		"deletes its own":             {"one", "DELETE FROM deliveries", 1},
		"deletes no quotes of others": {"one", "DELETE FROM quotes WHERE tenant <> 'one'", 0},
		"deletes no reports":          {"one", "DELETE FROM reports WHERE tenant <> 'one'", 0},
		"alters no report":            {"one", "UPDATE reports SET note = ''", -1},
		"adds no report to another":   {"one", "INSERT INTO reports VALUES ('two', 'x', 0, '', '', '[]')", -1},
		"looks across, and no more":   {"one", "SET whosays.across = 'yes'; DELETE FROM deliveries WHERE tenant <> 'one'", 0},
		"deletes no lease":            {"one", "DELETE FROM leases", -1},
	} {
		t.Run(name, func(t *testing.T) {
			tx, err := asApp(t, url, tc.tenant).BeginTx(t.Context(), nil) // what one adds, no other sees
			if err != nil {
				t.Fatal(err)
			}
			defer tx.Rollback() //nolint:errcheck // nothing is kept
			var n int64
			for sql := range strings.SplitSeq(tc.sql, "; ") {
				done, failed := tx.ExecContext(t.Context(), sql)
				if err = failed; err == nil {
					n, _ = done.RowsAffected()
				}
			}
			if (tc.rows < 0) != (err != nil) || err == nil && n != tc.rows {
				t.Errorf("%d rows, want %d: %v", n, tc.rows, err)
			}
		})
	}
}

// A database of the first version is brought up to date with all that is in it, and can say what was said.
func TestFirstVersionIsMigrated(t *testing.T) {
	t.Parallel()
	drivers := map[string]string{"sqlite": "sqlite", "postgres": "pgx"}
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			url := e.url(t)
			first, err := sqlstore.Open(t.Context(), url, sqlstore.Options{})
			if err != nil {
				t.Fatal(err)
			}
			knowledgetest.Commit(t, first, knowledgetest.Change(0, knowledgetest.Claim("one", "a", 1, "kept")))
			if err := first.Close(); err != nil {
				t.Fatal(err)
			}
			db := rawDB(t, drivers[e.name], url)
			since := []string{
				"ALTER TABLE changes DROP COLUMN quiet", "DROP TABLE deliveries", "DROP TABLE quotes", "DROP TABLE leases", "DROP TABLE reports", "DROP TABLE removals", "DROP TABLE installs",
				"DROP TABLE settings", "DROP TABLE moderators", "DROP TABLE proposals", "DELETE FROM goose_db_version WHERE version_id > 1",
			}
			since = append(slices.Clone(sinceCorrections), since...)
			if e.name == "postgres" {
				since = append(since, "DROP FUNCTION only_appended CASCADE", "DROP FUNCTION removal_noted",
					"DROP POLICY changes_remove ON changes", "DROP POLICY versions_remove ON versions")
			}
			for _, sql := range since {
				if _, err := db.ExecContext(t.Context(), sql); err != nil {
					t.Fatal(err)
				}
			}
			s := openStore(t, url)
			if _, isFirst, err := s.Deliveries().Insert(t.Context(), storetest.Record("one", "event"), time.Hour); err != nil || !isFirst {
				t.Error(isFirst, err)
			}
			h, err := s.Heads(t.Context(), "one")
			if err != nil || h.Own.Revision != 1 {
				t.Errorf("revision %d, %v", h.Own.Revision, err)
			}
		})
	}
}

// BenchmarkSay writes and ends records of 16 goroutines, as answers do; SQLite waits for the disk each time.
func BenchmarkSay(b *testing.B) {
	var claims []knowledge.Claim
	for i := range 6 {
		claims = append(claims, storetest.Claim("", fmt.Sprint("claim-", i), 1))
	}
	for _, e := range engines {
		b.Run(e.name, func(b *testing.B) {
			d := openStore(b, e.url(b)).Deliveries()
			var n atomic.Int64
			b.SetParallelism(max(1, 16/runtime.GOMAXPROCS(0)))
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					r, _, err := d.Insert(b.Context(), storetest.Record("one", fmt.Sprint("event-", n.Add(1)), claims...), time.Minute)
					if err == nil {
						_, _, err = d.Finish(b.Context(), r, delivery.Result{State: delivery.StateSent, Ref: "x"})
					}
					if err != nil {
						b.Error(err)
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "posts/s")
		})
	}
}
