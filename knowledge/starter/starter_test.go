package starter_test

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// TestTheArticlesClaimsAreKept: the files after it add to them; all are live claims of the shared base.
func TestTheArticlesClaimsAreKept(t *testing.T) {
	t.Parallel()
	all := claims(t)
	for i, c := range articleClaims(t) {
		if all[i].ID != c.ID || all[i].Kind != c.Kind || all[i].Scope.Metric != c.Scope.Metric || len(all[i].Sources) < len(c.Sources) {
			t.Errorf("%s became %s, or lost something", c.ID, all[i].ID)
		}
	}
	for _, c := range all {
		if !c.Live() || c.Tenant != "" || c.ReviewedOn.IsZero() {
			t.Errorf("%s isn't a live, reviewed claim of the shared base", c.ID)
		}
	}
}

// TestEveryTextIsInEveryLanguage: each translation in the letters of its language, its numbers grouped as it does,
// and each bound of the figure in it.
func TestEveryTextIsInEveryLanguage(t *testing.T) {
	t.Parallel()
	foreign := map[string]string{"en": "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ\u00a0", "uk": "ыэъё", "ru": "іїєґ"}
	spaced := regexp.MustCompile(`[0-9] [0-9]{3}(?:[^0-9]|$)`)
	for _, c := range claims(t) {
		all := []map[string]string{maps.Clone(c.Translations)}
		all[0]["en"] = c.Text
		for _, s := range all[0] {
			for _, b := range bounds(c) {
				if !numbers(s)[b] {
					t.Errorf("%s: %q doesn't say %s", c.ID, s, b)
				}
			}
		}
		for _, v := range c.Caveats {
			if v.Text != nil {
				all = append(all, v.Text)
			}
		}
		for _, byLang := range all {
			if got := slices.Sorted(maps.Keys(byLang)); !slices.Equal(got, []string{"en", "ru", "uk"}) {
				t.Errorf("%s: a text is in %v only", c.ID, got)
			}
			for lang, s := range byLang {
				end, _ := utf8.DecodeLastRuneInString(s)
				if strings.ContainsAny(strings.ToLower(s), foreign[lang]) || end != '.' {
					t.Errorf("%s: %q is no sentence in %s", c.ID, s, lang)
				}
				if lang != "en" && regexp.MustCompile(`[0-9],[0-9]{3}`).MatchString(s) || spaced.MatchString(s) {
					t.Errorf("%s: %q doesn't group its numbers as %s does", c.ID, s, lang)
				}
			}
		}
	}
}

// TestSeries: the revisions of each count in the order in which they were made. They are comparable: one
// claimant, one scope, one unit, and a period that grows.
func TestSeries(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"zelenskyy-ukraine-soldiers-killed":  "31000 43000 45100 46000 55000",
		"zelenskyy-ukraine-soldiers-wounded": "370000 390000",
		"zelenskyy-russia-soldiers-killed":   "180000 198000 350000",
		"zelenskyy-russia-soldiers-wounded":  "550000 600000–700000",
		"csis-ukraine-soldiers-killed":       "60000–100000 100000–140000",
		"csis-russia-soldiers-killed":        "250000 275000–325000",
		"general-staff-russia-losses":        "790800 1208970 1243070",
		"ohchr-civilians-killed":             "10582 12456 14999",
		"ohchr-civilians-injured":            "19875 28382 40601",
		"ohchr-children-killed":              "669 763",
		"ohchr-children-injured":             "1833 2486",
	}
	series := map[string][]knowledge.Claim{}
	for _, c := range claims(t) {
		if c.Series != "" {
			series[c.Series] = append(series[c.Series], c)
		}
	}
	for name, all := range series {
		slices.SortFunc(all, func(a, b knowledge.Claim) int { return a.Attribution.SaidOn.Compare(b.Attribution.SaidOn) })
		var got []string
		for i, c := range all {
			got = append(got, strings.Join(bounds(c), "–"))
			if i > 0 && !revises(c, all[i-1]) {
				t.Errorf("%s: %s is no revision of %s", name, c.ID, all[i-1].ID)
			}
		}
		if got := strings.Join(got, " "); got != want[name] {
			t.Errorf("%s: %s, want %s", name, got, want[name])
		}
	}
	if len(series) != len(want) {
		t.Errorf("%d series, want %d", len(series), len(want))
	}
}

