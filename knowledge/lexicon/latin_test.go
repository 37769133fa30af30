package lexicon_test

import (
	"testing"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// Ukrainian and Russian in Latin letters are read as what they stand for; the text itself stays as it was typed.
func TestLatinLetters(t *testing.T) {
	t.Parallel()
	lex := embedded(t)
	for text, want := range map[string]struct {
		lang  string
		names []string
	}{
		"skilky ukrainskykh soldativ zahynulo":         {"uk", []string{"party:ukraine", "group:soldiers", "metric:killed"}},
		"skolko ukrainskih soldat pogiblo":             {"ru", []string{"party:ukraine", "group:soldiers", "metric:killed"}},
		"skolko mirnyh zhiteley raneno v 2025":         {"ru", []string{"group:civilians", "metric:wounded"}},
		"shcho skazav Umerov pro perehovory":           {"uk", []string{"claimant:umerov", "topic:talks"}},
		"chto skazal Peskov":                           {"ru", []string{"claimant:peskov"}},
		"How many Ukrainian soldiers have been killed": {"", []string{"party:ukraine", "group:soldiers", "metric:killed"}},
		"lorem ipsum dolor sit amet":                   {"", nil},
		"Donde estan los soldados muertos":             {"", nil},
	} {
		a := lex.Analyze(text)
		if a.Latin != want.lang || a.Text != text {
			t.Errorf("%q: %q in %q, wanted %q", text, a.Text, a.Latin, want.lang)
		}
		named := map[string]bool{}
		for _, m := range a.Mentions {
			named[m.Key()] = true
		}
		for _, key := range want.names {
			if !named[key] {
				t.Errorf("%q: %s isn't named", text, key)
			}
		}
	}
}

// What is written in haste is the word that is meant.
func TestSpelling(t *testing.T) {
	t.Parallel()
	lex := embedded(t)
	for text, want := range map[string]string{
		"wat happened": "what", "whch one": "which", "soldiers dyed": "died", "скоко погибло": "сколько", "шо там": "що",
	} {
		var found bool
		for _, token := range lex.Analyze(text).Tokens {
			found = found || token.Norm == want
		}
		if !found {
			t.Errorf("%q: %q isn't read", text, want)
		}
	}
	for _, c := range lex.Of(lexicon.Spelling) {
		for lang, words := range c.Words {
			if words == "" || c.ID == "" {
				t.Errorf("%s: %s has none", c.Key(), lang)
			}
		}
	}
}
