package question

import (
	"math"
	"strconv"
	"strings"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// Quantity is a number in a text with its bounds: "nearly 420,000", "50–60 thousand", "2,500+".
type Quantity struct {
	Low     float64 // −Inf where the text leaves it open
	High    float64 // +Inf where the text leaves it open
	Value   float64 // the number as written; the middle of a range
	About   bool    // the text says that it is approximate
	Near    bool    // "nearly": High is not reached
	Strict  bool    // "more than", "fewer than": the bound itself is excluded
	Range   bool
	Only    bool    // "only 2,514": and no more
	Exactly bool    // "exactly 2,514"
	Step    float64 // the unit of the last digit written: 1,000 for "55 thousand"
	first   int     // tokens
	last    int
	alien   bool // money, a percentage, a duration
}

// findQuantities reads every number that isn't part of a date.
func (r *reader) findQuantities() {
	for i := 0; i < len(r.Tokens); i++ {
		if r.counted[i] != 0 {
			continue
		}
		q, ok := r.quantity(i)
		if !ok {
			continue
		}
		r.span(&q)
		r.bound(&q)
		r.quantities = append(r.quantities, q)
		for k := q.first; k <= q.last; k++ {
			r.counted[k] = len(r.quantities)
		}
		i = q.last
	}
}

// amount is a number being read.
type amount struct {
	value float64
	step  float64
	last  int
	many  bool // "thousands": an open plural
	mag   float64
}

// quantity reads the number that begins at token i.
func (r *reader) quantity(i int) (Quantity, bool) {
	a, ok := r.amount(i)
	if !ok || r.designation(i) {
		return Quantity{}, false
	}
	q := Quantity{Low: a.value, High: a.value, Value: a.value, Step: a.step, first: i, last: a.last}
	if a.many {
		q.Low, q.High, q.Range, q.About = 2*a.value, 10*a.value-1, true, true
	}
	t := r.Tokens[a.last]
	if t.Plus {
		q.High = math.Inf(1)
	}
	q.Only = r.is(i-1, "only") && !r.form(i-1, "trails")
	q.Exactly = r.form(i-1, "exactly")
	q.alien = r.mark(a.last+1, "%°") || r.mark(i-1, "$€£₴₽#№") || r.form(a.last+1, "time_unit")
	return q, true
}

// designation reports the number in a name such as F-16 or Т-72: a letter or two, a hyphen, and it.
func (r *reader) designation(i int) bool {
	const longest = 2
	return i > 1 && r.mark(i-1, "-‑") && r.Tokens[i].Glued && r.Tokens[i-1].Glued && r.Tokens[i-2].Kind == lexicon.Word &&
		r.Tokens[i-2].Upper && len([]rune(r.Tokens[i-2].Text)) <= longest
}

// amount reads digits or number words, and the magnitudes behind them.
func (r *reader) amount(i int) (amount, bool) {
	if i >= len(r.Tokens) {
		return amount{}, false
	}
	t := r.Tokens[i]
	var a amount
	switch t.Kind {
	case lexicon.Number:
		v, step, last, ok := r.digits(i)
		if !ok || !r.alone && v < 10 && v == math.Trunc(v) && last == i && t.Suffix == "" && !r.counts(i+1) && !r.magnified(i+1) {
			return a, false
		}
		a = amount{value: v, step: step, last: last}
	case lexicon.Word:
		v, last, ok := r.spelled(i)
		if ok {
			a = amount{value: v, step: 1, last: last}
			break
		}
		m, ok := r.find(i, lexicon.Magnitude)
		if !ok || len([]rune(t.Norm)) < 3 {
			return a, false
		}
		a = amount{value: m.Value, step: m.Value, last: m.Last, many: r.form(i, "open_plural"), mag: m.Value}
	default:
		return a, false
	}
	return r.magnify(a), true
}

// magnify multiplies by the magnitudes that follow: "55 тис.", "2 hundred thousand", "half a million".
func (r *reader) magnify(a amount) amount {
	for {
		next := a.last + 1
		for next < len(r.Tokens) && r.Tokens[next].Kind == lexicon.Word && (r.Tokens[next].Norm == "a" || r.Tokens[next].Norm == "of") {
			next++
		}
		m, ok := r.find(next, lexicon.Magnitude)
		if !ok || a.mag > m.Value || a.mag > 0 && len([]rune(r.Tokens[next].Norm)) == 1 { // "220 тысяч к августу"
			return a
		}
		a.value, a.step, a.mag, a.last = a.value*m.Value, a.step*m.Value, m.Value, m.Last
		if v, last, ok := r.spelled(a.last + 1); ok && v < m.Value && r.Tokens[a.last].Kind == lexicon.Word {
			a.value, a.last, a.step = a.value+v, last, 1
		}
	}
}

// digits reads a number token with groups of three behind it: "55 000"; the value, the unit of its last
// digit, its last token.
func (r *reader) digits(i int) (value, step float64, last int, ok bool) {
	t := r.Tokens[i]
	text, last := t.Norm, i
	if plain(text) && len(text) <= 3 && t.Suffix == "" && !t.Plus {
		for k := i + 1; k < len(r.Tokens) && k <= i+mostGroups && groupOf3(r.Tokens[k]) && !r.Tokens[k].Glued; k++ {
			text, last = text+r.Tokens[k].Norm, k
		}
	}
	suffix := r.Tokens[last].Suffix
	mag := 1.0
	if suffix != "" {
		if mag = r.magnitude(suffix); mag == 0 {
			return 0, 0, last, false
		}
	}
	_, followed := r.find(last+1, lexicon.Magnitude)
	value, step, ok = parseDigits(text, mag > 1 || followed)
	return value * mag, step * mag, last, ok
}

// mostGroups is how many groups of three a number may have behind its first digits: more is no number.
const mostGroups = 4

func plain(s string) bool { return !strings.ContainsAny(s, ",.'’٬٫") }

func groupOf3(t lexicon.Token) bool {
	return t.Kind == lexicon.Number && len(t.Norm) == 3 && plain(t.Norm)
}

// magnitude returns what a suffix multiplies by ("k", "тис"), 0 if it is none.
func (r *reader) magnitude(suffix string) float64 {
	if suffix == "" {
		return 0
	}
	for _, c := range r.lex.Of(lexicon.Magnitude) {
		for _, words := range c.Words {
			for w := range strings.SplitSeq(words, ",") {
				w = strings.TrimLeft(strings.TrimSpace(w), "=")
				if w == suffix || strings.HasSuffix(w, "*") && strings.HasPrefix(suffix, strings.TrimSuffix(w, "*")) {
					return c.Value
				}
			}
		}
	}
	return 0
}

// parseDigits reads "55,000", "55.000", "0.42", "1,2". Separators with three digits behind each are groups,
// unless a magnitude follows ("2.514 million") or the number begins with 0; other ones are decimal.
func parseDigits(text string, magnitude bool) (value, step float64, ok bool) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",.'’٬٫", r) })
	grouped := len(parts) > 1 && len(parts[0]) <= 3 && parts[0] != "0"
	for _, p := range parts[1:] {
		grouped = grouped && len(p) == 3
	}
	if magnitude && len(parts) == 2 && strings.ContainsAny(text, ".٫") {
		grouped = false
	}
	switch {
	case len(parts) == 1 || grouped:
		v, err := strconv.ParseFloat(strings.Join(parts, ""), 64)
		return v, trailing(strings.Join(parts, "")), err == nil
	case len(parts) == 2:
		v, err := strconv.ParseFloat(parts[0]+"."+parts[1], 64)
		return v, math.Pow10(-len(parts[1])), err == nil
	}
	return 0, 0, false
}

