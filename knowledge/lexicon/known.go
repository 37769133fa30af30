package lexicon

import "unicode/utf8"

// known is what the dictionary makes of a word, whatever the text around it.
type known struct {
	plain  string // its stem as it stands
	norm   string // the word that was meant
	stem   string // of norm
	listed bool   // it stands in some phrase
	fuzzy  bool   // norm is another word than the written one
	starts []start
	alike  alike
}

// start is a phrase that a word may begin. spelt: whether it does depends on capitals too.
type start struct {
	phrase *phrase
	prefix int // bytes of the beginning of a word that matched; 0: the whole word did
	spelt  bool
}

// look appends what is known of each token, nil of what is no word, and stems the words as they stand.
func (l *Lexicon) look(out []*known, tokens []Token) []*known {
	for i := range tokens {
		var k *known
		if t := &tokens[i]; t.Kind == Word {
			k = l.words.of(t.Norm, l.meant)
			t.stem = k.plain
		}
		out = append(out, k)
	}
	return out
}

// correct makes the tokens the words that were meant, and looks up what is no word.
func (l *Lexicon) correct(all []*known, tokens []Token) {
	for i, k := range all {
		switch t := &tokens[i]; {
		case k != nil:
			t.Norm, t.stem = k.norm, k.stem
		case t.Kind != Mark:
			if starts := l.dict.starting(t); len(starts) > 0 {
				all[i] = &known{starts: starts}
			}
		}
	}
}

// meant finds out about a word that isn't remembered.
func (l *Lexicon) meant(word string) known {
	t := Token{Kind: Word, Norm: word}
	k := known{plain: t.Stem()}
	k.alike = l.same.alike(word, k.plain)
	k.listed = l.dict.knows(&t)
	if as, ok := l.spelt[word]; ok {
		t.Norm, t.stem, k.fuzzy = as, "", true
	} else if utf8.RuneCountInString(word) >= minTypo && !k.listed {
		if near, ok := l.dict.nearest(word); ok {
			t.Norm, t.stem, k.fuzzy = near, "", near != word
		}
	}
	k.norm, k.stem = t.Norm, t.Stem()
	k.starts = l.dict.starting(&t)
	return k
}
