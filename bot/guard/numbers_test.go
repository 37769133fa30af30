package guard

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// shown writes tokens as "55000", "2025-12-31", or "?" and the words where there is no value.
func shown(text string, toks []token) []string {
	out := []string{}
	for _, tok := range toks {
		switch tok.kind {
		case exact:
			s := fmt.Sprintf("%.0f", float64(tok.num.mant)*math.Pow10(tok.num.exp))
			if tok.num.exp < 0 {
				s = fmt.Sprintf("%g", float64(tok.num.mant)*math.Pow10(tok.num.exp))
			}
			if tok.weak {
				s += "~"
			}
			out = append(out, s)
		case calendar:
			out = append(out, tok.date.String())
		case unread:
			out = append(out, "?"+text[tok.start:tok.end])
		}
	}
	return out
}

func TestReadDigits(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text string
		want []string
	}{
		"none":                    {"no number at all", []string{}},
		"plain":                   {"55000 soldiers", []string{"55000"}},
		"comma":                   {"55,000", []string{"55000"}},
		"dot":                     {"55.000", []string{"55000"}},
		"space":                   {"55 000", []string{"55000"}},
		"no-break space":          {"55\u00a0000", []string{"55000"}},
		"narrow no-break space":   {"55\u202f000", []string{"55000"}},
		"thin space":              {"55\u2009000", []string{"55000"}},
		"apostrophe":              {"55'000", []string{"55000"}},
		"curly apostrophe":        {"55’000", []string{"55000"}},
		"two groups":              {"1,234,567", []string{"1234567"}},
		"end of a sentence":       {"It was 55,000. Then 2025.", []string{"55000", "2025"}},
		"decimal point":           {"2.5 and 2,5", []string{"2.5", "2.5"}},
		"groups and decimals":     {"2.514,5", []string{"2514.5"}},
		"zeros behind the point":  {"55,000.00", []string{"55000"}},
		"Arabic-Indic":            {"٥٥٬٠٠٠", []string{"55000"}},
		"Arabic decimal":          {"٥٫٥", []string{"5.5"}},
		"Persian":                 {"۵۵۰۰۰", []string{"55000"}},
		"Devanagari":              {"५५०००", []string{"55000"}},
		"full width":              {"５５，０００", []string{"55000"}},
		"mathematical bold":       {"𝟓𝟓𝟎𝟎𝟎", []string{"55000"}},
		"scripts mixed":           {"5٥000", []string{"?5٥000"}},
		"fractions":               {"½ of them, 2½", []string{"?½", "?2½"}},
		"superscript":             {"km² and note¹", []string{"?km²", "?note¹"}},
		"Roman numeral character": {"World War Ⅱ", []string{"?Ⅱ"}},
		"a month in one sign":     {"㋀ 🔟", []string{"?㋀", "?🔟"}},
		"letters in it":           {"5S,000", []string{"?5S,000"}},
		"letters in front":        {"G7 and Su27", []string{"?G7", "?Su27"}},
		"underscore":              {"55_000", []string{"?55_000"}},
		"leading zero":            {"0.420 and 00055", []string{"?0.420", "?00055"}},
		"a day with a zero":       {"05 February", []string{"5"}},
		"zero point":              {"0.42 million", []string{"420000"}},
		"three decimals":          {"1,234.567", []string{"?1,234.567"}},
		"bad group":               {"55,0000", []string{"?55,0000"}},
		"groups that differ":      {"1.234,567", []string{"?1.234,567"}},
		"list":                    {"1, 2, 3", []string{"1", "2", "3"}},
		"fraction in digits":      {"1/3 of", []string{"?1/3"}},
		"hour":                    {"at 09:30", []string{"?09:30"}},
		"begins with a point":     {"killed.55", []string{"?.55"}},
		"nineteen digits":         {"1234567890123456789", []string{"?1234567890123456789"}},
		"ordinal":                 {"20th, 55-й", []string{"20", "55"}},
		"decade":                  {"the 1990s", []string{"?1990s"}},
		"combining mark":          {"5\u03055,000", []string{"?5\u03055,000"}},
		"enclosing keycap":        {"5\u20e3", []string{"?5\u20e3"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var r reader
			if diff := cmp.Diff(tt.want, shown(tt.text, r.read(tt.text))); diff != "" {
				t.Errorf("read(%q) (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

func TestReadMagnitudes(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text string
		want []string
	}{
		"suffix":                   {"55k, 2.5M", []string{"55000", "2500000"}},
		"Cyrillic suffix":          {"55к", []string{"?55к"}},
		"suffix apart":             {"500 m", []string{"?500 m"}},
		"suffix and more":          {"55k2", []string{"?55k2"}},
		"Ukrainian":                {"55 тис. вбитих, 1,5 млн", []string{"55000", "1500000"}},
		"Russian":                  {"55 тыс., 2 миллиона, 3 млрд", []string{"55000", "2000000", "3000000000"}},
		"no space":                 {"55тис.", []string{"55000"}},
		"another case":             {"понад 55 тисячами", []string{"?55 тисячами"}},
		"hundred and dozen":        {"5 hundred, 2 dozen", []string{"?5 hundred", "?2 dozen"}},
		"two magnitudes":           {"5 thousand million", []string{"?5 thousand million"}},
		"and something more":       {"55 thousand 300", []string{"?55 thousand 300"}},
		"range":                    {"100–140 тис.", []string{"100000", "140000"}},
		"range with hyphen":        {"100-140k", []string{"100000", "140000"}},
		"range with spaces":        {"100 — 140 thousand", []string{"100000", "140000"}},
		"range, each its own":      {"100k–140k", []string{"100000", "140000"}},
		"range of plain numbers":   {"275,000–325,000", []string{"275000", "325000"}},
		"range with decimals":      {"1.5–2 million", []string{"?1.5–2 million"}},
		"range of a year":          {"2025–100 тис.", []string{"?2025–100 тис"}},
		"range cut short":          {"50–70,000", []string{"50~", "70000"}},
		"range in words":           {"100 to 140 thousand", []string{"?100 to 140 thousand", "140000"}},
		"year and a vague amount":  {"in 2025 thousands fled", []string{"?2025 thousands"}},
		"magnitude in a new line":  {"55\nthousand", []string{"55000"}},
		"too far from the number":  {"55  thousand", []string{"?55  thousand"}},
		"stress mark":              {"55 мільйо\u0301нів", []string{"?55 мільйо\u0301нів"}},
		"decomposed letter":        {"55 міл\u044cи\u0306онів", []string{"55000000"}},
		"capital and Kelvin signs": {"55\u212a, 2 THOUSAND", []string{"55000", "2000"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var r reader
			if diff := cmp.Diff(tt.want, shown(tt.text, r.read(tt.text))); diff != "" {
				t.Errorf("read(%q) (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

func TestReadDates(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text string
		want []string
	}{
		"ISO":               {"2025-12-31", []string{"2025-12-31"}},
		"ISO month":         {"since 2022-02.", []string{"2022-02"}},
		"dots":              {"31.12.2025", []string{"2025-12-31"}},
		"slashes":           {"4/2/2026", []string{"2026-02-04"}},
		"month and year":    {"12.2025", []string{"2025-12"}},
		"American":          {"12/31/2025", []string{"?12/31/2025"}},
		"short year":        {"31.12.25", []string{"?31.12.25"}},
		"seasons":           {"2024-25", []string{"?2024-25"}},
		"with a time":       {"2025-12-31T09:00", []string{"?2025-12-31T09:00"}},
		"words":             {"31 December 2025", []string{"31", "2025"}},
		"years":             {"2022–2025", []string{"2022", "2025"}},
		"version":           {"192.168.1.1", []string{"?192.168.1.1"}},
		"number, not a day": {"45.2014", []string{"?45.2014"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var r reader
			if diff := cmp.Diff(tt.want, shown(tt.text, r.read(tt.text))); diff != "" {
				t.Errorf("read(%q) (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

func TestReadWords(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text string
		want []string
	}{
		"small words":            {"one, two of both, the first three, дві сторони, один", []string{}},
		"compound":               {"fifty-five thousand", []string{"55000"}},
		"spaces":                 {"Fifty five thousand", []string{"55000"}},
		"long":                   {"four hundred and twenty thousand", []string{"420000"}},
		"to the last unit":       {"two thousand five hundred and fourteen", []string{"2514"}},
		"and between two":        {"twenty and thirty", []string{"20", "30"}},
		"Ukrainian":              {"п'ятдесят п'ять тисяч", []string{"55000"}},
		"curly apostrophe":       {"П’ятдесят", []string{"50"}},
		"letter apostrophe":      {"пʼятсот", []string{"500"}},
		"Russian":                {"четыреста двадцать тысяч", []string{"420000"}},
		"genitive":               {"двух тысяч пятисот четырнадцати", []string{"2514"}},
		"a hundred":              {"a hundred", []string{"?hundred"}},
		"half a million":         {"half a million", []string{"?million"}},
		"vague":                  {"tens of thousands, dozens", []string{"?tens", "?thousands", "?dozens"}},
		"vague, Ukrainian":       {"сотні тисяч, десятки, півмільйона", []string{"?сотні тисяч", "?десятки", "?півмільйона"}},
		"vague, Russian":         {"сотня, полсотни, стотысячный", []string{"?сотня", "?полсотни", "?стотысячный"}},
		"other cases":            {"п'ятьмастами, двумстам", []string{"?п'ятьмастами", "?двумстам"}},
		"ordinals":               {"the twentieth, hundredth, двадцятий", []string{"?twentieth", "?hundredth", "?двадцятий"}},
		"year in words":          {"nineteen forty-five", []string{"?nineteen forty-five"}},
		"scales that don't fall": {"five thousand six thousand", []string{"?five thousand six thousand"}},
		"no numerals":            {"often, sotnik, сторона, століття, десятиліття, батальйон, павільйон, трести", []string{}},
		"capitals":               {"FIFTY THOUSAND, СТО ТИСЯЧ", []string{"50000", "100000"}},
		"full-width letters":     {"ｍｉｌｌｉｏｎ", []string{"?ｍｉｌｌｉｏｎ"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var r reader
			if diff := cmp.Diff(tt.want, shown(tt.text, r.read(tt.text))); diff != "" {
				t.Errorf("read(%q) (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

// TestDigitValue holds the digits of every script against the order in which Unicode lays them out.
func TestDigitValue(t *testing.T) {
	t.Parallel()
	next := 0
	for ch := rune(0); ch <= utf8.MaxRune; ch++ {
		value, zero, ok := digitValue(ch)
		if ok != unicode.Is(unicode.Nd, ch) {
			t.Fatalf("digitValue(%U): ok is %v", ch, ok)
		}
		if !ok {
			continue
		}
		if value != next || zero != ch-rune(value) {
			t.Fatalf("digitValue(%U) = %d of %U, want %d", ch, value, zero, next)
		}
		next = (next + 1) % 10
	}
}

func TestFromFloat(t *testing.T) {
	t.Parallel()
	for f, want := range map[float64]number{
		0: {}, 55000: {55, 3}, 2514: {2514, 0}, 0.42: {42, -2}, 31.5: {315, -1}, -7: {7, 0}, 1e21: {1, 21}, 2.5e20: {25, 19},
	} {
		if got, ok := fromFloat(f); !ok || got != want {
			t.Errorf("fromFloat(%v) = %v, %v, want %v", f, got, ok, want)
		}
	}
	for _, f := range []float64{math.NaN(), math.Inf(1)} {
		if got, ok := fromFloat(f); ok {
			t.Errorf("fromFloat(%v) = %v, want none", f, got)
		}
	}
}

// TestEveryNumeralIsRead holds the promise of read: no numeral of any script lies outside a token.
func TestEveryNumeralIsRead(t *testing.T) {
	t.Parallel()
	var r reader
	for ch := rune(0); ch <= utf8.MaxRune; ch++ {
		if !unicode.Is(unicode.N, ch) {
			continue
		}
		for _, text := range []string{string(ch), "a" + string(ch), "x, " + string(ch) + ".", strings.Repeat(string(ch), 3)} {
			if toks := r.read(text); len(toks) != 1 || !strings.ContainsRune(text[toks[0].start:toks[0].end], ch) {
				t.Fatalf("read(%q) = %v", text, shown(text, toks))
			}
		}
	}
}
