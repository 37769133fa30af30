package answer

import (
	"math"

	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
)

// Inside reports a number that meets a range without being it: the source names none within.
func Inside(q *question.Quantity, f knowledge.Figure) bool {
	return ranged(f) && q.Low <= *f.High && q.High >= *f.Low
}

func ranged(f knowledge.Figure) bool {
	return f.Best == nil && f.Low != nil && f.High != nil && *f.Low < *f.High
}

// narrows reports what says more, or else, than a range does: a number within it, another range, a bound inside it.
// "Hundreds of thousands" names no number.
func narrows(q *question.Quantity, f knowledge.Figure) bool {
	if !ranged(f) || q.Range && q.About {
		return false
	}
	least, most := math.IsInf(q.Low, -1), math.IsInf(q.High, 1)
	switch {
	case q.Range && !least && !most:
		return math.Abs(q.Low-*f.Low) > closely**f.Low || math.Abs(q.High-*f.High) > closely**f.High
	case least:
		return q.High < *f.High*(1-closely)
	case most:
		return q.Low > *f.Low*(1+closely)
	}
	return true
}

// wide reports a range that reaches too far from a single number to be a rough way of saying it.
func wide(q *question.Quantity, point float64) bool {
	const far = 0.25
	return q.Range && !q.About && !math.IsInf(q.Low, -1) && !math.IsInf(q.High, 1) && max(q.High-point, point-q.Low) > far*point
}

// rounder reports a number that is rounder than another: "nearly 12,500" is said of 12,142, "nearly 56,000" isn't of
// exactly 55,000.
func rounder(q *question.Quantity, than float64) bool {
	return q.Step > 0 && math.Mod(than, q.Step) != 0
}
