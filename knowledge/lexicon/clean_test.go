package lexicon_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge/lexicon"
)

func TestClean(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"only blanks", " \t\r\n\u00a0 ", ""},
		{"blanks", "  a \t\u00a0\u202f b  ", "a b"},
		{"line breaks", "a\r\nb\u2028c", "a\n\nb\nc"},
		{"composed", "e\u0301", "é"},
		{"ligature", "ﬁve", "five"},
		{"full-width", "５５，０００ Ｋ", "55,000 K"},
		{"Arabic-Indic", "٥٥٬٠٠٠", "55٬000"},
		{"Persian", "۵۵", "55"},
		{"Devanagari", "५५", "55"},
		{"mathematical", "𝟓𝟓", "55"},
		{"Adlam", "𞥕", "5"},
		{"superscript", "55,000¹ x²", "55,000 x"},
		{"likeness is no digit", "5O,OOO l5", "5O,OOO l5"},
		{"Cyrillic letters stay", "ОOо", "ОOо"},
		{"right-to-left override", "\u202e000,55\u202c", "000,55"},
		{"isolates", "\u2066a\u2069\u200e\u200f\u061c", "a"},
		{"zero widths", "kil\u200bled\ufeff \u2060\u00adsol\u200cdiers", "killed soldiers"},
		{"controls", "a\x00\x07\x1b[31mb\x7f", "a[31mb"},
		{"private use", "a\ue000b", "ab"},
		{"tags and selectors", "a\U000e0041\ufe0fb", "ab"},
		{"not UTF-8", "a\xff\xfeb", "a\ufffdb"},
		{"half a rune", "a\xd0", "a\ufffd"},
		{"emoji", "💥 🇺🇦", "💥 🇺🇦"},
		{"marks stay", "<b>@here</b>", "<b>@here</b>"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := lexicon.Clean(test.text)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("Clean(%q) (-want +got):\n%s", test.text, diff)
			}
			if again := lexicon.Clean(got); again != got {
				t.Errorf("cleaned again it is %q", again)
			}
		})
	}
}

// Every decimal digit of every script is one of ten.
func TestCleanMapsEveryDigit(t *testing.T) {
	t.Parallel()
	n := 0
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !unicode.Is(unicode.Nd, r) {
			continue
		}
		n++
		got := lexicon.Clean(string(r))
		if len(got) != 1 || got[0] < '0' || got[0] > '9' {
			t.Errorf("%U is %q", r, got)
		}
		if zero := lexicon.Clean(string(r - rune(got[0]-'0'))); zero != "0" {
			t.Errorf("%U is taken for %s, but what stands so far before it is %q", r, got, zero)
		}
	}
	if n < 600 {
		t.Errorf("only %d digits were looked at", n)
	}
}

// A megabyte is read, of whatever kind; the reader of questions caps what it takes far below.
func TestCleanMegabytes(t *testing.T) {
	t.Parallel()
	for name, unit := range map[string]string{"letters": "a", "blanks": " ", "zero widths": "\u200b", "digits": "٥", "broken": "\xff", "accents": "\u0301"} {
		got := lexicon.Clean(strings.Repeat(unit, 1<<20/len(unit)))
		if !utf8.ValidString(got) || len(got) > 4<<20 {
			t.Errorf("%s: %d bytes, valid: %v", name, len(got), utf8.ValidString(got))
		}
	}
}
