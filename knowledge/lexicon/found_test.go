package lexicon_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// A phrase is found by nothing else than its own words: each concept is, in each language that has words for
// it, and its opposite pole as well.
func TestEveryConceptIsFoundByItsOwnWords(t *testing.T) {
	t.Parallel()
	each(t, readClasses, func(l *lexicon.Lexicon, c *lexicon.Concept) (wrong []string) {
		if c.Is("known") {
			return nil // names nothing, by design
		}
		for lang, words := range c.Words {
			wrong = append(wrong, lost(l, c, 1, lang, words)...)
		}
		for lang, words := range c.Against {
			wrong = append(wrong, lost(l, c, -1, lang, words)...)
		}
		return wrong
	})
}

// cut reports phrases that the reader cuts otherwise than they are written: at hyphens, full stops, digits and
// "n't". They aren't looked at here.
func cut(phrase string) bool {
	phrase = strings.ReplaceAll(phrase, "...", "")
	return strings.ContainsAny(phrase, "-.0123456789") || strings.Contains(phrase, "n't") || strings.Contains(phrase, "=") && strings.Contains(phrase, "*")
}

// lost returns the phrases that don't find their concept.
func lost(l *lexicon.Lexicon, c *lexicon.Concept, sign int8, lang, words string) (wrong []string) {
	for phrase := range strings.SplitSeq(words, ",") {
		if c.Class == lexicon.Light && strings.Contains(phrase, "*") || cut(phrase) {
			continue // a bare beginning of a little word may be taken for a typo
		}
		for _, text := range spellings(phrase) {
			if !slices.ContainsFunc(l.Analyze(text).Mentions, func(m lexicon.Mention) bool {
				return m.Concept == c && m.Sign == sign
			}) {
				wrong = append(wrong, lang+": not found by its own words: "+text)
			}
		}
	}
	return wrong
}

// spellings writes a phrase as people would: each alternative of each word, the gaps filled with a word that
// nothing else means.
func spellings(phrase string) []string {
	out := []string{""}
	for word := range strings.FieldsSeq(phrase) {
		var next []string
		for alternative := range strings.SplitSeq(cmp.Or(map[string]string{"...": "xyzzy"}[word], word), "|") {
			for _, before := range out {
				next = append(next, strings.TrimSpace(before+" "+strings.Trim(alternative, "=*")))
			}
		}
		out = next
	}
	if len(out) == 1 && out[0] == "" {
		return nil
	}
	return out
}
