package exchange_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"gotest.tools/v3/golden"
	"pgregory.net/rapid"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/exchange"
)

func TestSet(t *testing.T) {
	t.Parallel()
	was := plain("dam-stands", "The dam stands.")
	was.Caveats = []knowledge.Caveat{
		{Code: "undated", Text: map[string]string{"en": "Said in winter."}},
		{Text: map[string]string{"uk": "Взимку."}},
		{Code: "disputed"},
	}
	for name, tc := range map[string]struct {
		assign  []string
		changes func(c *knowledge.Claim)
	}{
		"nothing": {nil, func(*knowledge.Claim) {}},
		"values": {[]string{"figure.best=56000", "attribution.said_on=2026-05", "scope.period.cumulative=true", "revision=3", " reason = a=b "}, func(c *knowledge.Claim) {
			c.Figure.Best, c.Attribution.SaidOn, c.Scope.Period.Cumulative = new(56000.0), knowledge.Date{Year: 2026, Month: 5}, true
			c.Revision, c.Reason = 3, "a=b"
		}},
		"no formula":     {[]string{"reason='=a"}, func(c *knowledge.Claim) { c.Reason = "'=a" }},
		"a list":         {[]string{`aliases=dam; a\;b;`}, func(c *knowledge.Claim) { c.Aliases = []string{"dam", "a;b"} }},
		"an empty value": {[]string{"source.title=", "source.url=https://example.org"}, func(c *knowledge.Claim) { c.Sources = []knowledge.Source{{URL: "https://example.org"}} }},
		"a second source": {[]string{"source.2.publisher=Post"}, func(c *knowledge.Claim) {
			c.Sources = append(c.Sources, knowledge.Source{Publisher: "Post"})
		}},
		"a later one wins": {[]string{"figure.best=1", "figure.best="}, func(*knowledge.Claim) {}},
		"no caveats":       {[]string{"caveats="}, func(c *knowledge.Claim) { c.Caveats = nil }},
		"texts follow their codes": {[]string{"caveats=-; disputed; undated"}, func(c *knowledge.Claim) {
			c.Caveats = []knowledge.Caveat{was.Caveats[1], was.Caveats[2], was.Caveats[0]}
		}},
		"a text": {[]string{"caveat.3.text.en=Upriver says no."}, func(c *knowledge.Claim) {
			c.Caveats = []knowledge.Caveat{was.Caveats[0], was.Caveats[1], {Code: "disputed", Text: map[string]string{"en": "Upriver says no."}}}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := was
			tc.changes(&want)
			got, err := exchange.Set(was, tc.assign)
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); err != nil || diff != "" {
				t.Errorf("%v\n%s", err, diff)
			}
		})
	}
}

func TestSetNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	_, err := exchange.Set(plain("dam-stands", "The dam stands."), []string{
		"figure.best=1,200", "best=1", "figure=1", "atribution.speaker=a", "revision", "attribution.said_on=May", "caveat.x.text.en=a", "source.2.=a", "=a", strings.Repeat("long", 100) + "=1", "topic=dams",
	})
	want := `"figure.best=1,200": must be a number such as 1500 or 0.5, not "1,200": write 1200
"best=1": there is no column "best": write figure.best
"figure=1": there is no column "figure": write one of figure.low, figure.best, figure.high, figure.qualifier, figure.unit
"atribution.speaker=a": there is no column "atribution.speaker": write attribution.speaker
"revision": write path=value, such as figure.best=1500
"attribution.said_on=May": "May" isn't a date: write 2025, 2025-02 or 2025-02-04
"caveat.x.text.en=a": there is no column "caveat.x.text.en": write caveat.1.text.en
"source.2.=a": there is no column "source.2.": write one of source.publisher, source.title, source.url, source.archive_url, source.published_on, source.retrieved_on, source.quote, source.lang
"=a": there is no column ""
"` + strings.Repeat("long", 15) + `…": there is no column "` + strings.Repeat("long", 15) + `…"`
	if diff := cmp.Diff(want, knowledge.MessageOf(err)); diff != "" || knowledge.KindOf(err) != knowledge.Invalid {
		t.Error(diff)
	}
}

// TestColumns: the columns stand in the order of the fields, and each can be cleared.
func TestColumns(t *testing.T) {
	t.Parallel()
	columns := exchange.Columns()
	golden.Assert(t, strings.Join(columns, "\n")+"\n", "columns.txt.golden")
	was := plain("dam-stands", "The dam stands.")
	for _, column := range columns {
		if _, err := exchange.Set(was, []string{column + "="}); err != nil {
			t.Error(err)
		}
	}
}

// TestSettingNothingChangesNothing holds that a claim passes through its row as it is.
func TestSettingNothingChangesNothing(t *testing.T) {
	t.Parallel()
	l := floods(t)
	rapid.Check(t, func(t *rapid.T) {
		c := anyClaim(t)
		if err := c.Validate(l); err != nil {
			t.Skip(err)
		}
		got, err := exchange.Set(c, []string{"tenant=" + c.Tenant})
		if diff := cmp.Diff(c, got, cmpopts.EquateEmpty()); err != nil || diff != "" {
			t.Errorf("%v\n%s", err, diff)
		}
	})
}

func TestSetFromNothing(t *testing.T) {
	t.Parallel()
	got, err := exchange.Set(knowledge.Claim{}, []string{"id=dam-holds", "source.title=The Courier"})
	if err != nil || got.ID != "dam-holds" || len(got.Sources) != 1 || got.Sources[0].Title != "The Courier" {
		t.Errorf("%+v, %v", got, err)
	}
}
