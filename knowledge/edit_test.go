package knowledge_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge"
)

var noon = time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)

// by is somebody who makes a change some hours after noon.
func by(actor string, hours int) knowledge.By {
	return knowledge.By{Actor: actor, Reason: "a reason", At: noon.Add(time.Duration(hours) * time.Hour)}
}

// plain is a valid claim that names no other.
func plain(tenant, id string) knowledge.Claim {
	c := complete()
	c.Tenant, c.ID, c.Series, c.Disputes, c.Supersedes = tenant, id, "", nil, nil
	c.Status, c.AddedBy, c.ApprovedBy, c.Revision = "", "", "", 0
	return c
}

func add(t *testing.T, b *knowledge.Base, w knowledge.By, c knowledge.Claim) knowledge.Claim {
	t.Helper()
	made, err := b.Add(t.Context(), w, c)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func live(t *testing.T, b *knowledge.Base, tenant string) []string {
	t.Helper()
	return keys(t, b, ask(t, tenant, "residents evacuated"))
}

func wantLive(t *testing.T, b *knowledge.Base, tenant string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, live(t, b, tenant)); diff != "" {
		t.Errorf("tenant %q finds (-want +got):\n%s", tenant, diff)
	}
}

func wantKind(t *testing.T, err error, want knowledge.ErrorKind, says string) {
	t.Helper()
	if knowledge.KindOf(err) != want || !strings.Contains(knowledge.MessageOf(err), says) {
		t.Errorf("%v, want %s with %q", err, want, says)
	}
}

