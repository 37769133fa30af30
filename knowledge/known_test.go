package knowledge_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge"
)

// became says what has become of a claim, in a line.
func became(k knowledge.Known) string {
	out := k.ID + ":"
	if k.Claim != nil {
		out += " " + k.Claim.Tenant + "/" + k.Claim.ID
	}
	if k.Gone != "" {
		out += " " + string(k.Gone)
	}
	for _, c := range k.Instead {
		out += " instead " + c.Tenant + "/" + c.ID
	}
	return out
}

func known(t *testing.T, b *knowledge.Base, tenant string, ids ...string) []string {
	t.Helper()
	all, err := b.Known(t.Context(), tenant, ids...)
	if err != nil {
		t.Fatal(err)
	}
	out := []string{}
	for _, k := range all {
		out = append(out, became(k))
	}
	return out
}

func TestKnown(t *testing.T) {
	t.Parallel()
	corrected := short("", "right", "")
	corrected.Supersedes = []string{"wrong"}
	later := short("", "foretold", "")
	later.Attribution.SaidOn = knowledge.Date{Year: 2099}
	own := short("one", "own-right", "")
	own.Supersedes = []string{"own-wrong"}
	b := newBase(t,
		short("", "shared", ""), short("", "both", ""), short("one", "both", ""), later,
		short("", "wrong", knowledge.StatusSuperseded), corrected,
		short("", "back", ""), short("one", "back", knowledge.StatusRetracted),
		short("", "pending", knowledge.StatusPending), short("", "taken", knowledge.StatusRetracted),
		short("one", "own-wrong", knowledge.StatusSuperseded), own, short("two", "twos", ""), short("two", "gone", knowledge.StatusRetracted),
	)
	view := func(tenant string) *knowledge.Base {
		v, err := b.View(t.Context(), tenant, time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC))
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	ids := []string{"taken", "shared", "both", "wrong", "back", "pending", "own-wrong", "twos", "gone", "foretold", "nowhere"}
	for tenant, want := range map[string][]string{
		"": {
			"taken: retracted", "shared: /shared", "both: /both", "wrong: superseded instead /right", "back: /back", "pending:",
			"own-wrong:", "twos:", "gone:", "foretold:", "nowhere:",
		},
		"one": {
			"taken: retracted", "shared: /shared", "both: one/both", "wrong: superseded instead /right", "back: /back", "pending:",
			"own-wrong: superseded instead one/own-right", "twos:", "gone:", "foretold:", "nowhere:",
		},
	} {
		if diff := cmp.Diff(want, known(t, view(tenant), tenant, ids...)); diff != "" {
			t.Errorf("tenant %q (-want +got):\n%s", tenant, diff)
		}
	}
	if got := known(t, view(""), ""); len(got) > 0 {
		t.Errorf("of no ids: %q", got)
	}
}

// TestKnownFollowsChanges: a claim that is corrected while the base runs, and one that is taken back.
func TestKnownFollowsChanges(t *testing.T) {
	t.Parallel()
	named := func(id string, supersedes ...string) knowledge.Claim {
		c := complete()
		c.ID, c.Disputes, c.Supersedes, c.Series = id, nil, supersedes, ""
		return c
	}
	wrong, other := named("a"), named("b")
	b := newBase(t, wrong, other)
	by := knowledge.By{Actor: "ann", Reason: "wrong", At: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)}
	if _, err := b.Add(t.Context(), by, named("a-right", "a")); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Retract(t.Context(), by, knowledge.Key{ID: "b"}, 0); err != nil {
		t.Fatal(err)
	}
	want := []string{"a: superseded instead /a-right", "b: retracted"}
	if diff := cmp.Diff(want, known(t, b, "", "a", "b")); diff != "" {
		t.Error(diff)
	}
	if _, err := b.Retract(t.Context(), by, knowledge.Key{ID: "a-right"}, 0); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"a: superseded", "a-right: retracted"}, known(t, b, "", "a", "a-right")); diff != "" {
		t.Error(diff)
	}
}
