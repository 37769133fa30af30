package moderation_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/bot/moderation/storetest"
	"github.com/whosays/whosays/knowledge"
)

// guarded is a place where two are asked for, with a claim "a".
func guarded(t testing.TB) *place {
	t.Helper()
	p := newPlace(t)
	p.own(t, "a")
	storetest.Guarded(t, p.Council, "one")
	return p
}

func TestAProposalThatIsOutdatedWaitsOn(t *testing.T) {
	t.Parallel()
	p := guarded(t)
	first := storetest.Do(t, p.Council, ann(), revise("a", "About 1,200 civilians were killed there.", 1), moderation.Waiting).Proposal
	second := storetest.Do(t, p.Council, bob(), about(moderation.Retract, "a", "why"), moderation.Waiting).Proposal
	if _, err := p.Approve(t.Context(), bob(), first.ID); err != nil {
		t.Fatal(err)
	}
	_, err := p.Approve(t.Context(), ann(), second.ID) // who proposed it has seen version 1
	wantErr(t, err, knowledge.Conflict, "you edited version 1, but version 2 is current")
	is, err := p.Proposal(t.Context(), ann(), second.ID)
	if diff := cmp.Diff(second, is); diff != "" || err != nil {
		t.Error(diff, err)
	}
	r, err := p.Reject(t.Context(), ann(), second.ID, " look \n again ")
	if err != nil || r.State != moderation.Rejected || r.Proposal.Why != "look again" || r.Proposal.Judge != "p:ann" {
		t.Errorf("%+v, %v", r, err)
	}
	again, err := p.Reject(t.Context(), ann(), second.ID, "look again")
	if diff := cmp.Diff(r, again); diff != "" || err != nil {
		t.Error(diff, err)
	}
	_, err = p.Reject(t.Context(), boss(), second.ID, "no")
	wantErr(t, err, knowledge.Conflict, "Somebody else has decided")
	_, err = p.Approve(t.Context(), boss(), second.ID)
	wantErr(t, err, knowledge.Conflict, "rejected")
	_, err = p.Reject(t.Context(), boss(), first.ID, "no")
	wantErr(t, err, knowledge.Conflict, "Somebody else has decided")
	if waiting, err := p.Pending(t.Context(), ann()); err != nil || len(waiting) != 0 {
		t.Error(waiting, err)
	}
}

func TestRejectingNeedsAReason(t *testing.T) {
	t.Parallel()
	p := guarded(t)
	id := storetest.Do(t, p.Council, ann(), add("b"), moderation.Waiting).Proposal.ID
	for _, why := range []string{"", " \u200b", strings.Repeat("x", moderation.MostNote+1)} {
		_, err := p.Reject(t.Context(), bob(), id, why)
		wantErr(t, err, knowledge.Invalid, "needs a reason")
		if fields := knowledge.ProblemsOf(err); len(fields) != 1 || fields[0].Field != "reason" {
			t.Error(fields)
		}
	}
}

// What was rejected may be proposed again, and is another proposal.
func TestProposedAgain(t *testing.T) {
	t.Parallel()
	p := guarded(t)
	first := storetest.Do(t, p.Council, ann(), add("b"), moderation.Waiting).Proposal
	if _, err := p.Reject(t.Context(), bob(), first.ID, "why"); err != nil {
		t.Fatal(err)
	}
	second := storetest.Do(t, p.Council, ann(), add("b"), moderation.Waiting).Proposal
	if second.ID == first.ID {
		t.Error("it is the one that was rejected")
	}
	other := storetest.Do(t, p.Council, bob(), add("b"), moderation.Waiting).Proposal
	if other.ID == second.ID {
		t.Error("another person's is the same: it would be approved by its own proposer")
	}
	r, err := p.Approve(t.Context(), bob(), second.ID)
	if err != nil || len(r.Made) != 1 || r.Made[0].AddedBy != "p:ann" || r.Made[0].ApprovedBy != "p:bob" {
		t.Errorf("%+v, %v", r, err)
	}
	_, err = p.Approve(t.Context(), ann(), other.ID)
	wantErr(t, err, knowledge.Conflict, "already (version 1)")
}

func TestProposedChangesOfACharter(t *testing.T) {
	t.Parallel()
	p := guarded(t)
	lower := storetest.Do(t, p.Council, boss(), set(moderation.Settings{Lang: "uk"}), moderation.Waiting).Proposal
	if diff := cmp.Diff(moderation.Settings{Approvals: 1}, lower.Change.Was); diff != "" {
		t.Error(diff)
	}
	storetest.Do(t, p.Council, boss(), set(moderation.Settings{Lang: "ru", Approvals: 1}), moderation.Made) // weakens nothing
	_, err := p.Approve(t.Context(), ann(), lower.ID)
	wantErr(t, err, knowledge.Conflict, "settings were changed since")

	zoe := storetest.Do(t, p.Council, boss(), moderator(moderation.AddModerator, "p:zoe"), moderation.Waiting).Proposal
	if r, err := p.Approve(t.Context(), ann(), zoe.ID); err != nil || r.State != moderation.Made || r.Proposal.Judge != "p:ann" {
		t.Errorf("%+v, %v", r, err)
	}
	if err := p.May(t.Context(), storetest.Member("one", "p:zoe"), moderation.Add); err != nil {
		t.Error(err)
	}
	storetest.Do(t, p.Council, boss(), moderator(moderation.RemoveModerator, "p:zoe"), moderation.Made)
	if r, err := p.Approve(t.Context(), ann(), zoe.ID); err != nil || r.State != moderation.Made { // pressed again
		t.Errorf("%+v, %v", r, err)
	}
	wantErr(t, p.May(t.Context(), storetest.Member("one", "p:zoe"), moderation.Add), knowledge.Forbidden, "")
	storetest.Do(t, p.Council, boss(), moderator(moderation.AddModerator, "p:zoe"), moderation.Waiting)

	again := storetest.Do(t, p.Council, boss(), set(moderation.Settings{Lang: "ru"}), moderation.Waiting).Proposal
	if _, err := p.Approve(t.Context(), bob(), again.ID); err != nil {
		t.Fatal(err)
	}
	storetest.Do(t, p.Council, ann(), add("b"), moderation.Made)
}
