package bot

import (
	"slices"
	"strings"
	"testing"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// What is asked of those who are counted besides how many they are isn't answered by the count.
func TestWhatNoCountSays(t *testing.T) {
	t.Parallel()
	b := seedBot(t)
	const metric, group, period, place = knowledge.DimMetric, knowledge.DimGroup, knowledge.DimPeriod, knowledge.DimPlace
	for text, want := range map[string]struct {
		first string
		dim   knowledge.Dimension
		says  string
	}{
		"How old were the Ukrainian soldiers killed?":                                 {"K1", metric, "only says how many"},
		"Names of the civilians killed in Ukraine in 2025?":                           {"K4", metric, "only says how many"},
		"Имена погибших украинских военных":                                           {"K1", metric, "лишь говорит, сколько"},
		"Which brigade lost the most Ukrainian soldiers?":                             {"K1", group, "which units"},
		"On what day were the civilians killed in Ukraine in 2025?":                   {"K4", period, "when exactly"},
		"In which region were the most civilians killed in 2025?":                     {"K4", place, "where exactly"},
		"В каком городе погибло больше всего гражданских в 2025 году?":                {"K4", place, "где именно"},
		"У якому місті загинуло найбільше цивільних у 2025 році?":                     {"K4", place, "де саме"},
		"Where were most of the Russian soldiers killed or wounded in 2025?":          {"K3", place, "where exactly"},
		"Where were the Ukrainian soldiers killed?":                                   {"K1", place, "where exactly"},
		"Why are so many civilians killed in Ukraine?":                                {"K4", metric, "doesn't say why"},
		"How many civilians are killed per day?":                                      {"K4", metric, ""},
		"Скільки цивільних гине щодня?":                                               {"K4", metric, ""},
		"Why are the talks in Abu Dhabi?":                                             {"N1", metric, "doesn't say why"},
		"What percentage of the Ukrainian army has been killed?":                      {"K1", metric, ""},
		"Какой процент украинских военных погиб?":                                     {"K1", metric, ""},
		"What share of Russian soldiers were killed or wounded in 2025?":              {"K3", metric, ""},
		"What percentage of the civilians killed in Ukraine in 2025 were foreigners?": {"K4", metric, ""},
	} {
		r := asks(t, b, text)
		if r.Outcome != chat.Related || r.Shown[0].Claim.ID != keys[want.first] || !slices.Contains(r.Shown[0].Mismatch, want.dim) {
			t.Errorf("%q: outcome %s, %s; wanted %s related, differing in %s", text, r.Outcome, shown(r), want.first, want.dim)
			continue
		}
		if lead := r.Blocks[0].Text(); !strings.Contains(lead, want.says) {
			t.Errorf("%q: the first line doesn't say what isn't known: %s", text, lead)
		}
	}
	for text, want := range map[string]string{
		"Who are the 420,000?":                                           "K3",
		"Where were the civilians killed in 2025?":                       "K4", // the claim names the place
		"In what year were 420,000 Russians killed or wounded?":          "K3", // a number is looked for by what is known of it
		"Which figure for Ukrainian soldiers killed did Zelensky give?":  "K1",
		"Where does the figure for Ukrainian soldiers killed come from?": "K1",
		"which countrys hosted the talks last":                           "N1",
		"what's the scale of this war historically, in Europe":           "W1",
		"What's the scale of Russian losses in 2025?":                    "K3",
		"is a ceasefire close?":                                          "N3",
		"Why are the sides far apart?":                                   "N3",
	} {
		if r := asks(t, b, text); r.Outcome != chat.Answered || r.Shown[0].Claim.ID != keys[want] {
			t.Errorf("%q: outcome %s, %s; wanted the answer %s", text, r.Outcome, shown(r), want)
		}
	}
	for text, want := range map[string]struct {
		first string
		dim   knowledge.Dimension
	}{
		"Is the number 12,142 for killed or injured?": {"K5", metric}, // the number is said of one of them
		"2514 - dead or injured?":                     {"K4", metric},
		"Is the 55,000 figure killed or wounded?":     {"K1", metric},
		"did ukraine agree to give up donbas":         {"N5", place},
		"Will Ukraine withdraw from Donetsk?":         {"N7", place},
		"Чи вимагає Москва віддати Донбас?":           {"N5", place},
	} {
		if r := asks(t, b, text); r.Outcome != chat.Related || r.Shown[0].Claim.ID != keys[want.first] || !slices.Equal(r.Shown[0].Mismatch, []knowledge.Dimension{want.dim}) {
			t.Errorf("%q: outcome %s, %s; wanted %s related", text, r.Outcome, shown(r), want.first)
		}
	}
	for _, text := range []string{"Does Russia want to keep the nuclear plant?", "Does Russia demand control of the Zaporizhzhia nuclear plant?"} {
		if r := asks(t, b, text); slices.ContainsFunc(r.Shown, func(s chat.Shown) bool { return s.Claim.ID == keys["N5"] }) {
			t.Errorf("%q: what is demanded of land is said of the plant: %s", text, shown(r))
		}
	}
	for _, text := range []string{"In Kharkiv alone 12,142 civilians were injured in 2025.", "In Odesa alone 2,514 civilians were killed in 2025."} {
		f := checks(t, b, text).Findings
		if len(f) != 1 || f[0].Verdict != chat.MixedUp || !slices.Equal(f[0].Mixups, []knowledge.Dimension{place}) {
			t.Errorf("%q: %+v; wanted the place mixed up", text, f)
		}
	}
}

// On the whole base: of counts that don't say what is asked, the one of what was named comes first.
func TestWhatNoCountSaysIsNearest(t *testing.T) {
	t.Parallel()
	b := wholeBot(t)
	for text, want := range map[string]string{
		"How old were the Ukrainian soldiers killed?": "ukraine-soldiers-killed-zelenskyy",
		"How many civilians are killed per day?":      "civilians-killed-ohchr-2026-01-12",
	} {
		if r := asks(t, b, text); r.Outcome != chat.Related || r.Shown[0].Claim.ID != want {
			t.Errorf("%q: outcome %s, %s; wanted %s related", text, r.Outcome, shown(r), want)
		}
	}
}
