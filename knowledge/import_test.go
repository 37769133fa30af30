package knowledge_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge"
)

func TestImportMakesWhatDiffers(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	add(t, b, by("ann", 0), plain("", "same"))
	add(t, b, by("ann", 0), plain("", "other"))
	other, fresh := plain("", "other"), plain("", "fresh")
	other.Text = "About 1,200 residents have left the valley."
	given := []knowledge.Claim{plain("", "same"), other, fresh}
	d, err := b.Import(t.Context(), "", given)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"fresh", "other"}, drafted(d)); diff != "" {
		t.Error(diff)
	}
	made, err := b.Commit(t.Context(), by("bob", 1), d)
	if err != nil || len(made) != 2 || made[1].Revision != 2 {
		t.Fatalf("%+v, %v", made, err)
	}
	_, err = b.Commit(t.Context(), by("bob", 1), d)
	wantKind(t, err, knowledge.Conflict, "")
	if d, err = b.Import(t.Context(), "", given); err != nil || len(d.Edits) != 0 {
		t.Errorf("a second time: %v, %v", drafted(d), err)
	}
	bad := plain("", "bad")
	bad.Disputes = []string{"gone"}
	_, err = b.Import(t.Context(), "", []knowledge.Claim{bad, plain("", "good")})
	wantKind(t, err, knowledge.Invalid, `"bad"`)
}

func drafted(d knowledge.Draft) []string {
	out := []string{}
	for _, e := range d.Edits {
		out = append(out, e.Is.ID)
	}
	return out
}

func TestUpgradeLeavesWhatOthersChanged(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	upgrade := func(hours int, claims ...knowledge.Claim) knowledge.Draft {
		t.Helper()
		d, err := b.Upgrade(t.Context(), "starter", "no longer in the base", claims)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.Commit(t.Context(), by("starter", hours), d); err != nil {
			t.Fatal(err)
		}
		return d
	}
	edition := []knowledge.Claim{plain("", "same"), plain("", "changed"), plain("", "theirs"), plain("", "gone"), plain("", "looked-at")}
	if d := upgrade(0, edition...); len(d.Edits) != 5 {
		t.Errorf("at first: %v", drafted(d))
	}
	if d := upgrade(1, edition...); len(d.Edits) != 0 {
		t.Errorf("again: %v", drafted(d))
	}
	if _, err := b.Retract(t.Context(), by("ann", 2), knowledge.Key{ID: "theirs"}, 0); err != nil {
		t.Fatal(err)
	}
	review, err := b.Reviewed(t.Context(), "", knowledge.Date{Year: 2026, Month: 5, Day: 1}, "looked-at")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Commit(t.Context(), by("ann", 2), review); err != nil {
		t.Fatal(err)
	}
	add(t, b, by("ann", 2), plain("one", "same"))
	other := func(id string) knowledge.Claim {
		c := plain("", id)
		c.Text = "About 1,200 residents have left the valley."
		return c
	}
	d := upgrade(3, plain("", "same"), other("changed"), other("theirs"), other("looked-at"), plain("", "new"))
	if diff := cmp.Diff([]string{"changed", "gone", "looked-at", "new"}, drafted(d)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]knowledge.Kept{{ID: "theirs", Why: "somebody changed it here"}}, d.Kept); diff != "" {
		t.Error(diff)
	}
	wantLive(t, b, "", "/changed", "/looked-at", "/new", "/same")
	wantLive(t, b, "one", "/changed", "/looked-at", "/new", "one/same")
}
