package form

import (
	"slices"
	"strings"

	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// mostChoices is how many choices a field may have (Discord's limit).
const mostChoices = 25

// kinds are those of claims, the commonest first.
func kinds() []knowledge.Kind {
	return []knowledge.Kind{knowledge.KindFigure, knowledge.KindStatement, knowledge.KindStatus, knowledge.KindIssue, knowledge.KindContext}
}

// Choices returns what a field of a closed list may hold, in the writer's language; nil where anything may be typed.
func Choices(lex *lexicon.Lexicon, w answer.Writer, id string) []chat.Choice {
	var out []chat.Choice
	switch id {
	case "kind":
		for _, k := range kinds() {
			out = append(out, chat.Choice{Value: string(k), Label: w.Term("kind_" + string(k))})
		}
		return out
	case QuietField:
		return []chat.Choice{{Value: "", Label: w.Term("choice_quiet_no")}, {Value: quietly, Label: w.Term("choice_quiet_yes")}}
	case "speaker":
		return nil
	}
	class := definition(id).class
	if class == "" || len(lex.Of(class)) > mostChoices {
		return nil
	}
	for _, c := range lex.Of(class) {
		out = append(out, chat.Choice{Value: c.ID, Label: c.In(w.Lang())})
	}
	return out
}

// concept is a field that names a concept of the lexicon, by its id or by any of its names.
func concept(class lexicon.Class, at func(*knowledge.Claim) *string) fieldOf {
	return fieldOf{
		class: class, longest: mostName,
		write: func(p printer, c *knowledge.Claim) string { return p.name(class, *at(c)) },
		read: func(r *reading, value string) bool {
			id, ok := r.named(class, value)
			*at(&r.is) = id
			return ok
		},
	}
}

// printer fills fields in, in a language.
type printer struct {
	*Forms

	w answer.Writer
}

func (f *Forms) printer(w answer.Writer) printer { return printer{f, w} }

// name returns how a concept stands in a field: its id where that is chosen, else its name, if that leads back to it.
func (p printer) name(class lexicon.Class, id string) string {
	c, ok := p.lex.Get(class, id)
	if !ok || len(p.lex.Of(class)) <= mostChoices && class != lexicon.Claimant {
		return id
	}
	if back, ok := p.named(class, c.In(p.w.Lang())); ok && back == id {
		return c.In(p.w.Lang())
	}
	return id
}

// named returns the concept of a class that a text names and nothing else: by its id, its name, or its words in any language. The
// empty text names none, and is ok.
func (f *Forms) named(class lexicon.Class, text string) (id string, ok bool) {
	text = oneLine(text)
	if text == "" || f.lex.Has(class, text) {
		return text, true
	}
	for _, c := range f.lex.Of(class) {
		for _, label := range c.Label {
			if strings.EqualFold(label, text) {
				return c.ID, true
			}
		}
	}
	id, ok = f.spoken(class, text)
	if c, known := f.lex.Get(class, id); known && (class == lexicon.Claimant || class == lexicon.Place) && !f.calls(c, text) {
		return "", false
	}
	return id, ok
}

// spoken returns the one concept of a class that the words of a text name: the longest phrases count, and nothing may be left over.
func (f *Forms) spoken(class lexicon.Class, text string) (id string, ok bool) {
	if len(text) > mostLines {
		return "", false
	}
	a := f.lex.Analyze(text)
	covered := make([]bool, len(a.Tokens))
	var found []string
	for _, m := range a.Mentions {
		if m.Class != class && m.Class != lexicon.Light && m.Class != lexicon.Function || m.Fuzzy {
			continue
		}
		for i := m.First; i <= m.Last; i++ {
			covered[i] = true
		}
		if m.Class == class && !slices.Contains(found, m.ID) {
			found = append(found, m.ID)
		}
	}
	for i, t := range a.Tokens {
		if !covered[i] && t.Kind != lexicon.Mark {
			return "", false
		}
	}
	return f.narrowest(class, found)
}

// narrowest returns that of several concepts which lies within all others: "the UN's human rights monitors" are of the UN.
func (f *Forms) narrowest(class lexicon.Class, ids []string) (string, bool) {
	for _, id := range ids {
		around := f.around(class, id)
		if !slices.ContainsFunc(ids, func(other string) bool { return !slices.Contains(around, other) }) {
			return id, true
		}
	}
	return "", false
}

// around returns a concept and what it lies within.
func (f *Forms) around(class lexicon.Class, id string) []string {
	out := []string{id}
	for c, ok := f.lex.Get(class, id); ok && c.Within != ""; c, ok = f.lex.Get(class, c.Within) {
		out = append(out, c.Within)
	}
	return out
}

func writeKind(_ printer, c *knowledge.Claim) string { return string(c.Kind) }

// readKind takes a kind by its id, or by its name in any language.
func readKind(r *reading, value string) bool {
	value = oneLine(value)
	r.is.Kind = knowledge.Kind(strings.ToLower(value))
	if slices.Contains(kinds(), r.is.Kind) {
		return true
	}
	for _, w := range r.writers {
		for _, k := range kinds() {
			if strings.EqualFold(w.Term("kind_"+string(k)), value) {
				r.is.Kind = k
				return true
			}
		}
	}
	return false
}

func writeSpeaker(p printer, c *knowledge.Claim) string {
	return p.name(lexicon.Claimant, c.Attribution.Speaker)
}

// readSpeaker takes a claimant of the lexicon, or a name that it doesn't know, as it is typed. On which ground they stand follows
// from the lexicon where it knows them.
func readSpeaker(r *reading, value string) bool {
	id, ok := r.named(lexicon.Claimant, value)
	if !ok {
		id = oneLine(value)
	}
	r.is.Attribution.Speaker = id
	return true
}