// trailing returns the unit of the last digit that isn't 0: 1,000 for 55000.
func trailing(digits string) float64 {
	zeros := len(digits) - len(strings.TrimRight(digits, "0"))
	if zeros == len(digits) {
		return 1
	}
	return math.Pow10(zeros)
}

// spelled reads number words: "fifty-five", "двести пятьдесят".
func (r *reader) spelled(i int) (value float64, last int, ok bool) {
	for k := i; k < len(r.Tokens); {
		m, found := r.find(k, lexicon.Numeral)
		if !found {
			if hundred, is := r.find(k, lexicon.Magnitude); is && hundred.Value == 100 && ok && value < 100 {
				value, last = value*100, hundred.Last
				k = last + 1
				continue
			}
			if ok && r.is(k, "and") && k+1 < len(r.Tokens) && r.Tokens[k+1].Norm == "a" {
				k++
			}
			if ok && (r.mark(k, "-") || r.is(k, "and") || r.Tokens[k].Norm == "a") {
				if _, more := r.find(k+1, lexicon.Numeral); more {
					k++
					continue
				}
			}
			break
		}
		if ok && m.Value >= 1 && value >= 1 && (m.Value >= 10 && value < 100 || value < 20 && m.Value < 10) {
			break // "two, three": not one number
		}
		value, last, ok = value+m.Value, m.Last, true
		k = m.Last + 1
	}
	if ok && value < 10 && !r.magnified(last+1) {
		return 0, 0, false // "one of them", "two sides"
	}
	return value, last, ok
}

