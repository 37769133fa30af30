package bot

import (
	"testing"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// What is denied, supposed, asked or foretold isn't what a source states, whatever number it holds.
func TestWhatIsNotStatedMatchesNoClaim(t *testing.T) {
	t.Parallel()
	b := wholeBot(t)
	for text, want := range map[string]chat.Verdict{
		"Zelenskyy denied that 55,000 Ukrainian soldiers were killed.":                           chat.Differs,
		"Зеленский отрицает, что погибло 55 000 украинских солдат.":                              chat.Differs,
		"Зеленський заперечив, що загинуло 55 000 українських військових.":                       chat.Differs,
		"Zelenskyy lied when he said 55,000 Ukrainian soldiers were killed.":                     chat.Differs,
		"Nobody believes 55,000 Ukrainian soldiers were killed.":                                 chat.Differs,
		"I doubt that 2,514 civilians were killed in Ukraine in 2025.":                           chat.Differs,
		"The UN retracted its claim that 2,514 civilians were killed in Ukraine in 2025.":        chat.Differs,
		"Some claim 2,514 civilians were killed in Ukraine in 2025, but that's fake.":            chat.Differs,
		"2,514 civilians killed in Ukraine in 2025? Fake!":                                       chat.Differs,
		"Fake news: 2,514 civilians were killed in Ukraine in 2025.":                             chat.Differs,
		"Contrary to the UN, 2,514 civilians were killed in Ukraine in 2025.":                    chat.Differs,
		"Zelenskyy is hiding that not 55,000 but far more Ukrainian soldiers were killed":        chat.Differs,
		"No doubt 55,000 Ukrainian soldiers were killed.":                                        chat.Matches,
		"Zelenskyy doesn't deny that 55,000 Ukrainian soldiers were killed.":                     chat.Matches,
		"If 55,000 Ukrainian soldiers had been killed, the front would have collapsed.":          chat.NoSource,
		"Had 55,000 Ukrainian soldiers been killed, we would know.":                              chat.NoSource,
		"Якби загинуло 55 000 українських військових, ми б знали.":                               chat.NoSource,
		"Если бы погибло 55 000 украинских солдат, мы бы знали.":                                 chat.NoSource,
		"Если верить Зеленскому, погибло 55 000 украинских солдат.":                              chat.Matches,
		"Zelenskyy would have to admit that 55,000 Ukrainian soldiers were killed.":              chat.NoSource,
		"55,000 Ukrainian soldiers may have been killed.":                                        chat.NoSource,
		"At least 2,514 civilians were killed in Ukraine in 2025.":                               chat.Matches,
		"55,000 Ukrainian soldiers will be killed.":                                              chat.NoSource,
		"Погибнет 55 000 украинских солдат.":                                                     chat.NoSource,
		"Загине 55 000 українських військових.":                                                  chat.NoSource,
		"Zelenskyy predicted that 55,000 Ukrainian soldiers would be killed.":                    chat.NoSource,
		"Невже загинуло 55 000 українських військових?":                                          chat.NoSource,
		"Zelenskyy was asked whether 55,000 Ukrainian soldiers were killed.":                     chat.NoSource,
		"Zelenskyy refused to say whether 55,000 Ukrainian soldiers were killed.":                chat.NoSource,
		"As Zelenskyy said, 55,000 Ukrainian soldiers were killed, and it could have been more.": chat.Matches,
		"If Zelenskyy is right, 55,000 Ukrainian soldiers were killed.":                          chat.NoSource,
		"If you believe Zelenskyy, 55,000 Ukrainian soldiers were killed.":                       chat.Matches,
		"55,000 Ukrainian soldiers are expected to die.":                                         chat.NoSource,
		"Zelenskyy dismissed reports that 55,000 Ukrainian soldiers were killed.":                chat.Differs,
		"Погибло 55 000 украинских солдат. Это ложь.":                                            chat.Differs,
		"Were 55,000 Ukrainian soldiers killed?":                                                 chat.Matches, // a plain question is judged as what it asks
		"55,000 Ukrainian soldiers survived.":                                                    chat.NoSource,
		"55,000 Ukrainian soldiers were nearly killed.":                                          chat.NoSource,
		"One in five of the 55,000 Ukrainian soldiers was killed.":                               chat.NoSource,
	} {
		r := asked(t, b, trap{text: text, stated: true})
		if len(r.Findings) == 0 || r.Findings[0].Verdict != want {
			t.Errorf("%q: %+v, want %s", text, r.Findings, want)
		}
	}
}

// What is supposed is answered with what is sourced of it; a share that is made of a figure is an assertion of its own.
func TestWhatIsNotStatedShowsWhatIsSourced(t *testing.T) {
	t.Parallel()
	b := wholeBot(t)
	r := asked(t, b, trap{text: "If 55,000 Ukrainian soldiers had been killed, the front would have collapsed.", stated: true})
	if len(r.Shown) != 1 || r.Shown[0].Claim.ID != idOf("K1") {
		t.Errorf("shows %+v", r.Shown)
	}
	r = asked(t, b, trap{text: "55,000 Ukrainian soldiers were killed, which is 13 % of all.", stated: true})
	if len(r.Findings) != 2 || r.Findings[1].Verdict != chat.NoSource {
		t.Errorf("%+v", r.Findings)
	}
}

// A count's earlier state isn't its present one.
func TestAnEarlierStateSaidOfToday(t *testing.T) {
	t.Parallel()
	b := wholeBot(t)
	for text, want := range map[string]chat.Verdict{
		"5,937 Russian soldiers have been killed in the war so far.":         chat.MixedUp,
		"45,100 Ukrainian soldiers have been killed so far, says Zelenskyy.": chat.MixedUp,
		"45,100 Ukrainian soldiers have been killed as of today.":            chat.MixedUp,
		"Today Zelenskyy said that 31,000 Ukrainian soldiers were killed.":   chat.MixedUp,
		"1,833 children have been injured in Ukraine so far.":                chat.MixedUp,
		"At least 12,456 civilians have been killed in Ukraine to date.":     chat.MixedUp,
		"На сьогодні загинуло 43 000 українських військових.":                chat.MixedUp,
		"Сейчас погибших украинских солдат 43 000.":                          chat.MixedUp,
		"By 4 March 2025, 45,100 Ukrainian soldiers had been killed.":        chat.Differs,
		"55,000 Ukrainian soldiers have been killed so far.":                 chat.Matches,
		"43,000 Ukrainian soldiers have been killed.":                        chat.Matches,
	} {
		r := asked(t, b, trap{text: text, stated: true})
		if len(r.Findings) == 0 || r.Findings[0].Verdict != want {
			t.Errorf("%q: %+v, want %s", text, r.Findings, want)
			continue
		}
		if f := r.Findings[0]; want == chat.MixedUp && (len(f.Mixups) != 1 || f.Mixups[0] != knowledge.DimPeriod || len(f.Others) == 0) {
			t.Errorf("%q: %v beside %d", text, f.Mixups, len(f.Others))
		}
	}
}

// No claim says these, though a claim holds a number near to them.
func TestWhatNoSourceSaysIsNoMatch(t *testing.T) {
	t.Parallel()
	b := wholeBot(t)
	for text, want := range map[string]chat.Verdict{
		"CSIS: 120,000 Ukrainian soldiers were killed on average.":              chat.NoSource,
		"55,000 Ukrainian soldiers were killed a year.":                         chat.NoSource,
		"Каждый год погибает 55 000 украинских солдат.":                         chat.NoSource,
		"Щороку гине 55 000 українських військових.":                            chat.NoSource,
		"Talks are over, Peskov says.":                                          chat.NoSource,
		"The fourth round of talks took place in Istanbul.":                     chat.NoSource,
		"5,000 civilians were killed in Ukraine in 2025, says the UN.":          chat.Differs,
		"Syrskyi says 415,000 Russian soldiers were killed or wounded in 2025.": chat.MixedUp, // it's others' number
	} {
		r := asked(t, b, trap{text: text, stated: true})
		if len(r.Findings) == 0 || r.Findings[0].Verdict != want {
			t.Errorf("%q: %+v, want %s", text, r.Findings, want)
		}
	}
}

// A number within a range, or near one that is approximate, isn't what its source says.
func TestANumberWithinARangeIsAnotherOne(t *testing.T) {
	t.Parallel()
	b := wholeBot(t)
	for _, tc := range []struct{ text, first string }{
		{"123,456 Ukrainian soldiers were killed.", csisUA},
		{"Exactly 111,111 Ukrainian soldiers were killed.", csisUA},
		{"CSIS says exactly 300,000 Russian soldiers were killed.", csisRU},
		{"CSIS says 280,000 to 300,000 Russian soldiers were killed.", csisRU},
		{"CSIS says 250,000 to 350,000 Russian soldiers were killed.", csisRU},
		{"55,000–100,000 Ukrainian soldiers were killed.", ""},
		{"Fewer than 2,600 civilians were killed in Ukraine in 2025.", "K4"},
		{"Exactly 420,000 Russian soldiers were killed or wounded in 2025.", ""},
		{"Ровно 420 000 российских солдат убито или ранено в 2025 году.", ""},
		{"Precisely 86,000 Ukrainian soldiers were killed.", ""},
		{"At most 55,000 Ukrainian soldiers were killed.", ""},
		{"Nearly 56,000 Ukrainian soldiers were killed.", ""},
	} {
		r := asked(t, b, trap{text: tc.text, stated: true})
		if len(r.Findings) != 1 || r.Findings[0].Verdict != chat.Differs {
			t.Errorf("%q: %+v", tc.text, r.Findings)
			continue
		}
		if tc.first != "" && r.Findings[0].Claim.ID != idOf(tc.first) {
			t.Errorf("%q is held against %s", tc.text, r.Findings[0].Claim.ID)
		}
	}
}

// Everybody who is named as saying a figure has to be one who says it; who passes it on needn't.
func TestEverybodyNamedSaysIt(t *testing.T) {
	t.Parallel()
	b := wholeBot(t)
	for text, want := range map[string]chat.Verdict{
		"415,000 Russian soldiers were killed or wounded in 2025, three independent sources confirm.": chat.MixedUp,
		"The UN confirmed Zelenskyy's figure of 55,000 Ukrainian soldiers killed.":                    chat.MixedUp,
		"According to Shoigu and Zelenskyy, 55,000 Ukrainian soldiers were killed.":                   chat.MixedUp,
		"По словам Зеленского и Шойгу, погибло 55 000 украинских солдат.":                             chat.MixedUp,
		"Putin says Zelenskyy said 55,000 Ukrainian soldiers were killed.":                            chat.MixedUp,
		"Zelenskyy told Reuters that 55,000 Ukrainian soldiers were killed.":                          chat.Matches,
		"Zelenskyy confirmed that 55,000 Ukrainian soldiers were killed.":                             chat.Matches,
	} {
		r := asked(t, b, trap{text: text, stated: true})
		if len(r.Findings) != 1 || r.Findings[0].Verdict != want {
			t.Errorf("%q: %+v, want %s", text, r.Findings, want)
			continue
		}
		if f := r.Findings[0]; want == chat.MixedUp && (len(f.Mixups) != 1 || f.Mixups[0] != knowledge.DimAttribution) {
			t.Errorf("%q: %v", text, f.Mixups)
		}
	}
}

// A date before the comma is that of what is counted, not of the saying behind it.
func TestADateBeforeATrailingClaimantIsTheFigures(t *testing.T) {
	t.Parallel()
	r := asked(t, wholeBot(t), trap{text: "5,000 civilians were killed in Ukraine in 2025, says the UN.", stated: true})
	if len(r.Findings) != 1 || r.Findings[0].Claim == nil || r.Findings[0].Claim.ID != idOf("K4") {
		t.Errorf("%+v", r.Findings)
	}
}
