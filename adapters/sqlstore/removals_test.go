package sqlstore_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/sqlstore"
	deliverytest "github.com/whosays/whosays/bot/delivery/storetest"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/bot/tenancy"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
	"github.com/whosays/whosays/knowledge/storetest"
)

// settle gives a tenant two claims in three changes, a delivery, and a report, and returns its head.
func settle(t testing.TB, s *sqlstore.Store, tenant string) knowledge.Head {
	t.Helper()
	storetest.Commit(t, s, storetest.Change(0, storetest.Claim(tenant, "a", 1, "a1"), storetest.Claim(tenant, "b", 1, "b1")))
	storetest.Commit(t, s, storetest.Change(1, storetest.Claim(tenant, "a", 2, "a2")))
	h := storetest.Commit(t, s, storetest.Change(2, storetest.Claim(tenant, "b", 2, "b2")))
	say(t, s, tenant)
	return h
}

// govern gives a tenant a charter with a moderator, in one more change, and a proposal.
func govern(t testing.TB, s *sqlstore.Store, tenant string) knowledge.Head {
	t.Helper()
	before, err := s.Council().Charter(t.Context(), tenant)
	if err != nil {
		t.Fatal(err)
	}
	charter := moderation.Charter{Moderators: []moderation.Moderator{{Account: "of " + tenant, By: "boss", At: storetest.Start}}}
	note := knowledge.Change{Tenant: tenant, Action: knowledge.ActionModerate, Actor: "boss", At: storetest.Start}
	h, err := s.Council().Enact(t.Context(), moderation.Enactment{Change: note, Under: before.Version, Charter: &charter})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Council().Propose(t.Context(), tenant, moderation.Proposal{ID: "p", By: "of " + tenant, State: moderation.Waiting}); err != nil {
		t.Fatal(err)
	}
	return h
}

// say tells a tenant something, which reports a mistake in it.
func say(t testing.TB, s *sqlstore.Store, tenant string) {
	t.Helper()
	_, _, err := s.Deliveries().Insert(t.Context(), deliverytest.Said(tenant, "said to "+tenant, deliverytest.Claim(tenant, "a", 1)), time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	err = s.Reports().Add(t.Context(), moderation.Report{Tenant: tenant, ID: "r", At: storetest.Start, Note: "x"})
	if err != nil {
		t.Fatal(err)
	}
}

func forget(t testing.TB, s *sqlstore.Store, tenant string) tenancy.Forgotten {
	t.Helper()
	f, err := s.ForgetTenant(t.Context(), tenant, "discord", "the server removed the bot")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// rows counts what is kept of a tenant, by table, as a dump of the database would show it.
func rows(t testing.TB, driver, url, tenant string) map[string]int {
	t.Helper()
	db := rawDB(t, driver, url)
	out := map[string]int{}
	for _, table := range []string{"versions", "changes", "deliveries", "quotes", "reports", "settings", "moderators", "proposals", "removals", "heads"} {
		var n int
		tx, err := db.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if driver == "pgx" {
			if _, err := tx.ExecContext(t.Context(), "SELECT set_config('whosays.tenant', $1, true)", tenant); err != nil {
				t.Fatal(err)
			}
		}
		if err := tx.QueryRowContext(t.Context(), "SELECT count(*) FROM "+table+" WHERE tenant = $1", tenant).Scan(&n); err != nil {
			t.Fatal(err)
		}
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			out[table] = n
		}
	}
	return out
}

func verifyOf(t testing.TB, s *sqlstore.Store, tenant string, kept knowledge.Head) knowledge.Verdict {
	t.Helper()
	v, err := knowledge.Verify(t.Context(), s, tenant, kept)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Of a tenant that removed the bot everything goes but the head of its audit chain; of the others nothing.
func TestForgetTenant(t *testing.T) {
	t.Parallel()
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			url := e.url(t)
			s, driver := openStore(t, url), driverOf(e.name)
			settle(t, s, "one")
			settle(t, s, "")
			settle(t, s, "two")
			was, two := govern(t, s, "one"), govern(t, s, "two")
			others := []map[string]int{rows(t, driver, url, ""), rows(t, driver, url, "two")}

			f := forget(t, s, "one")
			if f.Changes != 4 || f.Said != 1 || f.Reports != 1 || f.Head.Revision != 5 {
				t.Errorf("forgotten: %+v", f)
			}
			if diff := cmp.Diff(map[string]int{"changes": 1, "removals": 1, "heads": 1}, rows(t, driver, url, "one")); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(others, []map[string]int{rows(t, driver, url, ""), rows(t, driver, url, "two")}); diff != "" {
				t.Error(diff)
			}
			changes := storetest.Gather(t, s.Changes(t.Context(), knowledge.Trail{Tenant: "one"}))
			if len(changes) != 1 || changes[0].Action != knowledge.ActionRemove || changes[0].Actor != "discord" ||
				!changes[0].Start().Same(was) || !changes[0].Head().Same(f.Head) {
				t.Errorf("what stays: %+v", changes)
			}
			for name, tc := range map[string]struct {
				kept  knowledge.Head
				wrong bool
			}{
				"none kept":            {knowledge.Head{}, false},
				"that before":          {was, false},
				"another before":       {knowledge.Head{Revision: was.Revision, Hash: "x"}, true},
				"one long before":      {knowledge.Head{Revision: 1, Hash: "x"}, false},
				"that since":           {f.Head, false},
				"one that isn't there": {knowledge.Head{Revision: 5, Hash: "x"}, true},
			} {
				v := verifyOf(t, s, "one", tc.kept)
				if (len(v.Wrong) > 0) != tc.wrong || !v.Removed.Same(f.Head) || !v.Removed.At.Equal(f.Head.At) || !v.Head.Same(f.Head) {
					t.Errorf("%s: %+v", name, v)
				}
			}
			if v := verifyOf(t, s, "two", two); len(v.Wrong) > 0 || v.Removed.Revision > 0 {
				t.Errorf("of another tenant: %+v", v)
			}
			if again := forget(t, s, "one"); !again.Head.Same(f.Head) || again.Changes+again.Said+again.Reports > 0 {
				t.Errorf("again: %+v", again)
			}
		})
	}
}

