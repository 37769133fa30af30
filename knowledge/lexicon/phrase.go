package lexicon

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// A phrase of the lexicon is a few words: "killed in action". Each word is written in one of these ways:
//
//	soldier    the word in every form that has its stem
//	=men       exactly this form; with capitals (=US) only in capitals
//	загин*     every word that begins so (Ukrainian has no stemmer among well-kept libraries)
//	...        up to maxGap words of other meaning ("pull ... out")
//	hand|give  either
type phrase struct {
	concept *Concept
	sign    int8
	words   []pattern
}

// pattern is one place of a phrase: any of its forms.
type pattern struct {
	forms []form
	gap   bool
}

type form struct {
	word  string // lower case, as it is written
	text  string // lower case; the stem, the form or the beginning
	kind  formKind
	upper bool // the word has to stand in capitals
}

type formKind uint8

const (
	stemmed formKind = iota
	exact
	prefix
)

// maxGap is how many words may stand at a phrase's "...": enough for an object between a verb and its
// particle, too few to reach into the next clause.
const maxGap = 4

func parsePhrase(text string, stems stems) ([]pattern, error) {
	var out []pattern
	for word := range strings.FieldsSeq(strings.ReplaceAll(text, "-", " ")) {
		if word == "..." {
			if len(out) == 0 {
				return nil, fmt.Errorf("phrase %q begins with a gap", text)
			}
			out = append(out, pattern{gap: true})
			continue
		}
		var p pattern
		for alt := range strings.SplitSeq(word, "|") {
			p.forms = append(p.forms, parseForm(alt, stems))
		}
		out = append(out, p)
	}
	if len(out) == 0 || out[len(out)-1].gap {
		return nil, fmt.Errorf("phrase %q is empty or ends with a gap", text)
	}
	return out, nil
}

func parseForm(s string, stems stems) form {
	if rest, ok := strings.CutPrefix(s, "="); ok {
		word := fold(rest)
		return form{word: word, text: word, kind: exact, upper: word != rest && rest == strings.ToUpper(rest)}
	}
	s = fold(s)
	if rest, ok := strings.CutSuffix(s, "*"); ok {
		return form{word: rest, text: rest, kind: prefix}
	}
	return form{word: s, text: stems.of(s), kind: stemmed}
}

// dictionary finds phrases by their first word, and the nearest known word of an unknown one.
type dictionary struct {
	exact    map[string][]*phrase
	stems    map[string][]*phrase
	prefixes map[string][]*phrase
	known    map[string]formKind // each word of each phrase: none of them is a typo
	meant    map[string]bool     // those of them that a typo may have meant: words of grammar stand too near to each other
	byLetter map[rune][]entry
	shortest int // length in runes of the shortest and the longest prefix
	longest  int
}

// entry is a known word that a typo may have meant.
type entry struct {
	text    string
	runes   int
	letters uint64 // see lettersOf
	kind    formKind
}

func newDictionary() dictionary {
	return dictionary{
		exact: map[string][]*phrase{}, stems: map[string][]*phrase{}, prefixes: map[string][]*phrase{},
		known: map[string]formKind{}, meant: map[string]bool{}, byLetter: map[rune][]entry{}, shortest: 99,
	}
}

// parse reads the comma-separated phrases.
func (x *list) parse(stems stems) error {
	for text := range strings.SplitSeq(x.text, ",") {
		if strings.TrimSpace(text) == "" {
			continue
		}
		words, err := parsePhrase(text, stems)
		if err != nil {
			return fmt.Errorf("lexicon: %s: %w", x.concept.Key(), err)
		}
		x.phrases = append(x.phrases, &phrase{concept: x.concept, sign: x.sign, words: words})
	}
	return nil
}

// add takes the phrases of one concept in one language.
func (d *dictionary) add(x list) {
	for _, p := range x.phrases {
		if !x.concept.Is("known") { // else it names nothing, and only stands in the way of typos
			for _, f := range p.words[0].forms {
				d.first(f, p)
			}
		}
		d.remember(p)
	}
}

func (d *dictionary) first(f form, p *phrase) {
	switch f.kind {
	case exact:
		d.exact[f.text] = append(d.exact[f.text], p)
	case stemmed:
		d.stems[f.text] = append(d.stems[f.text], p)
	case prefix:
		d.prefixes[f.text] = append(d.prefixes[f.text], p)
		n := utf8.RuneCountInString(f.text)
		d.shortest, d.longest = min(d.shortest, n), max(d.longest, n)
	}
}

// longGrammar is from how many letters on a word of grammar, or a beginning of a word, may be meant by a typo:
// shorter ones stand too near to other words.
const longGrammar = 7

// remember keeps the words of a phrase as they are written, so that a typo can be led back to one.
func (d *dictionary) remember(p *phrase) {
	class := p.concept.Class
	for _, word := range p.words {
		for _, f := range word.forms {
			if class == Light && f.kind == prefix {
				continue
			}
			if d.known[f.word] != prefix { // the beginning of words stays one, whatever else it is
				d.known[f.word] = f.kind
			}
			if class != Light && (class != Function && f.kind != prefix || utf8.RuneCountInString(f.word) >= longGrammar) {
				d.meant[f.word] = true
			}
		}
	}
}

// seal sorts what typos are looked up in.
func (d *dictionary) seal() {
	for word, kind := range d.known {
		if n := utf8.RuneCountInString(word); n >= minTypo && d.meant[word] {
			r, _ := utf8.DecodeRuneInString(word)
			d.byLetter[r] = append(d.byLetter[r], entry{word, n, lettersOf(word), kind})
		}
	}
	for r := range d.byLetter {
		slices.SortFunc(d.byLetter[r], func(a, b entry) int { return cmp.Compare(a.text, b.text) })
	}
}
