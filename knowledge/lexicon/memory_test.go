package lexicon

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// What is taken for clean must be what the long way leaves as it is.
func FuzzCleanLeavesCleanTexts(f *testing.F) {
	for _, s := range []string{"", " ", "About 55,000 soldiers.", "a  b", "Загинуло — «так»", "Ёж і ґава", "a b ", "й"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !clean(s) {
			return
		}
		if got := Clean(s + "\u200b"); got != s {
			t.Errorf("%q becomes %q", s, got)
		}
	})
}

// A text reads the same whether its words are new, remembered, or come from the older generation.
func TestRememberedWordsReadTheSame(t *testing.T) {
	t.Parallel()
	l, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	few := *l
	few.words = newMemory(7)
	texts := []string{
		"How many Ukranian soliders were kiled in Kharkiv?", "US troops told us", "Скільки українських військовіх загинуло?",
		"the head of the Ukrainian delegation", "55k KIA, 1,200 POWs", "killed killed KILLED", "=US * …",
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 5 {
				for _, text := range texts {
					if diff := cmp.Diff(l.ForMany().Analyze(text), few.Analyze(text), cmpopts.IgnoreUnexported(Token{})); diff != "" {
						t.Error(diff)
					}
				}
			}
		})
	}
	all.Wait()
}

func TestTheMemoryForWordsIsBounded(t *testing.T) {
	t.Parallel()
	m := newMemory(100)
	for i := range 10_000 {
		m.put(fmt.Sprint("word", i), &known{})
	}
	m.put(strings.Repeat("long", longestWord), &known{})
	held := 0
	for _, g := range []*generation{m.now.Load(), m.old.Load()} {
		g.words.Range(func(word, _ any) bool {
			if held++; len(word.(string)) > longestWord {
				t.Error("a long word is kept")
			}
			return true
		})
	}
	if held > 200 {
		t.Errorf("%d words are held, want at most 200", held)
	}
	if _, ok := m.get("word9999"); !ok {
		t.Error("the last word is forgotten")
	}
}
