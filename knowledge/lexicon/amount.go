package lexicon

import (
	"strconv"
	"strings"
)

// number adds a number in its plain form: 1,000 and 1k and 1 thousand are 1000. What isn't understood stays a
// word as it stands.
func (r *reader) number(i int) int {
	t := &r.tokens[i]
	value, ok := plainNumber(t.Norm)
	if !ok {
		r.add(t.Norm+t.Suffix, Figure)
		return i + 1
	}
	times, known := r.lex.same.magnitude(t.Suffix)
	switch {
	case t.Suffix == "" && i+1 < len(r.tokens) && r.tokens[i+1].Kind == Word:
		if times, known = r.lex.same.magnitude(r.tokens[i+1].Norm); known {
			r.add(amount(value*times), Figure)
			return i + 2
		}
	case known:
		value *= times
	case t.Suffix != "" && !ordinal(t.Suffix):
		r.add(t.Norm+t.Suffix, Plain) // "5g" is a thing
		return i + 1
	}
	r.add(amount(value), Figure)
	return i + 1
}

// plainNumber reads digits with separators. A comma before anything but three digits is a point; several points
// part thousands.
func plainNumber(s string) (float64, bool) {
	if strings.ContainsAny(s, "'’٬٫") { // few have any, and to replace none takes memory too
		s = separators.Replace(s)
	}
	if at := strings.LastIndexByte(s, ','); at >= 0 && len(s)-at-1 != len("000") {
		s = s[:at] + "." + s[at+1:]
	}
	s = strings.ReplaceAll(s, ",", "")
	if strings.Count(s, ".") > 1 {
		s = strings.ReplaceAll(s, ".", "")
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil
}

var separators = strings.NewReplacer("'", "", "’", "", "٬", "", "٫", ".") //nolint:gochecknoglobals // read-only table

func amount(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// ordinal reports endings that change nothing about which number it is: 25th, 1990s.
func ordinal(suffix string) bool {
	switch suffix {
	case "st", "nd", "rd", "th", "s":
		return true
	}
	return false
}
