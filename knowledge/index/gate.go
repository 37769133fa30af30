package index

import "math"

// Evidence is what speaks for the first of a list: its features, and how far it is ahead of the others.
type Evidence [EvidenceCount]float64

// The evidence beside the features.
const (
	Alone  = FeatureCount + iota // its share among all by the model's own likelihood
	Margin                       // the logarithm of its odds, levelled out
	EvidenceCount
)

// mostMargin is the margin past which there is no nearer.
const mostMargin = 10

// Judge returns the evidence for the first of a list that isn't empty, best first.
func Judge(seen []Looked) (e Evidence) {
	copy(e[:], seen[0].Features[:])
	var others float64
	for _, o := range seen[1:] {
		others += math.Exp(o.Score - seen[0].Score)
	}
	e[Alone] = 1 / (1 + others)
	e[Margin] = min(1, -math.Log(max(others, tiny))/mostMargin)
	return e
}

// gate weighs the evidence, the last is the constant: a logistic regression, fitted by knowledge/index/bench/fit
// on bases that have the claims of half the messages, on small bases and on parts of messages, so that it
// neither needs many claims beside the right one nor takes a few words of a topic for a claim.
var gate = [EvidenceCount + 1]float64{ //nolint:gochecknoglobals // read-only table
	First:         -3.87,
	Behind:        3.54,
	Earned:        2.25,
	Held:          -3.07,
	Has:           -3.17,
	Like:          1.15,
	Both:          2.04,
	Order:         1.33,
	Title:         0.68,
	Rarest:        -0.62,
	Cosine:        3.38,
	Letters:       0.50,
	Telling:       6.26,
	NoFigure:      -3.49,
	Matches:       7.06,
	Alone:         3.30,
	Margin:        1.38,
	EvidenceCount: -4.74,
}

// enough is how sure the gate has to be. From here on 96 of 100 answers were right where half of the messages
// were about a claim that the base didn't have, on messages that the gate hadn't seen.
const enough = 1.6

// fewest is how many terms the two have to share at the least, as Matches counts them: two words are a topic,
// be they all of a message. What a regression learns from messages says little about texts so short.
const fewest = 3.0 / (3 + levelMatches)

// near reports whether the first of a list, best first, is near enough to be offered.
func near(seen []Looked) bool {
	if len(seen) == 0 || seen[0].Features[Matches] < fewest {
		return false
	}
	sure := gate[EvidenceCount]
	for k, v := range Judge(seen) {
		sure += gate[k] * v
	}
	return sure >= enough
}
