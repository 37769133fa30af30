package sqlstore_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/storetest"
)

// TestDiskFull: see fill.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	s := lite(t)
	limit := func(pages int) {
		t.Helper()
		if err := s.Limit(t.Context(), pages); err != nil {
			t.Fatal(err)
		}
	}
	limit(20)
	fill(t, s, "a word", func() { limit(0) })
}

// fill writes until the disk is full, and a large change then: what was acknowledged is there, what wasn't isn't, those who ask are
// answered, and once there is room it goes on.
func fill(t *testing.T, s *sqlstore.Store, text string, free func()) {
	t.Helper()
	const many = 1000
	acknowledged := 0
	for ; acknowledged < many; acknowledged++ {
		if _, err := s.Commit(t.Context(), storetest.Change(0, storetest.Claim("", fmt.Sprint("c-", acknowledged), 1, text))); err != nil {
			full(t, err)
			break
		}
	}
	if acknowledged == 0 || acknowledged == many {
		t.Fatalf("%d changes were acknowledged, on a disk that has room for some", acknowledged)
	}
	var large []knowledge.Claim
	for i := range 50 {
		large = append(large, storetest.Claim("", fmt.Sprint("l-", i), 1, text))
	}
	_, err := s.Commit(t.Context(), storetest.Change(0, large...))
	full(t, err)
	changesAre(t, s, acknowledged)
	free()
	if _, err := s.Commit(t.Context(), storetest.Change(0, large...)); err != nil {
		t.Fatalf("there is room again, but: %v", err)
	}
	changesAre(t, s, acknowledged+1)
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
