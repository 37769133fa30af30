package knowledge_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge"
)

func hide(t testing.TB, b *knowledge.Base, tenant, id string) {
	t.Helper()
	d, err := b.Hiding(t.Context(), by("ann", 0), tenant, id, 0)
	commit(t, b, d, err)
}

func unhide(t testing.TB, b *knowledge.Base, tenant, id string) {
	t.Helper()
	d, err := b.Unhiding(t.Context(), by("ann", 0), tenant, id)
	commit(t, b, d, err)
}

func commit(t testing.TB, b *knowledge.Base, d knowledge.Draft, err error) {
	t.Helper()
	if err == nil {
		_, err = b.Commit(t.Context(), by("ann", 0), d)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// answers is all that a tenant can be told of a base with claims c0 to c11.
func answers(t testing.TB, b *knowledge.Base, tenant string) map[string]any {
	t.Helper()
	out := map[string]any{}
	keep := func(what string, got any, err error) {
		if err != nil && knowledge.KindOf(err) != knowledge.NotFound {
			t.Fatal(err)
		}
		out[what] = got
	}
	q := ask(t, tenant, "residents of the delta evacuated upriver")
	q.Limit = 5
	found, err := b.Find(t.Context(), q)
	keep("find", found, err)
	near, answered, err := b.Nearest(t.Context(), tenant, "the mayor has evacuated 1,200 residents", 4)
	keep("nearest", []any{near, answered}, err)
	list, err := b.List(t.Context(), tenant)
	keep("list", list, err)
	reach, err := b.Reach(t.Context(), tenant)
	keep("reach", reach, err)
	series, left, err := b.Series(t.Context(), tenant, "series", 9, nil)
	keep("series", []any{series, left}, err)
	for i := range 12 {
		id := fmt.Sprint("c", i)
		c, err := b.Get(t.Context(), tenant, id)
		keep("get "+id, c, err)
		known, err := b.Known(t.Context(), tenant, id)
		keep("known "+id, known, err)
		disputing, err := b.Disputing(t.Context(), tenant, id)
		keep("disputing "+id, disputing, err)
	}
	return out
}

// shared are claims c0 to c11: of other dates each, some of one series, some that name others.
func shared() []knowledge.Claim {
	out := make([]knowledge.Claim, 12)
	for i := range out {
		c := plain("", fmt.Sprint("c", i))
		c.Attribution.SaidOn.Day = 1 + i
		c.ReviewedOn = knowledge.Date{Year: 2025, Month: 5, Day: 1 + i}
		switch {
		case i < 3:
			c.Series = "series"
		case i < 5:
			c.Disputes = []string{fmt.Sprint("c", i-1)}
		case i == 5:
			c.Supersedes = []string{"c0"}
		case i > 8:
			c.Kind, c.Figure, c.Text = knowledge.KindIssue, knowledge.Figure{}, "The mayor wants the delta evacuated."
			c.Translations = nil
		}
		out[i] = c
	}
	return out
}

// TestHidingIsOneTenantsAlone is of row 15 of what must hold, too: whatever some tenants hide, revise and show again, nothing
// that the others and the shared base are told differs by it.
func TestHidingIsOneTenantsAlone(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			b, r := newBase(t, append(shared(), plain("two", "c3"))...), rand.New(rand.NewPCG(seed, 15))
			tenants := []string{"", "one", "two", "three"}
			before := map[string]map[string]any{}
			for _, tenant := range tenants {
				before[tenant] = answers(t, b, tenant)
			}
			for range 12 {
				acts := tenants[1+r.IntN(3)]
				id := fmt.Sprint("c", r.IntN(12))
				if d, err := b.Unhiding(t.Context(), by("ann", 0), acts, id); err == nil {
					commit(t, b, d, nil)
				} else if d, err := b.Hiding(t.Context(), by("ann", 0), acts, id, 0); err == nil {
					commit(t, b, d, nil)
				}
				for _, tenant := range tenants {
					now := answers(t, b, tenant)
					if diff := cmp.Diff(before[tenant], now); tenant != acts && diff != "" {
						t.Fatalf("%q is told something else, since %q has hidden or shown %s: %s", tenant, acts, id, diff)
					}
					before[tenant] = now
				}
			}
		})
	}
}

