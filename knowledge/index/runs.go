package index

import "math"

// runs compares words by their runs of four letters: compounds, names, and forms that no stemmer leads back
// share most of theirs. Runs are numbered as they are met, those of the message first.
type runs struct {
	number map[uint32]int32
	list   []int32   // the runs of the words, one word after the other
	ends   []int32   // by term of the message: where its part of list ends
	terms  [][]int32 // by run: the terms of the message that have it
	docs   []int32   // by run: how many documents have it
	turn   []int32   // by run: when it was counted last
	weight []float64 // by run: how well it tells the documents apart, squared
	shared []int32   // by term: scratch of like

	message        float64 // the weights of the message's runs added up
	messageCounted int
}

// alike is the least likeness that counts: below it, words share an ending and no more.
const alike = 0.4

// begin numbers the runs of a message.
func (g *runs) begin(terms []asked) {
	if g.number == nil {
		g.number = make(map[uint32]int32)
	}
	clear(g.number)
	g.list, g.ends, g.docs, g.turn, g.terms = g.list[:0], g.ends[:0], g.docs[:0], g.turn[:0], g.terms[:0]
	g.shared = append(g.shared[:0], make([]int32, len(terms))...)
	for k := range terms {
		g.spell(terms[k].text)
		g.ends = append(g.ends, int32(len(g.list))) //nolint:gosec // messages are short
		from, to := g.of(int32(k))                  //nolint:gosec // as above
		for _, run := range g.list[from:to] {
			for len(g.terms) <= int(run) {
				g.terms = append(g.terms, nil)
			}
			g.terms[run] = append(g.terms[run], int32(k)) //nolint:gosec // as above
		}
	}
	g.messageCounted = len(g.docs)
}

// of returns where in list the runs of a term are.
func (g *runs) of(term int32) (from, to int32) {
	if term > 0 {
		from = g.ends[term-1]
	}
	return from, g.ends[term]
}

// add notes a word of a document: where in list its runs are, and how much it is like a term of the message.
func (g *runs) add(text string) (from, to int32, like float64) {
	from = int32(len(g.list)) //nolint:gosec // a hundred documents don't have more
	g.spell(text)
	to = int32(len(g.list)) //nolint:gosec // as above
	return from, to, g.like(g.list[from:to])
}

// spell appends the runs of a word, with a mark at both ends. A figure has none: it is another one with any
// other digit.
func (g *runs) spell(text string) {
	if isFigure(text) {
		return
	}
	run := uint32('^')
	for i := range len(text) + 1 {
		c := uint32('$')
		if i < len(text) {
			c = uint32(text[i])
		}
		if run = run<<8 | c; i < 2 {
			continue
		}
		n, ok := g.number[run]
		if !ok {
			n = int32(len(g.docs)) //nolint:gosec // a hundred documents don't have more
			g.number[run] = n
			g.docs, g.turn = append(g.docs, 0), append(g.turn, 0)
		}
		g.list = append(g.list, n)
	}
}

// like returns the likeness of a word to the term that is most like it: twice the runs that both have by the
// runs of both; 0 below alike.
func (g *runs) like(word []int32) (most float64) {
	touched := false
	for _, run := range word {
		if int(run) < len(g.terms) {
			for _, k := range g.terms[run] {
				g.shared[k]++
				touched = true
			}
		}
	}
	if !touched {
		return 0
	}
	for k, n := range g.shared {
		if n > 0 {
			from, to := g.of(int32(k)) //nolint:gosec // messages are short
			if d := 2 * float64(n) / float64(len(word)+int(to-from)); d >= alike {
				most = max(most, min(d, 1))
			}
		}
	}
	clear(g.shared)
	return most
}

// note counts a document for the runs of one of its words.
func (g *runs) note(from, to, turn int32) {
	for _, run := range g.list[from:to] {
		if g.turn[run] != turn {
			g.turn[run] = turn
			g.docs[run]++
		}
	}
}

// weigh says what each run tells: the fewer of the documents that were found have it, the more.
func (g *runs) weigh(docs int) {
	g.weight = g.weight[:0]
	g.message = 0
	for i, n := range g.docs {
		w := math.Log1p(float64(docs) / float64(1+n))
		g.weight = append(g.weight, w*w)
		if i < g.messageCounted {
			g.message += w * w
		}
	}
	clear(g.turn)
}
