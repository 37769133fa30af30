package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/exchange"
	"github.com/whosays/whosays/knowledge/lexicon"
)

const rulesTenant = "discord:1"

// missing is a claim that meets the rules, field by field.
func missing(id string, more ...string) []string {
	return append([]string{
		"id=" + id, "kind=figure", "text=About 1,200 people are missing after the flood.", "figure.best=1200", "figure.qualifier=about",
		"figure.unit=persons", "scope.group=persons", "scope.metric=missing", "attribution.speaker=Ada Brook", "attribution.standing=government",
		"attribution.said_on=2025-11-03", "source.publisher=The Valley Courier", "source.url=https://courier.example/flood",
	}, more...)
}

// rule is a change that somebody asks for, by either door, of a tenant with the claims "there" (version 2), "gone" (retracted) and
// "rival", and a shared one.
type rule struct {
	action  moderation.Action
	id      string
	set     []string
	reason  string
	version int

	says  string // what is wrong, in the words of both; empty: it is made
	alone string // what is wrong for moderators alone, who may less than the operator
}

func rules() map[string]rule {
	const add, revise, retract = moderation.Add, moderation.Revise, moderation.Retract
	adds := func(says string, more ...string) rule {
		return rule{action: add, set: missing("new", more...), says: says}
	}
	return map[string]rule{
		"a claim":                     adds(""),
		"no source":                   adds("sources: a claim needs at least one source", "source.publisher=", "source.url="),
		"no standing":                 adds("attribution.standing: is missing", "attribution.standing="),
		"no speaker":                  adds("attribution.speaker: is missing", "attribution.speaker="),
		"nobody, who is named":        adds(`attribution.standing: is "unattributed", but the speaker`, "attribution.standing=unattributed"),
		"a bare number":               adds("scope.metric: a figure has to say what is counted", "scope.group=", "scope.metric="),
		"of whom it isn't said":       adds("scope.group: a figure has to say who is counted", "scope.group="),
		"a figure without a number":   adds("figure", "figure.best=", "figure.qualifier="),
		"another number in words":     adds("states 1200, but the figure is 1300", "figure.best=1300"),
		"no text":                     adds("text: is missing", "text="),
		"an address in the text":      adds("holds the address", "text=About 1,200 people are missing, see www.evil.example."),
		"an unknown metric":           adds(`the lexicon has no metric "wished"`, "scope.metric=wished"),
		"counted before it was":       adds("scope.period.to", "scope.period.to=2026-01-01"),
		"a quote of a whole sentence": adds("ends like a sentence", "source.quote=About 1,200 people are missing."),
		"another scheme":              adds("isn't an http or https address", "source.url=javascript:alert(1)"),
		"no id":                       adds("must be a slug", "id="),
		"what isn't there disputed":   adds(`there is no claim "none"`, "disputes=none"),
		"an id that is taken":         {action: add, set: missing("there"), says: `There is a claim "there" already (version 2)`},
		"an id that is gone":          {action: add, set: missing("gone"), says: `There is a claim "gone" already (version 2)`},
		"http":                        {action: add, set: missing("new", "source.url=http://courier.example/flood"), alone: "has to begin with https://"},
		"an archive by http":          {action: add, set: missing("new", "source.archive_url=http://a.example"), alone: "archive_url: has to begin with https://"},
		"an id of a shared one":       {action: add, set: missing("ukraine-soldiers-killed-zelenskyy"), alone: "There is a shared claim"},

		"a revision":               {action: revise, id: "there", version: 2, set: []string{"scope.place=ukraine"}, reason: "recount"},
		"an older version":         {action: revise, id: "there", version: 1, set: []string{"scope.place=ukraine"}, reason: "x", says: "you edited version 1, but version 2 is current"},
		"a version to come":        {action: revise, id: "there", version: 7, set: []string{"scope.place=ukraine"}, reason: "x", says: "you edited version 7, but version 2 is current"},
		"what isn't there":         {action: revise, id: "none", version: 1, set: []string{"scope.place=ukraine"}, reason: "x", says: `There is no claim "none"`},
		"another's":                {action: revise, id: "theirs", version: 1, set: []string{"scope.place=ukraine"}, reason: "x", says: `There is no claim "theirs"`},
		"its source taken out":     {action: revise, id: "there", version: 2, set: []string{"source.publisher=", "source.url="}, reason: "x", says: "sources: a claim needs at least one source"},
		"its scope taken out":      {action: revise, id: "there", version: 2, set: []string{"scope.metric="}, reason: "x", says: "scope.metric: a figure has to say what is counted"},
		"revised without a reason": {action: revise, id: "there", version: 2, set: []string{"scope.place=ukraine"}, alone: "needs a reason"},
		"nothing revised":          {action: revise, id: "there", version: 2, set: []string{"figure.best=1200"}, reason: "x", alone: "It says that already"},

		"a retraction":              {action: retract, id: "there", reason: "withdrawn"},
		"without a reason":          {action: retract, id: "there", says: "needs a reason"},
		"with an empty reason":      {action: retract, id: "there", reason: " ", says: "needs a reason"},
		"retracted already":         {action: retract, id: "gone", reason: "again", says: `Claim "gone" is retracted already: withdrawn`},
		"an older one retracted":    {action: retract, id: "there", version: 1, reason: "x", says: "you edited version 1, but version 2 is current"},
		"what isn't there either":   {action: retract, id: "none", reason: "x", says: `There is no claim "none"`},
		"another's taken back":      {action: retract, id: "theirs", reason: "x", says: `There is no claim "theirs"`},
		"what isn't there reviewed": {action: moderation.Review, id: "none", says: `There is no claim "none"`},
		"a review":                  {action: moderation.Review, id: "there"},
	}
}

