package main

import (
	"cmp"
	"math"
	"slices"

	"github.com/whosays/whosays/knowledge/index"
)

// list is what the index looks at for one line.
type list struct {
	line *line
	seen []index.Looked
}

// look has the index look at every line.
func look(x *index.Index, lines []line) []list {
	out := make([]list, len(lines))
	for i := range lines {
		out[i] = list{&lines[i], x.Look(lines[i].message)}
	}
	return out
}

// forGate are the features that make no order better, cross-validated; only the gate uses them.
var forGate = []int{ //nolint:gochecknoglobals // read-only table
	index.Held, index.TitleLetters, index.NoFigure, index.Matches, index.Plainly, index.Names, index.Tells, index.Lacks,
	index.Spread,
}

// Of each list so many documents are learnt from: the rest are far off and only take time. Weights are kept
// small by so much, and moved so often.
const (
	taught       = 40
	rankStrength = 3
	rankSteps    = 200
)

// rankModel fits the weights that put the right document first: by the likelihood of the right one among all
// that were looked at, as in a softmax. Lists without a right one teach nothing.
func rankModel(lists []list) index.Features {
	scale := deviations(lists)
	var w index.Features
	descend(w[:], rankSteps, func(w, gradient []float64) {
		for i := range w {
			gradient[i] = rankStrength * w[i]
		}
		for i := range lists {
			lists[i].slope(w, &scale, gradient)
		}
	})
	for i := range w {
		w[i] /= scale[i]
	}
	return w
}

// slope adds the gradient of the list's loss at w, which weighs features divided by scale.
func (l *list) slope(w []float64, scale *index.Features, gradient []float64) {
	seen := l.seen[:min(taught, len(l.seen))]
	p := make([]float64, len(seen))
	var sum, rights float64
	for i := range seen {
		for k, f := range seen[i].Features {
			p[i] += w[k] * f / scale[k]
		}
		if l.line.right(seen[i].ID) {
			rights++
		}
	}
	if rights == 0 {
		return
	}
	most := slices.Max(p)
	for i := range p {
		p[i] = math.Exp(p[i] - most)
		sum += p[i]
	}
	for i := range seen {
		d := p[i] / sum
		if l.line.right(seen[i].ID) {
			d -= 1 / rights
		}
		for k, f := range seen[i].Features {
			gradient[k] += d * f / scale[k]
		}
	}
}

// deviations returns the standard deviation of each feature, so that the fitting treats them alike; those for
// the gate have none to speak of.
func deviations(lists []list) (out index.Features) {
	var n float64
	var sum, squares index.Features
	for _, l := range lists {
		for _, s := range l.seen {
			n++
			for k, f := range s.Features {
				sum[k] += f
				squares[k] += f * f
			}
		}
	}
	for k := range out {
		mean := sum[k] / n
		out[k] = max(1e-3, math.Sqrt(squares[k]/n-mean*mean))
		if slices.Contains(forGate, k) {
			out[k] = 1e9
		}
	}
	return out
}

// precision returns the mean average precision of the first five, over lists in the order of a model.
func precision(lists []list, w index.Features) (sum float64) {
	for i := range lists {
		found := 0.0
		seen := sorted(lists[i].seen, w)
		for n, s := range seen[:min(5, len(seen))] {
			if lists[i].line.right(s.ID) {
				found++
				sum += found / float64(n+1) / float64(min(5, len(lists[i].line.Relevant)))
			}
		}
	}
	return sum / float64(len(lists))
}

// sorted scores documents by a model and puts the best first.
func sorted(seen []index.Looked, w index.Features) []index.Looked {
	out := slices.Clone(seen)
	for i := range out {
		out[i].Score = 0
		for k, f := range out[i].Features {
			out[i].Score += w[k] * f
		}
	}
	slices.SortStableFunc(out, func(a, b index.Looked) int { return cmp.Compare(b.Score, a.Score) })
	return out
}

// split parts lists by fold.
func split(lists []list, fold int) (in, out []list) {
	for _, l := range lists {
		if l.line.fold(folds) == fold {
			out = append(out, l)
		} else {
			in = append(in, l)
		}
	}
	return in, out
}