// TestWhatIsHiddenIsntThere: a tenant is told of what it has hidden as of what was never there.
func TestWhatIsHiddenIsntThere(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 16))
		all := shared()
		b := newBase(t, all...)
		gone := map[string]bool{}
		for range 1 + r.IntN(8) {
			id := fmt.Sprint("c", r.IntN(12))
			if !gone[id] {
				hide(t, b, "one", id)
				gone[id] = true
			}
		}
		left := newBase(t, slices.DeleteFunc(shared(), func(c knowledge.Claim) bool { return gone[c.ID] })...)
		want, got := answers(t, left, "one"), answers(t, b, "one")
		for what := range want {
			if what == "find" || what == "nearest" { // how rare a word is, is counted with what is hidden
				continue
			}
			if diff := cmp.Diff(want[what], got[what]); diff != "" {
				t.Errorf("seed %d, %s: %s", seed, what, diff)
			}
		}
		found := got["find"].([]knowledge.Found)
		if len(found) < min(5, 12-len(gone)) {
			t.Errorf("seed %d: what is hidden crowds out others: %d found", seed, len(found))
		}
		for _, f := range append(found, got["nearest"].([]any)[0].([]knowledge.Found)...) {
			if gone[f.Claim.ID] {
				t.Errorf("seed %d: %s is found", seed, f.Claim.ID)
			}
		}
		for id := range gone {
			unhide(t, b, "one", id)
		}
		if diff := cmp.Diff(answers(t, newBase(t, all...), "one"), answers(t, b, "one")); diff != "" {
			t.Errorf("seed %d: shown again: %s", seed, diff)
		}
	}
}

func TestHiding(t *testing.T) {
	t.Parallel()
	fresh := func(t *testing.T) *knowledge.Base {
		t.Helper()
		b := newBase(t, plain("", "a"), plain("one", "own"), plain("two", "twos"), plain("", "both"), plain("one", "both"), short("", "gone", knowledge.StatusRetracted))
		hide(t, b, "three", "a")
		return b
	}
	for name, tc := range map[string]struct {
		tenant, id string
		revision   int
		reason     string
		want       knowledge.ErrorKind
		says       string
	}{
		"a shared one":        {"one", "a", 0, "why", "", ""},
		"in this version":     {"one", "a", 1, "why", "", ""},
		"in an older version": {"one", "a", 2, "why", knowledge.Conflict, "version 1 is current"},
		"no reason":           {"one", "a", 0, " ", knowledge.Invalid, "needs a reason"},
		"from everybody":      {"", "a", 0, "why", knowledge.Invalid, "Only a tenant"},
		"twice":               {"three", "a", 0, "why", knowledge.Conflict, "hidden already"},
		"its own":             {"one", "own", 0, "why", knowledge.Invalid, "retract it"},
		"its own of the id":   {"one", "both", 0, "why", knowledge.Invalid, "retract it"},
		"another's":           {"one", "twos", 0, "why", knowledge.NotFound, "no shared claim"},
		"retracted":           {"one", "gone", 0, "why", knowledge.NotFound, "no shared claim"},
		"none":                {"one", "none\x00", 0, "why", knowledge.NotFound, "no shared claim"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := fresh(t)
			d, err := b.Hiding(t.Context(), knowledge.By{Actor: "ann", Reason: tc.reason, At: noon}, tc.tenant, tc.id, tc.revision)
			wantKind(t, err, tc.want, tc.says)
			if err == nil {
				commit(t, b, d, nil)
				_, err := b.Get(t.Context(), tc.tenant, tc.id)
				wantKind(t, err, knowledge.NotFound, "")
			}
		})
	}
	b := fresh(t)
	for _, k := range []knowledge.Key{{ID: "a"}, {Tenant: "one", ID: "a"}, {Tenant: "one", ID: "own"}, {Tenant: "one", ID: "both"}, {Tenant: "one"}} {
		_, err := b.Unhiding(t.Context(), by("ann", 0), k.Tenant, k.ID)
		wantKind(t, err, knowledge.NotFound, "is hidden here")
	}
}

// TestHiddenAndShownAgain: of what a tenant showed again, it is told what became of the shared claim.
func TestHiddenAndShownAgain(t *testing.T) {
	t.Parallel()
	b := newBase(t, plain("", "a"))
	hide(t, b, "one", "a")
	if diff := cmp.Diff([]string{"a:"}, known(t, b, "one", "a")); diff != "" {
		t.Error(diff)
	}
	unhide(t, b, "one", "a")
	hide(t, b, "one", "a")
	unhide(t, b, "one", "a")
	if diff := cmp.Diff([]string{"a: /a"}, known(t, b, "one", "a")); diff != "" {
		t.Error(diff)
	}
	hide(t, b, "two", "a")
	c := plain("", "better")
	c.Supersedes = []string{"a"}
	add(t, b, by("ann", 1), c)
	if diff := cmp.Diff([]string{"a: superseded instead /better"}, known(t, b, "one", "a")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"a:"}, known(t, b, "two", "a")); diff != "" {
		t.Errorf("what is hidden and superseded: %s", diff)
	}
	changes, err := b.History(t.Context(), knowledge.Key{Tenant: "one", ID: "a"})
	if err != nil || len(changes) != 4 {
		t.Errorf("%d changes, %v", len(changes), err)
	}
	then, err := b.AsOf(t.Context(), "one", noon)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := then.Get(t.Context(), "one", "a"); err != nil {
		t.Error(err)
	}
}
