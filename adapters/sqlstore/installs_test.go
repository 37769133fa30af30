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

// installs are those of a store, whose every change is meant to succeed.
type installs struct {
	*testing.T
	sqlstore.Installs
}

func (in installs) wants(tenant, body, version string) {
	in.Helper()
	if is, v, err := in.Get(in.Context(), tenant); is != body || v != version || err != nil {
		in.Errorf("%q at %q, %v; want %q at %q", is, v, err, body, version)
	}
}

func (in installs) swap(tenant, body, of string) string {
	in.Helper()
	v, err := in.Swap(in.Context(), tenant, body, of)
	if err != nil {
		in.Fatal(err)
	}
	return v
}

func (in installs) put(tenant, body string) string {
	in.Helper()
	v, err := in.Put(in.Context(), tenant, body)
	if err != nil {
		in.Fatal(err)
	}
	return v
}

func TestInstalls(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *sqlstore.Store) {
		in := installs{t, s.Installs()}
		in.wants("slack:T1", "", "")
		if v := in.swap("slack:T1", "x", ""); v != "" {
			t.Errorf("what isn't there was changed: %s", v)
		}
		first := in.put("slack:T1", "перший '; DROP TABLE installs; --")
		in.wants("slack:T1", "перший '; DROP TABLE installs; --", first)
		second := in.swap("slack:T1", "second", first)
		if again := in.swap("slack:T1", "late", first); again != "" || second == first {
			t.Errorf("version %s was changed twice: %s, %s", first, second, again)
		}
		in.wants("slack:T1", "second", second)
		third := in.put("slack:T1", "third")
		if third == second || in.swap("slack:T1", "late", second) != "" {
			t.Errorf("version %s follows %s", third, second)
		}
		if ok, err := in.Delete(t.Context(), "slack:T1", second); ok || err != nil {
			t.Error(ok, err)
		}
		if ok, err := in.Delete(t.Context(), "slack:T1", third); !ok || err != nil {
			t.Error(ok, err)
		}
		in.wants("slack:T1", "", "")
		if again := in.put("slack:T1", "again"); again == third || in.swap("slack:T1", "late", third) != "" {
			t.Errorf("version %s comes again", again)
		}
		in.put("slack:T2", "two")
		in.put("other:T3", "three")
		all, err := in.All(t.Context(), "slack:")
		if diff := cmp.Diff(map[string]string{"slack:T1": "again", "slack:T2": "two"}, all); diff != "" || err != nil {
			t.Error(err, diff)
		}
		for _, bad := range [][2]string{{"", "x"}, {"a\x00", "x"}, {"a", "\xff"}} {
			if _, err := in.Put(t.Context(), bad[0], bad[1]); knowledge.KindOf(err) != knowledge.Invalid {
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
