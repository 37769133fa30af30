package main

import (
	"cmp"
	"math"
	"slices"

	"github.com/whosays/whosays/knowledge/index"
)

// gateWeights are those of the evidence, and the constant.
type gateWeights [index.EvidenceCount + 1]float64

const (
	gateStrength = 30
	gateSteps    = 250
)

// forRank are the features that only the order uses: what they tell the gate, others tell it better.
var forRank = []int{index.First, index.Behind, index.Has, index.Order, index.Letters, index.Telling} //nolint:gochecknoglobals // read-only table

// gateModel fits how likely the first document is right, by logistic regression over the lines to be kept.
func gateModel(scenes []scene, keep func(*line) bool) (w gateWeights) {
	mean, scale := evidenceScale(scenes)
	descend(w[:], gateSteps, func(w, gradient []float64) {
		for i := range w[:index.EvidenceCount] {
			gradient[i] = gateStrength * w[i]
		}
		for _, s := range scenes {
			share := s.share * 500 / float64(len(s.examples))
			for i := range s.examples {
				if keep(s.examples[i].line) {
					s.examples[i].slope(w, &mean, &scale, share, gradient)
				}
			}
		}
	})
	for k := range mean {
		w[k] /= scale[k]
		w[index.EvidenceCount] -= w[k] * mean[k]
	}
	return w
}

// slope adds the gradient of the example's loss at w, which weighs evidence less its mean, divided by scale.
func (e *example) slope(w []float64, mean, scale *index.Evidence, share float64, gradient []float64) {
	scaled := e.evidence
	for k := range scaled {
		scaled[k] = (scaled[k] - mean[k]) / scale[k]
	}
	d := 1 / (1 + math.Exp(-sure(w, &scaled)))
	if e.right {
		d--
	}
	for k, v := range scaled {
		gradient[k] += share * d * v
	}
	gradient[index.EvidenceCount] += share * d
}

// evidenceScale returns mean and standard deviation of the evidence, so that the fitting treats all alike.
func evidenceScale(scenes []scene) (mean, scale index.Evidence) {
	var n float64
	for _, s := range scenes {
		for i := range s.examples {
			n++
			for k, v := range s.examples[i].evidence {
				mean[k] += v
				scale[k] += v * v
			}
		}
	}
	for k := range mean {
		mean[k] /= n
		scale[k] = max(1e-3, math.Sqrt(scale[k]/n-mean[k]*mean[k]))
		if slices.Contains(forRank, k) {
			scale[k] = 1e9
		}
	}
	return mean, scale
}

func sure(w []float64, e *index.Evidence) float64 {
	sum := w[index.EvidenceCount]
	for k, v := range e {
		sum += w[k] * v
	}
	return sum
}

// crossGate scores every example by a model that hasn't seen lines of its claim.
func crossGate(scenes []scene) {
	for f := range folds {
		w := gateModel(scenes, func(l *line) bool { return l.fold(folds) != f })
		for _, s := range scenes {
			for i := range s.examples {
				if e := &s.examples[i]; e.line.fold(folds) == f {
					e.score = sure(w[:], &e.evidence)
				}
			}
		}
	}
}

// judge scores every example by a model.
func (s *scene) judge(w gateWeights) {
	for i := range s.examples {
		s.examples[i].score = sure(w[:], &s.examples[i].evidence)
	}
}

// fewest is the gate's bound on Matches.
const fewest = 0.5

// at returns precision and recall of a scene where all from a threshold on are answered.
func (s *scene) at(threshold float64) (precision, recall float64) {
	var right, able, answered float64
	for _, e := range s.examples {
		if e.able {
			able++
		}
		if e.score < threshold || e.evidence[index.Matches] < fewest {
			continue
		}
		answered++
		if e.right {
			right++
		}
	}
	return right / max(1, answered), right / max(1, able)
}

// threshold returns the lowest one that has a precision.
func (s *scene) threshold(precision float64) float64 {
	order := slices.Clone(s.examples)
	slices.SortFunc(order, func(a, b example) int { return cmp.Compare(b.score, a.score) })
	right, lowest := 0.0, math.Inf(1)
	for i, e := range order {
		if e.right {
			right++
		}
		if right >= precision*float64(i+1) {
			lowest = e.score
		}
	}
	return lowest
}
