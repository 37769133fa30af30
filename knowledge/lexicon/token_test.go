package lexicon_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// spoken writes tokens in a row: words and marks by their norm, numbers with suffix and plus, what is
// unreadable in question marks.
func spoken(a lexicon.Analysis) []string {
	out := []string{}
	for _, t := range a.Tokens {
		s := t.Norm
		switch t.Kind {
		case lexicon.Number:
			s += "#" + t.Suffix
			if t.Plus {
				s += "+"
			}
		case lexicon.Unreadable:
			s = "?" + s + "?"
		case lexicon.Mark, lexicon.Word:
		}
		out = append(out, s)
	}
	return out
}

func TestTokens(t *testing.T) {
	t.Parallel()
	l := small(t)
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"nothing", "", []string{}},
		{"words and marks", "Who, me?", []string{"who", ",", "me", "?"}},
		{"not", "won't can't hasn't didn't", []string{"will", "not", "will", "not", "has", "not", "did", "not"}},
		{"only n't", "n't", []string{"n't"}},
		{"possessives and short forms", "Kyiv's UN’s they're we've I'll he'd I'm", []string{"kyiv", "un", "they", "we", "i", "he", "i"}},
		{"a plural's apostrophe", "soldiers' deaths", []string{"soldiers", "'", "deaths"}},
		{"apostrophes of Ukrainian", "п'ять п’ять пʼять", []string{"п'ять", "п'ять", "п'ять"}},
		{"letters that are written in two ways", "ещё Йод", []string{"еще", "йод"}},
		{"a hyphen is a mark", "Abu-Dhabi по-перше", []string{"abu", "-", "dhabi", "по", "-", "перше"}},
		{"groups and decimals", "55,000 1.5 55'000 55’000 1,234,567.8", []string{"55,000#", "1.5#", "55'000#", "55’000#", "1,234,567.8#"}},
		{"Arabic separators", "٥٥٬٠٠٠ ٠٫٤٢", []string{"55٬000#", "0٫42#"}},
		{"full-width", "５５，０００", []string{"55,000#"}},
		{"a number at the end of a sentence", "in 2025.", []string{"in", "2025#", "."}},
		{"suffixes", "55k 55K, 55тис. 3rd 2025-го", []string{"55#k", "55#k", ",", "55#тис", ".", "3#rd", "2025#", "-", "го"}},
		{"plus", "2,500+ 55k+", []string{"2,500#+", "55#k+"}},
		{"letters among digits", "5S,000 5s5 O55 x2", []string{"?5s,000?", "?5s5?", "?o55?", "?x2?"}},
		{"a long suffix", "55thousand", []string{"?55thousand?"}},
		{"signs", "$5 5% €5", []string{"$", "5#", "5#", "%", "€", "5#"}},
		{"emoji", "💥🔥", []string{"💥", "🔥"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, spoken(l.Analyze(test.text))); diff != "" {
				t.Errorf("%q (-want +got):\n%s", test.text, diff)
			}
		})
	}
}

// A token says where it stands, whether a blank is before it, and whether it begins with a capital.
func TestTokensKnowTheirPlace(t *testing.T) {
	t.Parallel()
	a := small(t).Analyze("  Ні,\u200b she didn't сказала  55k+!")
	type place struct {
		Text         string
		Glued, Upper bool
	}
	want := []place{
		{"Ні", false, true},
		{",", true, false},
		{"she", false, false},
		{"did", false, false},
		{"n't", true, false},
		{"сказала", false, false},
		{"55k+", false, false},
		{"!", true, false},
	}
	var got []place
	for _, token := range a.Tokens {
		got = append(got, place{a.Text[token.Start:token.End], token.Glued, token.Upper})
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
