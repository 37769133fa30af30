package lexicon

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sort"

	"go.yaml.in/yaml/v3"
)

// Load reads every *.yaml file at the root of each file system and below, and builds one lexicon of them.
// A file is a map: class → id → entry. One id in two files is an error, as is a reference to a concept that
// doesn't exist; the error names all that is wrong.
func Load(systems ...fs.FS) (*Lexicon, error) {
	l := &Lexicon{concepts: map[string]*Concept{}, byClass: map[Class][]*Concept{}}
	for _, fsys := range systems {
		if err := fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			return l.read(fsys, path)
		}); err != nil {
			return nil, fmt.Errorf("lexicon: %w", err)
		}
	}
	for class := range l.byClass {
		slices.SortFunc(l.byClass[class], func(a, b *Concept) int { return cmpString(a.ID, b.ID) })
	}
	if err := l.link(); err != nil {
		return nil, err
	}
	return l, l.index()
}

func cmpString(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// read adds the entries of one file.
func (l *Lexicon) read(fsys fs.FS, path string) error {
	raw, err := fs.ReadFile(fsys, path)
	if err != nil {
		return err
	}
	var file map[Class]map[string]*Concept
	if err := yaml.Unmarshal(raw, &file); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for class, entries := range file {
		if !slices.Contains(classes(), class) {
			return fmt.Errorf("%s: there is no class %q of concepts", path, class)
		}
		for id, c := range entries {
			if c == nil {
				c = &Concept{}
			}
			c.Class, c.ID = class, id
			if _, twice := l.concepts[c.Key()]; twice {
				return fmt.Errorf("%s: %s is defined twice", path, c.Key())
			}
			l.concepts[c.Key()] = c
			l.byClass[class] = append(l.byClass[class], c)
		}
	}
	return nil
}

func classes() []Class {
	return []Class{
		Party, Group, Metric, Claimant, Place, Event, Topic, Standing, Method, Unit, CaveatOf, Domain,
		Function, Numeral, Magnitude, Month, Light,
	}
}

// link checks that every reference names a concept of the right class.
func (l *Lexicon) link() error {
	var wrong []string
	need := func(c *Concept, field string, class Class, id string) {
		if id != "" && !l.Has(class, id) {
			wrong = append(wrong, fmt.Sprintf("%s: %s names %s:%s, which doesn't exist", c.Key(), field, class, id))
		}
	}
	for _, c := range l.concepts {
		need(c, "within", c.Class, c.Within)
		need(c, "party", Party, c.Party)
		need(c, "group", Group, c.Group)
		need(c, "standing", Standing, c.Standing)
		for _, id := range slices.Concat(c.Covers, c.Parts) {
			need(c, "covers or parts", c.Class, id)
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	sort.Strings(wrong)
	return fmt.Errorf("lexicon: %d broken references, the first: %s", len(wrong), wrong[0])
}

// index builds the dictionary of all words.
func (l *Lexicon) index() error {
	l.dict = newDictionary()
	for _, class := range classes() {
		for _, c := range l.byClass[class] {
			for _, lang := range slices.Sorted(maps.Keys(c.Words)) {
				if err := l.dict.add(c, 1, c.Words[lang]); err != nil {
					return err
				}
			}
			for _, lang := range slices.Sorted(maps.Keys(c.Against)) {
				if err := l.dict.add(c, -1, c.Against[lang]); err != nil {
					return err
				}
			}
		}
	}
	l.dict.seal()
	return nil
}
