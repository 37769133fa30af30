package bot

import (
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// TestRelatedSaysWhatTheFigureIs: where the nearest claim differs from what was asked, the first line says in which way, and
// what the figure is instead (promise 3).
func TestRelatedSaysWhatTheFigureIs(t *testing.T) {
	t.Parallel()
	b := seedBot(t)
	const metric, group, party, period, place, attribution = knowledge.DimMetric, knowledge.DimGroup, knowledge.DimParty,
		knowledge.DimPeriod, knowledge.DimPlace, knowledge.DimAttribution
	for _, tc := range []struct {
		name, text, first string
		mismatch          []knowledge.Dimension
		lead              string // what the figure is, in the first line
	}{
		{"metric, en", "How many Russian soldiers were killed in 2025?", "K3", []knowledge.Dimension{metric}, `killed or wounded`},
		{"metric, uk", "Скільки російських солдатів загинуло у 2025 році?", "K3", []knowledge.Dimension{metric}, `загиблі й поранені`},
		{"metric, ru", "Сколько российских солдат погибло в 2025 году?", "K3", []knowledge.Dimension{metric}, `погибшие и раненые`},
		{"metric, missing", "How many Russian soldiers are missing?", "K3", []knowledge.Dimension{metric}, `killed or wounded.*missing`},
		{"metric and period", "How many Russian soldiers have been killed so far?", "K3", []knowledge.Dimension{metric, period}, `killed or wounded.*2025`},
		{"group, en", "How many children were killed in Ukraine in 2025?", "K4", []knowledge.Dimension{group}, `civilians.*children`},
		{"group, ru", "Сколько женщин погибло в Украине в 2025 году?", "K4", []knowledge.Dimension{group}, `гражданск.*женщин`},
		{"party, en", "How many Russian civilians were killed in 2025?", "K4", []knowledge.Dimension{party}, `Ukraine`},
		{"party, uk", "Скільки російських цивільних загинуло у 2025 році?", "K4", []knowledge.Dimension{party}, `Україн`},
		{"period, en", "How many civilians were killed in Ukraine in 2024?", "K4", []knowledge.Dimension{period}, `2025`},
		{"period, ru", "Сколько мирных жителей погибло в Украине в 2024 году?", "K4", []knowledge.Dimension{period}, `2025`},
		{"period, the whole war", "How many civilians were killed in Ukraine since the invasion?", "K4", []knowledge.Dimension{period}, `2025`},
		{"period, a year of it", "How many Ukrainian soldiers were killed in 2025?", "K1", []knowledge.Dimension{period}, `so far|whole|no dates`},
		{"place, en", "How many civilians were killed in Kharkiv in 2025?", "K4", []knowledge.Dimension{place}, `Ukraine.*Kharkiv`},
		{"place, uk", "Скільки цивільних загинуло в Харкові у 2025 році?", "K4", []knowledge.Dimension{place}, `Україн.*Харк`},
		{"attribution, en", "According to the UN, how many Ukrainian soldiers have been killed?", "K1", []knowledge.Dimension{attribution}, `Zelenskyy.*the UN`},
		{"attribution, nobody", "How many Russian soldiers were killed or wounded in 2025 according to Putin?", "K3", []knowledge.Dimension{attribution}, `nobody.*Putin`},
		{"attribution after a comma, en", "How many Russian soldiers were killed or wounded in 2025, according to Putin?", "K3", []knowledge.Dimension{attribution}, `nobody.*Putin`},
		{"attribution after a comma, uk", "Скільки цивільних загинуло, за словами Путіна?", "K4", []knowledge.Dimension{attribution}, `Місія|місія.*Путін`},
		{"attribution after a comma, ru", "Сколько украинских военных погибло, по данным ООН?", "K1", []knowledge.Dimension{attribution}, `Зеленский.*ООН`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			r := asks(t, b, tc.text)
			calm(t, r, tc.text)
			if r.Outcome != chat.Related || r.Shown[0].Claim.ID != keys[tc.first] {
				t.Fatalf("%s: outcome %s, wanted %s related:\n%s", tc.text, r.Outcome, tc.first, plain(r))
			}
			if diff := cmp.Diff(tc.mismatch, r.Shown[0].Mismatch); diff != "" {
				t.Errorf("mismatch (-want +got):\n%s", diff)
			}
			if lead := r.Blocks[0].Text(); !regexp.MustCompile(tc.lead).MatchString(lead) {
				t.Errorf("%s: the first line doesn't say what the figure is (%s): %s", tc.text, tc.lead, lead)
			}
		})
	}
}
