package sqlstore_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/whosays/whosays/adapters/servertest"
	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/storetest"
)

// TestDiskFull: what was acknowledged is there, what wasn't isn't, those who ask are answered, and once there is room it goes on.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	s := lite(t)
	if err := s.Limit(t.Context(), 20); err != nil {
		t.Fatal(err)
	}
	const many = 1000
	acknowledged := 0
	for ; acknowledged < many; acknowledged++ {
		id := fmt.Sprint("c-", acknowledged)
		if _, err := s.Commit(t.Context(), storetest.Change(0, storetest.Claim("", id, 1, id))); err != nil {
			full(t, err)
			break
		}
	}
	if acknowledged == 0 || acknowledged == many {
		t.Fatalf("%d changes were acknowledged, on a disk that has room for some", acknowledged)
	}
	var large []knowledge.Claim
	for i := range many {
		large = append(large, storetest.Claim("", fmt.Sprint("l-", i), 1, "one of many"))
	}
	_, err := s.Commit(t.Context(), storetest.Change(0, large...))
	full(t, err)
	changesAre(t, s, acknowledged)
	if err := s.Limit(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Commit(t.Context(), storetest.Change(0, large...)); err != nil {
		t.Fatalf("there is room again, but: %v", err)
	}
	changesAre(t, s, acknowledged+1)
}

// TestDiskFullOnPostgres: its disk can't be filled here; what it says then is known from its manual (appendix A, 53100).
func TestDiskFullOnPostgres(t *testing.T) {
	t.Parallel()
	full(t, openStore(t, servertest.Postgres(t)).Explain(&pgconn.PgError{Code: "53100", Message: "could not extend file"}))
}

func full(t *testing.T, err error) {
	t.Helper()
	if knowledge.KindOf(err) != knowledge.Unavailable || !strings.Contains(knowledge.MessageOf(err), "its disk is full") {
		t.Fatalf("on a full disk: %v", err)
	}
}

// changesAre wants as many changes, each with all its claims, and the head behind them.
func changesAre(t *testing.T, s *sqlstore.Store, changes int) {
	t.Helper()
	var last knowledge.Head
	n := 0
	for c, err := range s.Changes(t.Context(), knowledge.Trail{}) {
		if err != nil {
			t.Fatal(err)
		}
		if !c.Follows(last) {
			t.Fatalf("change %d doesn't follow the one before", c.Revision)
		}
		last = c.Head()
		n++
	}
	heads, err := s.Heads(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	if n != changes || heads.Shared != last {
		t.Fatalf("%d changes are there, not %d; the head is %v, behind the last is %v", n, changes, heads.Shared, last)
	}
}
