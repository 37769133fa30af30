package bot

import (
	"slices"
	"testing"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// Prisoners who died and wounded who died are other people than soldiers who did: a count of these is no answer, and whose prisoners
// they are isn't forgotten.
func TestWhatBecameOfThose(t *testing.T) {
	t.Parallel()
	b := seedBot(t)
	for _, text := range []string{
		"How many Ukrainian prisoners died?", "How many Ukrainian prisoners of war were tortured and killed?", "death toll of Ukrainian POWs",
		"How many captives were killed in Ukraine?", "Скільки українських полонених загинуло?", "Сколько украинских пленных погибло?",
	} {
		if r := asks(t, b, text); r.Outcome == chat.Answered || len(r.Shown) > 0 && !slices.Contains(r.Shown[0].Mismatch, knowledge.DimGroup) {
			t.Errorf("%q: outcome %s, %s", text, r.Outcome, shown(r))
		}
	}
	for _, text := range []string{"How many Russian prisoners died?", "what is the deth toll of russian prisoners", "Сколько российских пленных погибло?"} {
		if r := asks(t, b, text); r.Outcome == chat.Answered || len(r.Shown) > 0 && r.Shown[0].Claim.ID == keys["K1"] {
			t.Errorf("%q: outcome %s, %s", text, r.Outcome, shown(r))
		}
	}
	for _, text := range []string{"How many of the wounded Russian soldiers died?", "How many wounded Ukrainian soldiers died?", "Сколько из раненых погибло?"} {
		if r := asks(t, b, text); r.Outcome == chat.Answered || len(r.Shown) > 0 && !slices.Contains(r.Shown[0].Mismatch, knowledge.DimMetric) {
			t.Errorf("%q: outcome %s, %s", text, r.Outcome, shown(r))
		}
	}
	for _, text := range []string{"How many Ukrainian soldiers were killed or taken prisoner?", "Ukrainian soldiers killed, captured: how many?"} {
		if r := asks(t, b, text); r.Outcome != chat.Answered || r.Shown[0].Claim.ID != keys["K1"] {
			t.Errorf("%q: outcome %s, %s: those who are listed beside the dead aren't those who died", text, r.Outcome, shown(r))
		}
	}
}
