package question_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/question"
)

func TestWishes(t *testing.T) {
	t.Parallel()
	p := parser(t)
	for want, texts := range map[question.Wish][]string{
		question.WishNone: {
			"How many Ukrainian soldiers have been killed?", "Which figures can be trusted?", "Has Russia changed its demands?",
			"Who is right about the plant?", "Скільки військових загинуло?", "Верно ли, что погибло 55 000 военных?",
		},
		question.Arithmetic: {
			"What's the kill ratio?", "What's the average?", "What is 55,000 plus 420,000?", "Average number of Ukrainian soldiers killed?",
			"Яке співвідношення втрат?", "Каково соотношение потерь?", "Сколько в среднем?",
		},
		question.Judgement: {
			"Which is right?", "Who is right, Zelensky or CSIS?", "Which figure of Ukrainian soldiers killed is correct?", "Which number should I believe?",
			"Хто має рацію?", "Яка цифра загиблих правильна?", "Кто прав?", "Какой цифре погибших верить?",
		},
		question.Change: {
			"How has Zelenskyy's figure changed?", "How did the number of Ukrainian soldiers killed change over time?", "What is the history of the UN's count of civilians killed?",
			"Як змінювалася цифра Зеленського?", "Как менялась цифра Зеленского?", "Насколько выросло число погибших украинских военных?",
		},
	} {
		for _, text := range texts {
			if got := p.Ask(text, now).Wish; got != want {
				t.Errorf("%q: wish %d, want %d", text, got, want)
			}
		}
	}
}

// A question about figures that names none is about the usual ones: of each side, or of whoever is named.
func TestTheUsualScope(t *testing.T) {
	t.Parallel()
	p := parser(t)
	for text, want := range map[string][]string{
		"Which is right?":                                 {"russia soldiers killed", "ukraine soldiers killed"},
		"What was known in January 2025?":                 {"russia soldiers killed", "ukraine soldiers killed"},
		"What's the kill ratio?":                          {"russia soldiers killed", "ukraine soldiers killed"},
		"Що було відомо в січні 2025 року?":               {"russia soldiers killed", "ukraine soldiers killed"},
		"Как менялась цифра?":                             {"russia soldiers killed", "ukraine soldiers killed"},
		"How has Zelenskyy's figure changed?":             {"  killed"},
		"Which is right, CSIS or Mediazona?":              {"  killed"},
		"What was known in 2024 about wounded civilians?": nil,
	} {
		var got []string
		for _, part := range p.Ask(text, now).Parts {
			if part.Assumed {
				got = append(got, part.Party+" "+part.Group+" "+part.Metric)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func TestWhenItWasSaidAndKnown(t *testing.T) {
	t.Parallel()
	p := parser(t)
	for _, test := range []struct{ text, period, said, asOf string }{
		{"What was known in January 2025 about Ukrainian soldiers killed?", "until 2025-02-01", "open", "2025-02-01"},
		{"How many Ukrainian soldiers had been killed as of January 2025?", "until 2025-02-01", "open", ""},
		{"How many Ukrainian soldiers had been killed by the end of 2024?", "until 2025-01-01", "open", ""},
		{"How many Ukrainian soldiers had been killed as of 4 February 2026?", "until 2026-02-05", "open", ""},
		{"How many Ukrainian soldiers had been killed as of February 4, 2026?", "until 2026-02-05", "open", ""},
		{"How many Ukrainian soldiers had been killed as of 2026-02-04?", "until 2026-02-05", "open", ""},
		{"How many Ukrainian soldiers did Zelensky say in December 2024 were killed?", "open", "2024-12-01 2025-01-01", ""},
		{"How many civilians were killed in 2025, says the UN?", "2025-01-01 2026-01-01", "open", ""},
		{"Скільки українських військових загинуло станом на січень 2025 року?", "until 2025-02-01", "open", ""},
		{"Сколько украинских военных погибло по состоянию на январь 2025 года?", "until 2025-02-01", "open", ""},
	} {
		parts := p.Ask(test.text, now).Parts
		if len(parts) != 1 {
			t.Errorf("%q: %d parts", test.text, len(parts))
			continue
		}
		asOf := ""
		if !parts[0].AsOf.IsZero() {
			asOf = parts[0].AsOf.Format(time.DateOnly)
		}
		got := []string{dates(parts[0].Period), dates(parts[0].Said), asOf}
		if diff := cmp.Diff([]string{test.period, test.said, test.asOf}, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}
