package starter_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge"
)

// article is where the seed article lies beside the checkout. It isn't ours to copy into it.
const article = "../../../shared/sources/seed-article.txt"

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
	for _, c := range articleClaims(t) {
		got = append(got, c.ID)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestQuotesStandInTheArticle compares with the article where it is at hand. Where it isn't, the golden list
// of the quotes that were compared has to hold them; it is written only beside the article.
func TestQuotesStandInTheArticle(t *testing.T) {
	t.Parallel()
	var list strings.Builder
	text, missing := os.ReadFile(article)
	for _, c := range articleClaims(t) {
		for _, s := range c.Sources {
			fmt.Fprintf(&list, "%s: %s\n", c.ID, s.Quote)
			if s.Quote == "" || (missing == nil && !strings.Contains(string(text), s.Quote)) {
				t.Errorf("%s: %q doesn't stand in the article", c.ID, s.Quote)
			}
		}
	}
	compared(t, list.String(), "quotes.golden", missing == nil)
}

// TestNumbersAreTheArticlesOwn: no text says a number that isn't a bound of its figure or a year of its period.
func TestNumbersAreTheArticlesOwn(t *testing.T) {
	t.Parallel()
	for _, c := range articleClaims(t) {
		own := ownNumbers(t, c)
		for _, s := range c.Sources {
			for n := range numbers(s.Quote) {
				if !own[n] {
					t.Errorf("%s: the quote %q states %s", c.ID, s.Quote, n)
				}
			}
		}
		for name, s := range texts(c) {
			for n := range numbers(s) {
				if !own[n] {
					t.Errorf("%s, %s: %s isn't a number of the claim", c.ID, name, n)
				}
			}
		}
	}
}

// TestTrapsOfTheArticle holds the traps of the sources that concern its claims, each met by a caveat or a field.
func TestTrapsOfTheArticle(t *testing.T) {
	t.Parallel()
	by := byID(articleClaims(t))
	meets(t, by, map[string]map[string][]string{ // trap → code → claims
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
	})
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
