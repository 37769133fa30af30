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
	gateStrength = 0.3
	gateSteps    = 800
)

// gateModel fits how likely the first document is right, by logistic regression over the lines to be kept.
func gateModel(scenes []scene, keep func(*line) bool) (w gateWeights) {
	descend(w[:], gateSteps, func(w, gradient []float64) {
		for i := range w[:index.EvidenceCount] {
			gradient[i] = gateStrength * w[i]
		}
		for _, s := range scenes {
			share := s.share * 1000 / float64(len(s.examples))
			for i := range s.examples {
				if keep(s.examples[i].line) {
					s.examples[i].slope(w, share, gradient)
				}
			}
		}
	})
	return w
}

func (e *example) slope(w []float64, share float64, gradient []float64) {
	d := 1 / (1 + math.Exp(-sure(w, &e.evidence)))
	if e.right {
		d--
	}
	for k, v := range e.evidence {
		gradient[k] += share * d * v
	}
	gradient[index.EvidenceCount] += share * d
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

// at returns precision and recall of a scene where all from a threshold on are answered.
func (s *scene) at(threshold float64) (precision, recall float64) {
	var right, able, answered float64
	for _, e := range s.examples {
		if e.able {
			able++
		}
		if e.score < threshold {
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
