package form_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"gotest.tools/v3/golden"

	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/moderation/form"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
	"github.com/whosays/whosays/knowledge/starter"
)

var today = time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)

func forms(t testing.TB) (*form.Forms, *lexicon.Lexicon) {
	t.Helper()
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	writers, err := answer.Writers(lex)
	if err != nil {
		t.Fatal(err)
	}
	return form.New(lex, writers), lex
}

func claims(t testing.TB) []knowledge.Claim {
	t.Helper()
	all, err := starter.Claims()
	if err != nil || len(all) < 50 {
		t.Fatalf("%d claims, %v", len(all), err)
	}
	return all
}

// TestReadBack: a form made from a claim and read back, in whatever language, is the same claim.
func TestReadBack(t *testing.T) {
	t.Parallel()
	f, _ := forms(t)
	for _, c := range claims(t) {
		c.Revision = 3
		for _, lang := range lexicon.Languages {
			for _, back := range lexicon.Languages {
				in := f.Claim(lang, c).With(map[string]string{form.ReasonField: "why"})
				is, out := f.Read(back, in, c, today)
				if diff := cmp.Diff(c, is, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("%s, from %s to %s:\n%s", c.ID, lang, back, diff)
				}
				if out.Problems() {
					t.Errorf("%s: %+v", c.ID, out)
				}
			}
		}
	}
}

// TestReadAnew: what a form says is the same claim without the version that it was made from, in all that a form holds.
func TestReadAnew(t *testing.T) {
	t.Parallel()
	f, _ := forms(t)
	for _, c := range claims(t) {
		c.Revision = 0
		for _, lang := range lexicon.Languages {
			is, _ := f.Read(lang, f.Claim(lang, c), knowledge.Claim{}, today)
			want := held(c)
			want.Attribution.Standing = is.Attribution.Standing // it follows from the lexicon; see TestStanding
			is.Lang = want.Lang
			if diff := cmp.Diff(want, held(is), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%s in %s:\n%s", c.ID, lang, diff)
			}
		}
	}
}

// held returns what a form holds of a claim.
func held(c knowledge.Claim) knowledge.Claim {
	out := knowledge.Claim{
		ID: c.ID, Kind: c.Kind, Topic: c.Topic, Text: c.Text, Lang: c.Lang, Translations: c.Translations, Figure: c.Figure, Scope: c.Scope, Attribution: c.Attribution,
		Series: c.Series, Disputes: c.Disputes, Supersedes: c.Supersedes, Aliases: c.Aliases,
	}
	if len(c.Sources) > 0 {
		s := c.Sources[0]
		out.Sources = []knowledge.Source{{Publisher: s.Publisher, Title: s.Title, URL: s.URL, PublishedOn: s.PublishedOn, Quote: s.Quote}}
	}
	return out
}

// TestStanding: where a claimant of the lexicon stands follows from whom they speak of, as it does throughout the starter base.
func TestStanding(t *testing.T) {
	t.Parallel()
	f, lex := forms(t)
	for _, c := range claims(t) {
		if _, known := lex.Get(lexicon.Claimant, c.Attribution.Speaker); !known {
			continue
		}
		in := f.Claim("en", c).With(map[string]string{"standing": ""})
		if is, _ := f.Read("en", in, knowledge.Claim{}, today); is.Attribution.Standing != c.Attribution.Standing {
			t.Errorf("%s: %s stands as %q, want %q", c.ID, c.Attribution.Speaker, is.Attribution.Standing, c.Attribution.Standing)
		}
	}
}

// TestChoicesByName: what can be chosen can be typed by its name, in any language, whatever the language of the form.
func TestChoicesByName(t *testing.T) {
	t.Parallel()
	f, _ := forms(t)
	for _, lang := range lexicon.Languages {
		for _, field := range f.Claim(lang, knowledge.Claim{}).Fields {
			for _, c := range field.Choices {
				if field.ID == form.QuietField {
					continue
				}
				_, out := f.Read("en", f.Claim("en", knowledge.Claim{}).With(map[string]string{field.ID: c.Label}), knowledge.Claim{}, today)
				if got := out.Value(field.ID); got != c.Value && field.ID != "standing" {
					t.Errorf("%s in %s: %q is read as %q, want %q", field.ID, lang, c.Label, got, c.Value)
				}
			}
		}
	}
}

