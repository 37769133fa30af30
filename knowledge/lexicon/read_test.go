package lexicon_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge/lexicon"
)

func TestRead(t *testing.T) {
	t.Parallel()
	l := embedded(t)
	for _, tt := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"stop words only", "the of and their", ""},
		{"stems", "Farmers were protesting", "farmer protest"},
		{"links", "a cat https://t.co/x9Y www.cats.example/in-hats pic.twitter.com/abc dog", "cat dog"},
		{"a link glued to a word", "#SaveTheCatshttps://t.co/x9Y", "save cat savethecat"},
		{"not a link", "the best.co/mpany", "best co mpani"},
		{"a tag of words", "#CleanRivers", "clean river cleanriv"},
		{"a tag of capitals and digits", "#NATOSummit2030", "nato summit 2030 natosummit2030"},
		{"a handle", "@river_watch and @RiverWatch", "river watch riverwatch river watch riverwatch"},
		{"numbers", "1,000 and 1k and 1 thousand and 1000", "1000 1000 1000 1000"},
		{"magnitudes", "$4.6 million, 4.6m, 4600000", "4600000 4600000 4600000"},
		{"ordinals and decades", "the 25th of the 1990s", "25 1990"},
		{"percent", "50% or 50 percent", "50 percent 50 percent"},
		{"number words", "three dozen", "3 12"},
		{"a number that is none", "5g and 5S,000", "5g 5 0"},
		{"initials", "The U.S. and the US and the U.S.A.", "usa usa usa"},
		{"us is no country", "tell us", "say"},
		{"several words for one", "the United States of America", "usa usa"},
		{"an exact form", "an officer of the office", "police offic"},
		{"images", "a photograph, some images", "photo photo"},
		{"a signature", "Rivers rise. — River Watch (@riverwatch) June 1, 2031", "river rise river watch riverwatch june 1 2031"},
		{"a dash is no signature", "Rivers — they rise (slowly)", "river rise slowli"},
		{"a decimal comma", "1,5 and 1,500 and 1.5 and 1.500.000", "1.5 1500 1.5 1500000"},
		{"Ukrainian", "Річки у 1,5 раза ширші", "річки 1.5 раз ширші"},
		{"Russian", "Реки стали шире, чем были", "рек стал шир чем"},
		{"half a character", "river \xff\xfe", "river"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, strings.Join(texts(l.Read(tt.text)), " ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func texts(terms []lexicon.Term) []string {
	out := make([]string, len(terms))
	for i, t := range terms {
		out[i] = t.Text
	}
	return out
}

func TestReadTellsKindsApart(t *testing.T) {
	t.Parallel()
	got := embedded(t).Read("Rivers rise 7 #Floods @Watch — Ann (@ann) June 1, 2031")
	want := []lexicon.Term{
		{Text: "river", Kind: lexicon.Name},
		{Text: "rise", Kind: lexicon.Plain},
		{Text: "7", Kind: lexicon.Figure},
		{Text: "flood", Kind: lexicon.Tag},
		{Text: "watch", Kind: lexicon.Handle},
		{Text: "ann", Kind: lexicon.Signature},
		{Text: "ann", Kind: lexicon.Signature},
		{Text: "june", Kind: lexicon.Signature},
		{Text: "1", Kind: lexicon.Signature},
		{Text: "2031", Kind: lexicon.Signature},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// An entry's id stands for its words, and has to be read as itself: else claims that use it would be lost.
func TestSameIDsStandForThemselves(t *testing.T) {
	t.Parallel()
	l := embedded(t)
	for _, c := range l.Of(lexicon.Same) {
		for lang, words := range c.Words {
			for phrase := range strings.SplitSeq(words, ",") {
				phrase = strings.TrimPrefix(strings.TrimSpace(phrase), "=")
				if got := texts(l.Read(phrase)); !slices.Equal(got, []string{c.ID}) {
					t.Errorf("%s: %q is read as %q, want %q", lang, phrase, got, c.ID)
				}
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"", "#", "@", "— (@", "— a (@b) c", "#A1b2", "1,000,0k", "5S,000%", "pic.twitter.com/", "U.S.", "\xff#\xff", "#Їжак_2"} {
		f.Add(seed)
	}
	l := embedded(f)
	f.Fuzz(func(t *testing.T, text string) {
		terms := l.Read(text)
		if diff := cmp.Diff(terms, l.Read(text)); diff != "" {
			t.Errorf("read twice: %s", diff)
		}
		for _, term := range terms {
			if term.Text == "" || strings.ContainsAny(term.Text, " \n") {
				t.Errorf("%q has the term %q", text, term.Text)
			}
		}
	})
}
