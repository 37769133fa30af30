package knowledge_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge"
)

// TestValidateBaseNames breaks what a base's claims say of each other.
func TestValidateBaseNames(t *testing.T) {
	t.Parallel()
	day := func(d int) knowledge.Date { return knowledge.Date{Year: 2025, Month: 3, Day: d} }
	claim := func(id string, said int, change ...func(*knowledge.Claim)) knowledge.Claim {
		c := complete()
		c.ID, c.Disputes, c.Supersedes = id, nil, nil
		c.Attribution.SaidOn = day(said)
		for _, f := range change {
			f(&c)
		}
		return c
	}
	const oneCount = ` of this series: a series is one claimant's revisions of one count; give this claim a series of its own`
	for name, tc := range map[string]struct {
		change func(*knowledge.Claim)
		want   string
	}{
		"fine":        {func(*knowledge.Claim) {}, ""},
		"other count": {func(c *knowledge.Claim) { c.Scope.Metric = "drowned" }, `series: scope.metric is "drowned", but "evacuated" in the claim "a"` + oneCount},
		"other party": {func(c *knowledge.Claim) { c.Scope.Party = "upriver" }, `series: scope.party is "upriver", but "delta" in the claim "a"` + oneCount},
		"other place": {func(c *knowledge.Claim) { c.Scope.Place = "" }, `series: scope.place is "", but "valley" in the claim "a"` + oneCount},
		"other voice": {func(c *knowledge.Claim) { c.Attribution.Speaker = "The Post" }, `series: attribution.speaker is "The Post", but "mayor" in the claim "a"` + oneCount},
		"other unit":  {func(c *knowledge.Claim) { c.Figure.Unit = "cases" }, `series: figure.unit is "cases", but "persons" in the claim "a"` + oneCount},
		"same day":    {func(c *knowledge.Claim) { c.Attribution.SaidOn = day(1) }, `series: the claim "a" of this series was said on the same date of the same time: the later one supersedes the other, or isn't of this series`},
		"retracted": {func(c *knowledge.Claim) {
			c.Attribution.SaidOn, c.Scope.Metric, c.Status = day(1), "drowned", knowledge.StatusRetracted
		}, ""},
		"another tenant's":   {func(c *knowledge.Claim) { c.Tenant, c.Scope.Metric = "own", "drowned" }, ""},
		"disputes nothing":   {func(c *knowledge.Claim) { c.Disputes = []string{"a", "zz"} }, `disputes[1]: there is no claim "zz"`},
		"supersedes nothing": {func(c *knowledge.Claim) { c.Supersedes = []string{"zz"} }, `supersedes[0]: there is no claim "zz"`},
		"supersedes":         {func(c *knowledge.Claim) { c.Supersedes = []string{"a"} }, ""},
		"a shared one":       {func(c *knowledge.Claim) { c.Tenant, c.Disputes = "own", []string{"a"} }, ""},
		"in a circle":        {func(c *knowledge.Claim) { c.Supersedes = []string{"circle"} }, `supersedes[0]: "circle" supersedes this claim in turn: only one of them can be the correction`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			circle := claim("circle", 3, func(c *knowledge.Claim) { c.Supersedes = []string{"between"} })
			between := claim("between", 4, func(c *knowledge.Claim) { c.Series, c.Supersedes = "", []string{"b"} })
			got := ""
			for _, broken := range knowledge.ValidateBase([]knowledge.Claim{circle, between, claim("b", 2, tc.change), claim("a", 1)}) {
				if broken.Key.ID == "b" {
					got = broken.Problems.Error()
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	undated := claim("undated", 1, func(c *knowledge.Claim) { c.Attribution.SaidOn = knowledge.Date{} })
	want := []knowledge.Broken{{Key: undated.Key(), Problems: knowledge.Problems{{Field: "attribution.said_on", Message: "is missing: the claims of a series follow each other by this date"}}}}
	if diff := cmp.Diff(want, knowledge.ValidateBase([]knowledge.Claim{claim("a", 1), undated})); diff != "" {
		t.Error(diff)
	}
}
