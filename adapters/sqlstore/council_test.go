package sqlstore_test

import (
	"testing"

	"github.com/whosays/whosays/adapters/servertest"
	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/bot/moderation/storetest"
)

func councilOf(s *sqlstore.Store) storetest.Stores {
	return storetest.Stores{Claims: s, Council: s.Council()}
}

func TestSQLiteCouncil(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t testing.TB) storetest.Stores { return councilOf(lite(t)) })
}

func TestPostgresCouncil(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t testing.TB) storetest.Stores { return councilOf(openStore(t, servertest.Postgres(t))) })
}
