package lexicon

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"runtime"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
	"golang.org/x/sync/errgroup"
)

// file is a class → id → entry, as it is written.
type file map[Class]map[string]*Concept

// Load reads every *.yaml file of the file systems, and builds one lexicon of them. A file is a map: class → id
// → entry. One id in two files is an error, as is a reference to a concept that doesn't exist; the error names
// what is wrong. Files are read side by side: starting is a good part of what one answer in a terminal takes.
func Load(systems ...fs.FS) (*Lexicon, error) {
	l := &Lexicon{concepts: map[string]*Concept{}, byClass: map[Class][]*Concept{}, words: newMemo(rememberedWords)}
	var paths []string
	var from []fs.FS
	for _, fsys := range systems {
		if err := fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && strings.HasSuffix(path, ".yaml") {
				paths, from = append(paths, path), append(from, fsys)
			}
			return err
		}); err != nil {
			return nil, fmt.Errorf("lexicon: %w", err)
		}
	}
	files, sums := make([]file, len(paths)), make([][sha256.Size]byte, len(paths))
	if err := each(len(paths), func(i int) (err error) {
		sums[i], err = files[i].read(from[i], paths[i])
		return err
	}); err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	l.print = fingerprint(paths, sums)
	for i, f := range files {
		if err := l.add(f, paths[i]); err != nil {
			return nil, fmt.Errorf("lexicon: %w", err)
		}
	}
	for class := range l.byClass {
		slices.SortFunc(l.byClass[class], func(a, b *Concept) int { return cmp.Compare(a.ID, b.ID) })
	}
	if err := l.link(); err != nil {
		return nil, err
	}
	if err := l.index(); err != nil {
		return nil, err
	}
	l.collectForms()
	l.collectSame()
	l.collectSpelling()
	l.scripts = scripts()
	return l, nil
}

// collectSpelling builds the list of what is written in haste.
func (l *Lexicon) collectSpelling() {
	l.spelt = map[string]string{}
	for _, c := range l.byClass[Spelling] {
		for _, text := range c.Words {
			for word := range strings.SplitSeq(text, ",") {
				l.spelt[fold(strings.TrimSpace(word))] = c.ID
			}
		}
	}
}

// collectForms builds the lists that IsForm looks into.
func (l *Lexicon) collectForms() {
	l.forms = map[string]map[string]bool{}
	for _, c := range l.byClass[Form] {
		words := map[string]bool{}
		for _, text := range c.Words {
			for word := range strings.SplitSeq(text, ",") {
				words[fold(strings.TrimSpace(word))] = true
			}
		}
		l.forms[c.ID] = words
	}
}

// each calls do for 0 … n−1 on every processor, and returns the first error.
func each(n int, do func(i int) error) error {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range n {
		group.Go(func() error { return do(i) })
	}
	return group.Wait()
}

// fingerprint makes one of the checksums of the files.
func fingerprint(paths []string, sums [][sha256.Size]byte) string {
	all := sha256.New()
	for i, path := range paths {
		_, _ = fmt.Fprintf(all, "%s %x\n", path, sums[i])
	}
	return hex.EncodeToString(all.Sum(nil))
}

// read reads one file, and returns its checksum.
func (f *file) read(fsys fs.FS, path string) (sum [sha256.Size]byte, err error) {
	raw, err := fs.ReadFile(fsys, path)
	if err != nil {
		return sum, err
	}
	in := yaml.NewDecoder(bytes.NewReader(raw))
	in.KnownFields(true)
	if err := in.Decode(f); err != nil && !errors.Is(err, io.EOF) {
		return sum, fmt.Errorf("%s: %w", path, err)
	}
	return sha256.Sum256(raw), nil
}

// add takes the entries of one file.
func (l *Lexicon) add(f file, path string) error {
	for class, entries := range f {
		if !slices.Contains(classes(), class) {
			return fmt.Errorf("%s: there is no class %q of concepts", path, class)
		}
		for id, c := range entries {
			if c == nil {
				c = &Concept{}
			}
			c.Class, c.ID, c.key = class, id, Key(class, id)
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
		Function, Numeral, Magnitude, Month, Light, Form, Same, Stop, Spelling,
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
		if l.circular(c) {
			wrong = append(wrong, c.Key()+": within leads back to itself")
		}
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
	slices.Sort(wrong)
	return fmt.Errorf("lexicon: %d broken references, the first: %s", len(wrong), wrong[0])
}

// circular reports a concept that lies within itself.
func (l *Lexicon) circular(c *Concept) bool {
	id := c.Within
	for range len(l.concepts) {
		next, ok := l.Get(c.Class, id)
		if !ok {
			return false
		}
		if next == c {
			return true
		}
		id = next.Within
	}
	return true
}

// list is the phrases of one concept in one language.
type list struct {
	concept *Concept
	sign    int8
	text    string
	phrases []*phrase
}

// index builds the dictionary of all words. Finding stems takes most of it, so that it is done side by side.
func (l *Lexicon) index() error {
	var lists []list
	for _, class := range classes() {
		if class == Form || class == Same || class == Stop || class == Spelling {
			continue
		}
		for _, c := range l.byClass[class] {
			for _, lang := range slices.Sorted(maps.Keys(c.Words)) {
				lists = append(lists, list{concept: c, sign: 1, text: c.Words[lang]})
			}
			for _, lang := range slices.Sorted(maps.Keys(c.Against)) {
				lists = append(lists, list{concept: c, sign: -1, text: c.Against[lang]})
			}
		}
	}
	workers := runtime.GOMAXPROCS(0)
	if err := each(workers, func(w int) error {
		known := stems{}
		for i := w; i < len(lists); i += workers {
			if err := lists[i].parse(known); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return err
	}
	l.dict = newDictionary()
	for _, x := range lists {
		l.dict.add(x)
	}
	l.dict.seal()
	return nil
}
