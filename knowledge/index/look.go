package index

// look compares a message with the documents that were found. It is kept between searches for its memory.
type look struct {
	v     *view
	r     *reading
	runs  runs
	at    [maxShards]map[uint32]int32 // by number in the shard: place in words
	words []word
	texts []wording // of all documents
	flat  []int32   // their words, as places in words
	ends  []int     // by document: where its part of texts ends
	turn  int32     // of what is being counted: see word.turn
	held  []bool    // by term of the message: whether the document has it
	seq   []int32   // scratch of order, as is row
	row   []float64
	buf   []uint32

	shared []float64 // scratch of kinship, by word
	length []float64 // by document
}

// word is a word of documents as the message sees it.
type word struct {
	asked    int32 // its place in the message's terms, −1 if it isn't there
	turn     int32 // when it was counted last
	from, to int32 // its runs
	figure   bool
	idf      float64
	like     float64 // how much its letters are like those of a term; 1 if it is one
}

// wording is a part of look.flat.
type wording struct {
	from, to int
	title    bool
}

// begin prepares for a message.
func (l *look) begin(v *view, r *reading) *look {
	l.v, l.r, l.turn = v, r, 0
	l.words, l.texts, l.flat, l.ends = l.words[:0], l.texts[:0], l.flat[:0], l.ends[:0]
	l.held = append(l.held[:0], make([]bool, len(r.terms))...)
	l.runs.begin(r.terms)
	for sh := range l.at {
		if l.at[sh] == nil {
			l.at[sh] = make(map[uint32]int32)
		}
		clear(l.at[sh])
	}
	for k := range r.terms {
		l.meet(int32(k)) //nolint:gosec // messages are short
	}
	return l
}

// meet makes a term of the message a word of documents.
func (l *look) meet(k int32) {
	t := &l.r.terms[k]
	w := word{asked: k, idf: t.idf, like: 1, figure: isFigure(t.text)}
	w.from, w.to = l.runs.of(k)
	for sh, number := range t.numbers {
		if number != gone && t.df > 0 {
			l.at[sh][number] = k
		}
	}
	l.words = append(l.words, w)
}

// see returns the place of a shard's word in words.
func (l *look) see(sh int, number uint32) int32 {
	at, ok := l.at[sh][number]
	if !ok {
		text := l.v.shards[sh].spelt[number]
		t := l.v.wordOf(sh, number)
		w := word{asked: -1, idf: t.idf, figure: isFigure(text)}
		w.from, w.to, w.like = l.runs.add(text)
		at = int32(len(l.words)) //nolint:gosec // a hundred documents don't have more
		l.words = append(l.words, w)
		for i, n := range t.numbers {
			if n != gone {
				l.at[i][n] = at
			}
		}
	}
	return at
}

// take notes a document's wordings, and which runs of letters it has.
func (l *look) take(sh int, doc uint32) {
	for numbers, title := range l.v.shards[sh].wordings(doc, l.buf) {
		from := len(l.flat)
		for _, n := range numbers {
			l.flat = append(l.flat, l.see(sh, n))
		}
		l.texts = append(l.texts, wording{from, len(l.flat), title})
		l.buf = numbers
	}
	first := 0
	if len(l.ends) > 0 {
		first = l.ends[len(l.ends)-1]
	}
	l.ends = append(l.ends, len(l.texts))
	l.turn++
	for _, t := range l.texts[first:] {
		for _, at := range l.flat[t.from:t.to] {
			l.runs.note(l.words[at].from, l.words[at].to, l.turn)
		}
	}
}

// weigh is called once all documents are taken: from here on it is known which runs tell them apart.
func (l *look) weigh() {
	l.runs.weigh(len(l.ends))
	for i := range l.words {
		l.words[i].turn = 0
	}
	l.turn = 0
}

// textsOf returns the wordings of a document.
func (l *look) textsOf(doc int) []wording {
	if doc == 0 {
		return l.texts[:l.ends[0]]
	}
	return l.texts[l.ends[doc-1]:l.ends[doc]]
}

func isFigure(text string) bool { return text[0] >= '0' && text[0] <= '9' }
