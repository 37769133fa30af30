package bot

import (
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// daily is a count that its claimant states anew each day from the first of January of 2024 on, higher by one each time.
func daily(days int, series string) []knowledge.Claim {
	first := time.Date(2024, time.January, 1, 0, 0, 0, 0, time.UTC)
	out := make([]knowledge.Claim, days)
	for i := range out {
		at := first.AddDate(0, 0, i)
		date := knowledge.Date{Year: at.Year(), Month: at.Month(), Day: at.Day()}
		n := float64(100001 + i)
		out[i] = knowledge.Claim{
			ID: fmt.Sprintf("daily-%03d", (i*7)%days), Kind: knowledge.KindFigure, Series: series,
			Text:   fmt.Sprintf("%.0f Russian soldiers have been killed.", n),
			Figure: knowledge.Figure{Best: &n, Qualifier: knowledge.Exact, Unit: "persons"},
			Scope: knowledge.Scope{
				Party: "russia", Group: "soldiers", Metric: "killed",
				Period: knowledge.Period{To: date, Cumulative: true},
			},
			Attribution: knowledge.Attribution{Speaker: "general_staff_ukraine", Standing: "opposing_party", SaidOn: date},
			Sources:     []knowledge.Source{{Publisher: "Daily report"}},
		}
	}
	return out
}

// TestLongSeries: however many states a count has, the latest one answers, and their number is right.
func TestLongSeries(t *testing.T) {
	t.Parallel()
	for _, series := range []string{"staff", ""} {
		b, err := botOn(daily(401, series)...)
		if err != nil {
			t.Fatal(err)
		}
		for _, test := range []struct {
			text   string
			figure float64
			others int
		}{
			{"How many Russian soldiers have been killed?", 100401, 400},
			{"How many Russian soldiers had been killed as of 1 June 2024?", 100153, 152},
			{"According to the Ukrainian General Staff, how many Russian soldiers have been killed?", 100401, 400},
		} {
			r := asks(t, b, test.text)
			if len(r.Shown) == 0 || *r.Shown[0].Claim.Figure.Best != test.figure {
				t.Errorf("%q %s:\n%s", series, test.text, plain(r))
				continue
			}
			if n := leftOut(r) + len(r.Shown) - 1; n != test.others {
				t.Errorf("%q %s: %d other states, want %d:\n%s", series, test.text, n, test.others, plain(r))
			}
		}
	}
}

// leftOut adds up what a reply says that it leaves out.
func leftOut(r chat.Reply) (n int) {
	for _, b := range r.Blocks {
		for _, p := range b.Parts {
			if one, err := strconv.Atoi(p.Text); err == nil && b.Role == chat.RoleNote && p.Kind == chat.Furniture {
				n += one
			}
		}
	}
	return n
}

// TestLongSeriesCrowdNobodyOut: what another says of the same stands beside it.
func TestLongSeriesCrowdNobodyOut(t *testing.T) {
	t.Parallel()
	other := daily(1, "")[0]
	other.ID, other.Figure.Best, other.Text = "other", new(90000.0), "90,000 Russian soldiers have been killed."
	other.Attribution = knowledge.Attribution{Speaker: "csis", Standing: "research", SaidOn: knowledge.Date{Year: 2025, Month: 2}}
	other.Scope.Period.To = knowledge.Date{Year: 2025, Month: 1}
	b, err := botOn(append(daily(401, "staff"), other)...)
	if err != nil {
		t.Fatal(err)
	}
	if r := asks(t, b, "How many Russian soldiers have been killed?"); len(r.Shown) != 2 {
		t.Errorf("%d claims:\n%s", len(r.Shown), plain(r))
	}
}

// TestLongChange: a history shows where it begins, breaks and ends, and counts what it leaves out.
func TestLongChange(t *testing.T) {
	t.Parallel()
	claims := daily(401, "staff")
	claims[122].Caveats = []knowledge.Caveat{{Code: knowledge.SeriesBreak}}
	b, err := botOn(claims...)
	if err != nil {
		t.Fatal(err)
	}
	r := asks(t, b, "How has the number of Russian soldiers killed changed?")
	if len(r.Shown) != 12 || leftOut(r) != 389 {
		t.Fatalf("%d claims, %d more:\n%s", len(r.Shown), leftOut(r), plain(r))
	}
	if r.Shown[0].Claim.ID != claims[0].ID || r.Shown[11].Claim.ID != claims[400].ID {
		t.Errorf("from %s to %s", r.Shown[0].Claim.ID, r.Shown[11].Claim.ID)
	}
	if !slices.ContainsFunc(r.Shown, func(s chat.Shown) bool { return s.Claim.ID == claims[122].ID }) {
		t.Error("the break is left out")
	}
}
