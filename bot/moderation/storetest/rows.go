package storetest

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/knowledge"
)

// note is a change without claims, as those of a charter are.
func note(tenant, reason string) knowledge.Change {
	return knowledge.Change{Tenant: tenant, Action: knowledge.ActionModerate, Actor: "p:boss", Reason: reason, At: Noon()}
}

func charterOf(t testing.TB, s Stores, tenant string) moderation.Charter {
	t.Helper()
	c, err := s.Council.Charter(t.Context(), tenant)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func enact(t testing.TB, s Stores, e moderation.Enactment) knowledge.Head {
	t.Helper()
	h, err := s.Council.Enact(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func moved(t testing.TB, s Stores, e moderation.Enactment) {
	t.Helper()
	if _, err := s.Council.Enact(t.Context(), e); !errors.Is(err, moderation.ErrMoved) || knowledge.KindOf(err) != knowledge.Conflict {
		t.Errorf("%v, want %v", err, moderation.ErrMoved)
	}
}

// headOf returns how many changes the tenant "one" has made.
func headOf(t testing.TB, s Stores) int64 {
	t.Helper()
	h, err := s.Claims.Heads(t.Context(), "one")
	if err != nil {
		t.Fatal(err)
	}
	return h.Own.Revision
}

// chosen is a charter with something in each of its fields.
func chosen() moderation.Charter {
	return moderation.Charter{
		Settings: moderation.Settings{Lang: "uk", Approvals: 1, Corrections: true},
		Moderators: []moderation.Moderator{
			{Account: "p:zoe", By: "p:boss", At: Noon()}, {Account: "p:role:1", By: "p:zoe", At: Noon().Add(time.Minute)}, {Account: "p:ann", By: "p:boss", At: Noon()},
		},
	}
}

func nothingChosen(t *testing.T, s Stores) {
	for _, tenant := range []string{"", "one"} {
		same(t, "charter", moderation.Charter{}, charterOf(t, s, tenant))
		waiting, err := s.Council.Pending(t.Context(), tenant)
		kindIs(t, "", err)
		same(t, "waiting", 0, len(waiting))
		_, err = s.Council.Proposal(t.Context(), tenant, "none")
		kindIs(t, knowledge.NotFound, err)
	}
}

func charters(t *testing.T, s Stores) {
	first := chosen()
	head := enact(t, s, moderation.Enactment{Change: note("one", "first"), Charter: &first})
	same(t, "revision", int64(1), head.Revision)
	want := chosen()
	want.Version = 1
	same(t, "first", want, charterOf(t, s, "one"))

	second := moderation.Charter{Moderators: want.Moderators[1:]}
	moved(t, s, moderation.Enactment{Change: note("one", "as if there were none"), Charter: &second})
	moved(t, s, moderation.Enactment{Change: note("one", "ahead"), Charter: &second, Under: 2})
	same(t, "nothing of it", want, charterOf(t, s, "one"))
	enact(t, s, moderation.Enactment{Change: note("one", "second"), Charter: &second, Under: 1})
	same(t, "second", moderation.Charter{Version: 2, Moderators: want.Moderators[1:]}, charterOf(t, s, "one"))
	enact(t, s, moderation.Enactment{Change: note("one", "none"), Charter: &moderation.Charter{}, Under: 2})
	same(t, "emptied", moderation.Charter{Version: 3}, charterOf(t, s, "one"))
	same(t, "revision", int64(3), headOf(t, s))
}

func chartersApart(t *testing.T, s Stores) {
	first := chosen()
	enact(t, s, moderation.Enactment{Change: note("one", "x"), Charter: &first})
	for _, tenant := range []string{"", "two", "ONE", "one\x00", "o"} {
		same(t, tenant, moderation.Charter{}, charterOf(t, s, tenant))
	}
	second := moderation.Charter{Settings: moderation.Settings{Lang: "ru"}}
	enact(t, s, moderation.Enactment{Change: note("two", "x"), Charter: &second})
	same(t, "language of one", "uk", charterOf(t, s, "one").Settings.Lang)
	same(t, "moderators of one", 3, len(charterOf(t, s, "one").Moderators))
}

// allOrNothing holds that neither a charter nor the end of a proposal stays where the change itself can't be made.
func allOrNothing(t *testing.T, s Stores) {
	first := chosen()
	enact(t, s, moderation.Enactment{Change: note("one", "x"), Charter: &first})
	p := propose(t, s, "one", "a", 0)
	p.State, p.Judge = moderation.Made, "p:bob"
	change := note("one", "y")
	c := Claim("a")
	c.Tenant, c.Revision = "one", 7
	change.Claims = []knowledge.Claim{c}
	_, err := s.Council.Enact(t.Context(), moderation.Enactment{Change: change, Under: 1, Charter: &moderation.Charter{}, Proposal: &p})
	kindIs(t, knowledge.Conflict, err)
	if errors.Is(err, moderation.ErrMoved) {
		t.Error("that a claim was edited is said as if the charter had moved")
	}
	same(t, "version", int64(1), charterOf(t, s, "one").Version)
	same(t, "waits", moderation.Waiting, proposal(t, s, "one", "a").State)
	same(t, "revision", int64(1), headOf(t, s))
}

// propose keeps a proposal of so many minutes after noon.
func propose(t testing.TB, s Stores, tenant, id string, minutes int) moderation.Proposal {
	t.Helper()
	c := Claim(id)
	c.Tenant = tenant
	p, err := s.Council.Propose(t.Context(), tenant, moderation.Proposal{
		ID: id, By: "p:ann", At: Noon().Add(time.Duration(minutes) * time.Minute), State: moderation.Waiting,
		Change: moderation.Change{
			Action: moderation.Revise, Claim: c, Claims: []string{"x", "y"}, Reason: "of " + tenant, Quiet: true, Account: "p:zoe",
			Settings: moderation.Settings{Lang: "uk", Approvals: 1}, Was: moderation.Settings{Corrections: true},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func proposal(t testing.TB, s Stores, tenant, id string) moderation.Proposal {
	t.Helper()
	p, err := s.Council.Proposal(t.Context(), tenant, id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func waiting(t testing.TB, s Stores, tenant string) []string {
	t.Helper()
	all, err := s.Council.Pending(t.Context(), tenant)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, p := range all {
		ids = append(ids, p.ID)
	}
	return ids
}

func proposals(t *testing.T, s Stores) {
	first := propose(t, s, "one", "b", 2)
	same(t, "reason", "of one", first.Change.Reason)
	same(t, "as it was kept", first, proposal(t, s, "one", "b"))
	other := propose(t, s, "one", "b", 5)
	same(t, "the one that there is", first, other)
	propose(t, s, "one", "a", 2)
	propose(t, s, "one", "c", 1)
	same(t, "waiting", []string{"c", "a", "b"}, waiting(t, s, "one"))
	first.State, first.Judge, first.Why = moderation.Rejected, "p:bob", "why not"
	ended, err := s.Council.End(t.Context(), "one", first)
	kindIs(t, "", err)
	same(t, "ended", true, ended)
	same(t, "rejected", first, proposal(t, s, "one", "b"))
	same(t, "proposed again", first, propose(t, s, "one", "b", 9))
	same(t, "waiting", []string{"c", "a"}, waiting(t, s, "one"))
}

func proposalsApart(t *testing.T, s Stores) {
	propose(t, s, "one", "a", 0)
	of := propose(t, s, "two", "a", 1)
	same(t, "of two", "of two", of.Change.Reason)
	of.State = moderation.Rejected
	for _, tenant := range []string{"", "three", "two\x00"} {
		_, err := s.Council.Proposal(t.Context(), tenant, "a")
		kindIs(t, knowledge.NotFound, err)
		same(t, "waiting", 0, len(waiting(t, s, tenant)))
		ended, err := s.Council.End(t.Context(), tenant, of)
		kindIs(t, "", err)
		same(t, "ended", false, ended)
		moved(t, s, moderation.Enactment{Change: note("three", "x"), Proposal: &of})
	}
	same(t, "of one", moderation.Waiting, proposal(t, s, "one", "a").State)
	same(t, "of two", moderation.Waiting, proposal(t, s, "two", "a").State)
}

func endedOnce(t *testing.T, s Stores) {
	p := propose(t, s, "one", "a", 0)
	for i, state := range []moderation.State{moderation.Rejected, moderation.Made, moderation.Rejected} {
		p.State, p.Judge = state, fmt.Sprint("p:", i)
		ended, err := s.Council.End(t.Context(), "one", p)
		kindIs(t, "", err)
		same(t, "ended", i == 0, ended)
	}
	moved(t, s, moderation.Enactment{Change: note("one", "x"), Proposal: &p})
	same(t, "judge", "p:0", proposal(t, s, "one", "a").Judge)
	same(t, "revision", int64(0), headOf(t, s))
	unknown := p
	unknown.ID = "none"
	ended, err := s.Council.End(t.Context(), "one", unknown)
	kindIs(t, "", err)
	same(t, "unknown", false, ended)
}

func manyWait(t *testing.T, s Stores) {
	for i := range moderation.MostPending + 5 {
		propose(t, s, "one", fmt.Sprintf("p-%03d", i), -i)
	}
	ids := waiting(t, s, "one")
	same(t, "how many", moderation.MostPending, len(ids))
	same(t, "the oldest", fmt.Sprintf("p-%03d", moderation.MostPending+4), ids[0])
}

// enactedOnce holds that of many who make one proposal at once one does.
func enactedOnce(t *testing.T, s Stores) {
	p := propose(t, s, "one", "a", 0)
	p.State = moderation.Made
	errs := make([]error, 6)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() {
			mine := p
			mine.Judge = fmt.Sprint("p:", i)
			_, errs[i] = s.Council.Enact(t.Context(), moderation.Enactment{Change: note("one", mine.Judge), Proposal: &mine})
		})
	}
	all.Wait()
	won := 0
	for i, err := range errs {
		if err == nil {
			won++
			same(t, "judge", fmt.Sprint("p:", i), proposal(t, s, "one", "a").Judge)
		} else if !errors.Is(err, moderation.ErrMoved) {
			t.Error(err)
		}
	}
	same(t, "won", 1, won)
	same(t, "revision", int64(1), headOf(t, s))
}

func hostileText(t *testing.T, s Stores) {
	const text = "'; DROP TABLE proposals; -- Ж 🙂 \u2028"
	c := moderation.Charter{Moderators: []moderation.Moderator{{Account: text, By: text, At: Noon()}}}
	enact(t, s, moderation.Enactment{Change: note(text, text), Charter: &c})
	same(t, "account", text, charterOf(t, s, text).Moderators[0].Account)
	same(t, "proposal", text, propose(t, s, text, text, 0).ID)
	for _, text := range []string{"\xff", strings.Repeat("x", 100000), "%", "$1"} {
		same(t, "charter", moderation.Charter{}, charterOf(t, s, text))
		_, err := s.Council.Proposal(t.Context(), text, text)
		kindIs(t, knowledge.NotFound, err)
	}
}
