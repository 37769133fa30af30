package lexicon_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// small is a lexicon in which every way of writing a phrase stands once.
func small(t testing.TB) *lexicon.Lexicon {
	t.Helper()
	l, err := lexicon.Load(file(`
party:
  us: {words: {en: "=US, the states"}}
  red: {words: {en: "red, redlandish", uk: "червон*"}}
group:
  soldiers: {words: {en: "soldier, armed forces", uk: "солдат*, захисник*"}}
  men: {words: {en: "=men"}}
metric:
  killed: {words: {en: "kill, killed in action", uk: "загин*, вбит*", ru: "погиб*"}}
  missing: {words: {en: "missing"}}
claimant:
  umerov: {words: {uk: "умєров*, умеров*"}}
place:
  bay: {words: {en: "green bay"}}
topic:
  withdraw: {words: {en: "pull ... out, hand|give ... over"}, against: {en: "stay put"}}
  bonus: {words: {uk: "ум*"}}
function:
  not: {words: {en: "not, no longer"}}
light:
  en: {words: {en: "action, the, kilogram*"}}
`))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// named writes what a text names, in order: each concept with the words on which it stands.
func named(a lexicon.Analysis) []string {
	out := []string{}
	for _, m := range a.Mentions {
		s := m.Key() + " " + a.Text[a.Tokens[m.First].Start:a.Tokens[m.Last].End]
		if m.Sign < 0 {
			s = "-" + s
		}
		if m.Fuzzy {
			s += " ?"
		}
		out = append(out, s)
	}
	return out
}

func TestPhrases(t *testing.T) {
	t.Parallel()
	l := small(t)
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"stems", "Soldiers KILLING", []string{"group:soldiers Soldiers", "metric:killed KILLING"}},
		{"an exact form", "men", []string{"group:men men"}},
		{"an exact form has no other", "men's man", []string{"group:men men's"}},
		{"capitals", "the US", []string{"light:en the", "party:us US"}},
		{"capitals are asked for", "tell us, Us", []string{}},
		{"a beginning", "загинули вбиті", []string{"metric:killed загинули", "metric:killed вбиті"}},
		{"a beginning is more than its letters", "заги", []string{}},
		{"the longer beginning wins", "умєров розум ум", []string{"claimant:umerov умєров", "topic:bonus ум"}},
		{"the longer phrase wins", "killed in action", []string{"metric:killed killed in action"}},
		{"the words of a longer phrase name nothing else", "armed forces", []string{"group:soldiers armed forces"}},
		{"half a phrase", "armed men", []string{"group:men men"}},
		{"a hyphen between words", "green-bay Green - Bay", []string{"place:bay green-bay", "place:bay Green - Bay"}},
		{"a comma between words", "green, bay", []string{}},
		{"no gap", "pull out", []string{"topic:withdraw pull out"}},
		{"a gap", "pulled all its soldiers out", []string{"topic:withdraw pulled all its soldiers out", "group:soldiers soldiers"}},
		{"too wide a gap", "pull one two three four five out", []string{}},
		{"a gap over a mark", "pull it, out", []string{}},
		{"alternatives", "give land over, handing it over", []string{"topic:withdraw give land over", "topic:withdraw handing it over"}},
		{"the other pole", "stayed put", []string{"-topic:withdraw stayed put"}},
		{"not", "no longer, isn't", []string{"function:not no longer", "function:not n't"}},
		{"possessive", "the soldier's", []string{"light:en the", "group:soldiers soldier's"}},
		{"with an accent", "za\u0301gin зага\u0301", []string{}},
		{"zero widths within", "sol\u200bdiers", []string{"group:soldiers soldiers"}},
		{"full-width letters", "ｓｏｌｄｉｅｒ", []string{"group:soldiers soldier"}},
		{"twice", "killed and killed", []string{"metric:killed killed", "metric:killed killed"}},
		{"nothing", "💥", []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, named(l.Analyze(test.text))); diff != "" {
				t.Errorf("%q (-want +got):\n%s", test.text, diff)
			}
		})
	}
}

// Named says which tokens something was found on: not those in a gap.
func TestNamed(t *testing.T) {
	t.Parallel()
	a := small(t).Analyze("pull everything out, soldiers")
	if diff := cmp.Diff([]bool{true, false, true, false, true}, a.Named); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTypos(t *testing.T) {
	t.Parallel()
	l := small(t)
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"a letter left out", "solder", []string{"group:soldiers solder ?"}},
		{"a letter too many", "solldier", []string{"group:soldiers solldier ?"}},
		{"another letter", "soldyer", []string{"group:soldiers soldyer ?"}},
		{"neighbours swapped", "solider", []string{"group:soldiers solider ?"}},
		{"two letters of a short word", "sulder", []string{}},
		{"two letters of a long word", "redlendisch", []string{"party:red redlendisch ?"}},
		{"three letters of a long word", "rodlendisch", []string{}},
		{"the first letter", "zoldier", []string{}},
		{"a word too short", "kll", []string{}},
		{"a short known word nearby", "mens", []string{}},
		{"within a phrase", "armed foces", []string{"group:soldiers armed foces"}},
		{"a long beginning", "захсиниками", []string{"group:soldiers захсиниками ?"}},
		{"a short beginning", "солдта", []string{}},
		{"a known word is no typo of another", "missing", []string{"metric:missing missing"}},
		{"light words are no typos", "kilogram kilograms", []string{"light:en kilogram", "light:en kilograms"}},
		{"a number is no typo", "5oldier", []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, named(l.Analyze(test.text))); diff != "" {
				t.Errorf("%q (-want +got):\n%s", test.text, diff)
			}
		})
	}
}
