package sqlstore_test

import (
	"strings"
	"testing"

	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/knowledge"
)

// planned holds how each database goes about something against what is seen in a plan: one that is good, and none that is bad. An empty
// table is read through otherwise, whatever is asked of PostgreSQL.
func planned(t *testing.T, plan func(*sqlstore.Store) ([]string, error), good func(plan string) bool, bad ...string) {
	t.Helper()
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			url := e.url(t)
			if e.name == "postgres" {
				url += "&enable_seqscan=off"
			}
			lines, err := plan(openStore(t, url))
			if err != nil {
				t.Fatal(err)
			}
			all := strings.Join(lines, "\n")
			wrong := !good(all)
			for _, b := range bad {
				wrong = wrong || strings.Contains(all, b)
			}
			if wrong {
				t.Errorf("the plan:\n%s", all)
			}
		})
	}
}

// A tick asks what is due by the index, in its order: neither all subscriptions nor all that are due are read through.
func TestDueByIndex(t *testing.T) {
	t.Parallel()
	planned(t, func(s *sqlstore.Store) ([]string, error) { return s.PlanOfDue(t.Context()) }, func(plan string) bool {
		return strings.Contains(plan, "subscriptions_due (next_at>? AND next_at<?)") || // SQLite
			strings.Contains(plan, "using subscriptions_due") && strings.Contains(plan, "Index Cond: (next_at <= ")
	}, "TEMP B-TREE", "Sort")
}

// Claims are looked up by their keys, each for itself: however many there are, what isn't asked for isn't read.
func TestClaimsByIndex(t *testing.T) {
	t.Parallel()
	keys := []knowledge.Key{{ID: "a"}, {Tenant: "one", ID: "b"}, {Tenant: "one", ID: "c"}}
	planned(t, func(s *sqlstore.Store) ([]string, error) { return s.PlanOfClaims(t.Context(), keys...) }, func(plan string) bool {
		return strings.Contains(plan, "SEARCH n USING COVERING INDEX sqlite_autoindex_versions_1 (tenant=? AND id=?)") && strings.Contains(plan, "SEARCH v USING INTEGER PRIMARY KEY (rowid=?)") ||
			strings.Contains(plan, "Nested Loop") && strings.Contains(plan, "Index Cond: ((tenant = ")
	}, "SCAN v", "Hash Join", "Merge Join", "Seq Scan")
}
