package index

import "math"

// kin is how many of the found documents say what the message is about; each by so high a power of First that
// those far behind hardly count.
const kin = 20

// spreads bounds the deviation from below, where all documents earn the same, and brings Spread to the size of
// the other features.
const (
	leastSpread = 1e-3
	spreads     = 5
)

// compare fills in the features that tell of a document beside the others found: best first, as they were
// taken.
func (l *look) compare(seen []Looked) {
	l.spread(seen)
	l.kinship(seen)
}

func (l *look) spread(seen []Looked) {
	var sum, squares float64
	for i := range seen {
		first := seen[i].Features[First]
		sum += first
		squares += first * first
	}
	n := float64(len(seen))
	mean := sum / n
	deviation := max(leastSpread, math.Sqrt(max(0, squares/n-mean*mean)))
	for i := range seen {
		f := &seen[i].Features
		f[Spread] = (f[First] - mean) / deviation / spreads
	}
}

// kinship compares each document with the mean of the nearest others, by the weights of its words: what is
// said around a topic, the right claim often says in words that the message hasn't.
func (l *look) kinship(seen []Looked) {
	l.shared = append(l.shared[:0], make([]float64, len(l.words))...)
	l.length = l.length[:0]
	var all float64
	var share [kin]float64
	for i := range seen {
		l.length = append(l.length, l.lengthOf(i))
		if i < kin {
			first := seen[i].Features[First]
			share[i] = first * first * first * first * first * first
			all += share[i]
			for at := range l.distinct(i) {
				l.shared[at] += share[i] * l.words[at].idf / l.length[i]
			}
		}
	}
	for i := range seen {
		own := 0.0
		if i < kin {
			own = share[i]
		}
		var sum, news float64
		for at := range l.distinct(i) {
			w := &l.words[at]
			has := w.idf * max(0, l.shared[at]-own*w.idf/l.length[i])
			sum += has
			if w.asked < 0 {
				news += has
			}
		}
		others := max(all-own, tiny) * l.length[i]
		seen[i].Features[Kin], seen[i].Features[News] = sum/others, news/others
	}
}

// lengthOf returns the length of a document as a vector of its words' weights.
func (l *look) lengthOf(doc int) float64 {
	var squares float64
	for at := range l.distinct(doc) {
		squares += l.words[at].idf * l.words[at].idf
	}
	return math.Sqrt(max(squares, tiny))
}

// distinct yields the words of a document, each once. One walk at a time.
func (l *look) distinct(doc int) func(yield func(int32) bool) {
	return func(yield func(int32) bool) {
		l.turn++
		for _, t := range l.textsOf(doc) {
			for _, at := range l.flat[t.from:t.to] {
				if w := &l.words[at]; w.turn != l.turn {
					w.turn = l.turn
					if !yield(at) {
						return
					}
				}
			}
		}
	}
}
