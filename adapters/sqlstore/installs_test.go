package sqlstore_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/knowledge"
)

func TestInstalls(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *sqlstore.Store) {
		ctx, in := t.Context(), s.Installs()
		got := func(what, version string, err error) string {
			t.Helper()
			if err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			return version
		}
		want := func(tenant, body, version string) {
			t.Helper()
			if is, v, err := in.Get(ctx, tenant); is != body || v != version || err != nil {
				t.Errorf("%q at %q, %v; want %q at %q", is, v, err, body, version)
			}
		}
		swap := func(tenant, body, of string) string {
			t.Helper()
			v, err := in.Swap(ctx, tenant, body, of)
			return got("swap", v, err)
		}
		put := func(tenant, body string) string {
			t.Helper()
			v, err := in.Put(ctx, tenant, body)
			return got("put", v, err)
		}
		want("slack:T1", "", "")
		if v := swap("slack:T1", "x", ""); v != "" {
			t.Errorf("what isn't there was changed: %s", v)
		}
		first := put("slack:T1", "перший '; DROP TABLE installs; --")
		want("slack:T1", "перший '; DROP TABLE installs; --", first)
		second := swap("slack:T1", "second", first)
		if again := swap("slack:T1", "late", first); again != "" || second == first {
			t.Errorf("version %s was changed twice: %s, %s", first, second, again)
		}
		want("slack:T1", "second", second)
		third := put("slack:T1", "third")
		if third == second || swap("slack:T1", "late", second) != "" {
			t.Errorf("version %s follows %s", third, second)
		}
		if ok, err := in.Delete(ctx, "slack:T1", second); ok || err != nil {
			t.Error(ok, err)
		}
		if ok, err := in.Delete(ctx, "slack:T1", third); !ok || err != nil {
			t.Error(ok, err)
		}
		want("slack:T1", "", "")
		if again := put("slack:T1", "again"); again == third || swap("slack:T1", "late", third) != "" {
			t.Errorf("version %s comes again", again)
		}
		put("slack:T2", "two")
		put("other:T3", "three")
		all, err := in.All(ctx, "slack:")
		if diff := cmp.Diff(map[string]string{"slack:T1": "again", "slack:T2": "two"}, all); diff != "" || err != nil {
			t.Error(err, diff)
		}
		for _, bad := range [][2]string{{"", "x"}, {"a\x00", "x"}, {"a", "\xff"}} {
			if _, err := in.Put(ctx, bad[0], bad[1]); knowledge.KindOf(err) != knowledge.Invalid {
				t.Errorf("%q: %v", bad, err)
			}
		}
	})
}

// Of many who change one version of an install, one does.
func TestInstallsRaced(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *sqlstore.Store) {
		v, err := s.Installs().Put(t.Context(), "slack:T1", "x")
		if err != nil {
			t.Fatal(err)
		}
		var had atomic.Int64
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				now, err := s.Installs().Swap(t.Context(), "slack:T1", fmt.Sprint(i), v)
				if err != nil {
					t.Error(err)
				}
				if now != "" {
					had.Add(1)
				}
			})
		}
		all.Wait()
		if had.Load() != 1 {
			t.Errorf("one version was changed %d times", had.Load())
		}
	})
}
