package guard

import (
	"fmt"
	"math"
	"testing"

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

// readings are texts, and what is read in them: with ? what can't be read.
type readings map[string]struct {
	text string
	want []string
}

func (all readings) try(t *testing.T) {
	for name, tt := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var r reader
			if diff := cmp.Diff(tt.want, shown(tt.text, r.read(tt.text))); diff != "" {
				t.Errorf("read(%q) (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

func TestReadDigits(t *testing.T) {
	t.Parallel()
	readings{
		"none":                   {"no number at all", []string{}},
		"plain":                  {"55000 soldiers", []string{"55000"}},
		"comma":                  {"55,000", []string{"55000"}},
		"dot":                    {"55.000", []string{"55000"}},
		"space":                  {"55 000", []string{"55000"}},
		"no-break space":         {"55\u00a0000", []string{"55000"}},
		"narrow no-break space":  {"55\u202f000", []string{"55000"}},
		"thin space":             {"55\u2009000", []string{"55000"}},
		"apostrophe":             {"55'000", []string{"55000"}},
		"curly apostrophe":       {"55’000", []string{"55000"}},
		"two groups":             {"1,234,567", []string{"1234567"}},
		"end of a sentence":      {"It was 55,000. Then 2025.", []string{"55000", "2025"}},
		"decimal point":          {"2.5 and 2,5", []string{"2.5", "2.5"}},
		"groups and decimals":    {"2.514,5", []string{"2514.5"}},
		"zeros behind the point": {"55,000.00", []string{"55000"}},
		"Arabic-Indic":           {"٥٥٬٠٠٠", []string{"55000"}},
		"Arabic decimal":         {"٥٫٥", []string{"5.5"}},
		"Persian":                {"۵۵۰۰۰", []string{"55000"}},
		"Devanagari":             {"५५०००", []string{"55000"}},
		"full width":             {"５５，０００", []string{"55000"}},
		"mathematical bold":      {"𝟓𝟓𝟎𝟎𝟎", []string{"55000"}},
		"a day with a zero":      {"05 February", []string{"5"}},
		"zero point":             {"0.42 million", []string{"420000"}},
		"list":                   {"1, 2, 3", []string{"1", "2", "3"}},
		"ordinal":                {"20th, 55-й", []string{"20", "55"}},
	}.try(t)
}

func TestUnreadableDigits(t *testing.T) {
	t.Parallel()
	readings{
		"scripts mixed":           {"5٥000", []string{"?5٥000"}},
		"fractions":               {"½ of them, 2½", []string{"?½", "?2½"}},
		"superscript":             {"km² and note¹", []string{"?km²", "?note¹"}},
		"Roman numeral character": {"World War Ⅱ", []string{"?Ⅱ"}},
		"a month in one sign":     {"㋀ 🔟", []string{"?㋀", "?🔟"}},
		"letters in it":           {"5S,000", []string{"?5S,000"}},
		"letters in front":        {"G7 and Su27", []string{"?G7", "?Su27"}},
		"underscore":              {"55_000", []string{"?55_000"}},
		"leading zero":            {"0.420 and 00055", []string{"?0.420", "?00055"}},
		"three decimals":          {"1,234.567", []string{"?1,234.567"}},
		"bad group":               {"55,0000", []string{"?55,0000"}},
		"groups that differ":      {"1.234,567", []string{"?1.234,567"}},
		"groups run out":          {"1,234,5", []string{"?1,234,5"}},
		"mixed fraction":          {"2 1/2 of", []string{"?2 1/2"}},
		"fraction in digits":      {"1/3 of", []string{"?1/3"}},
		"hour":                    {"at 09:30", []string{"?09:30"}},
		"begins with a point":     {"killed.55", []string{"?.55"}},
		"nineteen digits":         {"1234567890123456789", []string{"?1234567890123456789"}},
		"decade":                  {"the 1990s", []string{"?1990s"}},
		"combining mark":          {"5\u03055,000", []string{"?5\u03055,000"}},
		"enclosing keycap":        {"5\u20e3", []string{"?5\u20e3"}},
	}.try(t)
}
