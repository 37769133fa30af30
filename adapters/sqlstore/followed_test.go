package sqlstore_test

import (
	"slices"
	"testing"

	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/bot/moderation/correction"
	correctiontest "github.com/whosays/whosays/bot/moderation/correction/storetest"
	"github.com/whosays/whosays/knowledge"
)

func TestFollowed(t *testing.T) {
	t.Parallel()
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			correctiontest.Run(t, func(t testing.TB) (knowledge.Store, correction.Store) {
				s := openStore(t, e.url(t))
				return s, s.Followed()
			})
		})
	}
}

// sinceCorrections undoes what the eighth migration has made, its index of reports aside, and those behind it.
var sinceCorrections = []string{
	"DROP TABLE subscriptions", "DROP TABLE slots",
	"DROP INDEX heads_behind", "ALTER TABLE heads DROP COLUMN followed", "ALTER TABLE heads DROP COLUMN followed_hash",
	"DROP TABLE gaps", "DROP TABLE gap_keys",
}

// What was kept before corrections were made counts as followed, of every tenant: nobody is told of old changes.
func TestOldChangesAreFollowed(t *testing.T) {
	t.Parallel()
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			url := e.url(t)
			s := openStore(t, url)
			settle(t, s, "")
			settle(t, s, "one")
			db := rawDB(t, driverOf(e.name), url)
			for _, statement := range append(slices.Clone(sinceCorrections), "DROP INDEX reports_old", "DELETE FROM goose_db_version WHERE version_id >= 8") {
				execute(t, db, statement)
			}
			behind(t, openStore(t, url), 0)
		})
	}
}

// Of a tenant that was removed nothing is told, and nothing waits to be.
func TestRemovalsAreFollowed(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *sqlstore.Store) {
		settle(t, s, "one")
		behind(t, s, 1)
		forget(t, s, "one")
		behind(t, s, 0)
	})
}

func behind(t *testing.T, s *sqlstore.Store, want int) {
	t.Helper()
	left, err := s.Followed().Behind(t.Context())
	if len(left) != want || err != nil {
		t.Errorf("behind: %v, %v", left, err)
	}
}
