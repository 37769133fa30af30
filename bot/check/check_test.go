package check_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/check"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

type dims = []knowledge.Dimension

// claims are one of each kind that a check has to tell apart.
func claims() []knowledge.Found {
	in2025 := knowledge.Period{From: knowledge.Date{Year: 2025}, To: knowledge.Date{Year: 2025}}
	return []knowledge.Found{
		{Pattern: -1, Claim: &knowledge.Claim{
			ID: "killed", Kind: knowledge.KindFigure, Text: "About 55,000 Ukrainian soldiers have been killed.",
			Figure:      knowledge.Figure{Best: new(55000.0), Qualifier: knowledge.About},
			Scope:       knowledge.Scope{Party: "ukraine", Group: "soldiers", Metric: "killed", Period: knowledge.Period{Cumulative: true}},
			Attribution: knowledge.Attribution{Speaker: "zelenskyy", Standing: "party"},
		}},
		{Pattern: -1, Claim: &knowledge.Claim{
			ID: "losses", Kind: knowledge.KindFigure, Text: "Nearly 420,000 Russian soldiers were killed or wounded in 2025.",
			Figure:      knowledge.Figure{High: new(420000.0), Qualifier: knowledge.Nearly},
			Scope:       knowledge.Scope{Party: "russia", Group: "soldiers", Metric: "killed_or_wounded", Period: in2025},
			Attribution: knowledge.Attribution{Standing: "unattributed"},
		}},
		{Pattern: -1, Claim: &knowledge.Claim{
			ID: "missing", Kind: knowledge.KindStatement, Text: "A “large number” of the Ukrainian soldiers is missing.",
			Scope:       knowledge.Scope{Party: "ukraine", Group: "soldiers", Metric: "missing", Period: knowledge.Period{Cumulative: true}},
			Attribution: knowledge.Attribution{Speaker: "zelenskyy", Standing: "party"},
		}},
	}
}

// What a check says of one assertion, whatever order the claims are found in.
func TestFind(t *testing.T) {
	t.Parallel()
	l, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	p := question.NewParser(l)
	checker := check.New(answer.NewJudge(l, p))
	for _, test := range []struct {
		name, text string
		verdict    chat.Verdict
		claim      string
		mixups     dims
	}{
		{"the same", "55,000 Ukrainian soldiers were killed.", chat.Matches, "killed", nil},
		{"rounded", "55k Ukrainian soldiers have died.", chat.Matches, "killed", nil},
		{"by its claimant", "Zelensky says 55,000 Ukrainian soldiers were killed.", chat.Matches, "killed", nil},
		{"another number", "100,000 Ukrainian soldiers were killed.", chat.Differs, "killed", nil},
		{"denied", "It is not true that 55,000 Ukrainian soldiers were killed.", chat.Differs, "killed", nil},
		{"past its bound", "Over 420,000 Russian soldiers were killed or wounded in 2025.", chat.Differs, "losses", nil},
		{"another metric", "420,000 Russian soldiers were killed in 2025.", chat.MixedUp, "losses", dims{"metric"}},
		{"another side", "55,000 Russian soldiers were killed.", chat.MixedUp, "killed", dims{"party"}},
		{"another claimant", "The UN says 55,000 Ukrainian soldiers were killed.", chat.MixedUp, "killed", dims{"attribution"}},
		{"another year", "Nearly 420,000 Russian soldiers were killed or wounded in 2024.", chat.MixedUp, "losses", dims{"period"}},
		{"another group", "55,000 Ukrainian civilians were killed.", chat.MixedUp, "killed", dims{"group"}},
		{"in words", "A large number of Ukrainian soldiers is missing.", chat.Matches, "missing", nil},
		{"hardly any", "Hardly any Ukrainian soldiers are missing.", chat.Differs, "missing", nil},
		{"an unreadable number", "5S,000 Ukrainian soldiers were killed.", chat.NoSource, "", nil},
		{"another unit", "Ukraine lost 420 tanks.", chat.NoSource, "", nil},
		{"something else", "The weather is fine in Kyiv.", chat.NoSource, "", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			parts := p.Check(test.text, time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)).Parts
			if len(parts) != 1 {
				t.Fatalf("%d parts", len(parts))
			}
			found := claims()
			for range found {
				found = append(found[1:], found[0])
				f := checker.Find(parts[0], found)
				id := ""
				if f.Claim != nil {
					id = f.Claim.ID
				}
				if f.Verdict != test.verdict || id != test.claim || f.Quote != parts[0].Text {
					t.Errorf("%s %q of %q, want %s %q", f.Verdict, id, f.Quote, test.verdict, test.claim)
				}
				if diff := cmp.Diff(test.mixups, f.Mixups, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("mixups (-want +got):\n%s", diff)
				}
			}
		})
	}
}