func TestAClaimsLife(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	first := add(t, b, by("ann", 0), plain("", "a"))
	wantLive(t, b, "", "/a")
	if first.Revision != 1 || first.AddedBy != "ann" || !first.At.Equal(noon) {
		t.Errorf("added as version %d by %q at %v", first.Revision, first.AddedBy, first.At)
	}
	_, err := b.Add(t.Context(), by("bob", 1), plain("", "a"))
	wantKind(t, err, knowledge.Conflict, "already")

	second := first
	second.Text = "About 1,200 residents have left the valley."
	if second, err = b.Revise(t.Context(), by("bob", 1), second); err != nil || second.Revision != 2 || second.AddedBy != "ann" {
		t.Fatalf("%+v, %v", second, err)
	}
	_, err = b.Revise(t.Context(), by("cat", 2), first)
	wantKind(t, err, knowledge.Conflict, "you edited version 1, but version 2 is current")
	if got, err := b.Get(t.Context(), "", "a"); err != nil || got.Text != second.Text {
		t.Errorf("%q, %v", got.Text, err)
	}

	_, err = b.Retract(t.Context(), knowledge.By{Actor: "cat"}, first.Key(), 0)
	wantKind(t, err, knowledge.Invalid, "reason")
	if _, err = b.Retract(t.Context(), by("cat", 3), first.Key(), 2); err != nil {
		t.Fatal(err)
	}
	wantLive(t, b, "")
	_, err = b.Retract(t.Context(), by("cat", 3), first.Key(), 0)
	wantKind(t, err, knowledge.Conflict, "retracted already")

	history, err := b.History(t.Context(), first.Key())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range history {
		got = append(got, strings.Join([]string{string(c.Action), c.Actor, c.Reason, c.At.Format(time.TimeOnly), c.Claims[0].Text[:12]}, " "))
	}
	if diff := cmp.Diff([]string{"add ann a reason 12:00:00 About 1,200 ", "revise bob a reason 13:00:00 About 1,200 ", "retract cat a reason 15:00:00 About 1,200 "}, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhatWasLiveThen(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	add(t, b, by("ann", 0), plain("", "a"))
	add(t, b, by("ann", 2), plain("one", "b"))
	if _, err := b.Retract(t.Context(), by("bob", 4), knowledge.Key{ID: "a"}, 0); err != nil {
		t.Fatal(err)
	}
	for hours, want := range map[int][]string{-1: nil, 0: {"/a"}, 1: {"/a"}, 2: {"/a", "one/b"}, 3: {"/a", "one/b"}, 4: {"one/b"}} {
		at := noon.Add(time.Duration(hours) * time.Hour)
		then, err := b.AsOf(t.Context(), "one", at)
		if err != nil {
			t.Fatal(err)
		}
		wantLive(t, then, "one", want...)
		c, err := b.Stored(t.Context(), knowledge.Key{ID: "a"}, at)
		if hours < 0 {
			wantKind(t, err, knowledge.NotFound, "wasn't there yet")
		} else if err != nil || c.Live() != (hours < 4) {
			t.Errorf("at %d: %+v, %v", hours, c, err)
		}
	}
}

func TestOnlyValidClaimsAreCommitted(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	series := func(id, said string) knowledge.Claim {
		c := plain("", id)
		c.Series = "count"
		if err := c.Attribution.SaidOn.UnmarshalText([]byte(said)); err != nil {
			t.Fatal(err)
		}
		return c
	}
	add(t, b, by("ann", 0), series("first", "2025-03-01"))
	for name, tc := range map[string]struct {
		claim knowledge.Claim
		says  string
	}{
		"no text":              {func() knowledge.Claim { c := plain("", "x"); c.Text = ""; return c }(), "text: is missing"},
		"another count":        {func() knowledge.Claim { c := series("x", "2025-04-01"); c.Scope.Party = "upriver"; return c }(), "scope.party"},
		"disputes nothing":     {func() knowledge.Claim { c := plain("", "x"); c.Disputes = []string{"gone"}; return c }(), `no claim "gone"`},
		"said on the same day": {series("x", "2025-03-01"), "same date"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := b.Add(t.Context(), by("ann", 1), tc.claim)
			wantKind(t, err, knowledge.Invalid, tc.says)
		})
	}
	wantLive(t, b, "", "/first")
	_, err := b.Add(t.Context(), knowledge.By{}, plain("", "x"))
	wantKind(t, err, knowledge.Invalid, "somebody")
}

func TestACorrectionSupersedes(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	add(t, b, by("ann", 0), plain("", "wrong"))
	right := plain("", "right")
	right.Supersedes = []string{"wrong"}
	add(t, b, by("ann", 1), right)
	wantLive(t, b, "", "/right")
	old, err := b.Stored(t.Context(), knowledge.Key{ID: "wrong"}, time.Time{})
	if err != nil || old.Status != knowledge.StatusSuperseded || old.Revision != 2 {
		t.Errorf("%+v, %v", old, err)
	}
	turned := old
	turned.Status, turned.Supersedes = knowledge.StatusLive, []string{"right"}
	_, err = b.Revise(t.Context(), by("bob", 2), turned)
	wantKind(t, err, knowledge.Invalid, "supersedes this claim in turn")
}

// TestAThousandChangesAreUndone is row 19 of what must hold: one account's thousand changes are taken back in one step.
func TestAThousandChangesAreUndone(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	add(t, b, by("ann", 0), plain("", "target"))
	const changes = 1000
	for i := range changes {
		c, err := b.Stored(t.Context(), knowledge.Key{ID: "target"}, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		c.Attribution.Venue = "a press conference" + strings.Repeat("x", i%7+1)
		if _, err := b.Revise(t.Context(), by("mal", 1), c); err != nil {
			t.Fatal(err)
		}
	}
	d, err := b.Revert(t.Context(), by("ann", 5), "", "mal", noon)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Commit(t.Context(), by("ann", 5), d); err != nil {
		t.Fatal(err)
	}
	if c, err := b.Get(t.Context(), "", "target"); err != nil || c.Attribution.Venue != complete().Attribution.Venue || c.Revision != changes+2 {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestReviewed(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	add(t, b, by("ann", 0), plain("", "a"))
	add(t, b, by("ann", 0), plain("", "b"))
	if _, err := b.Retract(t.Context(), by("ann", 1), knowledge.Key{ID: "b"}, 0); err != nil {
		t.Fatal(err)
	}
	on := knowledge.Date{Year: 2026, Month: 5, Day: 2}
	d, err := b.Reviewed(t.Context(), "", on)
	if err != nil || !slices.Equal(drafted(d), []string{"a"}) {
		t.Fatalf("%v, %v", drafted(d), err)
	}
	if _, err := b.Commit(t.Context(), by("ann", 2), d); err != nil {
		t.Fatal(err)
	}
	if r, err := b.Reach(t.Context(), ""); err != nil || r.Reviewed != on {
		t.Errorf("%+v, %v", r, err)
	}
	_, err = b.Reviewed(t.Context(), "", on, "nowhere")
	wantKind(t, err, knowledge.NotFound, "nowhere")
}

func TestRevertUndoesOneAccount(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	for _, id := range []string{"kept", "changed", "taken-over", "retracted"} {
		add(t, b, by("ann", 0), plain("", id))
	}
	revise := func(actor string, hours int, id, text string) {
		t.Helper()
		c, err := b.Stored(t.Context(), knowledge.Key{ID: id}, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		c.Text = text
		if _, err := b.Revise(t.Context(), by(actor, hours), c); err != nil {
			t.Fatal(err)
		}
	}
	revise("mal", 1, "kept", "About 1,200 residents have left, said early.")
	revise("mal", 2, "changed", "About 1,200 residents of Upriver were evacuated.")
	revise("mal", 3, "changed", "About 1,200 residents of Upriver drowned.")
	revise("mal", 2, "taken-over", "About 1,200 residents drowned.")
	revise("bob", 4, "taken-over", "About 1,200 residents are safe.")
	if _, err := b.Retract(t.Context(), by("mal", 2), knowledge.Key{ID: "retracted"}, 0); err != nil {
		t.Fatal(err)
	}
	add(t, b, by("mal", 3), plain("", "made-up"))

	d, err := b.Revert(t.Context(), by("ann", 5), "", "mal", noon.Add(2*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"changed", "made-up", "retracted"}, drafted(d)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]knowledge.Kept{{ID: "taken-over", Why: "changed since by bob"}}, d.Kept); diff != "" {
		t.Error(diff)
	}
	if _, err := b.Commit(t.Context(), by("ann", 5), d); err != nil {
		t.Fatal(err)
	}
	wantLive(t, b, "", "/changed", "/kept", "/retracted", "/taken-over")
	for id, want := range map[string]string{"changed": complete().Text, "kept": "About 1,200 residents have left, said early.", "taken-over": "About 1,200 residents are safe."} {
		if c, err := b.Get(t.Context(), "", id); err != nil || c.Text != want {
			t.Errorf("%s: %q, %v", id, c.Text, err)
		}
	}
}
