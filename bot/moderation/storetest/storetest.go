// Package storetest is the suite that every moderation.Store has to pass: Memory, which is for tests, and databases; and with it the
// council's own rules, which have to hold whichever of them it stands on.
package storetest

import (
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// Stores are what is kept of claims, and of who may change them.
type Stores struct {
	Claims  knowledge.Store
	Council moderation.Store
}

// Open returns new stores, in which there is nothing. They are closed when the test ends.
type Open func(t testing.TB) Stores

// Run runs the whole suite.
func Run(t *testing.T, open Open) {
	t.Helper()
	for name, test := range map[string]func(*testing.T, Stores){
		"nothing chosen":          nothingChosen,
		"charters":                charters,
		"charters apart":          chartersApart,
		"all or nothing":          allOrNothing,
		"proposals":               proposals,
		"proposals apart":         proposalsApart,
		"ended once":              endedOnce,
		"many wait":               manyWait,
		"enacted once":            enactedOnce,
		"hostile text":            hostileText,
		"one version, two people": oneVersionTwoPeople,
		"pressed twice":           pressedTwice,
		"approved twice":          approvedTwice,
		"approved and rejected":   approvedAndRejected,
		"charter raced":           charterRaced,
		"the chain says it":       theChainSaysIt,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}

// Noon is when the clock of the suite stands.
func Noon() time.Time { return time.Date(2026, 5, 1, 12, 0, 0, 123456000, time.UTC) }

// Claim returns a claim that meets the rules, of nobody's yet.
func Claim(id string) knowledge.Claim {
	return knowledge.Claim{
		ID: id, Kind: knowledge.KindFigure, Text: "About 1,200 civilians were killed.",
		Figure:      knowledge.Figure{Best: new(1200.0), Qualifier: knowledge.About, Unit: "persons"},
		Scope:       knowledge.Scope{Group: "civilians", Metric: "killed"},
		Attribution: knowledge.Attribution{Speaker: "Mayor of Delta", Standing: "government", SaidOn: knowledge.Date{Year: 2025, Month: 3, Day: 1}},
		Sources:     []knowledge.Source{{Publisher: "The Delta Post", URL: "https://example.org/water"}},
	}
}

// domain is what the claims of the suite are about.
const domain = `
group: {civilians: {words: {en: "civilian"}}, soldiers: {words: {en: "soldier"}}}
metric: {killed: {words: {en: "kill"}}, injured: {words: {en: "injure"}}}
place: {delta: {words: {en: "delta"}}}
claimant: {mayor: {words: {en: "mayor"}}}
standing: {government: , unattributed: }
unit: {persons: }
`

// NewBase returns a base over what stores have.
func NewBase(t testing.TB, s Stores) *knowledge.Base {
	t.Helper()
	l, err := lexicon.Load(fstest.MapFS{"domain.yaml": {Data: []byte(domain)}})
	if err != nil {
		t.Fatal(err)
	}
	b, err := knowledge.NewBase(t.Context(), l, s.Claims)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Manager is somebody who manages a tenant's place, and Member somebody who doesn't.
func Manager(tenant, id string) moderation.Who {
	who := Member(tenant, id)
	who.Actor.Manager = true
	return who
}

// Member is somebody who is nobody's manager.
func Member(tenant, id string, groups ...string) moderation.Who {
	return moderation.Who{Tenant: tenant, Actor: chat.Actor{ID: id, Groups: groups}, Now: Noon()}
}

// Do makes a change that has to end in a state.
func Do(t testing.TB, c *moderation.Council, who moderation.Who, change moderation.Change, want moderation.State) moderation.Result {
	t.Helper()
	r, err := c.Do(t.Context(), who, change)
	if err != nil {
		t.Fatal(err)
	}
	if r.State != want {
		t.Fatalf("it is %s, not %s", r.State, want)
	}
	return r
}

// Guarded sets up a tenant where two are asked for: a manager "p:boss", and the moderators "p:ann" and "p:bob".
func Guarded(t testing.TB, c *moderation.Council, tenant string) {
	t.Helper()
	boss := Manager(tenant, "p:boss")
	for _, account := range []string{"p:ann", "p:bob"} {
		Do(t, c, boss, moderation.Change{Action: moderation.AddModerator, Account: account}, moderation.Made)
	}
	Do(t, c, boss, moderation.Change{Action: moderation.Set, Settings: moderation.Settings{Approvals: 1}}, moderation.Made)
}

func same(t testing.TB, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (-want +got): %s", what, diff)
	}
}

func kindIs(t testing.TB, want knowledge.ErrorKind, err error) {
	t.Helper()
	if got := knowledge.KindOf(err); got != want {
		t.Errorf("error %v is of kind %q, want %q", err, got, want)
	}
}
