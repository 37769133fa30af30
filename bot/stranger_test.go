package bot

import (
	"slices"
	"strings"
	"testing"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// A source that the lexicon doesn't know is another one than the claim's, and its name isn't repeated in a sentence of ours.
func TestASourceThatNobodyKnows(t *testing.T) {
	t.Parallel()
	b := seedBot(t)
	attribution := []knowledge.Dimension{knowledge.DimAttribution}
	for text, want := range map[string]string{
		"According to Forbes, how many civilians were killed in Ukraine in 2025?":      "K4",
		"How many Ukrainian soldiers have been killed according to Der Spiegel?":       "K1",
		"Did Joe Rogan say 55,000 Ukrainian soldiers were killed?":                     "K1",
		"Скільки цивільних загинуло у 2025 році за даними Офісу генпрокурора?":         "K4",
		"Сколько украинских солдат погибло по данным Стрелкова?":                       "K1",
		"Did Bob call the talks productive?":                                           "N2",
		"What does Tucker Carlson say about Ukrainian soldiers killed?":                "K1",
		"How many Russian soldiers were killed or wounded in 2025, according to Oryx?": "K3",
		"Сколько гражданских ранено в 2025 году, сообщил Стрелков?":                    "K5",
		"How many Ukrainian soldiers have been killed according to JD Vance?":          "K1",
	} {
		r := asks(t, b, text)
		if r.Outcome != chat.Related || r.Shown[0].Claim.ID != keys[want] || !slices.Equal(r.Shown[0].Mismatch, attribution) {
			t.Errorf("%q: outcome %s, %s; wanted %s related, of another source", text, r.Outcome, shown(r), want)
			continue
		}
		for _, name := range []string{"Forbes", "Rogan", "Carlson", "Стрелков", "Rubio", "Musk"} {
			if strings.Contains(r.Blocks[0].Text(), name) {
				t.Errorf("%q: the first line names %s: %s", text, name, r.Blocks[0].Text())
			}
		}
	}
	for text, want := range map[string]string{
		"Forbes says 55,000 Ukrainian soldiers have been killed.": "K1", "John Smith called the talks productive.": "N2",
		"За даними Офісу генпрокурора, у 2025 році в Україні загинуло 2514 цивільних.":              "K4",
		"Der Spiegel reported that nearly 420,000 Russian soldiers were killed or wounded in 2025.": "K3",
		"Погибло 55 тысяч украинских солдат, заявил Стрелков.":                                      "K1",
	} {
		f := checks(t, b, text).Findings
		if len(f) != 1 || f[0].Verdict != chat.MixedUp || f[0].Claim.ID != keys[want] || !slices.Equal(f[0].Mixups, attribution) {
			t.Errorf("%q: %+v; wanted %s of another source", text, f, want)
		}
	}
	for _, text := range []string{
		"According to official data, 2,514 civilians were killed in Ukraine in 2025.", "Officials say 55,000 Ukrainian soldiers have been killed.",
		"According to a report, 2,514 civilians were killed in Ukraine in 2025.",
	} {
		if f := checks(t, b, text).Findings; len(f) != 1 || f[0].Verdict != chat.Matches {
			t.Errorf("%q names nobody else: %+v", text, f)
		}
	}
}

// Somebody whom only a claim names is found by his name, whichever ending it has.
func TestASourceThatOnlyAClaimNames(t *testing.T) {
	t.Parallel()
	all, err := fifteen()
	if err != nil {
		t.Fatal(err)
	}
	theirs := all[slices.IndexFunc(all, func(c knowledge.Claim) bool { return c.ID == keys["K1"] })]
	theirs.ID, theirs.Attribution.Speaker, theirs.Attribution.Standing = "theirs", "Стрелков", "research"
	b := seedBotAnd(t, theirs)
	for _, text := range []string{"Сколько украинских солдат погибло по данным Стрелкова?", "Сколько украинских солдат погибло, сообщил Стрелков?"} {
		if r := asks(t, b, text); r.Outcome != chat.Answered || r.Shown[0].Claim.ID != theirs.ID {
			t.Errorf("%q: outcome %s, %s", text, r.Outcome, shown(r))
		}
	}
	if r := asks(t, b, "Сколько украинских солдат погибло по данным Стрелецкого?"); r.Outcome != chat.Related {
		t.Errorf("another name: outcome %s, %s", r.Outcome, shown(r))
	}
}
