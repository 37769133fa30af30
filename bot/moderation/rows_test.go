package moderation_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/bot/moderation/storetest"
	"github.com/whosays/whosays/knowledge"
)

// TestNothingIsPublishedAlone is row 19 of what must hold: where two are asked for, neither a compromised moderator nor a
// compromised manager gets anything said alone, whatever they try, in whichever guise.
func TestNothingIsPublishedAlone(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.own(t, "a")
	storetest.Do(t, p.Council, boss(), about(moderation.Hide, "s2", "why"), moderation.Made)
	storetest.Guarded(t, p.Council, "one")
	said := func() any {
		t.Helper()
		all, err := p.base.List(t.Context(), "one")
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	before := said()
	guises := map[string]moderation.Who{
		"as moderator": ann(), "as manager": storetest.Manager("one", "p:ann"), "in another case": storetest.Manager("one", "P:Ann"),
		"with blanks": storetest.Manager("one", " p:ann"), "in a group": storetest.Member("one", "p:ann", "p:bob", "p:role:1"),
	}
	for _, name := range slices.Sorted(maps.Keys(guises)) { // in one order: whoever removes herself can't go on as a moderator
		who, asks := guises[name], everything(p.Council, "none")
		for _, what := range slices.Sorted(maps.Keys(asks)) {
			if err := asks[what](t.Context(), who); err != nil && knowledge.KindOf(err) == knowledge.Internal && what != "nothing known" {
				t.Errorf("%s, %s: %v", name, what, err)
			}
		}
		waiting, err := p.stores.Council.Pending(t.Context(), "one")
		if err != nil || len(waiting) == 0 {
			t.Fatal(waiting, err)
		}
		for _, judge := range guises {
			for _, w := range waiting {
				_, err := p.Approve(t.Context(), judge, w.ID)
				wantErr(t, err, knowledge.Forbidden, "")
				_, err = p.Reject(t.Context(), judge, w.ID, "why")
				wantErr(t, err, knowledge.Forbidden, "")
			}
		}
	}
	leavesNobody(t, p)
	if diff := cmp.Diff(before, said()); diff != "" {
		t.Errorf("something is said: %s", diff)
	}
	if is, err := p.Settings(t.Context(), "one"); err != nil || is.Approvals != 1 {
		t.Errorf("%+v, %v", is, err)
	}
}

// leavesNobody has a manager remove all moderators: then nobody else is left who could approve, and an account of hers can't.
func leavesNobody(t *testing.T, p *place) {
	t.Helper()
	for _, account := range []string{"p:ann", "p:bob"} {
		if _, err := p.Do(t.Context(), storetest.Manager("one", "p:ann"), moderator(moderation.RemoveModerator, account)); err != nil {
			t.Error(err)
		}
	}
	alt := storetest.Member("one", "p:eve")
	for _, change := range []moderation.Change{moderator(moderation.AddModerator, "p:eve"), set(moderation.Settings{}), add("c")} {
		storetest.Do(t, p.Council, storetest.Manager("one", "p:ann"), change, moderation.Waiting)
	}
	waiting, err := p.Pending(t.Context(), boss())
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range waiting {
		_, err := p.Approve(t.Context(), alt, w.ID)
		wantErr(t, err, knowledge.Forbidden, "")
	}
}

// TestAThousandRevisionsByAModerator is row 19 of what must hold: what one account did through the council is undone in one step,
// and the chain of it is whole; a chain from which a change of moderators was taken isn't.
func TestAThousandRevisionsByAModerator(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	for i := range 10 {
		p.own(t, fmt.Sprint("a-", i))
	}
	storetest.Do(t, p.Council, boss(), moderator(moderation.AddModerator, "p:ann"), moderation.Made)
	before, err := p.base.List(t.Context(), "one")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 1000 {
		text := fmt.Sprintf("About 1,200 civilians were killed on day %c%c.", 'a'+i/40, 'a'+i%26)
		storetest.Do(t, p.Council, ann(), revise(fmt.Sprint("a-", i%10), text, 1+i/10), moderation.Made)
	}
	for _, id := range []string{"s1", "s2"} {
		storetest.Do(t, p.Council, ann(), about(moderation.Hide, id, "why"), moderation.Made)
	}
	by := knowledge.By{Actor: "operator", At: storetest.Noon()}
	draft, err := p.base.Revert(t.Context(), by, "one", "p:ann", time.Time{})
	if err != nil || len(draft.Edits) != 12 || len(draft.Kept) > 0 {
		t.Fatalf("%d edits, %v, %v", len(draft.Edits), draft.Kept, err)
	}
	if _, err := p.base.Commit(t.Context(), by, draft); err != nil {
		t.Fatal(err)
	}
	after, err := p.base.List(t.Context(), "one")
	if err != nil || len(after) != len(before) {
		t.Fatalf("%d claims, %v", len(after), err)
	}
	for i := range before {
		if !before[i].SameAs(after[i]) {
			t.Errorf("%s isn't as it was", before[i].ID)
		}
	}
	v, err := knowledge.Verify(t.Context(), p.stores.Claims, "one", knowledge.Head{})
	if err != nil || len(v.Wrong) > 0 {
		t.Error(v.Wrong, err)
	}
}

// faulty is a store that fails when a change is written: before it is, or behind it, when it stays.
type faulty struct {
	moderation.Store

	before, behind bool
}

func (f *faulty) Enact(ctx context.Context, e moderation.Enactment) (knowledge.Head, error) {
	away := &knowledge.Error{Kind: knowledge.Unavailable, Msg: "away"}
	if f.before {
		return knowledge.Head{}, away
	}
	h, err := f.Store.Enact(ctx, e)
	if f.behind && err == nil {
		return knowledge.Head{}, away
	}
	return h, err
}

// TestCrashes holds that what was written when a crash hid it from whoever asked is found by asking again, and what wasn't is
// made then: once in all.
func TestCrashes(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]moderation.Change{
		"add": add("new"), "revise": revise("a", "About 1,200 civilians were killed there.", 1), "retract": about(moderation.Retract, "a", "why"),
		"hide": about(moderation.Hide, "s1", "why"), "add moderator": moderator(moderation.AddModerator, "p:new"), "fewer approvals": set(moderation.Settings{}),
	} {
		for _, guarded := range []bool{false, true} {
			for _, behind := range []bool{false, true} {
				t.Run(fmt.Sprint(name, guarded, behind), func(t *testing.T) {
					t.Parallel()
					p := newPlace(t)
					p.own(t, "a")
					storetest.Do(t, p.Council, boss(), set(moderation.Settings{Lang: "uk"}), moderation.Made)
					ask := func(c *moderation.Council) (moderation.Result, error) { return c.Do(t.Context(), boss(), change) }
					if guarded {
						storetest.Guarded(t, p.Council, "one")
						id := storetest.Do(t, p.Council, boss(), change, moderation.Waiting).Proposal.ID
						ask = func(c *moderation.Council) (moderation.Result, error) { return c.Approve(t.Context(), bob(), id) }
					}
					before := p.revision(t)
					crashing := moderation.New(p.base, &faulty{p.stores.Council, !behind, behind})
					_, err := ask(crashing)
					wantErr(t, err, knowledge.Unavailable, "away")
					for range 2 {
						r, err := ask(p.Council)
						if err != nil || r.State != moderation.Made {
							t.Fatal(r.State, err)
						}
					}
					if n := p.revision(t) - before; n != 1 {
						t.Errorf("it was made %d times", n)
					}
				})
			}
		}
	}
}

