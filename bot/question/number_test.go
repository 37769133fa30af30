package question_test

import (
	"math"
	"strconv"
	"testing"
	"time"

	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// now is the moment of all questions here: a Monday in the autumn of 2026.
var now = time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)

func parser(t testing.TB) *question.Parser {
	t.Helper()
	l, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	return question.NewParser(l)
}

// first returns the first number that a statement asserts.
func first(q question.Question) *question.Quantity {
	for _, p := range q.Parts {
		if p.Quantity != nil {
			return p.Quantity
		}
	}
	return nil
}

// written writes a quantity with its bounds: "55000", "~55000" (about), "<~420000" (nearly), ">=5", ">5", "<=5",
// "<5", "50000..60000", "none".
func written(q *question.Quantity) string {
	if q == nil {
		return "none"
	}
	n := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	about := ""
	if q.About {
		about = "~"
	}
	equal := "="
	if q.Strict {
		equal = ""
	}
	switch {
	case q.Near:
		return "<~" + n(q.High)
	case q.Range && !math.IsInf(q.High, 1):
		return about + n(q.Low) + ".." + n(q.High)
	case math.IsInf(q.High, 1):
		return ">" + equal + about + n(q.Low)
	case math.IsInf(q.Low, -1):
		return "<" + equal + about + n(q.High)
	case q.Low != q.High:
		return n(q.Low) + "?" + n(q.High)
	}
	return about + n(q.Value)
}

type numberCase struct{ text, want string }

// checkNumbers reads "<text> soldiers were killed", in the language of the text, and compares the number.
func checkNumbers(t *testing.T, rest string, cases []numberCase) {
	t.Helper()
	p := parser(t)
	for _, test := range cases {
		t.Run(test.text, func(t *testing.T) {
			t.Parallel()
			text := test.text + rest
			if got := written(first(p.Check(text, now))); got != test.want {
				t.Errorf("%q: %s, want %s", text, got, test.want)
			}
		})
	}
}

func TestDigits(t *testing.T) {
	t.Parallel()
	checkNumbers(t, " soldiers were killed", []numberCase{
		{"55,000", "55000"},
		{"55.000", "55000"},
		{"55'000", "55000"},
		{"55’000", "55000"},
		{"55 000", "55000"},
		{"55\u00a0000", "55000"},
		{"55\u202f000", "55000"},
		{"55\u2009000", "55000"},
		{"1 234 567", "1234567"},
		{"1,234,567", "1234567"},
		{"1.234.567", "1234567"},
		{"55000", "55000"},
		{"55k", "55000"},
		{"55K", "55000"},
		{"55 k", "55000"},
		{"0.42 million", "420000"},
		{"0.42m", "420000"},
		{"2.514 million", "2514000"},
		{"1.5 thousand", "1500"},
		{"420 thousand", "420000"},
		{"5 hundred thousand", "500000"},
		{"2 billion", "2000000000"},
		{"٥٥٬٠٠٠", "55000"},
		{"٥٥٠٠٠", "55000"},
		{"５５，０００", "55000"},
		{"𝟓𝟓,𝟎𝟎𝟎", "55000"},
		{"5\u200b5,0\u202e00", "55000"},
		{"5S,000", "none"},
		{"S5,000", "none"},
		{"5o,ooo", "none"},
		{"55x000", "none"},
		{"O", "none"},
		{"12", "12"},
		{"2025", "2025"},
		{"2,025", "2025"},
		{"7", "7"},
	})
}

func TestDigitsInCyrillic(t *testing.T) {
	t.Parallel()
	checkNumbers(t, " військових загинуло", []numberCase{
		{"55 тис.", "55000"},
		{"55тис.", "55000"},
		{"55 тисяч", "55000"},
		{"55 000", "55000"},
		{"55.000", "55000"},
		{"1,2 тис.", "1200"},
		{"0,42 млн", "420000"},
		{"0,42 мільйона", "420000"},
		{"55к", "55000"},
	})
	checkNumbers(t, " солдат погибло", []numberCase{
		{"1,2 тыс.", "1200"},
		{"420 тыс", "420000"},
		{"420тыс.", "420000"},
		{"0,42 миллиона", "420000"},
		{"55 тысяч", "55000"},
	})
}

func TestNoNumbers(t *testing.T) {
	t.Parallel()
	checkNumbers(t, "", []numberCase{
		{"2 give up land", "none"},
		{"One of them says that soldiers were killed", "none"},
		{"The two sides negotiate", "none"},
		{"Civilians were killed in 2025", "none"},
		{"Civilians were killed in 2024 and 2025", "none"},
		{"У 2025 році загинули цивільні", "none"},
		{"В 2025-м погибли мирные жители", "none"},
		{"Civilians were killed on 12 January 2026", "none"},
		{"12 січня 2026 року загинули військові", "none"},
		{"Soldiers were killed during World War 2", "none"},
		{"Soldiers were killed", "none"},
	})
}
