package knowledge

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// agreement checks that a claim's sentences state its figure, and not another one: what a reply quotes is the
// sentence. A number that the sentence writes in words or with a word of magnitude isn't compared.
func (v *validator) agreement(c Claim) {
	if c.Figure.IsZero() {
		return
	}
	v.states("text", c.Text, c.Figure)
	for _, lang := range slices.Sorted(maps.Keys(c.Translations)) {
		v.states("translations."+key(lang), c.Translations[lang], c.Figure)
	}
}

// states reports a sentence whose numbers are all others than the figure's.
func (v *validator) states(field, text string, f Figure) {
	said, ok := v.amounts(text)
	bounds := f.appendNumbers(nil)
	if !ok || !slices.ContainsFunc(said, amount) {
		return
	}
	if slices.ContainsFunc(said, func(n float64) bool { return slices.Contains(bounds, n) }) {
		return
	}
	v.add(field, "states %s, but the figure is %s", decimals(said), decimals(bounds))
}

// amount reports a number that is neither a day nor a year: it can only be an amount.
func amount(n float64) bool {
	const lastDay, firstYear, lastYear = 31, 1900, 2100
	return n > lastDay && (n < firstYear || n > lastYear)
}

// amounts returns the numbers of a text in digits; not ok where one of them is written so that its value isn't
// certain. "17 537" may be one number or two: both readings are among them.
func (v *validator) amounts(text string) (out []float64, ok bool) {
	if !strings.ContainsFunc(text, unicode.IsNumber) { // to read a text takes longer than all else
		return nil, true
	}
	a := v.lexicon.Analyze(text)
	for _, m := range a.Mentions {
		if m.Class == lexicon.Magnitude || m.Class == lexicon.Numeral {
			return nil, false
		}
	}
	for i := 0; i < len(a.Tokens); i++ {
		t := a.Tokens[i]
		if t.Kind != lexicon.Number {
			continue
		}
		if strings.Contains(t.Norm, ".") || !grouped(t.Norm) || t.Suffix != "" {
			return nil, false
		}
		digits := separators.Replace(t.Norm)
		for len(t.Norm) <= 3 && i+1 < len(a.Tokens) && a.Tokens[i+1].Kind == lexicon.Number && len(a.Tokens[i+1].Norm) == 3 && !a.Tokens[i+1].Glued {
			out = append(out, value(digits), value(a.Tokens[i+1].Norm))
			i++
			digits += a.Tokens[i].Norm
		}
		out = append(out, value(digits))
	}
	return out, true
}

// value returns what digits say; NaN, which equals no figure, where they say nothing.
func value(digits string) float64 {
	n, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return math.NaN()
	}
	return n
}

// grouped reports digits whose separators, if any, stand before groups of three.
func grouped(s string) bool {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	return !slices.ContainsFunc(parts[min(1, len(parts)):], func(p string) bool { return len(p) != 3 })
}

func decimals(all []float64) string {
	out := make([]string, 0, len(all))
	for _, n := range all {
		out = append(out, decimal(n))
	}
	return strings.Join(out, ", ")
}
