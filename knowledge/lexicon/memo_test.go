package lexicon

import (
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// What visible passes over in a hurry is nothing that the long way would make something else of.
func TestUsualRunesStay(t *testing.T) {
	t.Parallel()
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if s := string(r); usual(r) && (compose(s) != s || unicode.Is(unicode.No, r) || invisible(r)) {
			t.Errorf("%U doesn't stay", r)
		}
	}
	for _, s := range []string{"1\u00a0000", "\u00a0\u0301", "a\u00a0\u00a0b", "x\u00a0\u0085"} {
		if diff := cmp.Diff(compose(s), Clean(s)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", s, diff)
		}
	}
}

// What is taken for clean must be what the long way leaves as it is.
func FuzzCleanLeavesCleanTexts(f *testing.F) {
	for _, s := range []string{"", " ", "About 55,000 soldiers.", "a  b", "Загинуло — «так»", "Ёж і ґава", "a b ", "й"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !clean(s) {
			return
		}
		if got := compose(s); got != s {
			t.Errorf("%q becomes %q", s, got)
		}
	})
}

// A text reads the same whether its words are new, remembered, or push each other out.
func TestRememberedWordsReadTheSame(t *testing.T) {
	t.Parallel()
	l, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	few := *l
	few.words = newMemo(3)
	texts := []string{
		"How many Ukrainnian solidrs were kiled in Kharkiv?", "US troops told us", "Скільки українських військовіх загинуло?",
		"the head of the Ukrainian delegation", "55k KIA, 1,200 POWs", "killed killed KILLED", "=US * …", strings.Repeat("long", longestWord),
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 5 {
				for _, text := range texts {
					if diff := cmp.Diff(l.ForMany().Analyze(text), few.Analyze(text), cmpopts.IgnoreUnexported(Token{}, Concept{})); diff != "" {
						t.Error(diff)
					}
					if diff := cmp.Diff(l.ForMany().Read(text), few.Read(text)); diff != "" {
						t.Error(diff)
					}
				}
			}
		})
	}
	all.Wait()
}

func TestLongWordsArentRemembered(t *testing.T) {
	t.Parallel()
	m, asked := newMemo(1), 0
	find := func(string) known { asked++; return known{} }
	for _, word := range []string{"short", "short", strings.Repeat("long", longestWord), "short"} {
		m.of(word, find)
	}
	if asked != 2 {
		t.Errorf("asked %d times, want for each word once", asked)
	}
}
