package lexicon

import (
	"math/bits"
	"testing"

	"github.com/agnivade/levenshtein"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// A text reads the same in the memory of the one before, whatever was there.
func TestTextsReadAsTheLexiconDoes(t *testing.T) {
	t.Parallel()
	l, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	x := l.NewTexts()
	texts := []string{
		"", "How many Ukrainnian solidrs were kiled in Kharkiv, 1,200 or 55k?", "см. https://example.org/a?b, загинуло військових", "",
		"US troops told us — Somebody (@who_is_it) May 1, 2020", "#SaveTheRivers 5S,000 won't", "Скільки українських військовіх загинуло?", "killed",
	}
	for _, text := range texts {
		a, terms := x.Analyze(text)
		if diff := cmp.Diff(l.Analyze(text), a, cmpopts.IgnoreUnexported(Token{}, Concept{}), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
		if diff := cmp.Diff(l.Read(text), terms, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
		if diff := cmp.Diff(l.Read(text), x.Read(text), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%q read alone: %s", text, diff)
		}
	}
}

// What nearest passes over for its letters is further away than any typo.
func FuzzLettersBoundTheDistance(f *testing.F) {
	f.Add("soldier", "solider")
	f.Add("загинуло", "зогинулы")
	f.Add("", "abc")
	f.Fuzz(func(t *testing.T, a, b string) {
		if least, is := bits.OnesCount64(lettersOf(a)&^lettersOf(b)), levenshtein.ComputeDistance(a, b); least > is {
			t.Errorf("%q and %q are %d apart, not %d at least", a, b, is, least)
		}
	})
}
