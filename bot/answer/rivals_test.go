package answer_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
)

// counted is a total of the soldiers of a side up to a date, said on it by somebody.
func counted(t *testing.T, id, party, metric, speaker, standing, method, upTo string, best float64) knowledge.Claim {
	t.Helper()
	return knowledge.Claim{
		ID: id, Kind: knowledge.KindFigure, Text: "A sentence.", Figure: knowledge.Figure{Best: &best, Qualifier: knowledge.Exact},
		Scope:       knowledge.Scope{Party: party, Group: "soldiers", Metric: metric, Period: knowledge.Period{To: date(t, upTo), Cumulative: true}},
		Attribution: knowledge.Attribution{Speaker: speaker, Standing: standing, Method: method, SaidOn: date(t, upTo)},
	}
}

func found(claims ...knowledge.Claim) []knowledge.Found {
	var out []knowledge.Found
	for i, c := range claims {
		out = append(out, knowledge.Found{Claim: &c, Score: float64(len(claims) - i), Pattern: -1})
	}
	return out
}

func inSeries(c knowledge.Claim, series string) knowledge.Claim { c.Series = series; return c }

func during(t *testing.T, c knowledge.Claim, from, to string) knowledge.Claim {
	t.Helper()
	c.Scope.Period = knowledge.Period{From: date(t, from), To: date(t, to)}
	return c
}

func ofGroup(c knowledge.Claim, group string) knowledge.Claim { c.Scope.Group = group; return c }

func shownIDs(c answer.Chosen) []string {
	var out []string
	for _, s := range c.Shown {
		out = append(out, s.Claim.ID)
	}
	return out
}

// beside are claims that answer a part of a question, those that are shown, in their order, and how many are left out.
type beside map[string]struct {
	part   question.Part
	claims []knowledge.Claim
	want   []string
	left   answer.Left
}

func (all beside) try(t *testing.T) {
	j := judge(t)
	for name, test := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for turn := range test.claims {
				claims := append(append([]knowledge.Claim{}, test.claims[turn:]...), test.claims[:turn]...)
				got := j.Choose(test.part, found(claims...), question.WishNone)
				if diff := cmp.Diff(test.want, shownIDs(got), cmpopts.EquateEmpty()); diff != "" || got.Outcome != chat.Answered {
					t.Errorf("%s (-want +got):\n%s", got.Outcome, diff)
				}
				if diff := cmp.Diff(test.left, got.Left); diff != "" {
					t.Errorf("left (-want +got):\n%s", diff)
				}
			}
		})
	}
}

func TestWhatStandsSideBySide(t *testing.T) {
	t.Parallel()
	official := counted(t, "official", "ukraine", "killed", "zelenskyy", "party", "official_statement", "2026-02-04", 55000)
	earlier := counted(t, "earlier", "ukraine", "killed", "zelenskyy", "party", "official_statement", "2025-02-16", 46000)
	names := counted(t, "names", "ukraine", "killed", "ualosses", "open_source", "named_list", "2026-02-01", 86000)
	institute := counted(t, "institute", "ukraine", "killed", "csis", "research", "estimate", "2025-12-31", 120000)
	member := counted(t, "member", "ukraine", "killed", "jones", "research", "estimate", "2026-02-05", 120000)
	enemy := counted(t, "enemy", "ukraine", "killed", "lavrov", "opposing_party", "official_statement", "2026-01-01", 900000)
	old := counted(t, "old", "ukraine", "killed", "mediazona", "media_count", "named_list", "2022-09-21", 9000)
	ownOld := counted(t, "own-old", "ukraine", "killed", "syrskyi", "party", "official_statement", "2022-06-01", 10000)
	year := during(t, counted(t, "year", "ukraine", "killed", "un_hrmmu", "un", "verified_individually", "2026-01-12", 7000), "2025", "2025")
	wounded := counted(t, "wounded", "ukraine", "killed_or_wounded", "csis", "research", "estimate", "2025-12-31", 500000)
	officers := ofGroup(counted(t, "officers", "ukraine", "killed", "csis", "research", "estimate", "2025-12-31", 800), "officers")
	killed := of("ukraine", "soldiers", "killed")
	beside{
		"a side on itself, names, research, the other side": {
			killed, []knowledge.Claim{enemy, institute, names, official}, []string{"official", "names", "institute", "enemy"}, answer.Left{},
		},
		"of a series the latest": {
			killed, []knowledge.Claim{inSeries(earlier, "s"), inSeries(official, "s")}, []string{"official"}, answer.Left{Earlier: 1},
		},
		"what was counted long before isn't a rival": {killed, []knowledge.Claim{old, names}, []string{"names"}, answer.Left{Earlier: 1}},
		"a side's own last count is worth knowing":   {killed, []knowledge.Claim{ownOld, names}, []string{"names", "own-old"}, answer.Left{}},
		"one claimant's older count is followed":     {killed, []knowledge.Claim{earlier, official}, []string{"official"}, answer.Left{Earlier: 1}},
		"a body and its member speak once":           {killed, []knowledge.Claim{institute, member}, []string{"member"}, answer.Left{More: 1}},
		"a year is no rival of a total":              {killed, []knowledge.Claim{year, official}, []string{"official"}, answer.Left{Periods: 1}},
		"a year alone answers":                       {killed, []knowledge.Claim{year}, []string{"year"}, answer.Left{}},
		"a part of the group is no rival of it":      {killed, []knowledge.Claim{officers, official}, []string{"official"}, answer.Left{}},
		"another metric differs":                     {killed, []knowledge.Claim{wounded, official}, []string{"official"}, answer.Left{}},
		"who is asked for is never too old": {
			with(killed, func(p *question.Part) { p.Claimants = []string{"mediazona"} }), []knowledge.Claim{old, names}, []string{"old"}, answer.Left{},
		},
	}.try(t)
}

