package answer_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
)

type dims = []knowledge.Dimension

func judge(t testing.TB) *answer.Judge {
	t.Helper()
	l := embedded(t)
	return answer.NewJudge(l, question.NewParser(l))
}

func date(t testing.TB, s string) knowledge.Date {
	t.Helper()
	if s == "" {
		return knowledge.Date{}
	}
	d, err := knowledge.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func period(t testing.TB, from, to string) knowledge.Period {
	t.Helper()
	return knowledge.Period{From: date(t, from), To: date(t, to)}
}

// of returns a part about one side's people.
func of(party, group, metric string) question.Part {
	p := question.Part{Party: party, Group: group, Metric: metric}
	if party != "" {
		p.Parties = []string{party}
	}
	return p
}

// claim returns a claim about one side's people.
func claim(party, group, metric string) knowledge.Claim {
	return knowledge.Claim{ID: "c", Kind: knowledge.KindFigure, Scope: knowledge.Scope{Party: party, Group: group, Metric: metric}}
}

func TestScopeOfWhoAndWhat(t *testing.T) {
	t.Parallel()
	j := judge(t)
	for name, test := range map[string]struct {
		asked   question.Part
		claimed knowledge.Claim
		want    dims
	}{
		"the same":                           {of("ukraine", "soldiers", "killed"), claim("ukraine", "soldiers", "killed"), nil},
		"nothing but the metric":             {of("", "", "killed"), claim("ukraine", "soldiers", "killed"), nil},
		"losses are killed or wounded":       {of("russia", "soldiers", "losses"), claim("russia", "soldiers", "killed_or_wounded"), nil},
		"killed aren't killed or wounded":    {of("russia", "soldiers", "killed"), claim("russia", "soldiers", "killed_or_wounded"), dims{"metric"}},
		"killed or wounded aren't killed":    {of("russia", "soldiers", "killed_or_wounded"), claim("russia", "soldiers", "killed"), dims{"metric"}},
		"people hold soldiers":               {of("ukraine", "persons", "killed"), claim("ukraine", "soldiers", "killed"), nil},
		"children are some of the civilians": {of("", "children", "killed"), claim("", "civilians", "killed"), dims{"group"}},
		"civilians are more than children":   {of("", "civilians", "killed"), claim("", "children", "killed"), nil},
		"soldiers aren't civilians":          {of("", "soldiers", "killed"), claim("", "civilians", "killed"), dims{"group"}},
		"the other side":                     {of("russia", "soldiers", "killed"), claim("ukraine", "soldiers", "killed"), dims{"party"}},
		"metric and side":                    {of("russia", "soldiers", "killed"), claim("ukraine", "soldiers", "missing"), dims{"metric", "party"}},
	} {
		fit := j.Scope(&test.asked, test.claimed)
		if diff := cmp.Diff(test.want, fit.Mismatch, cmpopts.EquateEmpty()); diff != "" || fit.Far || fit.Exact() != (len(test.want) == 0) {
			t.Errorf("%s: far %v, exact %v (-want +got):\n%s", name, fit.Far, fit.Exact(), diff)
		}
	}
}

func TestScopeOfWhenAndWhere(t *testing.T) {
	t.Parallel()
	j := judge(t)
	year := func(y int) question.Period {
		return question.Period{Kind: question.PeriodDates, From: time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC), To: time.Date(y+1, 1, 1, 0, 0, 0, 0, time.UTC)}
	}
	whole, other := question.Period{Kind: question.PeriodWhole}, question.Period{Kind: question.PeriodOther}
	in2025, soFar := period(t, "2025", "2025"), knowledge.Period{Cumulative: true}
	for name, test := range map[string]struct {
		asked   question.Period
		place   string
		claimed knowledge.Period
		at      string
		want    dims
	}{
		"nothing said":                   {claimed: in2025},
		"the year":                       {asked: year(2025), claimed: in2025},
		"its days":                       {asked: year(2025), claimed: period(t, "2025-01-01", "2025-12-31")},
		"another year":                   {asked: year(2024), claimed: in2025, want: dims{"period"}},
		"a part of the year":             {asked: year(2025), claimed: period(t, "2025-01", "2025-06"), want: dims{"period"}},
		"a year of everything":           {asked: year(2025), claimed: soFar, want: dims{"period"}},
		"a year of an open period":       {asked: year(2025), want: dims{"period"}},
		"everything":                     {asked: whole, claimed: soFar},
		"everything of an open period":   {asked: whole},
		"everything of a year":           {asked: whole, claimed: in2025, want: dims{"period"}},
		"a time that isn't read exactly": {asked: other, claimed: in2025, want: dims{"period"}},
		"the place":                      {place: "kyiv", at: "kyiv"},
		"another place":                  {place: "kharkiv", at: "kyiv", want: dims{"place"}},
		"a town of the country":          {place: "kyiv", at: "ukraine", want: dims{"place"}},
		"the country of a town":          {place: "ukraine", at: "kyiv", want: dims{"place"}},
		"the theatre, and no place":      {place: "ukraine"},
		"a town, and no place":           {place: "kyiv", want: dims{"place"}},
		"no place, and the country":      {at: "ukraine"},
		"period and place":               {asked: year(2024), place: "kharkiv", claimed: in2025, at: "kyiv", want: dims{"period", "place"}},
	} {
		part, c := of("", "civilians", "killed"), claim("", "civilians", "killed")
		part.Period, part.Place, c.Scope.Period, c.Scope.Place = test.asked, test.place, test.claimed, test.at
		fit := j.Scope(&part, c)
		if diff := cmp.Diff(test.want, fit.Mismatch, cmpopts.EquateEmpty()); diff != "" || fit.Far {
			t.Errorf("%s: far %v (-want +got):\n%s", name, fit.Far, diff)
		}
	}
}

// A claim about a country's ground is about that country's people.
func TestASideByItsPlace(t *testing.T) {
	t.Parallel()
	j := judge(t)
	c := claim("", "civilians", "killed")
	c.Scope.Place = "ukraine"
	for party, want := range map[string]dims{"ukraine": nil, "russia": {"party"}, "": nil} {
		part := of(party, "civilians", "killed")
		if diff := cmp.Diff(want, j.Scope(&part, c).Mismatch, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("civilians of %q (-want +got):\n%s", party, diff)
		}
	}
}
