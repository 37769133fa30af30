package knowledge

import (
	"math"
	"strconv"
	"strings"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// bounds is a set of the bounds of a figure.
type bounds uint8

const (
	hasLow bounds = 1 << iota
	hasBest
	hasHigh
)

// maxNumber is up to where every whole number has a float64 of its own.
const maxNumber = 1 << 53

// bounds returns which bounds the figure fills.
func (f Figure) bounds() bounds {
	var b bounds
	if f.Low != nil {
		b |= hasLow
	}
	if f.Best != nil {
		b |= hasBest
	}
	if f.High != nil {
		b |= hasHigh
	}
	return b
}

// bounds returns which bounds a figure with this qualifier must fill, and which it may fill besides.
func (q Qualifier) bounds() (must, may bounds) {
	switch q {
	case Exact, About:
		return hasBest, 0
	case Nearly, AtMost:
		return hasHigh, 0
	case AtLeast, MoreThan:
		return hasLow, 0
	case Range:
		return hasLow | hasHigh, hasBest
	}
	return 0, 0
}

// String names the bounds: "low and high".
func (b bounds) String() string {
	var names []string
	for i, name := range []string{"low", "best", "high"} {
		if b&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, " and ")
}

// figure checks the bounds, one against the other and against the qualifier.
func (v *validator) figure(kind Kind, f Figure) {
	if f.IsZero() {
		v.noFigure(kind, f)
		return
	}
	v.number("figure.low", f.Low)
	v.number("figure.best", f.Best)
	v.number("figure.high", f.High)
	v.order("figure.low", f.Low, "best", f.Best)
	v.order("figure.best", f.Best, "high", f.High)
	if f.Best == nil {
		v.order("figure.low", f.Low, "high", f.High)
	}
	v.whole("figure.low", f.Low, f.Unit)
	v.whole("figure.best", f.Best, f.Unit)
	v.whole("figure.high", f.High, f.Unit)
	v.qualifier("figure.qualifier", f)
	if f.Unit == "" {
		v.add("figure.unit", "is missing: it says what the number counts")
	}
	v.known("figure.unit", lexicon.Unit, f.Unit)
}

func (v *validator) noFigure(kind Kind, f Figure) {
	if kind == KindFigure {
		v.add("figure", "is missing in a claim of kind figure")
	}
	if f.Qualifier != "" || f.Unit != "" {
		v.add("figure", "has a qualifier or a unit, but no number")
	}
}

func (v *validator) number(field string, n *float64) {
	switch {
	case n == nil:
	case math.IsNaN(*n) || math.IsInf(*n, 0):
		v.add(field, "isn't a number")
	case *n < 0:
		v.add(field, "%s is below zero", decimal(*n))
	case *n > maxNumber:
		v.add(field, "%s is more than a figure can hold exactly", decimal(*n))
	}
}

// whole checks a number of what can't be parted: all that the lexicon has a unit for are counted one by one.
func (v *validator) whole(field string, n *float64, unit string) {
	if n != nil && math.Abs(*n-math.Trunc(*n)) > 0 && v.lexicon.Has(lexicon.Unit, unit) {
		v.add(field, "%s isn't whole, as %s are", decimal(*n), unit)
	}
}

func (v *validator) order(field string, low *float64, upper string, high *float64) {
	if low != nil && high != nil && *low > *high {
		v.add(field, "%s is above %s, which is %s", decimal(*low), upper, decimal(*high))
	}
}

func (v *validator) qualifier(field string, f Figure) {
	must, may := f.Qualifier.bounds()
	if must == 0 {
		oneOf(v, field, f.Qualifier, Exact, About, Nearly, AtMost, AtLeast, MoreThan, Range)
		return
	}
	if has := f.bounds(); has&must != must || has&^(must|may) != 0 {
		v.add(field, "%q goes with %s, but the figure has %s", f.Qualifier, must, has)
	}
}

// decimal writes a number without an exponent.
func decimal(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
