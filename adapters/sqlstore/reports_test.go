package sqlstore_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/knowledge"
)

func TestReports(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *sqlstore.Store) {
		reports := s.Reports()
		report := func(tenant, id string, minute int, note string) moderation.Report {
			return moderation.Report{
				Tenant: tenant, ID: id, At: time.Date(2026, 3, 1, 12, minute, 0, 5000, time.UTC), Lang: "uk", Note: note,
				Claims: []moderation.Version{{ID: "a", Revision: 2}, {Tenant: tenant, ID: "b", Revision: 1}},
			}
		}
		first, second := report("one", "r1", 1, "Дата не та. '; DROP TABLE reports; --"), report("one", "r2", 2, "")
		for _, r := range []moderation.Report{first, second, first, report("two", "r1", 1, "x"), report("", "r1", 1, "x")} {
			if err := reports.Add(t.Context(), r); err != nil {
				t.Fatal(err)
			}
		}
		list := func(tenant string, limit int) []moderation.Report {
			got, err := reports.List(t.Context(), tenant, limit)
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		if diff := cmp.Diff([]moderation.Report{second, first}, list("one", 9)); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]moderation.Report{second}, list("one", 1)); diff != "" {
			t.Error(diff)
		}
		if got := []int{len(list("", 9)), len(list("two", 9)), len(list("three", 9)), len(list("\x00", 9))}; !cmp.Equal(got, []int{1, 1, 0, 0}) {
			t.Errorf("reports %v", got)
		}
		if err := reports.Add(t.Context(), report("one", "", 1, "x")); knowledge.KindOf(err) != knowledge.Invalid {
			t.Error(err)
		}
		if n, err := reports.Forget(t.Context(), second.At); n != 3 || err != nil {
			t.Errorf("%d forgotten, %v", n, err)
		}
		if diff := cmp.Diff([][]moderation.Report{{second}, nil}, [][]moderation.Report{list("one", 9), list("two", 9)}); diff != "" {
			t.Error(diff)
		}
		for _, r := range []moderation.Report{first, report("two", "r1", 1, "x")} {
			if err := reports.Add(t.Context(), r); err != nil {
				t.Fatal(err)
			}
		}
		if f, err := s.ForgetTenant(t.Context(), "one", "x", "x"); f.Reports != 2 || err != nil {
			t.Error(f, err)
		}
		if got := []int{len(list("one", 9)), len(list("two", 9))}; !cmp.Equal(got, []int{0, 1}) {
			t.Errorf("reports %v", got)
		}
	})
}
