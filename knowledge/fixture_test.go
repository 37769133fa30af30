package knowledge_test

import (
	"slices"
	"testing"
	"testing/fstest"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// floods is a domain of its own: a rule that held for the starter base's words only would show here.
const floods = `
party:
  upriver: {label: {en: Upriver}, words: {en: "upriver"}}
  delta: {label: {en: Delta}, words: {en: "delta"}}
place:
  delta: {words: {en: "delta"}}
  valley: {words: {en: "valley"}}
group:
  residents: {words: {en: "resident"}}
metric:
  evacuated: {words: {en: "evacuate"}}
  drowned: {words: {en: "drown"}}
claimant:
  mayor: {party: delta, standing: party, words: {en: "mayor"}}
topic:
  dams: {words: {en: "dam"}}
standing:
  party:
  unattributed:
method:
  unstated:
unit:
  persons:
caveat:
  undated:
  disputed:
light:
  en: {words: {en: "the, of, did, any, see, nothing, kind"}}
stop:
  en: {words: {en: "the, of, did, any, see, nothing, kind"}}
`

func floodLexicon(t testing.TB) *lexicon.Lexicon {
	t.Helper()
	l, err := lexicon.Load(fstest.MapFS{"floods.yaml": {Data: []byte(floods)}})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// complete returns a claim that fills every field by the rules.
func complete() knowledge.Claim {
	return knowledge.Claim{
		ID:           "residents-evacuated",
		Kind:         knowledge.KindFigure,
		Topic:        "dams",
		Text:         "About 1,200 residents have been evacuated from the valley.",
		Translations: map[string]string{"uk": "Із долини евакуювали близько 1 200 жителів."},
		Figure:       knowledge.Figure{Best: new(1200.0), Qualifier: knowledge.About, Unit: "persons"},
		Scope: knowledge.Scope{
			Party: "delta", Group: "residents", Metric: "evacuated", Place: "valley",
			Period: knowledge.Period{From: knowledge.Date{Year: 2025}, To: knowledge.Date{Year: 2025, Month: 3}},
		},
		Attribution: knowledge.Attribution{
			Speaker: "mayor", Office: "Mayor of Delta", Standing: "party", Method: "unstated",
			SaidOn: knowledge.Date{Year: 2025, Month: 3, Day: 1}, Venue: "a press conference",
		},
		Sources: []knowledge.Source{{
			Publisher: "The Delta Post", Title: "Water still rising", URL: "https://example.org/water",
			ArchiveURL: "https://archive.example.org/1", PublishedOn: knowledge.Date{Year: 2025, Month: 3, Day: 2},
			RetrievedOn: knowledge.Date{Year: 2025, Month: 3, Day: 3}, Quote: "about 1,200 residents are out", Lang: "en",
		}},
		Caveats: []knowledge.Caveat{
			{Code: "undated"},
			{Text: map[string]string{"en": "Guests of hotels aren't counted."}},
		},
		Series:     "mayor-evacuated",
		Disputes:   []string{"residents-evacuated-upriver"},
		Supersedes: []string{"residents-evacuated-old"},
		Status:     knowledge.StatusLive,
		Aliases:    []string{"drowned dam"},
		Revision:   2,
		AddedBy:    "ann",
		ApprovedBy: "bob",
		ReviewedOn: knowledge.Date{Year: 2025, Month: 4},
	}
}

func sorted(s []string) []string {
	slices.Sort(s)
	return s
}
