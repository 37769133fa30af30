package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// Sources is where the configuration can come from.
type Sources struct {
	File       string   // asked for by name; empty: the one that FileVariable names, else ConfigHome's, if there is one
	Environ    []string // as os.Environ returns it
	ConfigHome string   // the platform's place for configuration
	DataHome   string   // the platform's place for data
}

// Loaded is a configuration, and where it came from.
type Loaded struct {
	Config
	File     string    // what was read; empty: no file
	Settings []Setting // all keys, in the order of the example
}

// Setting is one key, as it is in effect.
type Setting struct {
	Key, Value string // the value of a secret is ***
	Origin     Origin
}

// Origin says where a value came from.
type Origin struct {
	Kind OriginKind
	Name string // of the file or of the variable
	Line int    // in the file
}

// String names the place, as in "file whosays.yaml:3".
func (o Origin) String() string {
	switch {
	case o.Name == "":
		return string(o.Kind)
	case o.Line == 0:
		return string(o.Kind) + " " + o.Name
	}
	return fmt.Sprintf("%s %s:%d", o.Kind, o.Name, o.Line)
}

// OriginKind is a kind of place that values come from.
type OriginKind string

// The kinds of origins; a later one is put over an earlier one.
const (
	FromDefault     OriginKind = "default"
	FromFile        OriginKind = "file"
	FromEnvironment OriginKind = "environment"
)

// Load reads the configuration. Its error is a Mistakes.
func (s Sources) Load() (*Loaded, error) {
	l := &Loaded{File: s.Path()}
	r := &reading{file: l.File, keys: l.keys(), origins: map[string]Origin{}, lines: map[string]int{}}
	if l.File != "" {
		r.readFile(l.File)
	}
	r.readEnvironment(s.Environ)
	r.together(&l.Config)
	if len(r.mistakes) > 0 {
		r.mistakes.sort()
		return nil, r.mistakes
	}
	l.Database.Home = s.DataHome
	for _, k := range r.keys {
		origin, ok := r.origins[k.name]
		if !ok {
			origin.Kind = FromDefault
		}
		l.Settings = append(l.Settings, Setting{k.name, k.show(), origin})
	}
	return l, nil
}

// Path returns the path of the file to read, "" where there is none. One that is named has to be there; the platform's can be missing.
func (s Sources) Path() string {
	if s.File != "" {
		return s.File
	}
	for _, line := range s.Environ {
		if path, ok := strings.CutPrefix(line, FileVariable+"="); ok && path != "" {
			return path
		}
	}
	path := filepath.Join(s.ConfigHome, "whosays", "config.yaml")
	if _, err := os.Stat(path); s.ConfigHome == "" || err != nil {
		return ""
	}
	return path
}

// reading is a configuration while it is read.
type reading struct {
	file     string
	keys     []key
	origins  map[string]Origin
	lines    map[string]int // where the file sets a key
	mistakes Mistakes
}

func (r *reading) inFile(line int, msg string) {
	r.mistakes = append(r.mistakes, Mistake{File: r.file, Line: line, Message: msg})
}

func (r *reading) inVariable(name, msg string) {
	r.mistakes = append(r.mistakes, Mistake{Variable: name, Message: msg})
}

func (r *reading) key(name string) (key, bool) {
	i := slices.IndexFunc(r.keys, func(k key) bool { return k.name == name })
	if i < 0 {
		return key{}, false
	}
	return r.keys[i], true
}

func (r *reading) names() []string {
	names := make([]string, 0, len(r.keys))
	for _, k := range r.keys {
		names = append(names, k.name)
	}
	return names
}

// Exposed reports whether the file holds secrets, and others than its owner may read it. Where files have no such permissions, it
// doesn't.
func (l *Loaded) Exposed() bool {
	info, err := os.Stat(l.File)
	if l.File == "" || err != nil || runtime.GOOS == "windows" || info.Mode().Perm()&0o077 == 0 {
		return false
	}
	return slices.ContainsFunc(l.Settings, func(s Setting) bool { return s.Origin.Kind == FromFile && s.Value == hidden })
}

// Check says what is wrong with a value of a key; the error never holds the value.
func Check(name, text string) error {
	r := &reading{keys: new(Config).keys()}
	k, known := r.key(name)
	if !known {
		return errors.New(unknown(printable(name), "a key", r.names()))
	}
	if err := k.set(text); err != nil {
		return fmt.Errorf("%s %w", name, err)
	}
	return nil
}

// Place returns where the file is, or would be: as Path, but at the platform's place also where none is there yet.
func (s Sources) Place() string {
	if path := s.Path(); path != "" || s.ConfigHome == "" {
		return path
	}
	return filepath.Join(s.ConfigHome, "whosays", "config.yaml")
}

// Without returns the sources without a file.
func (s Sources) Without() Sources {
	s.File, s.ConfigHome = "", ""
	s.Environ = slices.DeleteFunc(slices.Clone(s.Environ), func(line string) bool { return strings.HasPrefix(line, FileVariable+"=") })
	return s
}
