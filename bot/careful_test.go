package bot

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// TestScopeIsNeverBlurred: what a careful person wouldn't call an answer isn't one.
func TestScopeIsNeverBlurred(t *testing.T) {
	t.Parallel()
	b := seedBot(t)
	for _, tc := range []struct {
		name, text string
		want       []chat.Outcome
		never      []string // keys of claims that aren't shown
	}{
		{"losing a war isn't losing soldiers, en", "Which side is losing?", []chat.Outcome{chat.Unsourced, chat.Related}, []string{"K1", "K3", "K4"}},
		{"losing a war isn't losing soldiers, ru", "Кто проигрывает войну?", []chat.Outcome{chat.Unsourced, chat.Related}, []string{"K1", "K3", "K4"}},
		{"no ranking, en", "Who has lost more soldiers, Russia or Ukraine?", []chat.Outcome{chat.Related}, nil},
		{"no ranking, uk", "Хто втратив більше військових, Росія чи Україна?", []chat.Outcome{chat.Related}, nil},
		{"who is right", "Who is right, Moscow or Kyiv?", []chat.Outcome{chat.Related}, nil},
		{"the future", "How many soldiers will be killed in 2027?", []chat.Outcome{chat.Unsourced, chat.Related}, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			r := asks(t, b, tc.text)
			if !slices.Contains(tc.want, r.Outcome) {
				t.Errorf("outcome %s, wanted one of %s:\n%s", r.Outcome, tc.want, plain(r))
			}
			for _, key := range tc.never {
				if slices.ContainsFunc(shownClaims(r), func(c knowledge.Claim) bool { return c.ID == keys[key] }) {
					t.Errorf("%s is shown:\n%s", key, plain(r))
				}
			}
		})
	}
}

// TestVerdictsOfACarefulReader: verdicts on what only looks like a claim.
func TestVerdictsOfACarefulReader(t *testing.T) {
	t.Parallel()
	b := seedBot(t)
	for _, tc := range []struct {
		name, text string
		want       chat.Verdict
		mixups     []knowledge.Dimension
	}{
		{"people aren't civilians, en", "2,514 people were killed in Ukraine in 2025.", chat.MixedUp, []knowledge.Dimension{knowledge.DimGroup}},
		{"people aren't civilians, uk", "У 2025 році в Україні загинули 2514 людей.", chat.MixedUp, []knowledge.Dimension{knowledge.DimGroup}},
		{"a minimum isn't all there is", "Only 2,514 civilians were killed in Ukraine in 2025.", chat.Differs, nil},
		{"a minimum has no high bound, ru", "В 2025 году в Украине погибло не более 2514 мирных жителей.", chat.Differs, nil},
		{"under a minimum", "Fewer than 2,514 civilians were killed in Ukraine in 2025.", chat.Differs, nil},
		{"over what wasn't reached", "More than 420,000 Russian soldiers were killed or wounded in 2025.", chat.Differs, nil},
		{"the one for the other", "12,142 civilians were killed in Ukraine in 2025.", chat.MixedUp, []knowledge.Dimension{knowledge.DimMetric}},
		{"a year for the whole", "55,000 Ukrainian soldiers were killed in 2025.", chat.MixedUp, []knowledge.Dimension{knowledge.DimPeriod}},
		{"the missing in it", "55,000 Ukrainian soldiers, including the missing, have been killed.", chat.MixedUp, []knowledge.Dimension{knowledge.DimMetric}},
		{"another speaker after a comma", "55,000 Ukrainian soldiers were killed, according to the UN.", chat.MixedUp, []knowledge.Dimension{knowledge.DimAttribution}},
		{"another speaker after a comma, uk", "Загинуло 55 тисяч українських військових, за даними ООН.", chat.MixedUp, []knowledge.Dimension{knowledge.DimAttribution}},
		{"none", "No Ukrainian soldiers have been killed.", chat.Differs, nil},
		{"denied", "It isn't true that 2,514 civilians were killed in Ukraine in 2025.", chat.Differs, nil},
		{"a sum", "475,000 soldiers were killed on both sides.", chat.NoSource, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			r := checks(t, b, tc.text)
			if len(r.Findings) != 1 {
				t.Fatalf("%d findings:\n%s", len(r.Findings), plain(r))
			}
			got := r.Findings[0]
			if got.Verdict != tc.want {
				t.Errorf("verdict %s, wanted %s:\n%s", got.Verdict, tc.want, plain(r))
			}
			if diff := cmp.Diff(tc.mixups, got.Mixups); diff != "" {
				t.Errorf("mixups (-want +got):\n%s", diff)
			}
		})
	}
}
