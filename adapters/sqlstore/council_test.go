package sqlstore_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/servertest"
	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/bot/moderation/storetest"
	"github.com/whosays/whosays/knowledge"
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

// Row 15 of the reliability table, of charters and proposals: SQL of an attacker, who has the role of the store, is stopped by
// row-level security.
func TestRowLevelSecurityOfCouncils(t *testing.T) {
	t.Parallel()
	url := servertest.Postgres(t)
	s := openStore(t, url)
	for _, tenant := range []string{"one", "two"} {
		govern(t, s, tenant)
	}
	attacks{
		"sees its own settings":      {"one", "SELECT FROM settings", 1},
		"its own moderators":         {"one", "SELECT FROM moderators", 1},
		"its own proposals":          {"one", "SELECT FROM proposals", 1},
		"moderators of no other":     {"one", "SELECT FROM moderators WHERE account <> 'of one'", 0},
		"where no tenant is nothing": {"", "SELECT FROM settings", 0},
		"nor proposals":              {"", "SELECT FROM proposals", 0},
		"sets nothing of another":    {"one", "UPDATE settings SET approvals = 0 WHERE tenant = 'two'", 0},
		"makes nobody a moderator":   {"one", "INSERT INTO moderators VALUES ('two', 'eve', 'eve', 0, 9)", -1},
		"removes no other":           {"one", "DELETE FROM moderators WHERE tenant = 'two'", 0},
		"ends no proposal":           {"one", "UPDATE proposals SET state = 'made' WHERE tenant = 'two'", 0},
		"gives none away":            {"one", "UPDATE proposals SET tenant = 'two', id = 'x'", -1},
		"nor from nowhere":           {"", "INSERT INTO settings VALUES ('two', 9, '', 0, false)", -1},
	}.try(t, url)
}

// Of a tenant that has only a charter, or only a proposal, something is kept too, and it begins anew when it comes back.
func TestGovernedTenantsAreForgotten(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *sqlstore.Store) {
		govern(t, s, "p:one")
		govern(t, s, "p:two")
		forget(t, s, "p:one")
		kept, err := s.Kept(t.Context(), "p:")
		if diff := cmp.Diff([]string{"p:two"}, kept); diff != "" || err != nil {
			t.Error(diff, err)
		}
		if c, err := s.Council().Charter(t.Context(), "p:one"); err != nil || c.Version != 0 || len(c.Moderators) != 0 {
			t.Errorf("%+v, %v", c, err)
		}
		if p, err := s.Council().Proposal(t.Context(), "p:one", "p"); knowledge.KindOf(err) != knowledge.NotFound {
			t.Errorf("%+v, %v", p, err)
		}
		if c, err := s.Council().Charter(t.Context(), "p:two"); err != nil || len(c.Moderators) != 1 {
			t.Errorf("%+v, %v", c, err)
		}
		govern(t, s, "p:one")
		if v := verifyOf(t, s, "p:one", knowledge.Head{}); len(v.Wrong) > 0 {
			t.Error(v.Wrong)
		}
	})
}
