package guard

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

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
		"day of one digit":  {"2025-12-3", []string{"?2025-12-3"}},
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
