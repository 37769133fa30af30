package form

import (
	"math"
	"strconv"
	"strings"

	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// persons is what a figure counts where its group doesn't say otherwise.
const persons = "persons"

// writeFigure writes a figure in one line: "at least 2,514", "420,000–450,000", with its unit where that isn't persons.
func writeFigure(p printer, c *knowledge.Claim) string {
	f := c.Figure
	if f.IsZero() {
		return ""
	}
	var out string
	switch {
	case f.Qualifier == knowledge.Range && f.Low != nil && f.High != nil:
		out = p.number(*f.Low) + "–" + p.number(*f.High)
		if f.Best != nil {
			out += "; " + p.number(*f.Best)
		}
	case f.Qualifier == knowledge.Exact || f.Qualifier == "":
		out = p.number(bound(f))
	default:
		out = p.w.Term("bound_"+string(f.Qualifier)) + " " + p.number(bound(f))
	}
	if unit, ok := p.lex.Get(lexicon.Unit, f.Unit); ok && f.Unit != persons {
		out += " (" + unit.In(p.w.Lang()) + ")"
	}
	return out
}

// bound returns the one number of a figure that isn't a range.
func bound(f knowledge.Figure) float64 {
	for _, n := range []*float64{f.Best, f.Low, f.High} {
		if n != nil {
			return *n
		}
	}
	return 0
}

// number writes a number in groups of three, as the language does where its blanks and commas are read back.
func (p printer) number(n float64) string {
	digits := strconv.FormatFloat(n, 'f', -1, 64)
	whole, rest, _ := strings.Cut(digits, ".")
	between := "\u00a0"
	if p.w.Lang() == lexicon.Languages[0] {
		between = ","
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + between + whole[i:]
	}
	if rest != "" {
		return whole + "." + rest
	}
	return whole
}

// readFigure reads a figure as the numbers of questions are read. What counts other things than persons says so in brackets.
func readFigure(r *reading, value string) bool {
	r.is.Figure = knowledge.Figure{}
	value = oneLine(value)
	if value == "" {
		return true
	}
	unit := persons
	if open := strings.LastIndexByte(value, '('); open >= 0 && strings.HasSuffix(value, ")") {
		id, ok := r.named(lexicon.Unit, value[open+1:len(value)-1])
		if !ok || id == "" {
			return false
		}
		unit, value = id, strings.TrimSpace(value[:open])
	}
	value, best, hasBest := strings.Cut(value, ";")
	q, ok := r.parser.Number(value)
	if !ok {
		return false
	}
	f, ok := figure(q)
	if hasBest && ok {
		b, read := r.parser.Number(best)
		ok = read && f.Qualifier == knowledge.Range && b.Low == b.High
		f.Best = new(b.Value)
	}
	f.Unit = unit
	if ok {
		r.is.Figure = f
	}
	return ok
}

// figure returns what a number that was read says; not ok where no qualifier says the same.
func figure(q question.Quantity) (knowledge.Figure, bool) {
	low, high := math.IsInf(q.Low, -1), math.IsInf(q.High, 1)
	switch {
	case q.Range && q.About, q.About && (low || high): // "thousands", "more than about"
		return knowledge.Figure{}, false
	case q.Near:
		return knowledge.Figure{High: new(q.Value), Qualifier: knowledge.Nearly}, true
	case q.Range && !low && !high:
		return knowledge.Figure{Low: new(q.Low), High: new(q.High), Qualifier: knowledge.Range}, true
	case high && q.Strict:
		return knowledge.Figure{Low: new(q.Value), Qualifier: knowledge.MoreThan}, true
	case high:
		return knowledge.Figure{Low: new(q.Value), Qualifier: knowledge.AtLeast}, true
	case low: // below it is at most it
		return knowledge.Figure{High: new(q.Value), Qualifier: knowledge.AtMost}, true
	case q.About:
		return knowledge.Figure{Best: new(q.Value), Qualifier: knowledge.About}, true
	}
	return knowledge.Figure{Best: new(q.Value), Qualifier: knowledge.Exact}, true
}