// typing is what is typed into a field, and how it stands in the form then: ! where it can't be read, and stays as it was typed.
type typing map[string]string

func (all typing) try(t *testing.T, name string) {
	f, _ := forms(t)
	for typed, want := range all {
		t.Run(typed, func(t *testing.T) {
			t.Parallel()
			_, out := f.Read("en", f.Claim("en", knowledge.Claim{}).With(map[string]string{name: typed}), knowledge.Claim{}, today)
			field := out.Field(name)
			if want == "!" && (field.Problem == "" || field.Value != typed) || want != "!" && field.Value != want {
				t.Errorf("%q stands as %q: %q", typed, field.Value, field.Problem)
			}
		})
	}
}

// TestFigures: how a figure is typed, and how it stands in the form then.
func TestFigures(t *testing.T) {
	t.Parallel()
	typing{
		"at least 2,514": "at least 2,514", "2514": "2,514", "щонайменше 2 514": "at least 2,514", "не менее 2514 человек": "at least 2,514",
		"420,000–450,000": "420,000–450,000", "420 000 - 450 000": "420,000–450,000", "nearly 420,000": "nearly 420,000", "майже 420 тис.": "nearly 420,000",
		"more than 50 thousand": "more than 50,000", "about 55,000": "about 55,000", "близько 55 000": "about 55,000", "up to 300": "at most 300",
		"7": "7", "2010": "2,010", "34 (cases)": "34 (cases)", "250,000–300,000; 270,000": "250,000–300,000; 270,000", "0": "0",
		"many": "!", "5S,000": "!", "10%": "!", "2,514 or 3,000": "!", "thousands": "!", "$5,000": "!", "34 (things)": "!", "300–200": "!", "12 + 5": "!",
		"more than about 50,000": "!",
	}.try(t, "figure")
}

// TestTimes: how a period and a date are typed, and how they stand in the form then.
func TestTimes(t *testing.T) {
	t.Parallel()
	typing{
		"2025": "2025", "2025-02": "2025-02", "2022-02-24 – 2026-02-04": "2022-02-24 – 2026-02-04", "so far": "so far", "загалом": "so far",
		"so far: up to 2026-02-04": "so far: up to 2026-02-04", "since 2022-03": "since 2022-03", "January 2026": "2026-01", "у січні 2026 року": "2026-01",
		"с марта 2022 до мая 2025": "2022-03 – 2025-05", "from March 2022 to May 2025": "2022-03 – 2025-05", "since the invasion": "so far", "last year": "2025",
		"last summer": "!", "soon": "!", "2025-13": "!", "2025 and 2026 perhaps": "!",
	}.try(t, "period")
	typing{"2026-02-04": "2026-02-04", "4 February 2026": "2026-02-04", "4 лютого 2026": "2026-02-04", "2026": "2026", "yesterday": "!", "2026-02-30": "!"}.try(t, "said_on")
}

// TestLinks: only https, to a host, in nobody's name.
func TestLinks(t *testing.T) {
	t.Parallel()
	for link, want := range map[string]bool{
		"https://example.org/a?b=1#c": true, "http://example.org": false, "https://": false, "javascript:alert(1)": false, "https://user@example.org": false,
		"https://user:pass@example.org/": false, "https://exa mple.org": false, "https://example.org/\u202e": false, "//example.org": false, "example.org": false, "HTTPS://EXAMPLE.ORG": true,
	} {
		if got := form.Secure(link); got != want {
			t.Errorf("%q: %t", link, got)
		}
	}
}

// TestMissing: each field that a claim can't do without is named at its place.
func TestMissing(t *testing.T) {
	t.Parallel()
	f, _ := forms(t)
	_, out := f.Read("en", f.Claim("en", knowledge.Claim{Kind: knowledge.KindFigure}), knowledge.Claim{}, today)
	var got []string
	for _, field := range out.Fields {
		if field.Problem != "" {
			got = append(got, field.ID)
		}
	}
	if diff := cmp.Diff([]string{"text", "figure", "speaker", "url", "group", "metric"}, got); diff != "" {
		t.Error(diff)
	}
}

