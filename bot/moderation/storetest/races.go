package storetest

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/knowledge"
)

// council returns a council over stores, in which the tenant "one" has a claim "a" and, where guarded, asks for two people.
func council(t testing.TB, s Stores, guarded bool) (*moderation.Council, *knowledge.Base) {
	t.Helper()
	b := NewBase(t, s)
	c := moderation.New(b, s.Council)
	Do(t, c, Manager("one", "p:boss"), moderation.Change{Action: moderation.Add, Claim: Claim("a")}, moderation.Made)
	if guarded {
		Guarded(t, c, "one")
	}
	return c, b
}

// revision is the change that says another text of the claim "a" in its first version.
func revision(text string) moderation.Change {
	c := Claim("a")
	c.Text, c.Revision = text, 1
	return moderation.Change{Action: moderation.Revise, Claim: c, Reason: "a reason"}
}

// atOnce does something several times at once, and returns how it went.
func atOnce(n int, do func(i int) (moderation.Result, error)) ([]moderation.Result, []error) {
	results, errs := make([]moderation.Result, n), make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { results[i], errs[i] = do(i) })
	}
	all.Wait()
	return results, errs
}

func history(t testing.TB, b *knowledge.Base, id string) []knowledge.Change {
	t.Helper()
	all, err := b.History(t.Context(), knowledge.Key{Tenant: "one", ID: id})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// oneVersionTwoPeople holds that of two who edit one version one wins, and the other is told which is current.
func oneVersionTwoPeople(t *testing.T, s Stores) {
	c, b := council(t, s, false)
	_, errs := atOnce(4, func(i int) (moderation.Result, error) {
		return c.Do(t.Context(), Manager("one", fmt.Sprint("p:", i)), revision(fmt.Sprintf("About 1,200 civilians were killed, %c says.", 'a'+i)))
	})
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
			continue
		}
		kindIs(t, knowledge.Conflict, err)
		same(t, "told", knowledge.MessageOf(knowledge.Edited("a", 1, 2)), knowledge.MessageOf(err))
	}
	same(t, "won", 1, won)
	same(t, "versions", 2, len(history(t, b, "a")))
}

// pressedTwice holds that one person's change asked for several times at once is made once, and each is told the same.
func pressedTwice(t *testing.T, s Stores) {
	c, b := council(t, s, false)
	results, errs := atOnce(4, func(int) (moderation.Result, error) {
		return c.Do(t.Context(), Manager("one", "p:ann"), revision("About 1,200 civilians were killed there."))
	})
	for i := range results {
		kindIs(t, "", errs[i])
		same(t, "the same", results[0], results[i])
	}
	same(t, "versions", 2, len(history(t, b, "a")))
	results, errs = atOnce(4, func(int) (moderation.Result, error) {
		return c.Do(t.Context(), Manager("one", "p:ann"), moderation.Change{Action: moderation.AddModerator, Account: "p:zoe"})
	})
	for i := range results {
		kindIs(t, "", errs[i])
		same(t, "state", moderation.Made, results[i].State)
	}
	same(t, "moderators", 1, len(charterOf(t, s, "one").Moderators))
	same(t, "changes", int64(3), headOf(t, s))
}

func approvedTwice(t *testing.T, s Stores) {
	c, b := council(t, s, true)
	waits := Do(t, c, Member("one", "p:ann"), revision("About 1,200 civilians were killed there."), moderation.Waiting)
	before := headOf(t, s)
	results, errs := atOnce(4, func(i int) (moderation.Result, error) {
		return c.Approve(t.Context(), Manager("one", fmt.Sprint("p:", i/2)), waits.Proposal.ID)
	})
	for i := range results {
		kindIs(t, "", errs[i])
		same(t, "state", moderation.Made, results[i].State)
		same(t, "judge", results[0].Proposal.Judge, results[i].Proposal.Judge)
		same(t, "made", results[0].Made, results[i].Made)
	}
	same(t, "changes", before+1, headOf(t, s))
	versions := history(t, b, "a")
	is := versions[len(versions)-1]
	same(t, "who", []string{"p:ann", "p:boss", results[0].Proposal.Judge}, []string{is.Actor, is.Claims[0].AddedBy, is.Claims[0].ApprovedBy})
}

