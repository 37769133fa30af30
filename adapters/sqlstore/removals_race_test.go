package sqlstore_test

import (
	"slices"
	"testing"

	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/storetest"
)

// While a tenant is forgotten, others write, and so does the tenant: what is left is as it was made.
func TestForgottenWhileWriting(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *sqlstore.Store) {
		settle(t, s, "one")
		done := make(chan error, 8)
		for i := range cap(done) {
			go func() {
				if i%2 == 0 {
					_, err := s.ForgetTenant(t.Context(), "one", "discord", "x")
					done <- err
					return
				}
				id := string(rune('m' + i))
				_, err := s.Commit(t.Context(), storetest.Change(9, storetest.Claim("one", id, 1, id)))
				done <- err
			}()
		}
		for range cap(done) {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if v := verifyOf(t, s, "one", knowledge.Head{}); len(v.Wrong) > 0 || v.Removed.Revision == 0 {
			t.Errorf("%+v", v)
		}
		if all, err := s.Tenants(t.Context()); !slices.Contains(all, "one") || err != nil {
			t.Error(all, err)
		}
	})
}