// TestProblemsHaveFields: every path that a rule of the base can name leads to a field of both forms.
func TestProblemsHaveFields(t *testing.T) {
	t.Parallel()
	f, _ := forms(t)
	fresh, revision := f.Claim("en", knowledge.Claim{}), f.Claim("en", knowledge.Claim{ID: "a", Revision: 1})
	paths := []string{"sources", "sources[0]", "sources[3].quote", "caveats[1].text.uk", "translations.uk", "translations.\"xx\"", "scope.period", "aliases[2]", "nonsense"}
	var walk func(prefix string, typ reflect.Type)
	walk = func(prefix string, typ reflect.Type) {
		switch typ.Kind() {
		case reflect.Slice:
			walk(prefix+"[0]", typ.Elem())
		case reflect.Pointer:
			walk(prefix, typ.Elem())
		case reflect.Struct:
			for field := range typ.Fields() {
				if name, _, _ := strings.Cut(field.Tag.Get("json"), ","); name != "" {
					walk(strings.TrimPrefix(prefix+"."+name, "."), field.Type)
				}
			}
		}
		paths = append(paths, prefix)
	}
	walk("", reflect.TypeFor[knowledge.Claim]())
	for _, path := range paths {
		if id := form.FieldOf(path); fresh.Field(id) == nil && id != form.ReasonField || revision.Field(id) == nil {
			t.Errorf("%s leads to %q, which no form has", path, id)
		}
	}
	if len(paths) < 50 {
		t.Errorf("only %v", paths)
	}
}

// TestLimits: what the platforms take (Discord's limits, the narrowest), in every language.
func TestLimits(t *testing.T) {
	t.Parallel()
	f, _ := forms(t)
	for _, lang := range lexicon.Languages {
		all := []*chat.Form{f.Claim(lang, knowledge.Claim{}), f.Claim(lang, knowledge.Claim{ID: "a", Revision: 1}), f.Gap(lang, "0123", nil)}
		for _, c := range []chat.Command{chat.CommandClaimRetract, chat.CommandClaimHide, chat.CommandReject, chat.CommandApprove} {
			all = append(all, f.Reason(lang, c, "a", 1, true))
		}
		for _, one := range all {
			fits(t, lang, one)
		}
	}
}

func fits(t *testing.T, lang string, f *chat.Form) {
	t.Helper()
	text := func(what, s string, most int) {
		if n := utf8.RuneCountInString(s); n == 0 || n > most || strings.Contains(s, "_") || strings.ContainsFunc(s, unicode.IsDigit) {
			t.Errorf("%s in %s: %q has %d characters", what, lang, s, n)
		}
	}
	text("title", f.Title, 45)
	text("submit", f.Submit, 24)
	for _, p := range f.Pages {
		text("page", p, 45)
	}
	onPage, seen := map[int]int{}, map[string]bool{}
	for _, field := range f.Fields {
		text("label of "+field.ID, field.Label, 45)
		text("hint of "+field.ID, field.Hint, 100)
		if onPage[field.Page]++; onPage[field.Page] > 5 || field.Page >= len(f.Pages) || seen[field.ID] || field.Longest < 1 || field.Longest > 4000 || len(field.Choices) > 25 {
			t.Errorf("%s: %+v", lang, field)
		}
		seen[field.ID] = true
		for _, c := range field.Choices {
			if n := utf8.RuneCountInString(c.Label); n == 0 || n > 100 || len(c.Value) > 100 {
				t.Errorf("%s in %s: %+v", field.ID, lang, c)
			}
		}
	}
}

