package sqlstore_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/servertest"
	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/storetest"
)

// load writes claims, as many as it can, until it is stopped.
type load struct {
	mu   sync.Mutex
	done []string
	stop context.CancelFunc
	wg   sync.WaitGroup
}

func startLoad(t testing.TB, s knowledge.Store) *load {
	ctx, stop := context.WithCancel(t.Context())
	l := &load{stop: stop}
	for w := range 4 {
		l.wg.Go(func() {
			for i := 0; ; i++ {
				id := fmt.Sprintf("%d-%d", w, i)
				_, err := s.Commit(ctx, storetest.Change(i, storetest.Claim("", id, 1, id)))
				if ctx.Err() != nil {
					return
				}
				if err != nil {
					t.Error(err)
					return
				}
				l.mu.Lock()
				l.done = append(l.done, id)
				l.mu.Unlock()
			}
		})
	}
	return l
}

// acknowledged returns what was acknowledged by now.
func (l *load) acknowledged() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.done)
}

// Row 14 of the reliability table: a backup under load opens, and holds every write that was acknowledged before.
func TestBackupUnderLoad(t *testing.T) {
	t.Parallel()
	for driver, url := range map[string]string{"sqlite": filepath.Join(t.TempDir(), "base.db"), "pgx": servertest.Postgres(t)} {
		t.Run(driver, func(t *testing.T) {
			t.Parallel()
			s := openStore(t, url)
			storetest.Commit(t, s, storetest.Change(0, storetest.Claim("one", "own", 1, "x")))
			l := startLoad(t, s)
			defer func() { l.stop(); l.wg.Wait() }()
			for i := range 4 {
				for len(l.acknowledged()) < 50*(i+1) { // others have the processor meanwhile
					if _, err := s.Heads(t.Context(), ""); err != nil {
						t.Fatal(err)
					}
				}
				before := l.acknowledged()
				path := filepath.Join(t.TempDir(), "backup")
				if err := s.Backup(t.Context(), path); err != nil {
					t.Fatal(err)
				}
				if driver == "pgx" {
					path = restored(t, path, filepath.Join(t.TempDir(), "restored.db"))
				}
				whole(t, path, before)
			}
		})
	}
}

// restored reads a dump into the database of a URL.
func restored(t testing.TB, dump, url string) string {
	t.Helper()
	f, err := os.Open(dump)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}()
	if err := openStore(t, url).Restore(t.Context(), f); err != nil {
		t.Fatal(err)
	}
	return url
}

func TestBackupsOverwriteNothing(t *testing.T) {
	t.Parallel()
	s := lite(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "backup.db")
	if err := s.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := s.Backup(t.Context(), path); knowledge.KindOf(err) != knowledge.Conflict || !strings.Contains(knowledge.MessageOf(err), path) {
		t.Errorf("over another: %v", err)
	}
	if err := s.Backup(t.Context(), filepath.Join(dir, "none", "backup.db")); knowledge.KindOf(err) != knowledge.Unavailable {
		t.Errorf("in no folder: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Backup(ctx, filepath.Join(dir, "cancelled.db")); err == nil {
		t.Error("a cancelled backup was made")
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("%v is left, %v", left, err)
	}
}

func TestDumps(t *testing.T) {
	t.Parallel()
	from := lite(t)
	chainOf4(t, from)
	storetest.Commit(t, from, storetest.Change(0, storetest.Claim("one", "own", 1, "Ж \u2028 \\ \"")))
	dump := dumpOf(t, from)
	for name, url := range map[string]string{"sqlite": filepath.Join(t.TempDir(), "base.db"), "pgx": servertest.Postgres(t)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			to := openStore(t, url)
			for broken, file := range map[string]string{
				"cut off":       dump[:len(dump)-5],
				"a line less":   dump[:strings.LastIndex(strings.TrimSpace(dump), "\n")+1],
				"a claim less":  dump[strings.Index(dump, "\n")+1:],
				"altered":       strings.Replace(dump, "a2", "a4", 1),
				"another actor": strings.Replace(dump, `"actor":"ann"`, `"actor":"bob"`, 1),
				"empty":         "",
				"not a dump":    "x\n",
			} {
				if err := to.Restore(t.Context(), strings.NewReader(file)); knowledge.KindOf(err) != knowledge.Invalid {
					t.Errorf("%s: %v", broken, err)
				}
			}
			if err := to.Restore(t.Context(), strings.NewReader(dump)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(dump, dumpOf(t, to)); diff != "" {
				t.Error(diff)
			}
			if err := to.Restore(t.Context(), strings.NewReader(dump)); knowledge.KindOf(err) != knowledge.Conflict {
				t.Errorf("twice: %v", err)
			}
			storetest.Commit(t, to, storetest.Change(9, storetest.Claim("", "a", 4, "a4")))
		})
	}
}

func dumpOf(t testing.TB, s *sqlstore.Store) string {
	t.Helper()
	var out bytes.Buffer
	if err := s.Dump(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
