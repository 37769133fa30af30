package question_test

import (
	"testing"
	"time"

	"github.com/whosays/whosays/bot/question"
)

// dates writes a period: "open", "whole", "other", "until" and the first day after it, or its days from (inclusive) to (exclusive).
func dates(p question.Period) string {
	switch p.Kind {
	case question.PeriodOpen:
		return "open"
	case question.PeriodWhole:
		return "whole"
	case question.PeriodUntil:
		return "until " + p.To.Format(time.DateOnly)
	case question.PeriodOther:
		return "other"
	}
	return p.From.Format(time.DateOnly) + " " + p.To.Format(time.DateOnly)
}

type periodCase struct{ text, want string }

const (
	year2024 = "2024-01-01 2025-01-01"
	year2025 = "2025-01-01 2026-01-01"
	year2026 = "2026-01-01 2027-01-01"
	january  = "2026-01-01 2026-02-01"
)

func checkPeriods(t *testing.T, cases []periodCase) {
	t.Helper()
	p := parser(t)
	for _, test := range cases {
		t.Run(test.text, func(t *testing.T) {
			t.Parallel()
			q := p.Ask(test.text, now)
			if len(q.Parts) != 1 {
				t.Fatalf("%d parts", len(q.Parts))
			}
			if got := dates(q.Parts[0].Period); got != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
		})
	}
}

func TestPeriodsInEnglish(t *testing.T) {
	t.Parallel()
	checkPeriods(t, []periodCase{
		{"How many civilians were killed?", "open"},
		{"How many civilians were killed in 2025?", year2025},
		{"How many civilians were killed in 2025 alone?", year2025},
		{"How many civilians were killed last year?", year2025},
		{"How many civilians were killed this year?", year2026},
		{"How many civilians were killed in 2024–2025?", "2024-01-01 2026-01-01"},
		{"How many civilians were killed in 2024-25?", "2024-01-01 2026-01-01"},
		{"How many civilians were killed in January 2026?", january},
		{"How many civilians were killed in Jan 2026?", january},
		{"How many civilians were killed in January?", january},
		{"How many civilians were killed in December?", "2025-12-01 2026-01-01"},
		{"How many civilians were killed in 2026-01?", january},
		{"How many civilians were killed on 12 January 2026?", "2026-01-12 2026-01-13"},
		{"How many civilians were killed on 12.01.2026?", "2026-01-12 2026-01-13"},
		{"How many civilians were killed last month?", "2026-10-01 2026-11-01"},
		{"How many civilians were killed this month?", "2026-11-01 2026-12-01"},
		{"How many civilians were killed since 2022?", "whole"},
		{"How many civilians were killed since the invasion?", "whole"},
		{"How many civilians were killed since the war began?", "whole"},
		{"How many civilians were killed during the war?", "whole"},
		{"How many civilians were killed so far?", "whole"},
		{"How many civilians were killed to date?", "whole"},
		{"How many civilians were killed since 2024?", "2024-01-01 2026-11-23"},
		{"How many civilians were killed in the first half of 2025?", "other"},
		{"How many civilians were killed in summer 2025?", "other"},
		{"How many civilians were killed before 2025?", "until 2025-01-01"},
		{"How many civilians were killed yesterday?", "other"},
		{"How many civilians may have been killed?", "open"},
	})
}

func TestPeriodsInUkrainian(t *testing.T) {
	t.Parallel()
	checkPeriods(t, []periodCase{
		{"Скільки цивільних загинуло торік?", year2025},
		{"Скільки цивільних загинуло минулого року?", year2025},
		{"Скільки цивільних загинуло цього року?", year2026},
		{"Скільки цивільних загинуло позаторік?", year2024},
		{"Скільки цивільних загинуло у 2025 році?", year2025},
		{"Скільки цивільних загинуло за 2025 рік?", year2025},
		{"Скільки цивільних загинуло у 2025-му?", year2025},
		{"Скільки цивільних загинуло протягом 2025-го?", year2025},
		{"Скільки цивільних загинуло у січні 2026 року?", january},
		{"Скільки цивільних загинуло у січні?", january},
		{"Скільки цивільних загинуло 12 січня 2026 року?", "2026-01-12 2026-01-13"},
		{"Скільки цивільних загинуло минулого місяця?", "2026-10-01 2026-11-01"},
		{"Скільки цивільних загинуло за час війни?", "whole"},
		{"Скільки цивільних загинуло від початку війни?", "whole"},
		{"Скільки цивільних загинуло з початку вторгнення?", "whole"},
		{"Скільки всього загинуло цивільних?", "whole"},
		{"Скільки цивільних загинуло в першій половині 2025 року?", "other"},
		{"Скільки цивільних загинуло влітку?", "other"},
		{"Скільки цивільних загинуло?", "open"},
	})
}

func TestPeriodsInRussian(t *testing.T) {
	t.Parallel()
	checkPeriods(t, []periodCase{
		{"Сколько гражданских погибло в прошлом году?", year2025},
		{"Сколько гражданских погибло в этом году?", year2026},
		{"Сколько гражданских погибло в позапрошлом году?", year2024},
		{"Сколько гражданских погибло в 2025 году?", year2025},
		{"Сколько гражданских погибло за 2025-й?", year2025},
		{"Сколько гражданских погибло в 2025-м?", year2025},
		{"Сколько гражданских погибло в январе 2026 года?", january},
		{"Сколько гражданских погибло 12 января 2026 года?", "2026-01-12 2026-01-13"},
		{"Сколько гражданских погибло в прошлом месяце?", "2026-10-01 2026-11-01"},
		{"Сколько гражданских погибло за время войны?", "whole"},
		{"Сколько гражданских погибло с начала войны?", "whole"},
		{"Сколько гражданских погибло с начала вторжения?", "whole"},
		{"Сколько гражданских погибло за всё время?", "whole"},
		{"Сколько гражданских погибло в первой половине 2025 года?", "other"},
		{"Сколько гражданских погибло вчера?", "other"},
		{"Сколько гражданских погибло?", "open"},
	})
}

// "That year" is the one named before it, in a statement with several parts as well.
func TestThatYear(t *testing.T) {
	t.Parallel()
	q := parser(t).Check("In 2024 3,000 civilians were killed and 9,000 were injured that year. In 2025 2,514 were killed.", now)
	var got []string
	for _, p := range q.Parts {
		got = append(got, dates(p.Period))
	}
	want := []string{year2024, year2024, year2025}
	if len(got) != len(want) || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
		t.Errorf("%v, want %v", got, want)
	}
}

// A year is one at any moment: relative words follow the clock, named years don't.
func TestRelativeToNow(t *testing.T) {
	t.Parallel()
	p := parser(t)
	for at, want := range map[time.Time]string{
		time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC):     year2025,
		time.Date(2026, 12, 31, 23, 59, 0, 0, time.UTC): year2025,
		time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC):     year2026,
	} {
		if got := dates(p.Ask("How many were killed last year?", at).Parts[0].Period); got != want {
			t.Errorf("on %s last year is %s", at.Format(time.DateOnly), got)
		}
		if got := dates(p.Ask("How many were killed in 2024?", at).Parts[0].Period); got != year2024 {
			t.Errorf("on %s 2024 is %s", at.Format(time.DateOnly), got)
		}
	}
	january := time.Date(2026, 1, 10, 0, 0, 0, 0, time.UTC)
	if got := dates(p.Ask("How many were killed last month?", january).Parts[0].Period); got != "2025-12-01 2026-01-01" {
		t.Errorf("in January last month is %s", got)
	}
}
