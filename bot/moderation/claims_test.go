package moderation_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/bot/moderation/storetest"
	"github.com/whosays/whosays/knowledge"
)

func TestSharedClaimsCanOnlyBeHidden(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	for name, change := range map[string]moderation.Change{
		"revise": revise("s1", "About 1,200 civilians were killed there.", 1), "retract": about(moderation.Retract, "s1", "why"),
	} {
		_, err := p.Do(t.Context(), boss(), change)
		wantErr(t, err, knowledge.Forbidden, "of the shared base")
		storetest.Do(t, p.Council, boss(), about(moderation.Hide, "s1", "why "+name), moderation.Made)
		_, err = p.Do(t.Context(), boss(), change)
		wantErr(t, err, knowledge.Forbidden, "of the shared base")
		storetest.Do(t, p.Council, boss(), about(moderation.Unhide, "s1", ""), moderation.Made)
	}
	_, err := p.Do(t.Context(), boss(), add("s1"))
	wantErr(t, err, knowledge.Conflict, "There is a shared claim")
	hidden := storetest.Do(t, p.Council, boss(), about(moderation.Hide, "s2", "not ours"), moderation.Made).Made
	if len(hidden) != 1 || hidden[0].Status != knowledge.StatusHidden || hidden[0].Tenant != "one" || hidden[0].Reason != "not ours" {
		t.Errorf("%+v", hidden)
	}
	if _, err := p.base.Get(t.Context(), "two", "s2"); err != nil {
		t.Error(err)
	}
}

// What isn't live doesn't come back by being revised.
func TestOnlyWhatIsLiveIsRevised(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.own(t, "a")
	p.own(t, "b")
	newer := add("c")
	newer.Claim.Supersedes = []string{"b"}
	storetest.Do(t, p.Council, boss(), newer, moderation.Made)
	storetest.Do(t, p.Council, boss(), about(moderation.Retract, "a", "why"), moderation.Made)
	for _, id := range []string{"a", "b"} {
		for _, version := range []int{1, 2} {
			_, err := p.Do(t.Context(), boss(), revise(id, "About 1,200 civilians were killed there.", version))
			if !errors.Is(err, moderation.ErrNotLive) {
				t.Errorf("%s, version %d: %v", id, version, err)
			}
		}
	}
}

// Only a claim of the tenant's own can be superseded: of another's it would have no effect.
func TestOnlyOwnClaimsAreSuperseded(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.own(t, "a")
	storetest.Do(t, p.Council, boss(), about(moderation.Hide, "s2", "why"), moderation.Made)
	for _, id := range []string{"s1", "s2", "none"} {
		newer, revised := add("b"), revise("a", "About 1,200 civilians were killed there.", 1)
		newer.Claim.Supersedes, revised.Claim.Supersedes = []string{id}, []string{id}
		for _, change := range []moderation.Change{newer, revised} {
			_, err := p.Do(t.Context(), boss(), change)
			if problems := knowledge.ProblemsOf(err); len(problems) != 1 || problems[0].Field != "supersedes[0]" {
				t.Errorf("%s %s: %v", change.Action, id, err)
			}
		}
	}
}

// TestWhatAModeratorCantSay holds that what isn't theirs to say of a claim is the council's.
func TestWhatAModeratorCantSay(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	forged := add("b")
	forged.Claim.Tenant, forged.Claim.Revision, forged.Claim.AddedBy, forged.Claim.ApprovedBy = "two", 9, "p:boss2", "p:boss2"
	forged.Claim.Status, forged.Claim.Reason = knowledge.StatusHidden, "x"
	made := storetest.Do(t, p.Council, boss(), forged, moderation.Made).Made[0]
	want := storetest.Claim("b")
	want.Tenant, want.Revision, want.AddedBy, want.At = "one", 1, "p:boss", storetest.Noon()
	if diff := cmp.Diff(want, made); diff != "" {
		t.Error(diff)
	}
}

