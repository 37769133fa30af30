package starter_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
	"github.com/whosays/whosays/knowledge/starter"
)

var update = flag.Bool("update", false, "write the golden files")

// article is where the seed article lies beside the checkout. It isn't ours to copy into it.
const article = "../../../shared/sources/seed-article.txt"

func words(t testing.TB) *lexicon.Lexicon {
	t.Helper()
	l, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func claims(t testing.TB) []knowledge.Claim {
	t.Helper()
	all, err := starter.Claims(words(t))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestFifteenClaims: these ids and no others. That all are valid is what loading them proves.
func TestFifteenClaims(t *testing.T) {
	t.Parallel()
	want := []string{
		"ukraine-soldiers-killed-zelenskyy", "ukraine-soldiers-missing-zelenskyy", "russia-soldiers-killed-or-wounded-2025",
		"civilians-killed-2025-un-hrmmu", "civilians-injured-2025-un-hrmmu", "both-sides-accused-of-misreporting",
		"overall-toll-likely-higher", "talks-continue-abu-dhabi", "umerov-talks-productive", "sides-far-apart",
		"peskov-fight-until-decisions", "moscow-demands-land", "zaporizhzhia-plant-contested", "kyiv-refuses-withdrawal",
		"largest-conflict-since-ww2",
	}
	var got []string
	for _, c := range claims(t) {
		got = append(got, c.ID)
		if !c.Live() || c.Tenant != "" {
			t.Errorf("%s isn't a live claim of the shared base", c.ID)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestQuotesStandInTheArticle compares with the article where it is at hand. Where it isn't, the golden list
// of the quotes that were compared has to hold them; it is written only beside the article.
func TestQuotesStandInTheArticle(t *testing.T) {
	t.Parallel()
	const path = "testdata/quotes.golden"
	var list strings.Builder
	text, missing := os.ReadFile(article)
	for _, c := range claims(t) {
		for _, s := range c.Sources {
			fmt.Fprintf(&list, "%s: %s\n", c.ID, s.Quote)
			if s.Quote == "" || (missing == nil && !strings.Contains(string(text), s.Quote)) {
				t.Errorf("%s: %q doesn't stand in the article", c.ID, s.Quote)
			}
		}
	}
	if *update && missing == nil && !t.Failed() {
		if err := os.WriteFile(path, []byte(list.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), list.String()); diff != "" {
		t.Error("quotes that weren't compared with the article (run with -update beside it):", diff)
	}
}

var digits = regexp.MustCompile("[0-9](?:[0-9,.\u00a0\u202f ]*[0-9])?")

// texts returns everything of a claim that a reader gets to see, by a name for errors.
func texts(c knowledge.Claim) map[string]string {
	out := map[string]string{"text en": c.Text, "office": c.Attribution.Office}
	for lang, s := range c.Translations {
		out["text "+lang] = s
	}
	for i, v := range c.Caveats {
		for lang, s := range v.Text {
			out[fmt.Sprintf("caveat %d %s", i, lang)] = s
		}
	}
	for i, s := range c.Sources {
		out[fmt.Sprintf("quote %d en", i)] = s.Quote
		out[fmt.Sprintf("title %d", i)] = s.Title
	}
	return out
}

// TestNumbersAreTheClaimsOwn: no text says a number that isn't a bound of its figure or a year of its period.
func TestNumbersAreTheClaimsOwn(t *testing.T) {
	t.Parallel()
	for _, c := range claims(t) {
		own := map[string]bool{}
		for _, b := range []*float64{c.Figure.Low, c.Figure.Best, c.Figure.High} {
			if b != nil {
				own[strconv.FormatFloat(*b, 'f', -1, 64)] = true
			}
		}
		for _, d := range []knowledge.Date{c.Scope.Period.From, c.Scope.Period.To} {
			own[strconv.Itoa(d.Year)] = true
		}
		for name, s := range texts(c) {
			for _, n := range digits.FindAllString(s, -1) {
				if plain := strings.NewReplacer(",", "", "\u00a0", "").Replace(n); !own[plain] {
					t.Errorf("%s, %s: %q isn't a number of the claim", c.ID, name, n)
				}
				if lang := name[strings.LastIndexByte(name, ' ')+1:]; strings.Contains(n, ",") && lang != "en" {
					t.Errorf("%s, %s: %q is written as in English", c.ID, name, n)
				}
			}
		}
		for _, lang := range lexicon.Languages {
			if s, _ := c.In(lang); !c.Figure.IsZero() && !strings.Contains(s, grouped(c.Figure, lang)) {
				t.Errorf("%s, %s: %q doesn't say %q", c.ID, lang, s, grouped(c.Figure, lang))
			}
		}
	}
}

// grouped writes the figure's only bound as a language does.
func grouped(f knowledge.Figure, lang string) string {
	separator := map[string]string{"en": ",", "uk": "\u00a0", "ru": "\u00a0"}[lang]
	for _, b := range []*float64{f.Low, f.Best, f.High} {
		if b != nil {
			s := strconv.FormatFloat(*b, 'f', 0, 64)
			return s[:len(s)-3] + separator + s[len(s)-3:]
		}
	}
	return ""
}

// TestEveryTextIsInEveryLanguage: and each translation in the letters of its language.
func TestEveryTextIsInEveryLanguage(t *testing.T) {
	t.Parallel()
	foreign := map[string]string{"en": "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ", "uk": "ыэъё", "ru": "іїєґ"}
	for _, c := range claims(t) {
		all := []map[string]string{maps.Clone(c.Translations)}
		all[0]["en"] = c.Text
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
			}
		}
	}
}

// TestTraps holds the traps of the sources that concern these claims, each met by a caveat or a field.
func TestTraps(t *testing.T) {
	t.Parallel()
	by := map[string]knowledge.Claim{}
	for _, c := range claims(t) {
		by[c.ID] = c
	}
	for trap, want := range map[string]map[string][]string{ // code → claims
		"the missing":          {"excludes_missing": {"ukraine-soldiers-killed-zelenskyy"}},
		"approximately":        {"articles_voice": {"ukraine-soldiers-killed-zelenskyy"}},
		"killed or wounded":    {"combined_metric": {"russia-soldiers-killed-or-wounded-2025"}},
		"estimates of nobody":  {"unattributed": {"russia-soldiers-killed-or-wounded-2025", "both-sides-accused-of-misreporting"}},
		"a party's figure":     {"partys_own_figure": {"ukraine-soldiers-killed-zelenskyy"}},
		"undefined words":      {"undefined_term": {"ukraine-soldiers-missing-zelenskyy", "peskov-fight-until-decisions", "largest-conflict-since-ww2"}},
		"verified minimum":     {"verified_minimum": {"civilians-killed-2025-un-hrmmu", "civilians-injured-2025-un-hrmmu"}},
		"outside the count":    {"outside_count": {"civilians-killed-2025-un-hrmmu", "civilians-injured-2025-un-hrmmu"}},
		"the non sequitur":     {"access_limited": {"overall-toll-likely-higher"}},
		"one issue told twice": {"one_dispute": {"moscow-demands-land", "kyiv-refuses-withdrawal"}},
		"a party's word":       {"partys_word": {"umerov-talks-productive", "peskov-fight-until-decisions", "ukraine-soldiers-missing-zelenskyy"}},
		"the article's voice": {"articles_voice": {
			"talks-continue-abu-dhabi", "sides-far-apart", "both-sides-accused-of-misreporting", "overall-toll-likely-higher", "largest-conflict-since-ww2",
		}},
	} {
		for code, ids := range want {
			for _, id := range ids {
				if !slices.ContainsFunc(by[id].Caveats, func(c knowledge.Caveat) bool { return c.Code == code }) {
					t.Errorf("%s: %s has no caveat %s", trap, id, code)
				}
			}
		}
	}
	for id, c := range by {
		dated := !c.Attribution.SaidOn.IsZero() || !c.Sources[0].PublishedOn.IsZero()
		if dated || !strings.Contains(c.Sources[0].Title, "undated, no publisher named") || c.Sources[0].Publisher != "" {
			t.Errorf("%s: the source gives no date and names no publisher", id)
		}
		if (c.Kind != knowledge.KindContext || c.Topic != "war") && !slices.ContainsFunc(c.Caveats, func(v knowledge.Caveat) bool { return v.Code == "undated" }) {
			t.Errorf("%s: nothing says that it is undated", id)
		}
	}
	for _, id := range []string{"civilians-killed-2025-un-hrmmu", "civilians-injured-2025-un-hrmmu"} {
		if f := by[id].Figure; f.Low == nil || f.High != nil || f.Best != nil {
			t.Errorf("%s: a verified minimum has its low bound only", id)
		}
	}
	if a, b := by["moscow-demands-land"].Topic, by["kyiv-refuses-withdrawal"].Topic; a == "" || a != b {
		t.Errorf("one dispute under two topics, %q and %q", a, b)
	}
}

// TestAliasesFindTheirClaim: each is known to the lexicon and means its own claim. Two sides of one dispute may
// share one.
func TestAliasesFindTheirClaim(t *testing.T) {
	t.Parallel()
	l := words(t)
	store, err := knowledge.NewMemory(claims(t))
	if err != nil {
		t.Fatal(err)
	}
	base, err := knowledge.NewBase(t.Context(), l, store)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range claims(t) {
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
