package knowledge_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge"
)

// TestLatestFigures holds that a base that has followed changes knows the same figures as one that reads all anew: those of the tenant and
// the shared ones, and no others.
func TestLatestFigures(t *testing.T) {
	t.Parallel()
	r, lex := rand.New(rand.NewPCG(1, 2)), floodLexicon(t)
	store, err := knowledge.NewMemory(nil)
	if err != nil {
		t.Fatal(err)
	}
	base, err := knowledge.NewBase(t.Context(), lex, store)
	if err != nil {
		t.Fatal(err)
	}
	figures := func(b *knowledge.Base, tenant string) (out []string) {
		all, err := b.LatestFigures(t.Context(), tenant, 4)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range all {
			if c.Tenant != "" && c.Tenant != tenant {
				t.Errorf("%q is shown a claim of %q", tenant, c.Tenant)
			}
			out = append(out, fmt.Sprint(c.Key(), c.Attribution.SaidOn))
		}
		return out
	}
	versions := map[knowledge.Key]int{}
	seen := 0
	for range 300 {
		c := counted(r)
		versions[c.Key()]++
		c.Revision = versions[c.Key()]
		if _, err := store.Commit(t.Context(), knowledge.Change{
			Tenant: c.Tenant, Action: knowledge.ActionImport, Actor: "ann", Reason: "a step", At: time.Unix(int64(len(versions)), 0), Claims: []knowledge.Claim{c},
		}); err != nil {
			t.Fatal(err)
		}
		anew, err := knowledge.NewBase(t.Context(), lex, store)
		if err != nil {
			t.Fatal(err)
		}
		for _, tenant := range []string{"", "one", "two"} {
			got := figures(base, tenant)
			seen = max(seen, len(got))
			if diff := cmp.Diff(figures(anew, tenant), got); diff != "" {
				t.Fatalf("%q (-want +got):\n%s", tenant, diff)
			}
		}
	}
	if seen != 4 {
		t.Errorf("at most %d figures were seen", seen)
	}
}

// counted draws a version of a claim: live or taken back, in a series or in none.
func counted(r *rand.Rand) knowledge.Claim {
	c := complete()
	c.Tenant, c.ID = []string{"", "", "one", "two"}[r.IntN(4)], fmt.Sprint("claim-", r.IntN(12))
	c.Series, c.Disputes, c.Supersedes = "", nil, nil
	if r.IntN(2) == 0 {
		c.Series = fmt.Sprint("series-", r.IntN(3))
	}
	c.Scope.Place = []string{"", "delta", "valley"}[r.IntN(3)]
	c.Attribution.Speaker = fmt.Sprint("somebody ", r.IntN(4))
	c.Attribution.SaidOn = knowledge.Date{Year: 2020 + r.IntN(5), Month: time.Month(1 + r.IntN(12)), Day: 1 + r.IntN(28)}
	if r.IntN(4) == 0 {
		c.Status = knowledge.StatusRetracted
	}
	return c
}
