package question_test

import (
	"testing"

	"github.com/whosays/whosays/bot/question"
)

func TestBounds(t *testing.T) {
	t.Parallel()
	checkNumbers(t, " soldiers were killed", []numberCase{
		{"More than 2,500", ">2500"},
		{"Over 420,000", ">420000"},
		{"In excess of 420,000", ">420000"},
		{"Nearly 420,000", "<~420000"},
		{"Almost 420 thousand", "<~420000"},
		{"Just under 420k", "<~420000"},
		{"Up to 60,000", "<=60000"},
		{"No more than 60,000", "<=60000"},
		{"Fewer than 3,000", "<3000"},
		{"Less than three thousand", "<3000"},
		{"At least 2,500", ">=2500"},
		{"No fewer than 2,500", ">=2500"},
		{"2500+", ">=2500"},
		{"2,500 or more", ">=2500"},
		{"About 12,000", "~12000"},
		{"Approximately 55,000", "~55000"},
		{"Some 55,000", "~55000"},
		{"50,000–60,000", "50000..60000"},
		{"50,000-60,000", "50000..60000"},
		{"50-60 thousand", "50000..60000"},
		{"50–60k", "50000..60000"},
		{"Between 50,000 and 60,000", "50000..60000"},
		{"Between fifty and sixty thousand", "50000..60000"},
		{"From 50,000 to 60,000", "50000..60000"},
	})
	checkNumbers(t, " російських військових загинуло", []numberCase{
		{"Більше 2500", ">2500"},
		{"Понад 420 тисяч", ">420000"},
		{"Більш ніж 2500", ">2500"},
		{"Майже 420 000", "<~420000"},
		{"До 60 тисяч", "<=60000"},
		{"Менше 3000", "<3000"},
		{"Щонайменше 2500", ">=2500"},
		{"Не менше 2500", ">=2500"},
		{"Не більше 60 тисяч", "<=60000"},
		{"Близько 55 тисяч", "~55000"},
		{"50–60 тисяч", "50000..60000"},
		{"50-60 тис.", "50000..60000"},
		{"Від 50 до 60 тисяч", "50000..60000"},
		{"Між 50 і 60 тисячами", "50000..60000"},
	})
	checkNumbers(t, " российских солдат погибло", []numberCase{
		{"Более 2500", ">2500"},
		{"Свыше 420 тысяч", ">420000"},
		{"Больше чем 2500", ">2500"},
		{"Почти 420 000", "<~420000"},
		{"До 60 тысяч", "<=60000"},
		{"Менее 3000", "<3000"},
		{"Не менее 2500", ">=2500"},
		{"По меньшей мере 2500", ">=2500"},
		{"Не более 60 тысяч", "<=60000"},
		{"Около 55 тысяч", "~55000"},
		{"50–60 тыс.", "50000..60000"},
		{"От 50 до 60 тысяч", "50000..60000"},
		{"Между 50 и 60 тысячами", "50000..60000"},
	})
}

func TestDeniedBounds(t *testing.T) {
	t.Parallel()
	checkNumbers(t, "", []numberCase{
		{"Russian losses did not exceed 420,000", "<=420000"},
		{"Russian losses exceeded 420,000", ">420000"},
		{"Not less than 2,500 civilians were killed", ">=2500"},
		{"Втрати не перевищили 420 тисяч", "<=420000"},
		{"Потери превысили 420 тысяч", ">420000"},
	})
}

// Step is how exactly a number is written: the check takes round numbers for rounded ones.
func TestStep(t *testing.T) {
	t.Parallel()
	p := parser(t)
	for text, want := range map[string]float64{
		"55,000": 1000, "55k": 1000, "55 thousand": 1000, "54,321": 1, "420,000": 10000, "2,500": 100, "0.42 million": 10000,
		"fifty-five thousand": 1000, "half a million": 1e6, "2514": 1,
	} {
		q := first(p.Check(text+" soldiers were killed", now))
		if q == nil || q.Step < want*0.999 || q.Step > want*1.001 {
			t.Errorf("%s: %+v, want a step of %v", text, q, want)
		}
	}
}

// What isn't a count of the base's units is a number, but of something else.
func TestOtherUnits(t *testing.T) {
	t.Parallel()
	p := parser(t)
	for _, text := range []string{
		"55% of soldiers were killed", "$55,000 was paid", "The war has cost 55 billion dollars", "Ukraine lost 420 tanks",
		"Втрачено 420 танків", "Потеряно 420 самолётов",
	} {
		for _, part := range p.Check(text, now).Parts {
			if part.Quantity != nil && !part.Alien {
				t.Errorf("%q: %s of what the base counts", text, written(part.Quantity))
			}
		}
	}
}

// A question may hold a number as well: it is what the asker wants to hear about.
func TestNumbersInQuestions(t *testing.T) {
	t.Parallel()
	p := parser(t)
	for text, want := range map[string]string{
		"Is it true that 55,000 Ukrainian soldiers were killed?": "55000",
		"Who says 55 тис.?":                         "55000",
		"Звідки цифра 420 тисяч?":                   "420000",
		"How many civilians were killed in 2025?":   "none",
		"Сколько погибло в январе 2026 года?":       "none",
		"Did more than 2,500 civilians die in 2025": ">2500",
	} {
		if got := written(first(p.Ask(text, now))); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestUnreadable(t *testing.T) {
	t.Parallel()
	p := parser(t)
	for text, want := range map[string]bool{
		"5S,000 soldiers were killed": true, "55,000 soldiers were killed": false, "Q7 jets": true, "Загинуло 5О0О військових": true,
	} {
		got := false
		for _, part := range p.Check(text, now).Parts {
			got = got || part.Unreadable
		}
		if got != want {
			t.Errorf("%q: unreadable %v", text, got)
		}
	}
	if q := (question.Quantity{}); written(&q) != "0" {
		t.Errorf("the zero Quantity is %s", written(&q))
	}
}