// TestLines: claims in one line, as they are understood. What isn't understood stays as it was typed, and has a problem.
func TestLines(t *testing.T) {
	t.Parallel()
	f, _ := forms(t)
	var out strings.Builder
	for _, typed := range []string{
		"UN HRMMU: at least 2,514 civilians killed in Ukraine in 2025 https://ukraine.ohchr.org/x",
		"According to the UN, 2,514 civilians were killed in Ukraine in 2025 (https://a.org/x).",
		"Zelensky says that about 55,000 Ukrainian soldiers have been killed",
		"Zelensky said in February 2026 that 46,000 Ukrainian soldiers were killed by 16 February 2025",
		"Міноборони РФ: 420 000–450 000 українських військових загинули з 24 лютого 2022 року https://mil.ru/1",
		"За даними ООН, у 2025 році в Україні загинули щонайменше 2514 цивільних.",
		"Медиазона: более 150 тысяч российских военных погибли",
		"По данным ООН, в 2025 году в Украине погибли не менее 2514 гражданских http://x.org",
		"Peskov: Russia will fight until decisions", "nearly 420,000 Russian soldiers killed or wounded in 2025", "Hegseth: 100 tanks",
		"Kuleba: 300 civilians killed in Bucha in March 2022", "From March 2022 to May 2025, 500 civilians were killed", "300 killed and 200 wounded",
		"The UN and Mediazona: 5,000 soldiers killed", "10% of soldiers", "100 civilians killed a day", "", "https://a.b https://c.d", "UN HRMMU:", "🔥",
	} {
		_, form := f.Read("en", f.Line("en", typed, today), knowledge.Claim{}, today)
		fmt.Fprintf(&out, "> %s\n", typed)
		for _, field := range form.Fields {
			if field.Value != "" || field.Problem != "" {
				fmt.Fprintf(&out, "%s\t%s\t%s\n", field.ID, field.Value, field.Problem)
			}
		}
		out.WriteByte('\n')
	}
	golden.Assert(t, out.String(), "lines.golden")
}

// TestRebase: what one form changes stays changed, and what the other version changed is taken over.
func TestRebase(t *testing.T) {
	t.Parallel()
	f, _ := forms(t)
	all := claims(t)
	was := all[slices.IndexFunc(all, func(c knowledge.Claim) bool { return !c.Figure.IsZero() && len(c.Sources) > 0 })]
	was.Revision = 1
	is := was
	is.Revision, is.Attribution.Venue = 2, "a briefing"
	mine := f.Claim("uk", was).With(map[string]string{"series": "mine"})
	c, _ := f.Read("en", f.Rebase("uk", mine, was, is), is, today)
	if c.Series != "mine" || c.Attribution.Venue != "a briefing" || c.Revision != 2 {
		t.Errorf("%+v", c)
	}
}

// TestNewSentence: translations of another sentence aren't kept.
func TestNewSentence(t *testing.T) {
	t.Parallel()
	f, _ := forms(t)
	all := claims(t)
	was := all[slices.IndexFunc(all, func(c knowledge.Claim) bool { return len(c.Translations) > 0 && c.Figure.IsZero() })]
	was.Revision = 1
	c, out := f.Read("en", f.Claim("en", was).With(map[string]string{"text": "It is another sentence."}), was, today)
	if len(c.Translations) > 0 || out.Value("in_uk") != "" {
		t.Errorf("%+v", c.Translations)
	}
}

// FuzzLine holds that no line makes the reader crash, that nothing is made up, and that what was read is read again alike.
func FuzzLine(f *testing.F) {
	for _, s := range []string{"UN HRMMU: at least 2,514 civilians killed in Ukraine in 2025 https://x.org", "За даними ООН, 5 осіб", ": :", "a://b", "Zelensky says that", "1–2; 3 (cases)"} {
		f.Add(s)
	}
	all, lex := forms(f)
	f.Fuzz(func(t *testing.T, s string) {
		is, once := all.Read("en", all.Line("en", s, today), knowledge.Claim{}, today)
		again, twice := all.Read("en", once, knowledge.Claim{}, today)
		if diff := cmp.Diff(once, twice); diff != "" {
			t.Errorf("%q:\n%s", s, diff)
		}
		if diff := cmp.Diff(is, again, cmpopts.EquateEmpty()); diff != "" && !once.Problems() {
			t.Errorf("%q:\n%s", s, diff)
		}
		if len(is.Sources) > 0 && !strings.Contains(s, is.Sources[0].URL) {
			t.Errorf("%q has the source %q", s, is.Sources[0].URL)
		}
		if slug := form.Slug(&is); len(slug) > 90 {
			t.Errorf("%q", slug)
		}
		is.ID = form.Slug(&is)
		if err := is.Validate(lex); err == nil && once.Problems() && !strings.Contains(s, "://") {
			t.Logf("%q is refused by the form alone", s)
		}
	})
}
