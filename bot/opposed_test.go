package bot

import (
	"strings"
	"testing"

	"github.com/whosays/whosays/bot/chat"
)

// TestWhoOpposesAFigure: who asks is shown the figure, what others count beside it, and who disputes any of them.
func TestWhoOpposesAFigure(t *testing.T) {
	t.Parallel()
	b := wholeBot(t)
	zelensky := "55,000 Ukrainian soldiers have been killed, says Volodymyr Zelenskyy"
	for text, first := range map[string]string{
		"Who disputes Zelensky's 55,000?":                              zelensky,
		"Is the 55,000 figure contested?":                              zelensky,
		"Is the number 55,000 true?":                                   zelensky,
		"Does anyone dispute Zelensky's figure?":                       zelensky,
		"Who rejects the figure of 55,000 killed Ukrainian soldiers?":  zelensky,
		"Who denies that 55,000 Ukrainian soldiers were killed?":       zelensky,
		"Does Russia deny Zelensky's 55,000?":                          zelensky,
		"Хто заперечує цифру 55 тисяч?":                                "Загинули 55",
		"Кто оспаривает цифру 55 000?":                                 "Погибли 55",
		"Is the figure of 420,000 disputed?":                           "Nearly 420,000 Russian soldiers were “neutralised”",
		"Who contradicts the CSIS figure of 325,000?":                  "From February 2022 to December 2025, 275,000 to 325,000 Russian soldiers were killed",
		"Does Russia deny the CSIS estimate?":                          "From February 2022 to December 2025, 275,000 to 325,000 Russian soldiers were killed",
		"Do others challenge the claim that 415,000 were casualties?":  "About 415,000 Russian soldiers were killed or wounded",
		"Has anyone refuted the estimate of 415,000 Russian soldiers?": "About 415,000 Russian soldiers were killed or wounded",
	} {
		r := asks(t, b, text)
		if r.Outcome != chat.Answered || !strings.HasPrefix(plain(r), first) || len(r.Shown) < 2 {
			t.Errorf("%q: %s, %d claims:\n%s", text, r.Outcome, len(r.Shown), plain(r))
		}
	}
	alone := plain(asks(t, b, "Who challenges the UN's figure of 2,514?"))
	if !strings.Contains(alone, "At least 2,514 civilians") || !strings.Contains(alone, "No other sourced claim counts the same, and none disputes this one.") {
		t.Errorf("who has no rivals:\n%s", alone)
	}
}

// TestWhatElseIsOpposed: a word for not accepting says nothing of figures where none is named.
func TestWhatElseIsOpposed(t *testing.T) {
	t.Parallel()
	b := wholeBot(t)
	for text, want := range map[string]string{
		"Who disputes the ceasefire number?":                                    "I have no sourced claim on that.",
		"Does Ukraine reject giving up land?":                                   "give up land",
		"Who disputes the CSIS study?":                                          "Dmitry Peskov",
		"Who rejects the 20-point plan?":                                        "I have no sourced claim on that.",
		"Does Peskov deny the claim that Russia will keep fighting?":            "Russia will keep fighting",
		"Has Moscow rejected Zelensky's claim that Ukraine controls the plant?": "No sourced claim says exactly that.",
		"Does Ukraine deny that it should leave Donetsk in 2 months?":           "Ukraine refuses to withdraw",
	} {
		got := plain(asks(t, b, text))
		if !strings.Contains(strings.SplitN(got, "\n", 2)[0], want) || strings.Contains(got, "counts the same") {
			t.Errorf("%q, wanted %q first:\n%s", text, want, got)
		}
	}
}
