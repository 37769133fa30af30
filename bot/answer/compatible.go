package answer

import (
	"math"

	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
)

// Compatible reports whether a number that somebody states agrees with a claim's figure: the bounds meet, and
// a plain number is the claim's at the precision in which it is written. Round numbers are read as rounded.
func Compatible(q *question.Quantity, f knowledge.Figure) bool {
	if CutShort(q, f) || farBelow(q, f) || narrows(q, f) || q.Exactly && (f.Qualifier != knowledge.Exact || f.Best == nil || *f.Best != q.Value) {
		return false
	}
	low, high := bounds(f)
	point := low
	if math.IsInf(low, -1) || f.Qualifier == knowledge.Nearly {
		point = high
	}
	if f.Best != nil {
		point = *f.Best
	}
	tolerance := 0.0
	switch {
	case q.Range, q.Near, math.IsInf(q.Low, -1), math.IsInf(q.High, 1):
	case f.Qualifier == knowledge.Nearly && !q.About: // what is nearly reached isn't reached
	case q.About:
		tolerance = question.Approximately * point
	default:
		tolerance = min(q.Step/2, exactly*point)
		if f.Qualifier == knowledge.About {
			return math.Abs(q.Value-point) <= tolerance
		}
	}
	if wide(q, point) && !ranged(f) || f.Qualifier == knowledge.Exact && (q.Near || math.IsInf(q.Low, -1)) && !rounder(q, point) {
		return false
	}
	if f.Qualifier == knowledge.Nearly && (q.Low > high || q.Strict && q.Low >= high) {
		return false
	}
	if f.Qualifier == knowledge.Nearly && q.Low >= high && math.IsInf(q.High, 1) {
		return false // "at least" what is not reached
	}
	if f.Low != nil && f.Best == nil && f.High == nil { // a minimum: the source's number is what is compared
		high = low
		if q.Only || math.IsInf(q.Low, -1) {
			return false // "at most", where there can be any number more
		}
	}
	lo, hi := q.Low-tolerance, q.High+tolerance
	if q.Near {
		lo, hi = q.Value*(1-question.Approximately), q.Value
		if f.Qualifier == knowledge.About {
			hi += question.Approximately * q.Value
		}
	}
	if q.Strict && !strictly(q, f) {
		return false
	}
	return lo <= high && hi >= low
}

// CutShort reports a plain number that is one end of a range: said alone, it is another figure than the range.
func CutShort(q *question.Quantity, f knowledge.Figure) bool {
	bounded := q.Range || q.Near || q.Strict || math.IsInf(q.Low, -1) || math.IsInf(q.High, 1)
	return f.Low != nil && f.High != nil && *f.Low < *f.High && !bounded && (q.Value == *f.Low || q.Value == *f.High)
}

// farBelow reports a number that an upper bound allows, but doesn't mean: "up to 500,000" says nothing of 60,000.
func farBelow(q *question.Quantity, f knowledge.Figure) bool {
	const near = 0.85
	return f.High != nil && f.Low == nil && f.Best == nil && q.High < near**f.High
}

// strictly reports whether a figure lies beyond a bound that is excluded: "more than 55,000" isn't "about 55,000",
// but "under 420,000" is "nearly 420,000".
func strictly(q *question.Quantity, f knowledge.Figure) bool {
	least, most := math.Inf(1), math.Inf(-1)
	for _, v := range []*float64{f.Low, f.Best, f.High} {
		if v != nil {
			least, most = min(least, *v), max(most, *v)
		}
	}
	under := f.Qualifier == knowledge.Nearly || f.Qualifier == knowledge.AtMost
	if q.Low > most || q.Low == most && f.Qualifier != knowledge.MoreThan {
		return false
	}
	return q.High > least || under && q.High == least
}

// exactly is how much a number that is said to be exact may miss a figure that it means, as a share of the figure:
// "12,000" for 12,142.
const exactly = 0.025

// closely is how far a figure reaches that its own source calls approximate, as a share of the figure.
const closely = 0.012

// bounds returns a figure's interval. "Nearly" lies just under its bound, "about" a little around it.
func bounds(f knowledge.Figure) (low, high float64) {
	low, high = math.Inf(-1), math.Inf(1)
	if f.Best != nil {
		low, high = *f.Best, *f.Best
	}
	if f.Low != nil {
		low = *f.Low
	}
	if f.High != nil {
		high = *f.High
	}
	switch f.Qualifier {
	case knowledge.Nearly:
		low = high * (1 - exactly)
	case knowledge.About:
		low, high = low*(1-closely), high*(1+closely)
	}
	return low, high
}