func revises(c, earlier knowledge.Claim) bool {
	a, b := c.Scope, earlier.Scope
	grows := a.Period.From == b.Period.From && a.Period.To.Compare(b.Period.To) > 0
	a.Period, b.Period = knowledge.Period{}, knowledge.Period{}
	return grows && a == b && c.Attribution.Speaker == earlier.Attribution.Speaker && c.Attribution.Standing == earlier.Attribution.Standing &&
		c.Figure.Unit == earlier.Figure.Unit && c.Attribution.SaidOn.Compare(earlier.Attribution.SaidOn) > 0
}

// TestLinks: whom a figure is built on says something in the base himself, and what is disputed exists.
func TestLinks(t *testing.T) {
	t.Parallel()
	all := claims(t)
	by, speaks := byID(all), map[string]bool{}
	for _, c := range all {
		speaks[c.Attribution.Speaker] = true
	}
	drawing := map[string]string{}
	for _, c := range all {
		for _, id := range c.DrawsOn {
			if !speaks[id] {
				t.Errorf("%s is built on %s, who says nothing", c.ID, id)
			}
		}
		if len(c.DrawsOn) > 0 {
			drawing[c.ID] = strings.Join(c.DrawsOn, " ")
			if !slices.ContainsFunc(c.Caveats, func(v knowledge.Caveat) bool { return v.Code == "not_independent" }) {
				t.Errorf("%s doesn't say that it is built on others", c.ID)
			}
		}
		for _, id := range slices.Concat(c.Disputes, c.Supersedes) {
			if _, ok := by[id]; !ok {
				t.Errorf("%s disputes or supersedes %s, which doesn't exist", c.ID, id)
			}
		}
	}
	for id, want := range map[string]string{
		"russia-soldiers-killed-csis-2026-01-27":        "mediazona uk_mod",
		"russia-soldiers-casualties-csis-2026-01-27":    "mediazona uk_mod",
		"russia-soldiers-killed-or-wounded-2025-csis":   "mediazona uk_mod",
		"russia-soldiers-killed-jones-2026-02-05":       "csis mediazona uk_mod",
		"russia-soldiers-killed-or-wounded-2025-uk-mod": "general_staff_ukraine",
		"russia-soldiers-killed-or-wounded-2024-uk-mod": "general_staff_ukraine",
		"russia-soldiers-killed-or-wounded-uk-mod":      "general_staff_ukraine",
	} {
		if drawing[id] != want {
			t.Errorf("%s is built on %q, want %q", id, drawing[id], want)
		}
		delete(drawing, id)
	}
	if len(drawing) > 0 {
		t.Error("unexpected:", drawing)
	}
}

// TestWhatTheKremlinDisputes: each figure of the report that it rejects, and no figure of an earlier one.
func TestWhatTheKremlinDisputes(t *testing.T) {
	t.Parallel()
	all := claims(t)
	disputed := byID(all)["peskov-csis-not-reliable"].Disputes
	seen := 0
	for _, c := range all {
		ofTheReport := slices.Contains([]string{"csis", "jones"}, c.Attribution.Speaker) && c.Attribution.SaidOn.Year == 2026
		if ofTheReport != slices.Contains(disputed, c.ID) {
			t.Errorf("%s: disputed is %t, want %t", c.ID, !ofTheReport, ofTheReport)
		}
		if ofTheReport {
			seen++
		}
	}
	if seen < 6 {
		t.Errorf("only %d figures of the report", seen)
	}
}

// TestTheFiftyFiveThousand: what the article and Reuters tell of it is one claim, true as a whole.
func TestTheFiftyFiveThousand(t *testing.T) {
	t.Parallel()
	all := slices.DeleteFunc(claims(t), func(c knowledge.Claim) bool { return !slices.Contains(bounds(c), "55000") })
	if len(all) != 1 {
		t.Fatalf("%d claims have the figure", len(all))
	}
	c := all[0]
	said := knowledge.Date{Year: 2026, Month: 2, Day: 4}
	if len(c.Sources) != 2 || c.Figure.Qualifier != knowledge.Exact || c.Attribution.SaidOn != said || c.Attribution.Venue == "" || c.Scope.Period.To != said {
		t.Errorf("%+v", c)
	}
	if c.Text != "55,000 Ukrainian soldiers have been killed." {
		t.Error(c.Text)
	}
	for _, v := range c.Caveats {
		if strings.Contains(v.Text["en"], "it isn't known up to when") || strings.Contains(v.Text["en"], "his own words aren't quoted") {
			t.Errorf("%s is true of the article alone: %s", v.Code, v.Text["en"])
		}
	}
}