func (p *place) revision(t testing.TB) int64 {
	t.Helper()
	h, err := p.stores.Claims.Heads(t.Context(), "one")
	if err != nil {
		t.Fatal(err)
	}
	return h.Own.Revision
}

// TestCouncilsNeverMix is row 15 of what must hold: people of several tenants, of direct conversations and of shared channels
// change and read what they like; in 10,000 random sequences nobody sees anything of another tenant, and nobody changes it.
func TestCouncilsNeverMix(t *testing.T) {
	t.Parallel()
	const sequences, together = 10000, 40 // so many sequences share their tenants
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	var w *walk
	r, seen := rand.New(rand.NewPCG(seed, 15)), 0
	for i := range sequences {
		if i%together == 0 {
			w = newWalk(t, r)
		}
		for range 1 + r.IntN(3) {
			w.step()
		}
		if seen += w.seen; t.Failed() {
			t.Fatalf("in sequence %d", i)
		}
		w.seen = 0
	}
	if seen < sequences {
		t.Errorf("only %d claims and proposals were seen", seen)
	}
}

// walk is somebody's way through tenants. What each of them keeps has the same ids, and says whose it is.
type walk struct {
	testing.TB
	*place

	rand   *rand.Rand
	hidden map[knowledge.Key]bool
	seen   int
}

func newWalk(t testing.TB, r *rand.Rand) *walk {
	t.Helper()
	w := &walk{t, newPlace(t), r, map[knowledge.Key]bool{}, 0}
	for _, tenant := range []string{"two", "three"} {
		storetest.Do(t, w.Council, storetest.Manager(tenant, "p:boss"), moderator(moderation.AddModerator, "p:of:"+tenant), moderation.Made)
	}
	storetest.Do(t, w.Council, storetest.Manager("three", "p:boss"), set(moderation.Settings{Approvals: 1}), moderation.Made)
	return w
}

