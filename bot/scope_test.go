package bot

import (
	"slices"
	"strings"
	"testing"

	"github.com/whosays/whosays/bot/chat"
)

// What a figure doesn't count isn't answered by it: another time, what was known later, whom somebody killed, or how.
func TestWhatAFigureDoesNotCountIsNotAnsweredByIt(t *testing.T) {
	t.Parallel()
	b := wholeBot(t)
	for _, text := range []string{
		// a time that ends now, or that has two ends
		"How many children were killed in the last two years?", "How many civilians were killed in the past three years?",
		"Скільки цивільних загинуло за останні 12 місяців?", "Сколько гражданских погибло за последние два года?",
		"Сколько детей погибло за последние полгода?", "How many civilians were killed between 2022 and 2024?",
		"How many Russian soldiers were killed or wounded between 2022 and 2024?", "How many civilians were killed from 2023 to 2025?",
		"How many journalists were killed between 2022 and 2024 says Shoigu?", "How many children were killed between 2022 and 2024 says Zelenskyy?",
		// one year of what somebody counts as a whole
		"How many Ukrainian soldiers were killed in 2024, says Zelenskyy?", "How many Ukrainian soldiers did Zelenskyy say died in 2025?",
		"Скільки російських солдатів поранено у 2024 році за словами Зеленського?",
		// what had been said by then
		"What was known by 1 January 2022 about civilians killed in 2025?", "What had been said by 10 December 2024 about the nuclear plant?",
		"What was known by 1 January 2022 about the talks?", "What was known by 1 January 2022 about Ukrainian soldiers killed?",
		"What was known by 1 January 2025 about Russian soldiers killed or wounded in 2025?",
		// who did it, and how; and to whom it didn't happen
		"How many civilians did Ukraine kill?", "How many soldiers has Ukraine killed?", "Сколько солдат убила Россия?", "Скільки цивільних вбила Україна?",
		"How many people did Russia kill in Ukraine?", "How many Ukrainian soldiers died of disease?", "How many Ukrainian soldiers have not been killed?",
		// a second question that leaves out what it is about
		"How many soldiers died in Mariupol and what does Shoigu say?",
	} {
		if r := handle(t, b, chat.Request{Command: chat.CommandAsk, Text: text, Now: today}); r.Outcome == chat.Answered {
			t.Errorf("%q is answered by %s", text, shown(r))
		}
	}
	for _, text := range []string{
		"Ukraine killed 2,514 civilians in 2025.", "Ukrainian forces killed 2,514 civilians in Ukraine in 2025", "2,514 civilians were killed by Ukraine in 2025",
		"Україна вбила 2514 цивільних у 2025 році.", "Украина убила 14 999 мирных жителей.", "Ukraine killed 55,000 of its own soldiers",
		"55,000 Ukrainian soldiers have been killed by friendly fire",
	} {
		r := handle(t, b, chat.Request{Command: chat.CommandCheck, Text: text, Now: today})
		if slices.ContainsFunc(r.Findings, func(f chat.Finding) bool { return f.Verdict == chat.Matches }) {
			t.Errorf("%q is said to be stated by %s", text, shown(r))
		}
	}
}

// What is left when these are told apart is still answered.
func TestWhatAFigureCountsIsAnsweredByIt(t *testing.T) {
	t.Parallel()
	b := wholeBot(t)
	for text, want := range map[string]string{
		"How many Russian soldiers did Ukraine kill?":                                    "russia-soldiers-killed-mediazona-names",
		"Who says that 55,000 Ukrainian soldiers were killed?":                           "ukraine-soldiers-killed-zelenskyy",
		"I wonder how many Ukrainian soldiers Russia killed":                             "ukraine-soldiers-killed-zelenskyy",
		"Сколько украинских солдат убила Россия?":                                        "ukraine-soldiers-killed-zelenskyy",
		"Скільки українських військових вбила Росія?":                                    "ukraine-soldiers-killed-zelenskyy",
		"How many civilians were killed in 2024?":                                        "civilians-killed-2024-un-hrmmu",
		"What was known by 1 January 2025 about Ukrainian soldiers killed?":              "ukraine-soldiers-killed-zelenskyy-2024-12-08",
		"How many Ukrainian soldiers are dead and missing so far according to UALosses?": "ukraine-soldiers-missing-ualosses",
		"How many soldiers were killed from February 2022 to December 2025?":             "ukraine-soldiers-killed-csis-2026-01-27",
		"How did the number of civilians killed change between 2024 and 2025?":           "civilians-killed-2025-un-hrmmu",
	} {
		r := handle(t, b, chat.Request{Command: chat.CommandAsk, Text: text, Now: today})
		if r.Outcome != chat.Answered || !strings.Contains(shown(r), want) {
			t.Errorf("%q: %s, %s isn't among %s", text, r.Outcome, want, shown(r))
		}
	}
}

// TestWhoDidItIsntCounted: the other side than those whom a question counts is who did it, or who is asked for, and none of its own dead are shown.
func TestWhoDidItIsntCounted(t *testing.T) {
	t.Parallel()
	b := wholeBot(t)
	for _, text := range []string{
		"Did Belousov say how many Ukrainians Russia killed in 2025?", "how many Ukrainians Russia killed in 2025", "Сколько украинцев убила Россия в 2025 году?",
		"Скільки українців убила Росія у 2025 році?", "How many Ukrainian soldiers the Russian army killed?",
		"Who killed the Ukrainian soldiers?", "Who denies that 55,000 Ukrainian soldiers were killed?",
	} {
		if r := handle(t, b, chat.Request{Command: chat.CommandAsk, Text: text, Now: today}); len(r.Shown) == 0 || strings.Contains(shown(r), "russia-") {
			t.Errorf("%q is shown %q", text, shown(r))
		}
	}
}

// TestEachOtherDifferenceIsSaid: what lies near in another way than the claim before it says so, once for those that differ alike.
func TestEachOtherDifferenceIsSaid(t *testing.T) {
	t.Parallel()
	b := wholeBot(t)
	text := plain(handle(t, b, chat.Request{Command: chat.CommandAsk, Text: "How many Ukrainian and Russian soldiers were killed in 2025?", Now: today}))
	const period, metric = "The nearest one differs: it covers another period", "This one differs: it counts killed or wounded together, not killed."
	_, behind, ok := strings.Cut(text, metric)
	if !ok || !strings.HasPrefix(strings.TrimSpace(behind), "About 415,000 Russian soldiers") || strings.Contains(behind, metric) || !strings.Contains(text, period) {
		t.Error(text)
	}
}

// shown returns the ids of the claims that a reply shows.
func shown(r chat.Reply) string {
	var ids []string
	for _, s := range r.Shown {
		ids = append(ids, s.Claim.ID)
	}
	return strings.Join(ids, " ")
}