// TestOneSuiteOfRules holds that the operator's `whosays base` and the moderators' council hold every change against the same
// rules, with the same words, and make the same of what meets them. Moderators may less; the table says in what.
func TestOneSuiteOfRules(t *testing.T) {
	t.Parallel()
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	template := filepath.Join(t.TempDir(), "base.db")
	prepared(t, template)
	before := ownClaims(t, template)
	for name, r := range rules() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			byOperator, byModerator := copied(t, template), copied(t, template)
			_, errs, status := ran(t, nil, r.args(byOperator)...)
			if (status == exitOK) != (r.says == "") || !strings.Contains(errs, r.says) {
				t.Errorf("the operator is told %d: %q", status, errs)
			}
			err := r.council(t, lex, byModerator)
			want := r.says + r.alone
			if (err == nil) != (want == "") || !strings.Contains(knowledge.MessageOf(err), want) {
				t.Errorf("a moderator is told %v, want %q", err, want)
			}
			operators, moderators := ownClaims(t, byOperator), ownClaims(t, byModerator)
			if want == "" && !slices.Equal(operators, moderators) {
				t.Errorf("the operator has made %v, a moderator %v", operators, moderators)
			}
			if want != "" && !slices.Equal(before, moderators) || r.says != "" && !slices.Equal(before, operators) {
				t.Errorf("what is refused leaves something: %v, %v", operators, moderators)
			}
			if want == "" && slices.Equal(before, moderators) {
				t.Error("nothing was made")
			}
		})
	}
}

// prepared makes a database with the claims that rules are about.
func prepared(t *testing.T, db string) {
	t.Helper()
	command := func(tenant string, args ...string) {
		if _, errs, status := ran(t, nil, append(append([]string{"base"}, args...), "--tenant", tenant, "--db", db)...); status != exitOK {
			t.Fatal(errs)
		}
	}
	for _, id := range []string{"there", "gone", "rival"} {
		command(rulesTenant, append([]string{"add"}, sets(missing(id))...)...)
	}
	command("discord:2", append([]string{"add"}, sets(missing("theirs"))...)...)
	command(rulesTenant, "revise", "there", "--set", "attribution.office=mayor")
	command(rulesTenant, "retract", "gone", "--reason", "withdrawn")
}

func sets(assignments []string) (out []string) {
	for _, a := range assignments {
		out = append(out, "--set", a)
	}
	return out
}

func copied(t *testing.T, template string) string {
	t.Helper()
	body, err := os.ReadFile(template)
	if err != nil {
		t.Fatal(err)
	}
	db := filepath.Join(t.TempDir(), "base.db")
	if err := os.WriteFile(db, body, 0o600); err != nil {
		t.Fatal(err)
	}
	return db
}

func reopened(t *testing.T, db string) *sqlstore.Store {
	t.Helper()
	s, err := sqlstore.Open(t.Context(), db, sqlstore.Options{Existing: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() }) // only read, or closed already
	return s
}

// ownClaims returns the tenant's claims, each in a line: what they say, and the last action.
func ownClaims(t *testing.T, db string) (out []string) {
	t.Helper()
	s := reopened(t, db)
	for c, err := range s.Scan(t.Context(), knowledge.Snapshot{Tenant: rulesTenant}) {
		if err != nil {
			t.Fatal(err)
		}
		reviewed := !c.ReviewedOn.IsZero()
		c.At, c.AddedBy, c.ReviewedOn = time.Time{}, "", knowledge.Date{}
		if c.Status == knowledge.StatusLive {
			c.Status = ""
		}
		out = append(out, fmt.Sprintf("%s v%d %s %s %v %+v %+v %s %t", c.ID, c.Revision, c.Status, c.Text, *c.Figure.Best, c.Scope, c.Attribution, c.Reason, reviewed))
	}
	return out
}

// args are the command line that asks the operator's door.
func (r *rule) args(db string) []string {
	verb := string(r.action)
	args := []string{"base", verb, "--tenant", rulesTenant, "--db", db, "--as", "ann"}
	if r.action == moderation.Review {
		args[1] = "reviewed"
	}
	if r.id != "" {
		args = append(args, r.id)
	}
	if r.reason != "" {
		args = append(args, "--reason", r.reason)
	}
	if r.version > 0 {
		args = append(args, "--revision", strconv.Itoa(r.version))
	}
	return append(args, sets(r.set)...)
}

// council asks the moderators' door.
func (r *rule) council(t *testing.T, lex *lexicon.Lexicon, db string) error {
	t.Helper()
	s := reopened(t, db)
	base, err := knowledge.NewBase(t.Context(), lex, s)
	if err != nil {
		t.Fatal(err)
	}
	claim := knowledge.Claim{ID: r.id}
	if is, err := base.Stored(t.Context(), knowledge.Key{Tenant: rulesTenant, ID: r.id}, time.Time{}); err == nil {
		claim = is
	}
	if claim, err = exchange.Set(claim, r.set); err != nil {
		return err
	}
	claim.Revision = r.version
	who := moderation.Who{Tenant: rulesTenant, Actor: chat.Actor{ID: "discord:9", Manager: true}, Now: time.Now()}
	change := moderation.Change{Action: r.action, Claim: claim, Reason: r.reason}
	if r.action == moderation.Review {
		change.Claims = []string{r.id}
	}
	_, err = moderation.New(base, s.Council()).Do(t.Context(), who, change)
	return err
}
