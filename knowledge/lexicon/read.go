package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Term is a word of a text as retrieval compares it: a stem, a number in its plain form, or the name that
// several ways to say one thing share (see same.go).
type Term struct {
	Text string
	Kind TermKind
}

// TermKind says where in a text a term stands: what is written as a name tells more than a plain word, and
// who signed a message less.
type TermKind uint8

// The kinds of terms.
const (
	Plain     TermKind = iota
	Name               // begins with a capital letter
	Figure             // a number
	Tag                // part of a #hashtag
	Handle             // part of an @handle
	Signature          // of who signed a message, and when: both tell, though less than what is said
)

// Read returns the terms of a text in their order, without links, marks and stop words. It is made for noisy
// messages and used for claims as well, for both have to be read alike. Unlike Analyze it knows no concepts
// and corrects no typos: most texts are about things of which a lexicon has never heard.
func (l *Lexicon) Read(text string) []Term {
	return l.NewTexts().Read(text)
}

// reader collects the terms of a text.
type reader struct {
	lex    *Lexicon
	text   string
	tokens []Token
	words  []*known // by token
	out    []Term
}

// signature reads a part of the signature, whose terms are of a kind of their own.
func (r *reader) signature(text string) {
	start := len(r.out)
	r.read(text)
	for i := range r.out[start:] {
		r.out[start+i].Kind = Signature
	}
}

func (r *reader) read(text string) {
	tokens := tokenize(nil, text)
	r.walk(text, tokens, r.lex.look(nil, tokens))
}

// walk reads a text whose words are stemmed as they stand.
func (r *reader) walk(text string, tokens []Token, words []*known) {
	r.text, r.tokens, r.words = text, tokens, words
	for i := 0; i < len(r.tokens); {
		i = r.next(i)
	}
}

// next reads what begins at token i, and returns where the rest begins.
func (r *reader) next(i int) int {
	t := &r.tokens[i]
	if n, name := r.lex.same.longest(r.tokens[i:], r.words[i:]); n > 0 {
		r.add(name, r.kind(t))
		return i + n
	}
	switch t.Kind {
	case Number:
		return r.number(i)
	case Unreadable:
		r.parts(t.Text, Plain)
	case Word:
		if k := r.words[i]; !k.alike.stop {
			r.add(k.plain, r.kind(t))
		}
	case Mark:
		return r.mark(i)
	}
	return i + 1
}

// mark reads a #hashtag or @handle; other marks say nothing, a percent sign apart.
func (r *reader) mark(i int) int {
	var kind TermKind
	switch r.tokens[i].Text {
	case "#":
		kind = Tag
	case "@":
		kind = Handle
	case "%":
		r.add("percent", Plain)
		return i + 1
	default:
		return i + 1
	}
	from := r.tokens[i].End
	end := from
	for _, c := range r.text[from:] {
		if !unicode.IsLetter(c) && !unicode.IsMark(c) && !unicode.IsDigit(c) && c != '_' {
			break
		}
		end += utf8.RuneLen(c)
	}
	r.parts(r.text[from:end], kind)
	for i++; i < len(r.tokens) && r.tokens[i].Start < end; {
		i++
	}
	return i
}

// parts reads words that are written together, and in case it is a name also all of them as one.
func (r *reader) parts(run string, kind TermKind) {
	parts := split(run)
	for _, p := range parts {
		r.part(p, kind)
	}
	if len(parts) > 1 && kind != Plain {
		whole := fold(strings.Join(parts, ""))
		if !r.lex.same.stops[whole] {
			r.add(stem(whole), kind)
		}
	}
}

func (r *reader) part(p string, kind TermKind) {
	if p[0] >= '0' && p[0] <= '9' {
		r.add(strings.TrimLeft(p[:len(p)-1], "0")+p[len(p)-1:], kind)
		return
	}
	t := Token{Kind: Word, Text: p, Norm: fold(p)}
	k := r.lex.words.of(t.Norm, r.lex.meant)
	if n, name := r.lex.same.longest([]Token{t}, []*known{k}); n > 0 {
		r.add(name, kind)
		return
	}
	if !k.alike.stop {
		r.add(k.plain, kind)
	}
}

func (r *reader) add(text string, kind TermKind) {
	r.out = append(r.out, Term{Text: text, Kind: kind})
}

func (r *reader) kind(t *Token) TermKind {
	if t.Upper {
		return Name
	}
	return Plain
}
