package knowledge

import (
	"maps"
	"slices"
	"strings"

	"github.com/whosays/whosays/knowledge/index"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// document says what the index has to know of a claim, in the memory of what d was. texts are read with the same lexicon.
func document(d *index.Doc, l *lexicon.Lexicon, texts *lexicon.Texts, c *Claim) {
	*d = index.Doc{
		ID: c.ID, Tenant: c.Tenant, Concepts: c.appendConcepts(d.Concepts[:0], l), Patterns: d.Patterns[:0],
		Words: d.Words[:0], Title: d.Title[:0], Numbers: c.Figure.appendNumbers(d.Numbers[:0]),
	}
	read := func(text string) lexicon.Analysis {
		a, terms := texts.Analyze(text)
		d.Words = appendWording(d.Words, terms)
		var counts bool
		if d.Concepts, counts = appendMentioned(d.Concepts, a); counts {
			d.Concepts = append(d.Concepts, AnyMetric)
		}
		return a
	}
	for _, s := range c.wordings(l) {
		read(s)
	}
	for _, alias := range c.Aliases {
		d.Patterns = append(d.Patterns, patterns(read(alias))...)
	}
	d.Concepts = distinct(d.Concepts)
	for _, s := range c.Sources {
		d.Title = appendWording(d.Title, texts.Read(s.Title))
	}
}

// appendWording appends the terms of a wording to a field; an empty one ends it.
func appendWording(field []string, terms []lexicon.Term) []string {
	for _, t := range terms {
		field = append(field, t.Text)
	}
	return append(field, "")
}

// Message makes of a text what the index needs to find the claims nearest to it.
func Message(l *lexicon.Lexicon, tenant, text string) index.Message {
	return index.Message{Tenant: tenant, Terms: l.Read(text), Concepts: Concepts(l.Analyze(text))}
}

// wordings returns the texts in which a claim may be looked for, the aliases left out. A speaker whom the
// lexicon knows is a concept instead.
func (c *Claim) wordings(l *lexicon.Lexicon) []string {
	out := append(make([]string, 0, 3+len(c.Translations)), c.Text)
	if len(c.Translations) > 0 {
		for _, lang := range slices.Sorted(maps.Keys(c.Translations)) {
			out = append(out, c.Translations[lang])
		}
	}
	if !l.Has(lexicon.Claimant, c.Attribution.Speaker) {
		out = append(out, c.Attribution.Speaker)
	}
	return append(out, c.Attribution.Office)
}

// appendConcepts appends the keys of what the claim states as fields.
func (c *Claim) appendConcepts(out []string, l *lexicon.Lexicon) []string {
	add := func(class lexicon.Class, id string) {
		if concept, ok := l.Get(class, id); ok {
			out = append(out, concept.Key())
		}
	}
	add(lexicon.Metric, c.Scope.Metric)
	add(lexicon.Group, c.Scope.Group)
	add(lexicon.Party, c.Scope.Party)
	add(lexicon.Place, c.Scope.Place)
	for id := c.Attribution.Speaker; id != ""; { // what a body says, the body above it says
		add(lexicon.Claimant, id)
		concept, ok := l.Get(lexicon.Claimant, id)
		if !ok {
			break
		}
		id = concept.Within
	}
	add(lexicon.Topic, c.Topic)
	return out
}

// appendNumbers appends the bounds that are filled.
func (f Figure) appendNumbers(out []float64) []float64 {
	for _, b := range []*float64{f.Low, f.Best, f.High} {
		if b != nil {
			out = append(out, *b)
		}
	}
	return out
}

// Concepts returns the keys of the concepts that a text names, each once. Whoever makes a Query from a text has
// to use it, and Lexicon.Read for the words: documents are made with them.
func Concepts(a lexicon.Analysis) []string {
	out, counts := appendMentioned(nil, a)
	out = distinct(out)
	if counts {
		out = append(out, AnyMetric)
	}
	return out
}

// appendMentioned appends the keys of the concepts that a text names, and reports whether it names that something is counted.
func appendMentioned(out []string, a lexicon.Analysis) (all []string, counts bool) {
	for _, m := range a.Mentions {
		if searched(m.Class) {
			out = append(out, m.Key())
		}
		counts = counts || m.Class == lexicon.Metric || m.Is("counts")
	}
	return out, counts
}

var separators = strings.NewReplacer(",", "", "'", "", "’", "") //nolint:gochecknoglobals // read-only table

// searched reports whether concepts of a class are looked for: those of a domain, not those of language.
func searched(class lexicon.Class) bool {
	switch class {
	case lexicon.Party, lexicon.Group, lexicon.Metric, lexicon.Claimant, lexicon.Place, lexicon.Event, lexicon.Topic:
		return true
	}
	return false
}

// AnyMetric is the concept of counting anything at all: what a question about the counts as such names,
// whichever of them it happens to mention.
const AnyMetric = "metric:*"

// patterns returns the sets of concepts that a question has to name to mean an alias: its topics, and with
// them that something is counted; without topics what is counted; events, places, claimants and parties. A word
// that names several topics makes a set with each of them. Where the same words name a party and something else
// besides (a country is also a place), the party is enough.
func patterns(a lexicon.Analysis) [][]string {
	sets := [][]string{nil}
	topical := slices.ContainsFunc(a.Mentions, func(m lexicon.Mention) bool { return m.Class == lexicon.Topic && !m.Is("shade") })
	for i := 0; i < len(a.Mentions); {
		var here []string
		first := a.Mentions[i].First
		for ; i < len(a.Mentions) && a.Mentions[i].First == first; i++ {
			m := a.Mentions[i]
			if !searched(m.Class) || topical && m.Class == lexicon.Group || beside(a, m) {
				continue
			}
			if m.Is("counts") || topical && m.Class == lexicon.Metric {
				here = append(here, AnyMetric)
				continue
			}
			here = append(here, m.Key())
		}
		if len(here) > 0 {
			sets = times(sets, here)
		}
	}
	for i := range sets {
		sets[i] = distinct(sets[i])
	}
	return sets
}

// mostPatterns bounds what one alias can mean.
const mostPatterns = 8

// times returns each set with each of the alternatives.
func times(sets [][]string, alternatives []string) [][]string {
	var out [][]string
	for _, s := range sets {
		for _, a := range alternatives {
			if len(out) < mostPatterns {
				out = append(out, append(slices.Clone(s), a))
			}
		}
	}
	return out
}

// beside reports a mention whose words name a party as well.
func beside(a lexicon.Analysis, m lexicon.Mention) bool {
	return m.Class != lexicon.Party && slices.ContainsFunc(a.Mentions, func(o lexicon.Mention) bool {
		return o.Class == lexicon.Party && o.First == m.First && o.Last == m.Last
	})
}

// distinct sorts terms and drops repeated ones.
func distinct(terms []string) []string {
	slices.Sort(terms)
	return slices.Compact(terms)
}
