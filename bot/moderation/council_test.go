package moderation_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/bot/moderation/storetest"
	"github.com/whosays/whosays/knowledge"
)

// place is a council over stores in memory, with the shared claims "s1" and "s2".
type place struct {
	*moderation.Council

	base   *knowledge.Base
	stores storetest.Stores
}

func newPlace(t testing.TB) *place {
	t.Helper()
	s := memory(t, storetest.Claim("s1"), storetest.Claim("s2"))
	b := storetest.NewBase(t, s)
	return &place{moderation.New(b, s.Council), b, s}
}

// own adds a claim of the tenant "one" by its manager.
func (p *place) own(t testing.TB, id string) {
	t.Helper()
	storetest.Do(t, p.Council, boss(), add(id), moderation.Made)
}

func boss() moderation.Who { return storetest.Manager("one", "p:boss") }
func ann() moderation.Who  { return storetest.Member("one", "p:ann") }
func bob() moderation.Who  { return storetest.Member("one", "p:bob") }

func add(id string) moderation.Change {
	return moderation.Change{Action: moderation.Add, Claim: storetest.Claim(id)}
}

func revise(id, text string, version int) moderation.Change {
	c := storetest.Claim(id)
	c.Text, c.Revision = text, version
	return moderation.Change{Action: moderation.Revise, Claim: c, Reason: "a reason"}
}

func about(action moderation.Action, id, reason string) moderation.Change {
	return moderation.Change{Action: action, Claim: knowledge.Claim{ID: id}, Reason: reason}
}

func moderator(action moderation.Action, account string) moderation.Change {
	return moderation.Change{Action: action, Account: account}
}

func set(s moderation.Settings) moderation.Change {
	return moderation.Change{Action: moderation.Set, Settings: s}
}

func wantErr(t testing.TB, err error, kind knowledge.ErrorKind, says string) {
	t.Helper()
	if knowledge.KindOf(err) != kind || !strings.Contains(knowledge.MessageOf(err), says) {
		t.Errorf("%v (%s), want %s with %q", err, knowledge.KindOf(err), kind, says)
	}
}

// state is all that is kept, of all tenants, as a string.
func (p *place) state(t testing.TB) string {
	t.Helper()
	var out strings.Builder
	for _, tenant := range []string{"", "one", "two"} {
		for c, err := range p.stores.Claims.Changes(t.Context(), knowledge.Trail{Tenant: tenant}) {
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(&out, c.Hash)
		}
		charter, err := p.stores.Council.Charter(t.Context(), tenant)
		waiting, failed := p.stores.Council.Pending(t.Context(), tenant)
		if err = errors.Join(err, failed); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "%+v %+v\n", charter, waiting)
	}
	return out.String()
}

// everything is all that can be asked of a council that would change something, or show what only moderators may know.
func everything(c *moderation.Council, proposal string) map[string]func(context.Context, moderation.Who) error {
	do := func(change moderation.Change) func(context.Context, moderation.Who) error {
		return func(ctx context.Context, who moderation.Who) error {
			_, err := c.Do(ctx, who, change)
			return err
		}
	}
	return map[string]func(context.Context, moderation.Who) error{
		"add":              do(add("new")),
		"add what's wrong": do(moderation.Change{Action: moderation.Add}),
		"revise":           do(revise("a", "About 1,200 civilians were killed there.", 1)),
		"retract":          do(about(moderation.Retract, "a", "why")),
		"hide":             do(about(moderation.Hide, "s1", "why")),
		"unhide":           do(about(moderation.Unhide, "s2", "")),
		"review":           do(moderation.Change{Action: moderation.Review}),
		"add moderator":    do(moderator(moderation.AddModerator, "p:eve")),
		"remove moderator": do(moderator(moderation.RemoveModerator, "p:ann")),
		"set":              do(set(moderation.Settings{})),
		"nothing known":    do(moderation.Change{Action: "drop"}),
		"approve": func(ctx context.Context, who moderation.Who) error {
			_, err := c.Approve(ctx, who, proposal)
			return err
		},
		"reject": func(ctx context.Context, who moderation.Who) error {
			_, err := c.Reject(ctx, who, proposal, "why")
			return err
		},
		"pending": func(ctx context.Context, who moderation.Who) error {
			_, err := c.Pending(ctx, who)
			return err
		},
		"proposal": func(ctx context.Context, who moderation.Who) error {
			_, err := c.Proposal(ctx, who, proposal)
			return err
		},
		"moderators": func(ctx context.Context, who moderation.Who) error {
			_, err := c.Moderators(ctx, who)
			return err
		},
	}
}