// TestTraps holds the traps of the sources, each met by a caveat or a field.
func TestTraps(t *testing.T) {
	t.Parallel()
	by := byID(claims(t))
	meets(t, by, map[string]map[string][]string{ // trap → code → claims
		"the missing":           {"excludes_missing": {"ukraine-soldiers-killed-zelenskyy", "ukraine-soldiers-killed-zelenskyy-2025-02-16"}},
		"the register":          {"not_additive": {"ukraine-persons-missing-dobroserdov"}, "mixed_groups": {"ukraine-persons-missing-dobroserdov"}},
		"estimates of nobody":   {"unattributed": {"russia-soldiers-killed-or-wounded-2025"}, "not_independent": {"russia-soldiers-killed-or-wounded-2025"}},
		"undefined words":       {"undefined_term": {"russia-soldiers-neutralised-2025-syrskyi", "ukraine-soldiers-losses-2025-belousov", "ukraine-soldiers-losses-2025-rudskoi", "ukraine-soldiers-losses-lavrov", "russia-soldiers-losses-general-staff-2026-02-04"}},
		"cases or persons":      {"cases_not_persons": {"ukraine-soldiers-wounded-zelenskyy-2025-02-04", "ukraine-soldiers-wounded-zelenskyy-2024-12-08"}},
		"verified minimum":      {"verified_minimum": {"civilians-killed-ohchr-2026-01-12", "civilians-injured-ohchr-2026-01-12", "civilians-killed-2024-un-hrmmu"}},
		"killed with injured":   {"combined_metric": {"civilians-killed-2025-un-hrmmu", "civilians-injured-2025-un-hrmmu", "russia-soldiers-killed-or-wounded-2025-12-zelenskyy"}},
		"inside Russia":         {"outside_count": {"civilians-killed-2025-un-hrmmu", "civilians-killed-ohchr-2026-01-12"}},
		"no date":               {"undated": {"talks-continue-abu-dhabi", "sides-far-apart"}, "as_of": {"talks-first-round-abu-dhabi", "talks-third-round-geneva", "peskov-talks-pause"}},
		"the newspaper's voice": {"articles_voice": {"talks-first-round-abu-dhabi", "talks-third-round-geneva"}},
		"contradictions":        {"figures_differ": {"ukraine-soldiers-losses-2025-belousov", "ukraine-soldiers-losses-2025-rudskoi", "russia-soldiers-killed-2025-12-rutte"}, "reports_differ": {"ukraine-persons-released-2026-02-05-coordination-hq", "talks-third-round-geneva", "russia-soldiers-killed-or-wounded-2025-12-zelenskyy"}},
		"a count that jumps":    {"series_break": {"russia-soldiers-killed-mediazona-names"}},
		"a range cut":           {"range_cut": {"russia-soldiers-killed-csis-2026-01-27", "ukraine-soldiers-killed-csis-2026-01-27"}},
		"children are counted":  {"part_of": {"children-killed-ohchr-2026-01-12", "children-injured-ohchr-2025-01-16"}},
	})
	for id, code := range map[string]string{ // what is read first, where several claims share a reply
		"peskov-talks-pause": "as_of", "ukraine-persons-missing-dobroserdov": "mixed_groups", "russia-soldiers-neutralised-2025-syrskyi": "undefined_term",
		"ukraine-soldiers-wounded-zelenskyy-2025-02-04": "cases_not_persons", "russia-soldiers-killed-or-wounded-2025-12-zelenskyy": "combined_metric",
	} {
		if len(by[id].Caveats) == 0 || by[id].Caveats[0].Code != code {
			t.Errorf("%s doesn't begin with %s", id, code)
		}
	}
}

// TestMetricsSayWhatTheyCount: a word that isn't defined is never a death, what is combined says so first, and a
// side that speaks of the other is called that.
func TestMetricsSayWhatTheyCount(t *testing.T) {
	t.Parallel()
	l := words(t)
	seen := 0
	for _, c := range claims(t) {
		if c.Kind != knowledge.KindFigure {
			continue
		}
		seen++
		needs := map[string]string{"losses": "undefined_term", "killed_or_wounded": "combined_metric", "casualties": "combined_metric"}[c.Scope.Metric]
		if needs != "" && c.Caveats[0].Code != needs {
			t.Errorf("%s doesn't begin with %s", c.ID, needs)
		}
		if c.Scope.Group == "civilians" || c.Scope.Group == "children" {
			if c.Scope.Party != "" || c.Scope.Place != "ukraine" || c.Attribution.Standing != "un" || c.Figure.Qualifier != knowledge.AtLeast {
				t.Errorf("%s: civilians are counted by place, at least", c.ID)
			}
			continue
		}
		if who, ok := l.Get(lexicon.Claimant, c.Attribution.Speaker); ok && who.Standing == "party" {
			if want := map[bool]string{true: "party", false: "opposing_party"}[who.Party == c.Scope.Party]; c.Attribution.Standing != want {
				t.Errorf("%s: the standing is %s, want %s", c.ID, c.Attribution.Standing, want)
			}
		} else if ok && cmp.Or(who.Standing, "none") != c.Attribution.Standing {
			t.Errorf("%s: the standing is %s, but that of the claimant is %s", c.ID, c.Attribution.Standing, who.Standing)
		}
	}
	if seen < 60 {
		t.Errorf("only %d figures", seen)
	}
}

