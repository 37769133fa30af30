package index

// weights of the features in a document's score, fitted by knowledge/index/bench/fit on the training half of
// the retrieval benchmark: the likelihood of the right document among all that were looked at (a softmax,
// weights kept small), MAP@5 .892 on messages that it hadn't seen, where the first look alone has .891. Two are
// below zero because others say the same too loudly: a claim's share and the cosine favour short claims.
var weights = Features{ //nolint:gochecknoglobals // read-only table
	First:   5.65,
	Behind:  1.67,
	Has:     -1.62,
	Like:    2.30,
	Both:    7.61,
	Order:   1.36,
	Title:   1.49,
	Rarest:  3.74,
	Cosine:  -3.82,
	Letters: 3.53,
	Telling: 3.31,
}

func (f *Features) score() (sum float64) {
	for i, w := range weights {
		sum += w * f[i]
	}
	return sum
}

// FeatureNames returns the names of the features in their order, for the fitting.
func FeatureNames() [FeatureCount]string {
	return [FeatureCount]string{
		"First", "Behind", "Earned", "Held", "Has", "Like", "Both", "Order", "Title", "Rarest", "Cosine", "Letters",
		"Telling", "NoFigure", "Matches",
	}
}
