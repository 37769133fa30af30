package bot

import (
	"slices"
	"testing"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// What is asked of something besides what it is (why it came about, when it will be, which side has more of it) is only answered by
// what says that.
func TestWhatIsSought(t *testing.T) {
	t.Parallel()
	b := seedBot(t)
	const metric, period = knowledge.DimMetric, knowledge.DimPeriod
	for text, want := range map[string]struct {
		outcome  chat.Outcome
		first    string
		mismatch []knowledge.Dimension
	}{
		"Why are so many civilians killed in Ukraine?":                              {chat.Related, "K4", []knowledge.Dimension{metric}},
		"How did the 55,000 Ukrainian soldiers die?":                                {chat.Related, "K1", []knowledge.Dimension{metric}},
		"Чому загинуло так багато цивільних?":                                       {chat.Related, "K4", []knowledge.Dimension{metric}},
		"От чего погибли 2514 гражданских?":                                         {chat.Related, "K4", []knowledge.Dimension{metric}},
		"When will the next round of talks be?":                                     {chat.Related, "N1", []knowledge.Dimension{period}},
		"Коли наступний раунд переговорів?":                                         {chat.Related, "N1", []knowledge.Dimension{period}},
		"When will Russia stop the war according to Peskov?":                        {chat.Answered, "N4", nil},
		"When did Umerov call the talks productive?":                                {chat.Answered, "N2", nil},
		"Why is it so hard to get honest casualty counts?":                          {chat.Answered, "K7", nil},
		"What does the Kremlin spokesman want Kyiv to do before the fighting ends?": {chat.Answered, "N4", nil},
		"what about the nuclear plant":                                              {chat.Answered, "N6", nil},
		"How do nuclear power plants generate electricity?":                         {chat.Unsourced, "", nil},
		"What guarantees does Ukraine want in the talks?":                           {chat.Unsourced, "", nil},
	} {
		r := asks(t, b, text)
		switch {
		case r.Outcome != want.outcome:
			t.Errorf("%q: outcome %s, wanted %s: %s", text, r.Outcome, want.outcome, shown(r))
		case want.first != "" && (r.Shown[0].Claim.ID != keys[want.first] || !slices.Equal(r.Shown[0].Mismatch, want.mismatch)):
			t.Errorf("%q: %s differs in %v, wanted %s and %v", text, r.Shown[0].Claim.ID, r.Shown[0].Mismatch, want.first, want.mismatch)
		}
	}
	for _, text := range []string{"Who has lost more soldiers?", "Which side has lost more men?"} {
		r := asks(t, b, text)
		for _, want := range []string{"K1", "K3"} {
			if !slices.ContainsFunc(r.Shown, func(s chat.Shown) bool { return s.Claim.ID == keys[want] }) {
				t.Errorf("%q: %s isn't shown: %s", text, want, shown(r))
			}
		}
	}
	if r := asks(t, b, "How many North Korean soldiers died fighting for Russia?"); slices.ContainsFunc(r.Shown, func(s chat.Shown) bool { return s.Claim.ID == keys["N4"] }) {
		t.Errorf("a position is offered for a number: %s", shown(r))
	}
}

// On the whole base: what is only near isn't widened to a list, and the last one of several comes first.
func TestWhenItWasAndWhenItWillBe(t *testing.T) {
	t.Parallel()
	b := wholeBot(t)
	for text, want := range map[string]struct {
		outcome chat.Outcome
		first   string
	}{
		"When is the next round of talks?":    {chat.Related, "talks-first-round-abu-dhabi"},
		"Коли наступний раунд переговорів?":   {chat.Related, "talks-first-round-abu-dhabi"},
		"When was the last round of talks?":   {chat.Answered, "peskov-talks-pause"},
		"Где прошёл последний раунд?":         {chat.Answered, "peskov-talks-pause"},
		"When were the rounds of talks?":      {chat.Answered, "talks-first-round-abu-dhabi"},
		"Who killed more civilians?":          {chat.Related, "civilians-killed-ohchr-2026-01-12"},
		"Кто убил больше мирных?":             {chat.Related, "civilians-killed-ohchr-2026-01-12"},
		"Who mediated the prisoner exchange?": {chat.Related, "ukraine-persons-released-budanov"},
	} {
		r := asks(t, b, text)
		if r.Outcome != want.outcome || len(r.Shown) == 0 || r.Shown[0].Claim.ID != want.first {
			t.Errorf("%q: outcome %s, %s; wanted %s, %s", text, r.Outcome, shown(r), want.outcome, want.first)
		}
	}
}

// Who wants something else than the claim says isn't answered by what he is said to want.
func TestWhatIsWanted(t *testing.T) {
	t.Parallel()
	b := seedBot(t)
	for text, want := range map[string]chat.Outcome{
		"Does Putin want peace?": chat.Unsourced, "Does Russia want a ceasefire?": chat.Unsourced, "Хочет ли Россия мира?": chat.Unsourced,
		"What does Moscow want in the talks?": chat.Answered, "What does Russia demand in exchange for a ceasefire?": chat.Answered,
		"Чего хочет Москва?": chat.Answered,
	} {
		if r := asks(t, b, text); r.Outcome != want || want == chat.Answered && r.Shown[0].Claim.ID != keys["N5"] {
			t.Errorf("%q: outcome %s, %s; wanted %s", text, r.Outcome, shown(r), want)
		}
	}
	if f := checks(t, b, "Russia doesn't want a ceasefire.").Findings; len(f) != 1 || f[0].Verdict != chat.NoSource {
		t.Errorf("what somebody is said not to want: %+v", f)
	}
}