func TestProblemsAreNamedByField(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	c := add("b")
	c.Claim.Scope.Metric, c.Claim.Attribution = "", knowledge.Attribution{}
	c.Claim.Sources = []knowledge.Source{{URL: "http://example.org"}, {URL: "https://example.org", ArchiveURL: "ftp://x"}}
	_, err := p.Do(t.Context(), boss(), c)
	var fields []string
	for _, problem := range knowledge.ProblemsOf(err) {
		fields = append(fields, problem.Field)
	}
	want := []string{"scope.metric", "attribution.standing", "sources[1].archive_url", "sources[0].url", "sources[1].archive_url"}
	if diff := cmp.Diff(want, fields); diff != "" {
		t.Error(diff, err)
	}
	long := about(moderation.Hide, "s1", strings.Repeat("x", moderation.MostNote+1))
	_, err = p.Do(t.Context(), boss(), long)
	wantErr(t, err, knowledge.Invalid, "too long")
}

// A link that was there before may stay as it is: the operator may have added it.
func TestOldLinksStay(t *testing.T) {
	t.Parallel()
	c := storetest.Claim("a")
	c.Tenant, c.Sources[0].URL = "one", "http://example.org/old"
	s := memory(t, c)
	council := moderation.New(storetest.NewBase(t, s), s.Council)
	change := moderation.Change{Action: moderation.Revise, Claim: c, Reason: "why"}
	change.Claim.Revision, change.Claim.Scope.Place = 1, "delta"
	storetest.Do(t, council, boss(), change, moderation.Made)
	change.Claim.Revision, change.Claim.Sources = 2, []knowledge.Source{{URL: "http://example.org/new"}}
	_, err := council.Do(t.Context(), boss(), change)
	wantErr(t, err, knowledge.Invalid, "sources[0].url: has to begin with https://")
}

func TestReviews(t *testing.T) {
	t.Parallel()
	p := guarded(t)
	waits := storetest.Do(t, p.Council, ann(), moderation.Change{Action: moderation.Review}, moderation.Waiting).Proposal
	if diff := cmp.Diff([]string{"a"}, waits.Change.Claims); diff != "" {
		t.Errorf("what was live then: %s", diff)
	}
	late := bob()
	late.Now = late.Now.AddDate(0, 0, 3)
	r, err := p.Approve(t.Context(), late, waits.ID)
	if err != nil || len(r.Made) != 1 || r.Made[0].ReviewedOn != (knowledge.Date{Year: 2026, Month: 5, Day: 1}) {
		t.Errorf("%+v, %v", r, err)
	}
	_, err = p.Do(t.Context(), ann(), moderation.Change{Action: moderation.Review, Claims: []string{"s1"}})
	wantErr(t, err, knowledge.NotFound, "")
}

func TestResembling(t *testing.T) {
	t.Parallel()
	claim := func(tenant, id, series, speaker string, day int) knowledge.Claim {
		c := storetest.Claim(id)
		c.Tenant, c.Series, c.Attribution.Speaker, c.Attribution.SaidOn.Day = tenant, series, speaker, day
		return c
	}
	elsewhere := claim("", "elsewhere", "", "mayor", 4)
	elsewhere.Scope.Place = "delta"
	gone := claim("one", "gone", "", "mayor", 4)
	gone.Status, gone.Reason = knowledge.StatusRetracted, "why"
	s := memory(t, claim("", "of-the-series", "count", "mayor", 1), claim("", "early", "", "mayor", 2), claim("one", "late", "", "mayor", 3),
		claim("two", "twos", "", "mayor", 3), claim("", "rival", "", "Ada Brook", 3), elsewhere, gone, claim("", "itself", "", "mayor", 5))
	council := moderation.New(storetest.NewBase(t, s), s.Council)
	for name, tc := range map[string]struct {
		draft knowledge.Claim
		want  []string
	}{
		"of a series":   {claim("one", "itself", "count", "mayor", 5), []string{"of-the-series", "late", "early"}},
		"of a claimant": {claim("one", "new", "", "Ada Brook", 5), []string{"rival"}},
		"of nobody":     {claim("one", "new", "", "", 5), nil},
		"of nothing":    {knowledge.Claim{Attribution: knowledge.Attribution{Speaker: "mayor"}}, nil},
		"empty":         {knowledge.Claim{}, nil},
	} {
		got, err := council.Resembling(t.Context(), "one", tc.draft)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, c := range got {
			ids = append(ids, c.ID)
		}
		if diff := cmp.Diff(tc.want, ids); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