// TestIDsSayTheScope: whose people, or which group, and what is counted of them stands in a figure's id, so that a
// metric can't be swapped unseen.
func TestIDsSayTheScope(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, c := range claims(t) {
		if c.Kind != knowledge.KindFigure {
			continue
		}
		seen++
		metric := strings.ReplaceAll(c.Scope.Metric, "_", "-")
		if c.Scope.Party == "" {
			metric = strings.ReplaceAll(metric, "wounded", "injured")
		}
		want := strings.TrimPrefix(c.Scope.Party+"-"+c.Scope.Group+"-"+metric+"-", "-")
		rest, ok := strings.CutPrefix(c.ID, want)
		if !ok || strings.HasPrefix(rest, "or-") {
			t.Errorf("%s doesn't begin with %s", c.ID, want)
		}
	}
	if seen < 60 {
		t.Errorf("only %d figures", seen)
	}
}

// TestNothingIsComputed: the numbers that one gets by adding or subtracting figures of the base stand nowhere.
func TestNothingIsComputed(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("*.yaml")
	if err != nil || len(paths) != 3 {
		t.Fatal(paths, err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range []string{"418170", "145000", "175000"} {
			if numbers(string(text))[n] {
				t.Errorf("%s: %s is a sum or a difference", path, n)
			}
		}
	}
}

// TestAliasesFindTheirClaim: each is known to the lexicon and means its own claim, in the article's base and in the
// whole. Two claims on one subject may share one.
func TestAliasesFindTheirClaim(t *testing.T) {
	t.Parallel()
	for name, all := range map[string][]knowledge.Claim{"article": articleClaims(t), "whole": claims(t)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := words(t)
			store, err := knowledge.NewMemory(all)
			if err != nil {
				t.Fatal(err)
			}
			base, err := knowledge.NewBase(t.Context(), l, store)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range all {
				if position := c.Kind != knowledge.KindFigure; position != (len(c.Aliases) >= 4 && len(c.Aliases) <= 16) {
					t.Errorf("%s has %d aliases", c.ID, len(c.Aliases))
				}
				for _, alias := range c.Aliases {
					found, err := base.Find(t.Context(), query(l, alias))
					if err != nil {
						t.Fatal(err)
					}
					if !slices.ContainsFunc(found, func(f knowledge.Found) bool { return f.Claim.ID == c.ID && f.Pattern >= 0 }) || found[0].Pattern < 0 {
						t.Errorf("%q of %s means %s", alias, c.ID, summary(found))
					}
				}
			}
		})
	}
}

// query asks for what a text names, as a question would.
func query(l *lexicon.Lexicon, text string) knowledge.Query {
	concepts := knowledge.Concepts(l.Analyze(text))
	if slices.ContainsFunc(concepts, func(key string) bool { return strings.HasPrefix(key, string(lexicon.Metric)+":") }) {
		concepts = append(concepts, knowledge.AnyMetric)
	}
	q := knowledge.Query{Concepts: concepts}
	for _, term := range l.Read(text) {
		q.Words = append(q.Words, term.Text)
	}
	return q
}

func summary(found []knowledge.Found) string {
	var b strings.Builder
	for _, f := range found {
		fmt.Fprintf(&b, "\n  %s (pattern %d of %d concepts, score %.2f)", f.Claim.ID, f.Pattern, f.PatternSize, f.Score)
	}
	return b.String()
}

// TestClaimsAreValid: what isn't checked at each start is checked here, each claim as it stands when all files are joined.
func TestClaimsAreValid(t *testing.T) {
	t.Parallel()
	l := words(t)
	for _, c := range claims(t) {
		if err := c.Validate(l); err != nil {
			t.Errorf("%s: %v", c.ID, err)
		}
	}
}

// TestBeside: what the claims say of each other is right, which isn't checked at each start.
func TestBeside(t *testing.T) {
	t.Parallel()
	for _, broken := range knowledge.ValidateBase(claims(t)) {
		t.Errorf("%s: %v", broken.Key.ID, broken.Problems)
	}
}
