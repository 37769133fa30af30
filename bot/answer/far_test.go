package answer_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
)

// What has nothing to do with the question is no neighbour of it.
func TestFarScopes(t *testing.T) {
	t.Parallel()
	j := judge(t)
	elsewhere := of("", "civilians", "killed")
	elsewhere.Place = "africa"
	alien, event := of("ukraine", "soldiers", "killed"), of("", "civilians", "killed")
	alien.Alien, event.Events = true, []string{"other_wars"}
	for name, test := range map[string]struct {
		asked   question.Part
		claimed knowledge.Claim
	}{
		"what isn't counted":        {of("ukraine", "soldiers", "killed"), knowledge.Claim{ID: "c", Kind: knowledge.KindStatement}},
		"another unit":              {of("ukraine", "equipment", "losses"), claim("ukraine", "soldiers", "losses")},
		"something unknown":         {alien, claim("ukraine", "soldiers", "killed")},
		"a country that is no side": {of("france", "soldiers", "killed"), claim("ukraine", "soldiers", "killed")},
		"another continent":         {elsewhere, claim("", "civilians", "killed")},
		"another war":               {event, claim("", "civilians", "killed")},
	} {
		if fit := j.Scope(&test.asked, test.claimed); !fit.Far || fit.Exact() {
			t.Errorf("%s: %+v", name, fit)
		}
	}
}

func TestApart(t *testing.T) {
	t.Parallel()
	a, b := claim("ukraine", "soldiers", "killed"), claim("russia", "soldiers", "killed_or_wounded")
	b.Scope.Period, b.Attribution.Speaker = period(t, "2025", "2025"), "zelenskyy"
	c := claim("", "civilians", "killed")
	c.Scope.Place = "ukraine"
	for name, test := range map[string]struct {
		claims []knowledge.Claim
		want   dims
	}{
		"none": {nil, nil}, "one": {[]knowledge.Claim{a}, nil}, "the same twice": {[]knowledge.Claim{a, a}, nil},
		"two":   {[]knowledge.Claim{a, b}, dims{"metric", "party", "period", "attribution"}},
		"place": {[]knowledge.Claim{a, c}, dims{"group", "party", "place"}},
		"three": {[]knowledge.Claim{a, a, c}, dims{"group", "party", "place"}},
	} {
		var shown []chat.Shown
		for _, c := range test.claims {
			shown = append(shown, chat.Shown{Claim: c})
		}
		if diff := cmp.Diff(test.want, answer.Apart(shown), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