// A tenant that comes back goes on from the head that was kept, and can be forgotten again.
func TestATenantComesBack(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *sqlstore.Store) {
		settle(t, s, "one")
		first := forget(t, s, "one")
		back := storetest.Commit(t, s, storetest.Change(9, storetest.Claim("one", "a", 1, "back")))
		if back.Revision != first.Head.Revision+1 {
			t.Errorf("it goes on with %d", back.Revision)
		}
		if v := verifyOf(t, s, "one", first.Head); len(v.Wrong) > 0 || !v.Removed.Same(first.Head) || !v.Head.Same(back) {
			t.Errorf("%+v", v)
		}
		var dump bytes.Buffer
		if err := s.Dump(t.Context(), &dump); err != nil {
			t.Fatal(err)
		}
		restored := lite(t)
		if err := restored.Restore(t.Context(), &dump); err != nil {
			t.Fatal(err)
		}
		if v := verifyOf(t, restored, "one", back); len(v.Wrong) > 0 || !v.Removed.Same(first.Head) {
			t.Errorf("restored: %+v", v)
		}
		second := forget(t, s, "one")
		if v := verifyOf(t, s, "one", back); len(v.Wrong) > 0 || !v.Head.Same(second.Head) || second.Changes != 2 {
			t.Errorf("%+v of %+v", v, second)
		}
	})
}

func TestWhoCannotBeForgotten(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *sqlstore.Store) {
		h := settle(t, s, "")
		if _, err := s.ForgetTenant(t.Context(), "", "discord", "x"); knowledge.KindOf(err) != knowledge.Invalid {
			t.Error(err)
		}
		for _, tenant := range []string{"nobody", "\x00", "'; DROP TABLE heads; --"} {
			if f := forget(t, s, tenant); f != (tenancy.Forgotten{}) {
				t.Errorf("%q: %+v", tenant, f)
			}
		}
		if _, err := s.ForgetTenant(t.Context(), "one", "\x00", "x"); knowledge.KindOf(err) != knowledge.Invalid {
			t.Error(err)
		}
		removal := storetest.Change(9, storetest.Claim("one", "a", 1, "x"))
		removal.Action = knowledge.ActionRemove
		if _, err := s.Commit(t.Context(), removal); err == nil {
			t.Error("a removal was committed that deletes nothing")
		}
		all, err := s.Tenants(t.Context())
		if diff := cmp.Diff([]string{""}, all); diff != "" || err != nil {
			t.Error(diff, err)
		}
		if v := verifyOf(t, s, "", h); len(v.Wrong) > 0 {
			t.Error(v.Wrong)
		}
	})
}

func TestWhoIsKept(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *sqlstore.Store) {
		settle(t, s, "")
		settle(t, s, "discord:1")
		settle(t, s, "slack:1")
		say(t, s, "discord:2")
		say(t, s, "discord:3")
		say(t, s, "discorder")
		storetest.Commit(t, s, storetest.Change(0, storetest.Claim("discord:4", "a", 1, "x")))
		kept := func() []string {
			all, err := s.Kept(t.Context(), "discord:")
			if err != nil {
				t.Fatal(err)
			}
			return all
		}
		if diff := cmp.Diff([]string{"discord:1", "discord:2", "discord:3", "discord:4"}, kept()); diff != "" {
			t.Error(diff)
		}
		for _, tenant := range []string{"discord:1", "discord:2", "discord:4"} {
			forget(t, s, tenant)
		}
		if diff := cmp.Diff([]string{"discord:3"}, kept()); diff != "" {
			t.Error(diff)
		}
		say(t, s, "discord:1")
		storetest.Commit(t, s, storetest.Change(0, storetest.Claim("discord:4", "a", 1, "x")))
		if diff := cmp.Diff([]string{"discord:1", "discord:3", "discord:4"}, kept()); diff != "" {
			t.Error(diff)
		}
	})
}

// What is in memory of a tenant goes when its head is looked at: nothing of it is found any more.
func TestTheBaseForgetsATenant(t *testing.T) {
	t.Parallel()
	lex, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	onBoth(t, func(t *testing.T, s *sqlstore.Store) {
		settle(t, s, "one")
		base, err := knowledge.NewBase(t.Context(), lex, s)
		if err != nil {
			t.Fatal(err)
		}
		if c, err := base.Get(t.Context(), "one", "a"); err != nil || c.Text != "a2" {
			t.Fatal(c, err)
		}
		forget(t, s, "one")
		if c, err := base.Get(t.Context(), "one", "a"); knowledge.KindOf(err) != knowledge.NotFound {
			t.Error(c, err)
		}
		if found, _, err := base.Nearest(t.Context(), "one", "a2", 9); err != nil || len(found) > 0 {
			t.Error(found, err)
		}
		storetest.Commit(t, s, storetest.Change(9, storetest.Claim("one", "a", 1, "back")))
		if c, err := base.Get(t.Context(), "one", "a"); err != nil || c.Text != "back" {
			t.Error(c, err)
		}
	})
}
