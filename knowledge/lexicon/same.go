package lexicon

import (
	"strings"
)

// same knows the ways to say one thing that retrieval takes for one: entries of the class Same, and number
// words. An entry's id is what stands for all of them. A word in capitals (US) has to be written so, one with
// an equals sign is exactly this form, others are compared by their stems; up to maxSame words may stand in a
// row.
type same struct {
	names      map[string]string // the words' stems, joined by blanks → the id
	forms      map[string]string // in capitals, and exact ones
	starts     map[string]bool   // the first words of longer ones
	magnitudes map[string]float64
	stops      map[string]bool // entries of the class Stop: words to leave out
}

const maxSame = 3

// collectSame builds the tables.
func (l *Lexicon) collectSame() {
	s := same{map[string]string{}, map[string]string{}, map[string]bool{}, map[string]float64{}, map[string]bool{}}
	for _, c := range l.byClass[Same] {
		for _, text := range c.Words {
			for phrase := range strings.SplitSeq(text, ",") {
				s.add(strings.TrimSpace(phrase), c.ID)
			}
		}
	}
	for _, c := range l.byClass[Stop] {
		for _, text := range c.Words {
			for word := range strings.SplitSeq(text, ",") {
				s.stops[fold(strings.TrimSpace(word))] = true
			}
		}
	}
	for _, c := range l.byClass[Numeral] {
		for word := range exactForms(c) {
			if c.Value > 1 { // "one" is mostly no number
				s.names[stem(fold(word))] = amount(c.Value)
			}
		}
	}
	for _, c := range l.byClass[Magnitude] {
		for word := range exactForms(c) {
			s.magnitudes[fold(word)] = c.Value
		}
	}
	l.same = s
}

// exactForms yields the single words of a concept that stand for themselves ("=two").
func exactForms(c *Concept) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for _, text := range c.Words {
			for word := range strings.SplitSeq(text, ",") {
				form, ok := strings.CutPrefix(strings.TrimSpace(word), "=")
				if ok && !strings.Contains(form, " ") && !yield(form) {
					return
				}
			}
		}
	}
}

func (s *same) add(phrase, id string) {
	if strings.ToLower(phrase) != phrase {
		s.forms[phrase] = id
		return
	}
	if form, ok := strings.CutPrefix(phrase, "="); ok {
		s.forms[form] = id
		return
	}
	var stems []string
	for word := range strings.FieldsSeq(phrase) {
		stems = append(stems, stem(fold(word)))
	}
	if len(stems) > 1 {
		s.starts[stems[0]] = true
	}
	s.names[strings.Join(stems, " ")] = id
}

func (s *same) magnitude(word string) (float64, bool) {
	f, ok := s.magnitudes[word]
	return f, ok
}

// alike is what the tables say of a word, so that they are asked once for each word and not wherever it stands.
type alike struct {
	form   string // the id of this form, else empty
	name   string // the id of its stem, else empty
	starts bool   // whether a longer entry begins with its stem
	stop   bool
}

func (s *same) alike(word, stem string) alike {
	return alike{s.forms[word], s.names[stem], s.starts[stem], s.stops[word]}
}

// longest returns how many tokens the longest entry takes that begins here, and its id; 0 without any. What is known of
// the words stands beside them.
func (s *same) longest(tokens []Token, words []*known) (n int, id string) {
	t, k := &tokens[0], words[0]
	if t.Kind != Word {
		return 0, ""
	}
	if n, initials := initials(tokens); n > 1 {
		if id, ok := s.forms[initials]; ok {
			return n, id
		}
	}
	if t.Text != t.Norm {
		if id, ok := s.forms[t.Text]; ok {
			return 1, id
		}
	}
	if k.alike.form != "" {
		return 1, k.alike.form
	}
	if k.alike.name != "" {
		n, id = 1, k.alike.name
	}
	if !k.alike.starts {
		return n, id
	}
	key := k.plain
	for i := 1; i < min(maxSame, len(tokens)) && tokens[i].Kind == Word; i++ {
		key = strings.Join([]string{key, words[i].plain}, " ")
		if known, ok := s.names[key]; ok {
			n, id = i+1, known
		}
	}
	return n, id
}

// initials reads capitals with points between them ("U.S."): how many tokens they take, and the letters.
func initials(tokens []Token) (n int, letters string) {
	for n+1 < len(tokens) && tokens[n].Kind == Word && tokens[n].Upper && len(tokens[n].Text) == 1 && tokens[n+1].Text == "." {
		if n > 0 && !tokens[n].Glued {
			break
		}
		letters += tokens[n].Text
		n += 2
	}
	return n, letters
}