func TestWhatStandsWhereOneIsMeant(t *testing.T) {
	t.Parallel()
	official := counted(t, "official", "ukraine", "killed", "zelenskyy", "party", "official_statement", "2026-02-04", 55000)
	earlier := counted(t, "earlier", "ukraine", "killed", "zelenskyy", "party", "official_statement", "2025-02-16", 46000)
	names := counted(t, "names", "ukraine", "killed", "ualosses", "open_source", "named_list", "2026-02-01", 86000)
	killed := of("ukraine", "soldiers", "killed")
	beside{
		"the number that is named comes first": {
			with(killed, func(p *question.Part) {
				p.Quantity = &question.Quantity{Low: 46000, High: 46000, Value: 46000, Step: 1000}
			}),
			[]knowledge.Claim{inSeries(official, "s"), inSeries(earlier, "s")},
			[]string{"earlier", "official"},
			answer.Left{},
		},
		"up to a date": {
			with(killed, func(p *question.Part) {
				p.Period = question.Period{Kind: question.PeriodUntil, To: time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)}
			}),
			[]knowledge.Claim{inSeries(official, "s"), inSeries(earlier, "s"), names},
			[]string{"earlier"},
			answer.Left{},
		},
		"said by a date": {
			with(killed, func(p *question.Part) { p.AsOf = time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC) }),
			[]knowledge.Claim{inSeries(official, "s"), inSeries(earlier, "s")},
			[]string{"earlier"},
			answer.Left{},
		},
		"said in a month": {
			with(killed, func(p *question.Part) {
				p.Said = question.Period{Kind: question.PeriodDates, From: time.Date(2025, 2, 1, 0, 0, 0, 0, time.UTC), To: time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)}
			}),
			[]knowledge.Claim{official, earlier},
			[]string{"earlier"},
			answer.Left{},
		},
	}.try(t)
}

func with(p question.Part, change func(*question.Part)) question.Part {
	change(&p)
	return p
}

// Sides are compared by who counts all of them alike, else each keeps its own.
func TestLikeForLike(t *testing.T) {
	t.Parallel()
	claim := func(id, party, metric, speaker string) chat.Shown {
		return chat.Shown{Claim: counted(t, id, party, metric, speaker, "research", "estimate", "2025-12-31", 1)}
	}
	for name, test := range map[string]struct{ a, b, want []chat.Shown }{
		"one counts both": {
			[]chat.Shown{claim("a1", "ukraine", "killed", "zelenskyy"), claim("a2", "ukraine", "killed", "csis")},
			[]chat.Shown{claim("b1", "russia", "killed", "csis"), claim("b2", "russia", "killed", "mediazona")},
			[]chat.Shown{claim("a2", "ukraine", "killed", "csis"), claim("b1", "russia", "killed", "csis")},
		},
		"not the same": {
			[]chat.Shown{claim("a1", "ukraine", "killed", "csis")},
			[]chat.Shown{claim("b1", "russia", "killed_or_wounded", "csis")},
			[]chat.Shown{claim("a1", "ukraine", "killed", "csis"), claim("b1", "russia", "killed_or_wounded", "csis")},
		},
	} {
		chosen := []answer.Chosen{{Shown: test.a}, {Shown: test.b}}
		answer.LikeForLike(chosen)
		if diff := cmp.Diff(test.want, append(append([]chat.Shown{}, chosen[0].Shown...), chosen[1].Shown...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestASeriesUnfolds(t *testing.T) {
	t.Parallel()
	j := judge(t)
	first := inSeries(counted(t, "first", "ukraine", "killed", "zelenskyy", "party", "official_statement", "2024-02-25", 31000), "s")
	last := inSeries(counted(t, "last", "ukraine", "killed", "zelenskyy", "party", "official_statement", "2026-02-04", 55000), "s")
	c := j.Choose(of("ukraine", "soldiers", "killed"), found(first, last), question.Change)
	if c.Series != "s" {
		t.Fatalf("series %q", c.Series)
	}
	c.Unfold([]knowledge.Claim{first, last}, 0)
	if diff := cmp.Diff([]string{"first", "last"}, shownIDs(c)); diff != "" || !c.Unfolded {
		t.Errorf("unfolded: %v (-want +got):\n%s", c.Unfolded, diff)
	}
	single := j.Choose(of("ukraine", "soldiers", "killed"), found(last), question.Change)
	if single.Unfold([]knowledge.Claim{last}, 0); single.Unfolded {
		t.Error("one state is no history")
	}
}

func TestWhatIsLaterThanAStage(t *testing.T) {
	t.Parallel()
	j := judge(t)
	stage := func(id, topic, on string) knowledge.Claim {
		return knowledge.Claim{ID: id, Kind: knowledge.KindStatus, Topic: topic, Text: "The talks continue.", Attribution: knowledge.Attribution{SaidOn: date(t, on)}}
	}
	stages := []knowledge.Claim{stage("pause", "talks", "2026-03-05"), stage("round", "talks", "2026-02-18"), stage("other", "war", "2026-04-01"), stage("undated", "talks", "")}
	for id, want := range map[string]string{"round": "pause", "pause": "", "undated": "", "other": ""} {
		for _, s := range stages {
			if s.ID != id {
				continue
			}
			if later, ok := j.Later(s, stages); ok != (want != "") || ok && later.ID != want {
				t.Errorf("later than %s: %s, want %q", id, later.ID, want)
			}
		}
	}
}
