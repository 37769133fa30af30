package lexicon

import "slices"

// Texts reads the texts of a base, one after the other, as Analyze and Read of its lexicon do, in the memory of the text before.
// One thing isn't tried: Ukrainian and Russian in Latin letters are what somebody types in haste, not what a base is written in.
// It is for one goroutine at a time.
type Texts struct {
	lex      *Lexicon
	typed    bool // somebody may have typed it in Latin letters
	analysis Analysis
	words    []*known // by token
	reader   reader
	found    []match // scratch of mention
}

// NewTexts returns what reads the texts of a base with the lexicon.
func (l *Lexicon) NewTexts() *Texts { return &Texts{lex: l, reader: reader{lex: l}} }

// Read is Lexicon.Read. The terms are good until the next text.
func (x *Texts) Read(text string) []Term {
	x.split(text)
	return x.terms()
}

// Analyze is Lexicon.Analyze, and returns the terms that Read would: to have both of a text takes little more than one
// of them. They are good until the next text.
func (x *Texts) Analyze(text string) (Analysis, []Term) {
	x.split(text)
	terms := x.terms() // first: it reads the words as they stand
	x.name()
	return x.analysis, terms
}

// split makes tokens of a text, and looks its words up.
func (x *Texts) split(text string) {
	a := &x.analysis
	a.Text = Clean(text)
	a.Tokens = tokenize(a.Tokens[:0], a.Text)
	x.words = x.lex.look(x.words[:0], a.Tokens)
}

// terms reads the tokens. A text with links or a signature has others without them.
func (x *Texts) terms() []Term {
	a, r := &x.analysis, &x.reader
	r.out = slices.Grow(r.out[:0], len(a.Text)/6+4)
	body, signature := unsign(unlink(a.Text))
	if signature == "" && body == a.Text {
		r.walk(a.Text, a.Tokens, x.words)
		return r.out
	}
	r.read(body)
	r.signature(signature)
	return r.out
}

// name finds the concepts.
func (x *Texts) name() {
	a := &x.analysis
	if a.Latin = ""; x.typed {
		a.Latin = x.lex.latin(x.words, a.Tokens)
	}
	x.lex.correct(x.words, a.Tokens) // all of them first: a phrase compares with the words that were meant
	a.Named = append(a.Named[:0], make([]bool, len(a.Tokens))...)
	a.Mentions = a.Mentions[:0]
	for i, k := range x.words {
		if k != nil && len(k.starts) > 0 && !a.Named[i] {
			x.mention(i, k)
		}
	}
}
