package bot

import (
	"slices"
	"strings"
	"testing"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// Who does something isn't answered by whom it befell, nor by what goes on: only by what names the doer.
func TestWhoDoesIt(t *testing.T) {
	t.Parallel()
	b := seedBot(t)
	for text, want := range map[string]string{
		"Who paid for the talks in Abu Dhabi?": "N1", "Who is mediating the talks?": "N1", "Who is hosting the talks?": "N1",
		"Хто є посередником на переговорах?": "N1", "Кто платит за переговоры в Абу-Даби?": "N1", "ok so who walked out of the talks": "N1",
		"Who killed the civilians in Ukraine in 2025?": "K4", "By whom were the civilians killed?": "K4",
		"Who is responsible for the deaths of civilians in Ukraine in 2025?": "K4", "Хто вбив 2514 цивільних?": "K4",
		"Кто убил мирных жителей в 2025 году?": "K4", "Who wounded 12,142 civilians?": "K5",
		"Who will decide the fate of the Zaporizhzhia plant?": "N6", "Who controls the Zaporizhzhia nuclear plant?": "N6",
	} {
		r := asks(t, b, text)
		if r.Outcome != chat.Related || r.Shown[0].Claim.ID != keys[want] || !slices.Equal(r.Shown[0].Mismatch, []knowledge.Dimension{knowledge.DimParty}) {
			t.Errorf("%q: outcome %s, %s; wanted %s related, which doesn't name the doer", text, r.Outcome, shown(r), want)
			continue
		}
		says := map[string]string{"en": "doesn't say who", "uk": "не каже, хто", "ru": "не говорит, кто"}[r.Lang]
		if lead := r.Blocks[0].Text(); !strings.Contains(lead, says) {
			t.Errorf("%q: the first line doesn't say that no doer is named: %s", text, lead)
		}
	}
	for text, want := range map[string]string{
		"Who is negotiating?": "N1", "Who takes part in the talks?": "N1", "Хто веде переговори?": "N1", "Хто бере участь у переговорах?": "N1",
		"Кто ведёт переговоры?": "N1", "Who refuses to withdraw its troops?": "N7", "Who demands land?": "N5", "Who will fight until Kyiv makes the decisions?": "N4",
		// whose word it is, and whom it befell
		"Who called the talks productive?": "N2", "Who claims 420,000 Russian casualties?": "K3", "Whose figure is 55,000?": "K1",
		"Who verified the civilian deaths?": "K4", "Who is behind the estimate of 420k Russian casualties?": "K3", "Кто сказал про 55 тысяч?": "K1",
		"Who is accused of lying about casualties?": "K6", "Who lies about the losses?": "K6", "Who died in Ukraine in 2025?": "K4",
	} {
		if r := asks(t, b, text); r.Outcome != chat.Answered || r.Shown[0].Claim.ID != keys[want] {
			t.Errorf("%q: outcome %s, %s; wanted the answer %s", text, r.Outcome, shown(r), want)
		}
	}
	for _, text := range []string{"Who attacked first?", "Who mediated the prisoner exchange?", "Кто начал войну?", "Who is Umerov?"} {
		if r := asks(t, b, text); r.Outcome != chat.Unsourced {
			t.Errorf("%q: outcome %s, %s", text, r.Outcome, shown(r))
		}
	}
}
