package config

import (
	"fmt"
	"strings"
)

// Prefix is what the names of environment variables begin with.
const Prefix = "WHOSAYS_"

// fileSuffix ends the name of a variable that holds the path of a file with a secret in it.
const fileSuffix = "_FILE"

// key is one thing to configure.
type key struct {
	name   string // section.name
	doc    string // the lines of its comment in the example
	secret bool
	set    func(text string) error // the error says what would be right, and never what was given
	show   func() string
}

// bind makes the key of a field, and sets the field to its default.
func bind[T any](name string, field *T, standard T, parse func(string) (T, error), doc string) key {
	*field = standard
	return key{
		name: name, doc: strings.TrimSpace(doc),
		set: func(text string) error {
			v, err := parse(text)
			if err == nil {
				*field = v
			}
			return err
		},
		show: func() string { return fmt.Sprint(*field) },
	}
}

// secret makes the key of a field that holds a secret; it is empty where nothing is set.
func secret(name string, field *Secret, check func(string) error, doc string) key {
	k := bind(name, field, Secret{}, func(text string) (Secret, error) { return NewSecret(text), check(text) }, doc)
	k.secret = true
	return k
}

// section returns the part of the name in front of the dot.
func (k key) section() string {
	section, _, _ := strings.Cut(k.name, ".")
	return section
}

// variable returns the name of the environment variable that sets the key.
func (k key) variable() string {
	return Prefix + strings.ToUpper(strings.ReplaceAll(k.name, ".", "_"))
}
