package index

import (
	"math"
)

// Features are what the second look sees of a document. They are shares by weight of the message or of the
// document, so that neither the size of the base nor a length shows in them; Behind and Spread aren't, and may
// be below zero. A document is its nearest wording and its nearest title.
type Features [FeatureCount]float64

// The features.
const (
	First        = iota // BM25F as a share of the best document's
	Behind              // the logarithm of that
	Held                // what the document has of the message
	Has                 // what the message has of the wording
	Like                // the same, words that are spelt alike counted by their likeness
	Both                // the lower of Held and Has
	Order               // the longest subsequence that the wording has in common with the message
	Title               // Like, of the title
	Rarest              // the rarest term that both have
	Cosine              // of the angle between message and document, by weights
	Letters             // the same by runs of letters
	Telling             // the same by runs of letters that tell the found documents apart
	TitleLetters        // Letters, of the title
	NoFigure            // figures of the wording that the message hasn't
	Matches             // how many terms both have, levelled out
	Plainly             // the same of plain words, by how rare they are: a claim's predicate, mostly
	Names               // what the document has of the message's names
	Tells               // the weightiest term that both have, as a share of the message's weightiest
	Lacks               // the rarest term of the message that the document hasn't, where others have it
	Spread              // First, in standard deviations above the mean of all that were found
	Kin                 // what the document has in common with the others found, the nearest above all
	News                // the same without what the message says as well
	FeatureCount
)

// features looks at one of the documents, given what it earned at first look and what the best one did.
func (l *look) features(doc int, earned, best float64) (f Features) {
	clear(l.held)
	text, title := l.nearest(doc)
	f[First] = earned / best
	f[Behind] = math.Log(f[First])
	f[Has], f[Like], f[Order], f[NoFigure] = text.has, text.like, text.order, text.noFigure
	f[Title] = title.like
	l.terms(&f)
	f[Both] = min(f[Has], f[Held])
	f[Cosine] = l.cosine(text.wording, title.wording)
	f[Letters], f[Telling] = l.letters(text.wording, title.wording)
	f[TitleLetters], _ = l.letters(title.wording)
	return f
}

// nearest returns the wording and the title of a document that are nearest to the message.
func (l *look) nearest(doc int) (text, title overlap) {
	for _, w := range l.textsOf(doc) {
		o := l.overlap(w)
		best := &text
		if w.title {
			best = &title
		}
		if best.from == best.to || o.nearer(*best) {
			*best = o
		}
	}
	for _, w := range [...]wording{text.wording, title.wording} {
		for _, at := range l.flat[w.from:w.to] {
			if k := l.words[at].asked; k >= 0 {
				l.held[k] = true
			}
		}
	}
	return text, title
}

// cosine compares wordings with the message by the weights of their words.
func (l *look) cosine(wordings ...wording) float64 {
	l.turn++
	var squares, product float64
	for _, w := range wordings {
		for _, at := range l.flat[w.from:w.to] {
			word := &l.words[at]
			if word.turn == l.turn {
				continue
			}
			word.turn = l.turn
			squares += word.idf * word.idf
			if word.asked >= 0 {
				product += word.idf * l.r.terms[word.asked].weight
			}
		}
	}
	return product / math.Sqrt(max(squares*l.r.squares, tiny))
}

// letters compares wordings with the message by the runs of letters that both have: each counted once, and
// each by how well it tells the found documents apart.
func (l *look) letters(wordings ...wording) (plain, telling float64) {
	l.turn++
	g := &l.runs
	var all, both int
	var weight, common float64
	for _, w := range wordings {
		for _, at := range l.flat[w.from:w.to] {
			word := &l.words[at]
			for _, run := range g.list[word.from:word.to] {
				if g.turn[run] == l.turn {
					continue
				}
				g.turn[run] = l.turn
				all++
				weight += g.weight[run]
				if int(run) < g.messageCounted {
					both++
					common += g.weight[run]
				}
			}
		}
	}
	plain = float64(both) / math.Sqrt(max(float64(all*g.messageCounted), tiny))
	return plain, common / math.Sqrt(max(weight*g.message, tiny))
}

// tiny stands for zero where something is divided.
const tiny = 1e-12
