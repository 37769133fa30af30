package index

import (
	"cmp"
	"slices"
	"strings"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// Message is a text of any kind whose nearest documents are looked for. It sees the documents that a Query of
// its tenant sees.
type Message struct {
	Tenant   string
	Terms    []lexicon.Term // in the order of the text
	Concepts []string
	Limit    int // as in Query
}

// kindWeights says what a term of each kind is worth beside a plain word: what somebody takes the trouble to
// tag or to count is what a message is about, and who signed it often isn't. Measured on the training half of
// the retrieval benchmark, like all numbers of this file.
var kindWeights = [...]float64{ //nolint:gochecknoglobals // read-only table
	lexicon.Plain:     1,
	lexicon.Name:      1.05,
	lexicon.Figure:    1.1,
	lexicon.Tag:       1.1,
	lexicon.Handle:    0.85,
	lexicon.Signature: 0.7,
}

// repeated is what each further time is worth that a message says a word.
const repeated = 0.35

// conceptShare is what a concept is worth beside a word: it brings together languages and synonyms, but most
// messages are about more than the concepts of one domain.
const conceptShare = 0.1

// asked is a term of a message, once however often it stands there.
type asked struct {
	term
	text   string
	kind   lexicon.TermKind // of several the one that weighs most
	times  int
	weight float64 // 0 where no document holds it
}

// reading is a message as the documents of a view see it.
type reading struct {
	terms   []asked // in the order of their names, so that rounding is the same on every replica
	order   []int32 // the message: places in terms
	weight  float64 // sum over terms
	squares float64 // of the weights
	rarest  float64 // the idf of a term that one document holds
}

// read looks the terms of a message up.
func (v *view) read(m *Message) reading {
	words := v.known(m.Terms)
	r := reading{rarest: idf(v.docs, 1), order: make([]int32, len(words)), terms: distinctTerms(words)}
	for i, w := range words {
		at, _ := slices.BinarySearchFunc(r.terms, w.Text, func(a asked, text string) int { return strings.Compare(a.text, text) })
		r.order[i] = int32(at) //nolint:gosec // messages are short
		r.terms[at].times++
	}
	for i := range r.terms {
		t := &r.terms[i]
		t.term = find(v, t.text, func(s *shard) map[string]uint32 { return s.words })
		if t.df > 0 {
			t.weight = kindWeights[t.kind] * t.idf * (1 + repeated*float64(t.times-1))
			r.weight += t.weight
			r.squares += t.weight * t.weight
		}
	}
	return r
}

func distinctTerms(words []lexicon.Term) []asked {
	terms := make([]asked, 0, len(words))
	for _, w := range words {
		terms = append(terms, asked{text: w.Text, kind: w.Kind})
	}
	slices.SortFunc(terms, func(a, b asked) int {
		return cmp.Or(strings.Compare(a.text, b.text), cmp.Compare(kindWeights[b.kind], kindWeights[a.kind]))
	})
	return slices.CompactFunc(terms, func(a, b asked) bool { return a.text == b.text })
}
