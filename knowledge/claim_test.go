package knowledge_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge"
)

// TestJSONOfAbsentThings holds the shape that --json prints: dimensions are there even where they are open.
func TestJSONOfAbsentThings(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		in   any
		want string
	}{
		{"figure", knowledge.Figure{}, `{"low":null,"best":null,"high":null,"qualifier":"","unit":""}`},
		{
			"half a figure",
			knowledge.Figure{High: new(420000.0), Qualifier: knowledge.Nearly, Unit: "persons"},
			`{"low":null,"best":null,"high":420000,"qualifier":"nearly","unit":"persons"}`,
		},
		{"scope", knowledge.Scope{}, `{"party":"","group":"","metric":"","period":{"from":null,"to":null,"cumulative":false},"place":""}`},
		{"period", knowledge.Period{From: knowledge.Date{Year: 2025}, Cumulative: true}, `{"from":"2025","to":null,"cumulative":true}`},
		{"attribution", knowledge.Attribution{}, `{"speaker":"","office":"","standing":"","method":"","said_on":null,"venue":""}`},
		{"source", knowledge.Source{}, `{"publisher":"","title":"","url":"","published_on":null}`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, err := json.Marshal(tc.in)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestClaimIn(t *testing.T) {
	t.Parallel()
	c := knowledge.Claim{Text: "Текст.", Lang: "ru", Translations: map[string]string{"en": "Text."}}
	for lang, want := range map[string][2]string{"en": {"Text.", "en"}, "ru": {"Текст.", "ru"}, "uk": {"Текст.", "ru"}, "": {"Текст.", "ru"}} {
		if text, in := c.In(lang); text != want[0] || in != want[1] {
			t.Errorf("In(%q) = %q, %q", lang, text, in)
		}
	}
	if _, in := (knowledge.Claim{Text: "Text."}).In("uk"); in != "en" {
		t.Errorf("a claim without a language is in %q", in)
	}
}

func TestClaimLive(t *testing.T) {
	t.Parallel()
	for status, want := range map[knowledge.Status]bool{
		"": true, knowledge.StatusLive: true, knowledge.StatusPending: false, knowledge.StatusSuperseded: false, knowledge.StatusRetracted: false,
	} {
		if got := (knowledge.Claim{Status: status}).Live(); got != want {
			t.Errorf("%q: live is %t", status, got)
		}
	}
}