// approvedAndRejected holds that a proposal ends one way, and the base says the same.
func approvedAndRejected(t *testing.T, s Stores) {
	c, b := council(t, s, true)
	for round := range 6 {
		claim := Claim(fmt.Sprint("c-", round))
		id := Do(t, c, Member("one", "p:ann"), moderation.Change{Action: moderation.Add, Claim: claim}, moderation.Waiting).Proposal.ID
		_, errs := atOnce(2, func(i int) (moderation.Result, error) {
			if i == 0 {
				return c.Approve(t.Context(), Member("one", "p:bob"), id)
			}
			return c.Reject(t.Context(), Manager("one", "p:boss"), id, "why not")
		})
		_, err := b.Get(t.Context(), "one", claim.ID)
		is := proposal(t, s, "one", id)
		switch {
		case errs[0] == nil && errs[1] != nil:
			kindIs(t, knowledge.Conflict, errs[1])
			kindIs(t, "", err)
			same(t, "state", moderation.Made, is.State)
		case errs[1] == nil && errs[0] != nil:
			kindIs(t, knowledge.Conflict, errs[0])
			kindIs(t, knowledge.NotFound, err)
			same(t, "state", moderation.Rejected, is.State)
		default:
			t.Errorf("approved: %v, rejected: %v", errs[0], errs[1])
		}
	}
}

// charterRaced holds that of changes of the charter at once none is lost.
func charterRaced(t *testing.T, s Stores) {
	c, _ := council(t, s, false)
	_, errs := atOnce(5, func(i int) (moderation.Result, error) {
		return c.Do(t.Context(), Manager("one", "p:boss"), moderation.Change{Action: moderation.AddModerator, Account: fmt.Sprint("p:", i)})
	})
	for _, err := range errs {
		kindIs(t, "", err)
	}
	is := charterOf(t, s, "one")
	same(t, "moderators", 5, len(is.Moderators))
	same(t, "version", int64(5), is.Version)
}

// theChainSaysIt holds that what was changed of the charter is in the tenant's chain, which is as it was made.
func theChainSaysIt(t *testing.T, s Stores) {
	c, _ := council(t, s, true)
	Do(t, c, Manager("one", "p:boss"), moderation.Change{Action: moderation.RemoveModerator, Account: "p:bob"}, moderation.Made)
	quiet := revision("About 1,200 civilians were killed there.")
	quiet.Quiet = true
	id := Do(t, c, Member("one", "p:ann"), quiet, moderation.Waiting).Proposal.ID
	if _, err := c.Approve(t.Context(), Manager("one", "p:boss"), id); err != nil {
		t.Fatal(err)
	}
	var said []string
	for change, err := range s.Claims.Changes(t.Context(), knowledge.Trail{Tenant: "one"}) {
		if err != nil {
			t.Fatal(err)
		}
		said = append(said, fmt.Sprintf("%s by %s: %s (%d, %t)", change.Action, change.Actor, change.Reason, len(change.Claims), change.Quiet))
	}
	want := []string{
		"add by p:boss:  (1, false)",
		"moderate by p:boss: added the moderator p:ann (0, false)",
		"moderate by p:boss: added the moderator p:bob (0, false)",
		`moderate by p:boss: set language "", approvals 1, corrections false; they were "", 0, true (0, false)`,
		"moderate by p:boss: removed the moderator p:bob (0, false)",
		"revise by p:ann: a reason (1, true)",
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Error(diff)
	}
	v, err := knowledge.Verify(t.Context(), s.Claims, "one", knowledge.Head{})
	kindIs(t, "", err)
	same(t, "wrong", []string(nil), v.Wrong)
}
