// Package lexicon turns words into concepts: parties, groups, metrics, claimants, places, topics, in
// English, Ukrainian and Russian. Which words and which concepts is data (data/*.yaml); the package itself
// knows no domain.
package lexicon

import (
	"embed"
	"io/fs"
	"slices"
	"sync"
)

// Class is a kind of concept.
type Class string

// The classes of concepts. Function and the ones after it belong to language in general; the others to a domain.
const (
	Party     Class = "party"     // a side, a country
	Group     Class = "group"     // who or what is counted
	Metric    Class = "metric"    // what happened to them
	Claimant  Class = "claimant"  // a person or a body that says things
	Place     Class = "place"     // where
	Event     Class = "event"     // another event than the domain's own, or the domain's own
	Topic     Class = "topic"     // what positions and statements are about; may have an opposite pole
	Standing  Class = "standing"  // on which ground a claimant stands
	Method    Class = "method"    // how a figure came about
	Unit      Class = "unit"      // what a figure's number counts
	CaveatOf  Class = "caveat"    // standard wordings of caveats
	Domain    Class = "domain"    // one entry: wordings about the domain as a whole
	Function  Class = "function"  // words of grammar that the reader acts on
	Numeral   Class = "numeral"   // number words, with their value
	Magnitude Class = "magnitude" // thousand, million; suffixes k, m
	Month     Class = "month"     // months, with their number
	Light     Class = "light"     // words that carry no scope
	Form      Class = "form"      // lists of single words, for IsForm; named by no text
	Same      Class = "same"      // ways to say one thing, for Read; named by no text
	Stop      Class = "stop"      // words that Read leaves out; named by no text
	Spelling  Class = "spelling"  // how a word is written in haste or by ear; its id is the word
)

// Languages are the languages that the lexicon speaks, the default first.
var Languages = []string{"en", "uk", "ru"} //nolint:gochecknoglobals // a constant list; Go has no constant slices

// Concept is one entry of the lexicon. It is read-only after loading.
type Concept struct {
	Class Class
	ID    string

	Label    map[string]string `yaml:"label"`    // by language, as it stands alone in a list
	Office   map[string]string `yaml:"office"`   // claimants: what they are, by language
	Words    map[string]string `yaml:"words"`    // by language: phrases, comma-separated (see phrase.go)
	Against  map[string]string `yaml:"against"`  // topics: phrases of the opposite pole
	Within   string            `yaml:"within"`   // a place in a place, a group in a group, a body in a body
	Party    string            `yaml:"party"`    // claimants and places: the party they belong to
	Group    string            `yaml:"group"`    // parties: the group that these words name besides ("the Ukrainian army")
	Standing string            `yaml:"standing"` // claimants
	Covers   []string          `yaml:"covers"`   // metrics: which metrics answer a question about this one
	Parts    []string          `yaml:"parts"`    // metrics: the metrics that it adds together; topics: concepts it implies
	Unit     string            `yaml:"unit"`     // groups: what is counted, where it isn't persons
	Value    float64           `yaml:"value"`    // numerals, magnitudes, months; methods and standings: their order
	Flags    []string          `yaml:"flags"`    // see the reader of each class

	key string
}

// Key returns the key of a concept in analyses and in the index, as "class:id".
func Key(class Class, id string) string { return string(class) + ":" + id }

// Key returns the concept's key.
func (c *Concept) Key() string { return c.key }

// Is reports whether the concept carries a flag.
func (c *Concept) Is(flag string) bool {
	return slices.Contains(c.Flags, flag)
}

// In returns the concept's label in lang, else in English, else its id.
func (c *Concept) In(lang string) string {
	if s := c.Label[lang]; s != "" {
		return s
	}
	if s := c.Label["en"]; s != "" {
		return s
	}
	return c.ID
}

// Lexicon is a set of concepts with the words that name them. It is safe for concurrent use.
type Lexicon struct {
	concepts map[string]*Concept
	byClass  map[Class][]*Concept
	dict     dictionary
	forms    map[string]map[string]bool // list → its words
	same     same
	words    *memo             // by word
	spelt    map[string]string // words as they are written in haste → as they are spelt
	scripts  []script
	print    string
}

//go:embed data/language/*.yaml
var language embed.FS

//go:embed data/*.yaml
var domain embed.FS

// Language returns the files that every domain shares: grammar, numbers, months. A lexicon of another domain
// is Load(Language(), its files).
func Language() fs.FS { return language }

// Default returns the embedded lexicon: language and the domain of the starter base. It is built once.
func Default() (*Lexicon, error) { return embedded() }

var embedded = sync.OnceValues(func() (*Lexicon, error) { //nolint:gochecknoglobals // built once, read-only
	return Load(language, domain)
})

// Get returns the concept of a class by its id.
func (l *Lexicon) Get(class Class, id string) (*Concept, bool) {
	c, ok := l.concepts[Key(class, id)]
	return c, ok
}

// Has reports whether the lexicon knows a concept of that class and id.
func (l *Lexicon) Has(class Class, id string) bool {
	_, ok := l.Get(class, id)
	return ok
}

// Fingerprint tells this lexicon's files from other ones: what was read with one lexicon isn't what another reads.
func (l *Lexicon) Fingerprint() string { return l.print }

// Of returns the concepts of a class, in the order of their ids.
func (l *Lexicon) Of(class Class) []*Concept { return l.byClass[class] }

// IsForm reports whether a word, as it stands in Token.Norm, is in a list of forms.
func (l *Lexicon) IsForm(list, word string) bool { return l.forms[list][word] }

// Flagged returns the first concept of a class that carries a flag, nil where none does: a domain need not have it.
func (l *Lexicon) Flagged(class Class, flag string) *Concept {
	for _, c := range l.byClass[class] {
		if c.Is(flag) {
			return c
		}
	}
	return nil
}
