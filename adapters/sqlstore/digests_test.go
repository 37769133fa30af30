package sqlstore_test

import (
	"strings"
	"testing"

	"github.com/whosays/whosays/bot/digest/storetest"
)

func TestDigests(t *testing.T) {
	t.Parallel()
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			storetest.Run(t, func(t testing.TB) storetest.Stores {
				s := openStore(t, e.url(t))
				return storetest.Stores{Digests: s.Digests(), Outbox: s.Deliveries()}
			})
		})
	}
}

// A tick asks what is due by the index, in its order: neither all subscriptions nor all that are due are read through.
func TestDueByIndex(t *testing.T) {
	t.Parallel()
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			url := e.url(t)
			if e.name == "postgres" {
				url += "&enable_seqscan=off" // an empty table is read through otherwise
			}
			plan, err := openStore(t, url).PlanOfDue(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			all := strings.Join(plan, "\n")
			bounded := strings.Contains(all, "subscriptions_due (next_at>? AND next_at<?)") || // SQLite
				strings.Contains(all, "using subscriptions_due") && strings.Contains(all, "Index Cond: (next_at <= ")
			if !bounded || strings.Contains(all, "TEMP B-TREE") || strings.Contains(all, "Sort") {
				t.Errorf("the plan:\n%s", all)
			}
		})
	}
}
