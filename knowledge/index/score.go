package index

import "math"

// BM25F: a term's counts in the fields are weighted, divided by the relative length of the field, added,
// and only then levelled out, so that a word in title and text isn't paid twice.
const (
	levelling   = 0.8 // k1: how fast repeating a term stops to pay
	lengthShare = 0.3 // b: how much of a field's length counts against it
)

// Weights of the fields, before the levelling: in a field of mean length, a concept earns 71 % of its idf
// and a word 43 %, or 58 % if the title has it too. These weights ranked fact-checked claims better than ones
// (the retrieval benchmark): text and title mostly say the same. All their neighbours are about as good.
const (
	weightConcepts = 2.0
	weightWords    = 0.6
	weightTitle    = 0.5
)

// weightNumber is the share of its idf that a number earns which one document states. See figure.
const weightNumber = 0.6

// idf returns how much a term tells that df of docs documents hold; always above zero.
func idf(docs, df int) float64 {
	n, d := float64(docs), float64(df)
	return math.Log1p((n - d + 0.5) / (d + 0.5))
}

// figure returns what a number earns a document, given its idf. However many other figures the document
// states, it states this one: neither its length nor repeating counts. A rare number earns more than a
// word, but one that many state earns less than its idf says: years, days and small counts meet by chance,
// and paid like words they ranked measurably worse.
func figure(docs int, rarity float64) float64 {
	return weightNumber * rarity * rarity / idf(docs, 1)
}

// lengths turns a document's sizes into divisors: base + slope × size, by field.
type lengths struct{ base, concepts, words, title float32 }

func newLengths(total sizeSums, docs int) lengths {
	slope := func(sum int64) float32 {
		if sum == 0 {
			return 0
		}
		return float32(lengthShare * float64(docs) / float64(sum))
	}
	return lengths{
		base:     1 - lengthShare,
		concepts: slope(total.concepts),
		words:    slope(total.words),
		title:    slope(total.title),
	}
}

// concept returns the share of its idf that a concept earns a document with so many of them: from 0 to 1, exclusive. This and
// word are tf/(k1+tf) with the fractions cleared away: one division for each posting instead of three.
func (l *lengths) concept(p posting, size uint16) float32 {
	tf := weightConcepts * p.body()
	return tf / (levelling*(l.base+l.concepts*float32(size)) + tf)
}

// word is concept for a word, in text and title.
func (l *lengths) word(p posting, z sizes) float32 {
	body := l.base + l.words*float32(z.words)
	title := l.base + l.title*float32(z.title)
	tf := weightWords*p.body()*title + weightTitle*p.title()*body
	return tf / (levelling*body*title + tf)
}