// TestWhoMayNot is row 18 of what must hold: whoever is no moderator has no effect, in whichever guise, with whatever they ask.
func TestWhoMayNot(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.own(t, "a")
	storetest.Do(t, p.Council, boss(), about(moderation.Hide, "s2", "why"), moderation.Made)
	storetest.Guarded(t, p.Council, "one")
	storetest.Do(t, p.Council, boss(), moderator(moderation.AddModerator, "p:role:7"), moderation.Waiting)
	id := storetest.Do(t, p.Council, ann(), add("b"), moderation.Waiting).Proposal.ID
	before := p.state(t)
	for name, tc := range map[string]struct {
		who   moderation.Who
		cause error
	}{
		"somebody":                   {storetest.Member("one", "p:eve"), moderation.ErrNotModerator},
		"nobody":                     {storetest.Member("one", ""), moderation.ErrNotModerator},
		"a nobody who manages":       {storetest.Manager("one", " "), moderation.ErrNotModerator},
		"in another group":           {storetest.Member("one", "p:eve", "p:role:1", ""), moderation.ErrNotModerator},
		"in a group not yet let in":  {storetest.Member("one", "p:eve", "p:role:7"), moderation.ErrNotModerator},
		"a name within one":          {storetest.Member("one", "p:an"), moderation.ErrNotModerator},
		"a name in another case":     {storetest.Member("one", "P:ANN"), moderation.ErrNotModerator},
		"a moderator of another":     {storetest.Member("two", "p:ann"), moderation.ErrNotModerator},
		"a moderator where none is":  {storetest.Member("", "p:ann"), moderation.ErrReadOnly},
		"a manager where none is":    {storetest.Manager("", "p:boss"), moderation.ErrReadOnly},
		"whose group is of a tenant": {storetest.Member("two", "p:eve", "p:ann"), moderation.ErrNotModerator},
	} {
		for what, do := range everything(p.Council, id) {
			err := do(t.Context(), tc.who)
			wantErr(t, err, knowledge.Forbidden, "")
			if manages := errors.Is(err, moderation.ErrNotManager); !errors.Is(err, tc.cause) && !manages {
				t.Errorf("%s, %s: %v", name, what, err)
			}
		}
	}
	for _, what := range []string{"add moderator", "set"} {
		if err := everything(p.Council, id)[what](t.Context(), ann()); !errors.Is(err, moderation.ErrNotManager) {
			t.Errorf("a moderator may %s: %v", what, err)
		}
	}
	if err := p.May(t.Context(), ann(), moderation.Set); !errors.Is(err, moderation.ErrNotManager) {
		t.Error(err)
	}
	if diff := cmp.Diff(before, p.state(t)); diff != "" {
		t.Errorf("something was changed: %s", diff)
	}
	two := storetest.Manager("two", "p:boss")
	for _, what := range []string{"approve", "reject", "proposal"} {
		wantErr(t, everything(p.Council, id)[what](t.Context(), two), knowledge.NotFound, "no such proposal")
	}
}

