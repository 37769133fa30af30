package lexicon

import "unicode/utf8"

// known is what the dictionary makes of a word, whatever the text around it.
type known struct {
	plain  string // its stem as it stands
	norm   string // the word that was meant
	stem   string // of norm
	fuzzy  bool   // norm is another word than the written one
	starts []start
}

// start is a phrase that a word may begin. spelt: whether it does depends on capitals too.
type start struct {
	phrase *phrase
	prefix int // bytes of the beginning of a word that matched; 0: the whole word did
	spelt  bool
}

// stemmed splits a cleaned text, and stems its words as they stand.
func (l *Lexicon) stemmed(text string) []Token {
	out := tokenize(text)
	for i := range out {
		if t := &out[i]; t.Kind == Word {
			t.stem = l.words.of(t.Norm, l.meant).plain
		}
	}
	return out
}

// know finds out about the word of a token, and makes the token the word that was meant.
func (l *Lexicon) know(t *Token) *known {
	if t.Kind != Word {
		return &known{starts: l.dict.starting(t)}
	}
	k := l.words.of(t.Norm, l.meant)
	t.Norm, t.stem = k.norm, k.stem
	return k
}

// meant finds out about a word that isn't remembered.
func (l *Lexicon) meant(word string) known {
	t := Token{Kind: Word, Norm: word}
	k := known{plain: t.Stem()}
	if utf8.RuneCountInString(word) >= minTypo && !l.dict.knows(&t) {
		if near, ok := l.dict.nearest(word); ok {
			t.Norm, t.stem, k.fuzzy = near, "", near != word
		}
	}
	k.norm, k.stem = t.Norm, t.Stem()
	k.starts = l.dict.starting(&t)
	return k
}