func (w *walk) pick(of ...string) string { return of[w.rand.IntN(len(of))] }

func (w *walk) step() {
	tenant := w.pick("", "one", "two", "three")
	who := storetest.Member(tenant, w.pick("p:boss", "p:of:two", "p:of:three", "p:eve"))
	who.Actor.Manager = who.Actor.ID == "p:boss"
	may := tenant != "" && (who.Actor.Manager || who.Actor.ID == "p:of:"+tenant)
	if w.rand.IntN(3) == 0 {
		w.look(who, may)
		return
	}
	change := w.change(tenant)
	res, err := w.Do(w.Context(), who, change)
	if err == nil && !may || knowledge.KindOf(err) == knowledge.Internal || knowledge.KindOf(err) == knowledge.Unavailable {
		w.Errorf("%q of %q: %v", who.Actor.ID, tenant, err)
	}
	if err == nil && res.State == moderation.Waiting && tenant != "three" {
		w.Errorf("in %q it waits", tenant)
	}
	if err == nil && res.State == moderation.Waiting && w.rand.IntN(2) == 0 {
		other := w.pick("one", "two", "three", "")
		judge := storetest.Manager(other, "p:judge")
		made, err := w.Approve(w.Context(), judge, res.Proposal.ID)
		if err == nil && other != tenant {
			w.Errorf("%q approves what waits in %q", other, tenant)
		}
		res = made
	}
	if res.State == moderation.Made && (change.Action == moderation.Hide || change.Action == moderation.Unhide) {
		w.hidden[knowledge.Key{Tenant: tenant, ID: change.Claim.ID}] = change.Action == moderation.Hide
	}
}

// change is something that may be wrong, too.
func (w *walk) change(tenant string) moderation.Change {
	id, text := w.pick("a", "b", "s1", "s2"), "About 1,200 civilians were killed, says "+tenant+"."
	version := 1 + w.rand.IntN(4)
	c := revise(id, text, version)
	switch w.rand.IntN(6) {
	case 0, 1:
		c.Action, c.Claim.Tenant = moderation.Add, w.pick("", "one", "two") // whoever says so
	case 2:
		c.Claim.Caveats = []knowledge.Caveat{{Text: map[string]string{"en": w.pick("as it is", "as it was")}}}
	case 3:
		c.Action, c.Claim.Revision = moderation.Retract, 0
	case 4:
		c.Action, c.Claim.Revision = moderation.Hide, 0
	case 5:
		c.Action = moderation.Unhide
	}
	c.Reason = "of " + tenant
	return c
}

// look reads as somebody, and holds that it is theirs, or shared.
func (w *walk) look(who moderation.Who, may bool) {
	var claims []knowledge.Claim
	for _, id := range []string{"a", "b", "s1", "s2"} {
		c, err := w.base.Get(w.Context(), who.Tenant, id)
		if err == nil {
			claims = append(claims, c)
		}
		if w.hidden[knowledge.Key{Tenant: who.Tenant, ID: id}] == (err == nil) && id[0] == 's' {
			w.Errorf("%q sees %s: %v, though it has hidden it: %t", who.Tenant, id, err == nil, err != nil)
		}
	}
	found, err := w.base.Resembling(w.Context(), who.Tenant, storetest.Claim("other"))
	waiting, failed := w.Pending(w.Context(), who)
	if err != nil || (failed == nil) != may {
		w.Error(err, failed)
	}
	for _, p := range waiting {
		if w.seen++; p.Change.Reason != "of "+who.Tenant {
			w.Errorf("%q sees a proposal %s", who.Tenant, p.Change.Reason)
		}
	}
	for _, c := range append(claims, found...) {
		w.seen++
		own := c.Tenant == who.Tenant && c.Text == "About 1,200 civilians were killed, says "+who.Tenant+"."
		if shared := c.Tenant == "" && c.Text == storetest.Claim("").Text; !own && !shared {
			w.Errorf("%q sees claim %q of %q: %s", who.Tenant, c.ID, c.Tenant, c.Text)
		}
	}
	if ms, err := w.Moderators(w.Context(), who); errors.Is(err, moderation.ErrReadOnly) && who.Tenant != "" || len(ms) > 1 || len(ms) == 1 && ms[0].Account != "p:of:"+who.Tenant {
		w.Errorf("%q sees moderators %v, %v", who.Tenant, ms, err)
	}
}
