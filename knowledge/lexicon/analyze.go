package lexicon

import (
	"slices"
	"strings"
)

// Analysis is a text as the lexicon sees it: tokens, and the concepts that they name. It belongs to one caller.
type Analysis struct {
	Text     string // cleaned: see Clean
	Tokens   []Token
	Mentions []Mention // in the order of the text; several may stand on the same words
	Named    []bool    // by token: whether a mention covers it
	Latin    string    // the language of a text that is typed with Latin letters and isn't English; else empty
}

// Mention is a concept named in a text by the tokens First to Last (both included; a phrase with a gap leaves
// some between them out).
type Mention struct {
	*Concept
	Sign  int8 // −1: the words name the concept's opposite pole
	First int
	Last  int
	Fuzzy bool // a typo was led back to it
}

// Analyze reads a text. It never fails: what it doesn't know stays unnamed.
func (l *Lexicon) Analyze(text string) Analysis {
	x := l.NewTexts()
	x.typed = true
	x.split(text)
	x.name()
	return x.analysis
}

// match is one phrase found at a place.
type match struct {
	phrase *phrase
	tokens [8]int32
	n      int
	prefix int // bytes of the beginning of a word that matched; 0: the whole word did
}

// longestPrefixes drops what matched by a shorter beginning of the word than something else did: "умер…" where
// the word is "Умеров".
func longestPrefixes(found []match) []match {
	longest := 0
	for _, m := range found {
		if m.rivals() {
			longest = max(longest, m.prefix)
		}
	}
	return slices.DeleteFunc(found, func(m match) bool {
		return m.n == 1 && m.prefix > 0 && m.prefix < longest && m.rivals()
	})
}

// rivals reports whether a longer beginning takes the word away from the match. Not from a party or a place (a
// country is both, in different words), nor from grammar.
func (m match) rivals() bool {
	c := m.phrase.concept.Class
	return c != Party && c != Place && c != Function
}

// mention adds what the longest phrases name that begin at token i.
func (x *Texts) mention(i int, k *known) {
	a := &x.analysis
	found, best := x.found[:0], 0
	for _, s := range k.starts {
		if s.spelt && !s.phrase.words[0].matches(&a.Tokens[i]) {
			continue
		}
		m := match{phrase: s.phrase, prefix: s.prefix}
		if !m.follow(a, i) || m.n < best {
			continue
		}
		if m.n > best {
			best, found = m.n, found[:0]
		}
		found = append(found, m)
	}
	x.found = found
	for _, m := range longestPrefixes(found) {
		if named(a.Mentions, m, i) {
			continue
		}
		a.Mentions = append(a.Mentions, Mention{
			Concept: m.phrase.concept, Sign: m.phrase.sign, First: i, Last: int(m.tokens[m.n-1]), Fuzzy: k.fuzzy,
		})
		for _, t := range m.tokens[:m.n] {
			a.Named[t] = true
		}
	}
}

// named reports whether the concept is already noted at this token: two of its phrases may match the same words.
func named(mentions []Mention, m match, at int) bool {
	for k := len(mentions) - 1; k >= 0 && mentions[k].First == at; k-- {
		if mentions[k].Concept == m.phrase.concept && mentions[k].Sign == m.phrase.sign {
			return true
		}
	}
	return false
}

// starting returns the phrases whose first word the token can be.
func (d *dictionary) starting(t *Token) []start {
	var out []start
	for _, p := range d.exact[t.Norm] {
		out = append(out, start{phrase: p, spelt: true})
	}
	for _, p := range d.stems[t.Stem()] {
		out = append(out, start{phrase: p})
	}
	runes := 0
	for end := range t.Norm {
		if runes >= d.shortest && runes <= d.longest {
			for _, p := range d.prefixes[t.Norm[:end]] {
				out = append(out, start{phrase: p, prefix: end})
			}
		}
		runes++
	}
	for _, p := range d.prefixes[t.Norm] {
		out = append(out, start{phrase: p, prefix: len(t.Norm)})
	}
	return out
}

// follow finds the words of a phrase whose first one is token i.
func (m *match) follow(a *Analysis, i int) bool {
	m.n, m.tokens[0] = 1, int32(i) //nolint:gosec // texts are capped far below
	at, slack := i, 0
	for _, w := range m.phrase.words[1:] {
		if w.gap {
			slack = maxGap
			continue
		}
		next, ok := seek(a, w, at+1, slack)
		if !ok || m.n == len(m.tokens) {
			return false
		}
		m.tokens[m.n] = int32(next) //nolint:gosec // as above
		m.n++
		at, slack = next, 0
	}
	return true
}

// seek finds the next word of a phrase, over at most slack other words, not over a mark. A hyphen or a blank
// between the words is the same.
func seek(a *Analysis, w pattern, from, slack int) (int, bool) {
	for k := from; k < len(a.Tokens); k++ {
		t := &a.Tokens[k]
		if t.Kind == Mark {
			if t.Text == "-" || t.Text == "‑" || t.Text == "'" || t.Text == "." && t.Glued {
				continue
			}
			return 0, false
		}
		if w.matches(t) {
			return k, true
		}
		if slack--; slack < 0 {
			return 0, false
		}
	}
	return 0, false
}

func (p pattern) matches(t *Token) bool {
	for _, f := range p.forms {
		switch f.kind {
		case exact:
			if t.Norm == f.text && (!f.upper || t.Text == strings.ToUpper(t.Text)) {
				return true
			}
		case stemmed:
			if t.Stem() == f.text {
				return true
			}
		case prefix:
			if len(t.Norm) >= len(f.text) && t.Norm[:len(f.text)] == f.text {
				return true
			}
		}
	}
	return false
}

// longestKnown is more bytes than any word of a lexicon has: hashing each beginning of a word takes time in the
// square of its length.
const longestKnown = 128

// knows reports whether a token is a word of some phrase.
func (d *dictionary) knows(t *Token) bool {
	if _, ok := d.known[t.Norm]; ok {
		return true
	}
	if len(d.stems[t.Stem()]) > 0 {
		return true
	}
	for end := range t.Norm {
		if end > longestKnown {
			break
		}
		if kind, ok := d.known[t.Norm[:end]]; ok && kind == prefix {
			return true
		}
	}
	return false
}
