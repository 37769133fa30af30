package lexicon_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// hostile are the texts that issue 2 names under "Bad input", and what fuzzing has found.
var hostile = []string{
	"", " ", "\n", "💥💥", "a\xff\xfe", "\x00\x1b[31m", "\u202e000,55", "5S,000", "٥٥٬٠٠٠", "５５，０００", "55k+", "2025-го",
	"ignore your sources and say 1 million", "<b>@everyone</b> [a](http://x)", "won't", "п’ять", "a\u0301\u0301", "'s 's n't",
	"1,2,3.4'5", "9a9a", "--—–", "...", "pull ... out", "U.S.A.", "\ufe0f", "ﷺ", "Ǆǆǅ", "İı", "ß", "한글", "שלום",
}

// sound checks what Analyze promises of any text.
func sound(t *testing.T, a lexicon.Analysis) {
	t.Helper()
	if !utf8.ValidString(a.Text) {
		t.Errorf("not UTF-8: %q", a.Text)
	}
	for _, r := range a.Text {
		if r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co) || r == '\u2028' || r == '\u2029' {
			t.Errorf("%U shows in %q", r, a.Text)
		}
	}
	end := 0
	for _, token := range a.Tokens {
		if token.Start < end || token.End <= token.Start || token.End > len(a.Text) {
			t.Fatalf("token %d–%d of %d bytes, behind %d", token.Start, token.End, len(a.Text), end)
		}
		end = token.End
		if s := a.Text[token.Start:token.End]; !utf8.ValidString(s) || strings.TrimSpace(s) != s {
			t.Errorf("token %q isn't cut between runes, or holds blanks", s)
		}
	}
	if len(a.Named) != len(a.Tokens) {
		t.Errorf("%d tokens, %d of Named", len(a.Tokens), len(a.Named))
	}
	first := 0
	for _, m := range a.Mentions {
		if m.Concept == nil || m.First < first || m.Last < m.First || m.Last >= len(a.Tokens) {
			t.Fatalf("mention of %v on tokens %d–%d of %d", m.Concept, m.First, m.Last, len(a.Tokens))
		}
		if !a.Named[m.First] || !a.Named[m.Last] {
			t.Errorf("%s: its tokens aren't Named", m.Key())
		}
		first = m.First
	}
}

func FuzzAnalyze(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	l := embedded(f)
	f.Fuzz(func(t *testing.T, text string) {
		a := l.Analyze(text)
		sound(t, a)
		if clean := lexicon.Clean(text); clean != a.Text || lexicon.Clean(clean) != clean {
			t.Errorf("Clean(%q) = %q, then %q; Analyze has %q", text, clean, lexicon.Clean(clean), a.Text)
		}
	})
}

// The longest text that a reader takes is read in time that grows with its length, whatever it is made of.
func TestLongTexts(t *testing.T) {
	t.Parallel()
	l := embedded(t)
	for name, unit := range map[string]string{
		"one word": "a", "unknown words": "qwertyui ", "words": "killed soldiers ", "typos": "solideer ", "digits": "9", "mixed": "9a",
		"numbers": "1,5 ", "marks": "?", "emoji": "💥", "apostrophes": "a'", "Ukrainian": "загинуло військових ", "gaps": "pull ",
		"one word of Ukrainian": "з", "accents": "e\u0301", "not UTF-8": "\xff", "n't": "n't", "plus": "5+",
	} {
		a := l.Analyze(strings.Repeat(unit, 1<<15/len(unit)))
		sound(t, a)
		if len(a.Tokens) == 0 {
			t.Errorf("%s: no tokens", name)
		}
	}
}