// magnified reports whether a magnitude begins at token i, "a" and "of" skipped: small number words alone are
// seldom figures.
func (r *reader) magnified(i int) bool {
	if i < len(r.Tokens) && r.Tokens[i].Kind == lexicon.Word && (r.Tokens[i].Norm == "a" || r.Tokens[i].Norm == "of") {
		i++
	}
	_, ok := r.find(i, lexicon.Magnitude)
	return ok
}

// span joins two numbers to a range: "50,000–60,000", "50-60 thousand", "between 50,000 and 60,000".
func (r *reader) span(q *Quantity) {
	next := q.last + 1
	between := r.before(q.first, 0, "between")
	if !r.mark(next, "-–—‑") && (!between || !r.is(next, "and", "into", "at_most")) && !r.form(next, "up_to") {
		return
	}
	b, ok := r.amount(next + 1)
	if !ok || b.value <= q.Value {
		return
	}
	if b.mag > 1 && q.Value < b.value/b.mag {
		q.Value *= b.mag
	}
	if suffix := r.Tokens[b.last].Suffix; suffix != "" && q.Value < 1000 && b.value >= 1000 {
		q.Value *= r.magnitude(suffix)
	}
	if q.Value >= b.value {
		return
	}
	q.Low, q.High, q.Range, q.last = q.Value, b.value, true, b.last
	q.Value, q.Step = (q.Low+q.High)/2, b.step
}

// bound reads the words around a number: "more than", "nearly", "or more".
func (r *reader) bound(q *Quantity) {
	if r.is(q.last+1, "at_least") && r.Tokens[q.last+1].Norm == "or" {
		q.High = math.Inf(1)
		q.last += 2
		return
	}
	if q.Range && !math.IsInf(q.High, 1) && !q.About {
		return
	}
	for _, id := range []string{"about", "nearly", "at_least", "at_most", "more_than", "less_than"} {
		m, ok := r.endsAt(q.first-1, id)
		if !ok {
			continue
		}
		q.first = m.First
		if id == "about" { // "more than about 50,000": look on
			q.About = true
			continue
		}
		r.apply(q, id, r.before(m.First, 0, "not"))
		return
	}
	if r.is(q.last+1, "about") && r.Tokens[q.last+1].Norm == "or" {
		q.About = true
	}
}

// endsAt returns the word of grammar that ends at token i.
func (r *reader) endsAt(i int, id string) (lexicon.Mention, bool) {
	for s := i; s >= 0 && s > i-5; s-- {
		if m, ok := r.grammar(s, id); ok && m.Last == i {
			return m, true
		}
	}
	return lexicon.Mention{}, false
}

func (r *reader) apply(q *Quantity, id string, negated bool) {
	v := q.Value
	if negated { // "did not exceed"
		switch id {
		case "more_than":
			id = "at_most"
		case "less_than":
			id = "at_least"
		}
	}
	switch id {
	case "nearly":
		q.Near, q.Low, q.High = true, v*(1-Approximately), v
	case "at_least":
		q.Low, q.High = v, math.Inf(1)
	case "more_than":
		q.Low, q.High, q.Strict = v, math.Inf(1), true
	case "at_most":
		q.Low, q.High = math.Inf(-1), v
	case "less_than":
		q.Low, q.High, q.Strict = math.Inf(-1), v, true
	}
}

// Approximately is how far "about" and "nearly" reach, as a share of the number: past it people choose another
// round number.
const Approximately = 0.04
