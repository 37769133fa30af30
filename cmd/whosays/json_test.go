package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/golden"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// sample is a reply that has everything once: a figure and a claim without one, a caveat with words of its own
// and one with the standard wording, a date and none.
func sample() chat.Reply {
	figure := knowledge.Claim{
		ID: "houses", Kind: knowledge.KindFigure, Text: "Nearly 1,200 houses were flooded.",
		Translations: map[string]string{"uk": "Затоплено майже 1 200 будинків."},
		Figure:       knowledge.Figure{High: new(1200.0), Qualifier: knowledge.Nearly, Unit: "houses"},
		Scope:        knowledge.Scope{Group: "houses", Metric: "flooded", Period: knowledge.Period{From: knowledge.Date{Year: 2025}}},
		Attribution:  knowledge.Attribution{Speaker: "Ada Brook", Office: "mayor", Standing: "party", SaidOn: knowledge.Date{Year: 2025, Month: 11}},
		Sources:      []knowledge.Source{{Title: "Flood", URL: "https://courier.example/?a=1&b=2", Quote: "nearly 1,200 houses"}},
		Caveats:      []knowledge.Caveat{{Code: "own", Text: map[string]string{"uk": "Без хлівів.", "en": "Sheds left out."}}, {Code: "undated"}},
	}
	return chat.Reply{
		Lang: "uk", Outcome: chat.Related,
		Blocks: []chat.Block{{Role: chat.RoleLead, Parts: []chat.Part{
			{Kind: chat.Sourced, ClaimID: "houses", Text: "Затоплено майже 1 200 будинків."}, {Kind: chat.Own, Text: " Ще "}, {Kind: chat.Furniture, Text: "2"},
		}}},
		Shown: []chat.Shown{
			{Claim: figure, Mismatch: []knowledge.Dimension{knowledge.DimMetric}},
			{Claim: knowledge.Claim{ID: "dam-holds", Kind: knowledge.KindStatement, Topic: "dam", Text: "The dam holds."}},
		},
		Findings: []chat.Finding{
			{Quote: "1,200 bridges", Verdict: chat.MixedUp, Claim: &figure, Mixups: []knowledge.Dimension{knowledge.DimGroup}},
			{Quote: "<b>nine</b>\x1b\u202e", Verdict: chat.NoSource},
		},
	}
}

func TestDocuments(t *testing.T) {
	t.Parallel()
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	r := sample()
	d := documents{lex, r.Lang}
	for name, doc := range map[string]any{
		"ask.json": d.answer("Скільки?", r), "check.json": d.check("1,200 bridges", r), "status.json": d.status(r),
		"empty-ask.json": d.answer("", chat.Reply{}), "empty-check.json": d.check("", chat.Reply{}),
		"empty-search.json": searchDoc{Hits: []hitDoc{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			line, err := marshal(doc)
			if err != nil {
				t.Fatal(err)
			}
			golden.Assert(t, string(line), name)
		})
	}
}

func TestSpeakersHaveNames(t *testing.T) {
	t.Parallel()
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	claimant := lex.Of(lexicon.Claimant)[0]
	got := documents{lex, "uk"}.attribution(knowledge.Attribution{Speaker: claimant.ID})
	want := attributionDoc{Speaker: claimant.ID, Name: claimant.Label["uk"], Office: claimant.Office["uk"]}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