func TestWhoMay(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	storetest.Do(t, p.Council, boss(), moderator(moderation.AddModerator, "p:role:7"), moderation.Made)
	storetest.Do(t, p.Council, boss(), moderator(moderation.AddModerator, " p:ann "), moderation.Made)
	for name, who := range map[string]moderation.Who{
		"a manager": boss(), "a moderator": ann(), "by a group": storetest.Member("one", "p:zoe", "p:role:1", "p:role:7"),
	} {
		if err := p.May(t.Context(), who, moderation.Add); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	storetest.Do(t, p.Council, ann(), moderator(moderation.RemoveModerator, "p:ann"), moderation.Made) // who leaves needs no manager
	wantErr(t, p.May(t.Context(), ann(), moderation.Add), knowledge.Forbidden, "Only moderators")
	all, err := p.Moderators(t.Context(), boss())
	if diff := cmp.Diff([]moderation.Moderator{{Account: "p:role:7", By: "p:boss", At: storetest.Noon()}}, all); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestCharters(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		change moderation.Change
		kind   knowledge.ErrorKind
		says   string
	}{
		"a language":           {set(moderation.Settings{Lang: "uk", Corrections: true}), "", ""},
		"an unknown language":  {set(moderation.Settings{Lang: "xx"}), knowledge.Invalid, "doesn't speak"},
		"too many approvals":   {set(moderation.Settings{Approvals: 2}), knowledge.Invalid, "0 or 1"},
		"too few approvals":    {set(moderation.Settings{Approvals: -1}), knowledge.Invalid, "0 or 1"},
		"no account":           {moderator(moderation.AddModerator, " "), knowledge.Invalid, "whose account"},
		"two accounts":         {moderator(moderation.AddModerator, "p:ann p:eve"), knowledge.Invalid, "whose account"},
		"an unseen account":    {moderator(moderation.AddModerator, "p:ann\u200d"), knowledge.Invalid, "whose account"},
		"a long account":       {moderator(moderation.AddModerator, strings.Repeat("x", 300)), knowledge.Invalid, "whose account"},
		"nobody is removed":    {moderator(moderation.RemoveModerator, "p:none"), "", ""},
		"an unknown one added": {moderator(moderation.AddModerator, "p:new"), "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := newPlace(t).Do(t.Context(), boss(), tc.change)
			wantErr(t, err, tc.kind, tc.says)
		})
	}
	p := newPlace(t)
	storetest.Do(t, p.Council, boss(), set(moderation.Settings{Lang: "ru", Corrections: true}), moderation.Made)
	is, err := p.Settings(t.Context(), "one")
	if diff := cmp.Diff(moderation.Settings{Lang: "ru", Corrections: true}, is); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if is, err := p.Settings(t.Context(), "two"); err != nil || is != (moderation.Settings{}) {
		t.Errorf("%+v, %v", is, err)
	}
	for i := range 100 {
		storetest.Do(t, p.Council, boss(), moderator(moderation.AddModerator, fmt.Sprint("p:", i)), moderation.Made)
	}
	_, err = p.Do(t.Context(), boss(), moderator(moderation.AddModerator, "p:100"))
	wantErr(t, err, knowledge.Invalid, "100 moderators already")
}

// TestAskedAgain holds that the same asked for again by the same person changes nothing more, and is told the same.
func TestAskedAgain(t *testing.T) {
	t.Parallel()
	for _, guarded := range []bool{false, true} {
		for name, change := range map[string]moderation.Change{
			"add": add("new"), "revise": revise("a", "About 1,200 civilians were killed there.", 1), "retract": about(moderation.Retract, "a", " the  source\nwithdrew it "),
			"hide": about(moderation.Hide, "s1", "why"), "unhide": about(moderation.Unhide, "s2", ""), "review": {Action: moderation.Review},
			"review one": {Action: moderation.Review, Claims: []string{"a"}}, "add moderator": moderator(moderation.AddModerator, "p:new"),
			"fewer approvals": set(moderation.Settings{}),
		} {
			t.Run(fmt.Sprint(name, guarded), func(t *testing.T) {
				t.Parallel()
				p, want := newPlace(t), moderation.Made
				p.own(t, "a")
				storetest.Do(t, p.Council, boss(), about(moderation.Hide, "s2", "why"), moderation.Made)
				if guarded {
					storetest.Guarded(t, p.Council, "one")
					want = moderation.Waiting
				}
				first := storetest.Do(t, p.Council, boss(), change, want)
				after := p.state(t)
				second := storetest.Do(t, p.Council, boss(), change, want)
				if diff := cmp.Diff(first, second); diff != "" && name != "review" && name != "review one" {
					t.Error(diff)
				}
				if diff := cmp.Diff(after, p.state(t)); diff != "" {
					t.Errorf("it was made twice: %s", diff)
				}
			})
		}
	}
}
