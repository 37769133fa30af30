package sqlstore_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/servertest"
	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/bot/moderation/gaptest"
)

func TestGaps(t *testing.T) {
	t.Parallel()
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			gaptest.Run(t, func(t testing.TB) moderation.GapStore { return openStore(t, e.url(t)).Gaps() })
		})
	}
}

// Of a tenant that removed the bot what was asked goes, and the key under which its people were hashed.
func TestForgetGaps(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *sqlstore.Store) {
		gaps := s.Gaps()
		var keys [2][]byte
		for i, tenant := range []string{"one", "two"} {
			var err error
			if keys[i], err = gaps.Key(t.Context(), tenant); err != nil {
				t.Fatal(err)
			}
			if err := gaps.Note(t.Context(), gaptest.Asking(tenant, "a", "post:1", "x", 1)); err != nil {
				t.Fatal(err)
			}
		}
		forget(t, s, "one")
		for i, tenant := range []string{"one", "two"} {
			key, err := gaps.Key(t.Context(), tenant)
			if err != nil || cmp.Equal(key, keys[i]) != (tenant == "two") {
				t.Errorf("%s has its key still: %v", tenant, err)
			}
			left, err := gaps.Askings(t.Context(), tenant, gaptest.On(1), 1)
			if err != nil || len(left) != i {
				t.Errorf("left of %s: %v, %v", tenant, left, err)
			}
		}
		kept, err := s.Kept(t.Context(), "o")
		if diff := cmp.Diff([]string{"one"}, kept); diff != "" || err != nil { // the new key
			t.Error(diff, err)
		}
	})
}

// Row 15 of the reliability table, of gaps.
func TestRowLevelSecurityOfGaps(t *testing.T) {
	t.Parallel()
	url := servertest.Postgres(t)
	s := openStore(t, url)
	for _, tenant := range []string{"one", "two"} {
		if _, err := s.Gaps().Key(t.Context(), tenant); err != nil {
			t.Fatal(err)
		}
		if err := s.Gaps().Note(t.Context(), gaptest.Asking(tenant, "a", "post:1", "x", 1)); err != nil {
			t.Fatal(err)
		}
	}
	for name, tc := range map[string]struct {
		tenant, sql string
		rows        int64 // −1: it is refused
	}{
		"sees its own":         {"one", "SELECT FROM gaps", 1},
		"none of another":      {"one", "SELECT FROM gaps WHERE tenant = 'two'", 0},
		"no key of another":    {"one", "SELECT FROM gap_keys WHERE tenant = 'two'", 0},
		"alters no other":      {"one", "UPDATE gaps SET asker = '' WHERE tenant = 'two'", 0},
		"alters no key":        {"one", "UPDATE gap_keys SET key = ''", -1},
		"deletes no other":     {"one", "DELETE FROM gaps WHERE tenant = 'two'", 0},
		"gives away none":      {"one", "UPDATE gaps SET tenant = 'two'", -1},
		"follows for no other": {"one", "UPDATE heads SET followed = revision WHERE tenant = 'two'", 0},
	} {
		t.Run(name, func(t *testing.T) {
			tx, err := asApp(t, url, tc.tenant).BeginTx(t.Context(), nil) // what one adds, no other sees
			if err != nil {
				t.Fatal(err)
			}
			defer tx.Rollback() //nolint:errcheck // nothing is kept
			var n int64
			done, err := tx.ExecContext(t.Context(), tc.sql)
			if err == nil {
				n, _ = done.RowsAffected()
			}
			if (tc.rows < 0) != (err != nil) || err == nil && n != tc.rows {
				t.Errorf("%d rows, want %d: %v", n, tc.rows, err)
			}
		})
	}
}
