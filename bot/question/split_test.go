package question_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/question"
)

// scope writes what a part is about: side, group, metric, number, and whom it names as the source. What it
// leaves open is "-".
func scope(p question.Part) string {
	or := func(s string) string {
		if s == "" {
			return "-"
		}
		return s
	}
	out := []string{or(p.Party), or(p.Group), or(p.Metric)}
	if p.Quantity != nil {
		out = append(out, written(p.Quantity))
	}
	if p.Place != "" {
		out = append(out, "@"+p.Place)
	}
	for _, id := range p.Claimants {
		out = append(out, "says "+id)
	}
	if p.Zero {
		out = append(out, "none")
	}
	if p.Negated && !p.Zero {
		out = append(out, "denied")
	}
	return strings.Join(out, " ")
}

func scopes(q question.Question) []string {
	out := []string{}
	for _, p := range q.Parts {
		out = append(out, scope(p))
	}
	return out
}

type partsCase struct {
	name, text string
	want       []string
}

func checkParts(t *testing.T, read func(string) question.Question, cases []partsCase) {
	t.Helper()
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, scopes(read(test.text))); diff != "" {
				t.Errorf("%q (-want +got):\n%s", test.text, diff)
			}
		})
	}
}

func asks(t *testing.T) func(string) question.Question {
	p := parser(t)
	return func(text string) question.Question { return p.Ask(text, now) }
}

func checks(t *testing.T) func(string) question.Question {
	p := parser(t)
	return func(text string) question.Question { return p.Check(text, now) }
}

func TestCompoundQuestions(t *testing.T) {
	t.Parallel()
	checkParts(t, asks(t), []partsCase{
		{"one", "How many Ukrainian soldiers were killed?", []string{"ukraine soldiers killed"}},
		{"two sides", "How many Ukrainian and Russian soldiers were killed?", []string{"ukraine soldiers killed", "russia soldiers killed"}},
		{"both sides", "How many soldiers were killed on both sides?", []string{"russia soldiers killed", "ukraine soldiers killed"}},
		{"two groups", "How many dead soldiers and civilians?", []string{"- soldiers killed", "- civilians killed"}},
		{"two metrics are one count", "How many Russian soldiers were killed or wounded?", []string{"russia soldiers killed_or_wounded"}},
		{"a second question", "How many civilians were killed and how many were injured?", []string{"- civilians killed", "- civilians wounded"}},
		{"two sentences", "How many civilians died? And how many Russian soldiers?", []string{"- civilians killed", "russia soldiers killed"}},
		{"what stands around it", "Hi there! I was wondering. How many civilians were killed? Thanks", []string{"- civilians killed"}},
		{"narrowed behind it", "How many Russian losses were there in 2025? Only the dead.", []string{"russia - killed"}},
		{"a number and a talk", "How many civilians were killed, and where do the talks stand?", []string{"- civilians killed", "- - -"}},
		{"left out", "How many were killed, without the wounded?", []string{"- - killed"}},
		{"without", "Скільки поранених, без загиблих?", []string{"- - wounded"}},
		{"Ukrainian", "Скільки цивільних загинуло і скільки поранено?", []string{"- civilians killed", "- civilians wounded"}},
		{"Ukrainian sides", "Скільки російських та українських військових загинуло?", []string{"russia soldiers killed", "ukraine soldiers killed"}},
		{"Russian", "Сколько гражданских погибло и сколько ранено?", []string{"- civilians killed", "- civilians wounded"}},
	})
}

func TestSeveralAssertions(t *testing.T) {
	t.Parallel()
	checkParts(t, checks(t), []partsCase{
		{"one", "55,000 Ukrainian soldiers have been killed.", []string{"ukraine soldiers killed 55000"}},
		{"the second leaves out whom", "2,514 civilians were killed and 12,142 injured in Ukraine in 2025.", []string{"- civilians killed 2514", "- civilians wounded 12142 @ukraine"}},
		{"another", "2,514 civilians were killed, and another 12,142 were injured.", []string{"- civilians killed 2514", "- civilians wounded 12142"}},
		{"the first leaves out what", "420,000 Russian and 55,000 Ukrainian soldiers were killed.", []string{"russia soldiers killed 420000", "ukraine soldiers killed 55000"}},
		{"while", "55,000 Ukrainian soldiers were killed, while 420,000 Russian soldiers were killed or wounded.", []string{"ukraine soldiers killed 55000", "russia soldiers killed_or_wounded 420000"}},
		{"two sentences", "55,000 Ukrainians died. Russia lost 420,000 soldiers.", []string{"ukraine - killed 55000", "russia soldiers losses 420000"}},
		{"an abbreviation ends no sentence", "55 тис. українських військових загинули.", []string{"ukraine soldiers killed 55000"}},
		{"a range is one", "50,000-60,000 Ukrainian soldiers were killed.", []string{"ukraine soldiers killed 50000..60000"}},
		{"none", "No civilians were killed.", []string{"- civilians killed none"}},
		{"denied", "It is not true that 55,000 Ukrainian soldiers were killed.", []string{"ukraine soldiers killed 55000 denied"}},
		{"a source behind", "2,514 civilians were killed and 12,142 injured, the UN reports.", []string{"- civilians killed 2514 says un", "- civilians wounded 12142 says un"}},
		{"a source in front", "According to the UN, 2,514 civilians were killed and 12,142 injured.", []string{"- civilians killed 2514 says un", "- civilians wounded 12142 says un"}},
		{"Ukrainian", "Загинули 2514 цивільних, а 12 142 поранено.", []string{"- civilians killed 2514", "- civilians wounded 12142"}},
		{"Russian", "Погибли 2514 мирных жителей, а ранены 12 142.", []string{"- civilians killed 2514", "- civilians wounded 12142"}},
		{"a line for each", "2,514 civilians were killed;\n12,142 civilians were injured", []string{"- civilians killed 2514", "- civilians wounded 12142"}},
		{"nothing", "💥", []string{}},
	})
}

// Links and markup assert nothing.
func TestMarkupAssertsNothing(t *testing.T) {
	t.Parallel()
	p := parser(t)
	for text, want := range map[string]string{
		"<b>55,000</b> Ukrainian soldiers were killed":                        "ukraine soldiers killed 55000",
		"https://x.org/420000-killed 55,000 Ukrainian soldiers were killed":   "ukraine soldiers killed 55000",
		"55,000 Ukrainian soldiers were killed (http://x.org/a?b=420,000)":    "ukraine soldiers killed 55000",
		"<@U420000> 55,000 Ukrainian soldiers were killed":                    "ukraine soldiers killed 55000",
		"Killed < 60,000 but > 50,000":                                        "- - killed 60000",
		"[55,000](https://x.org/420000) Ukrainian soldiers **were** `killed`": "ukraine soldiers killed 55000",
	} {
		q := p.Check(text, now)
		if len(q.Parts) == 0 || scope(q.Parts[0]) != want {
			t.Errorf("%q: %v, want %s", text, scopes(q), want)
		}
		for _, part := range q.Parts {
			if strings.Contains(part.Text, "://") {
				t.Errorf("%q: a link is left in %q", text, part.Text)
			}
		}
	}
}
