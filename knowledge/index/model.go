package index

// weights of the features in a document's score, fitted by knowledge/index/bench/fit on the training half of
// the retrieval benchmark: the likelihood of the right document among all that were looked at (a softmax,
// weights kept small), MAP@5 .897 on messages that it hadn't seen, where the first look alone has .893. Those
// below zero take back what others say too loudly: a claim's share and the cosine favour short claims, and Kin
// counts again what the message says; News, whose values are small, is what tells.
var weights = Features{ //nolint:gochecknoglobals // read-only table
	First:   5.63,
	Behind:  1.75,
	Has:     -1.68,
	Like:    1.61,
	Both:    7.30,
	Order:   2.13,
	Title:   3.06,
	Rarest:  3.79,
	Cosine:  -2.97,
	Letters: 4.43,
	Telling: 0.38,
	Kin:     -7.74,
	News:    22.52,
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
		"First", "Behind", "Held", "Has", "Like", "Both", "Order", "Title", "Rarest", "Cosine", "Letters", "Telling",
		"TitleLetters", "NoFigure", "Matches", "Plainly", "Names", "Tells", "Lacks", "Spread", "Kin", "News",
	}
}
