package bot

import (
	"testing"

	"github.com/whosays/whosays/bot/chat"
)

// What is denied of something that has no verb, or by whoever is named, is the opposite of what the claim says.
func TestWhatIsDenied(t *testing.T) {
	t.Parallel()
	b := seedBot(t)
	for text, want := range map[string]struct {
		verdict chat.Verdict
		claim   string
	}{
		"Nobody is negotiating in Abu Dhabi.":                    {chat.Differs, "N1"},
		"No one is talking in Abu Dhabi any more.":               {chat.Differs, "N1"},
		"There are no talks in Abu Dhabi.":                       {chat.Differs, "N1"},
		"Ukraine and Russia are not negotiating.":                {chat.Differs, "N1"},
		"Ніхто не веде переговорів в Абу-Дабі.":                  {chat.Differs, "N1"},
		"Никаких переговоров в Абу-Даби нет.":                    {chat.Differs, "N1"},
		"Nobody died in Ukraine in 2025.":                        {chat.Differs, "K4"},
		"Nobody was injured in Ukraine in 2025.":                 {chat.Differs, "K5"},
		"The UN didn't count 2,514 civilians killed in 2025.":    {chat.Differs, "K4"},
		"Peskov denied that Russia will keep fighting.":          {chat.Differs, "N4"},
		"Песков отрицает, что Россия продолжит воевать.":         {chat.Differs, "N4"},
		"Peskov doesn't deny that Russia will keep fighting.":    {chat.Matches, "N4"},
		"Ukraine has no problem withdrawing its troops.":         {chat.Differs, "N7"},
		"There is no agreement between the two sides.":           {chat.Matches, "N3"},
		"The negotiators are talking in Abu Dhabi.":              {chat.Matches, "N1"},
		"Kyiv denies it will withdraw its troops from its land.": {chat.Matches, "N7"},
	} {
		f := checks(t, b, text).Findings
		switch {
		case len(f) != 1 || f[0].Verdict != want.verdict:
			t.Errorf("%q: %+v, wanted %s %s", text, f, want.verdict, want.claim)
		case f[0].Claim != nil && f[0].Claim.ID != keys[want.claim]:
			t.Errorf("%q: about %s, wanted %s", text, f[0].Claim.ID, want.claim)
		}
	}
}

// What is only tried hasn't come about, and who says that it has says otherwise.
func TestWhatIsTriedHasNotComeAbout(t *testing.T) {
	t.Parallel()
	b := seedBot(t)
	for text, want := range map[string]chat.Verdict{
		"Ukraine and Russia signed a ceasefire in Abu Dhabi.":                     chat.Differs,
		"A ceasefire agreement has been reached in Abu Dhabi.":                    chat.Differs,
		"В Абу-Даби подписали перемирие.":                                         chat.Differs,
		"В Абу-Дабі сторони домовилися про припинення вогню.":                     chat.Differs,
		"Ukraine and Russia have not reached a ceasefire agreement in Abu Dhabi.": chat.Matches,
		"Ukraine and Russia are trying to reach a ceasefire in Abu Dhabi.":        chat.Matches,
		"The talks are held in Dubai.":                                            chat.MixedUp,
		"The talks take place in the UAE.":                                        chat.Matches,
	} {
		if f := checks(t, b, text).Findings; len(f) != 1 || f[0].Verdict != want {
			t.Errorf("%q: %+v, wanted %s", text, f, want)
		}
	}
}
