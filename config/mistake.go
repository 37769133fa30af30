package config

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Mistake is one thing that is wrong: in a line of the file, or in an environment variable. It holds no value.
type Mistake struct {
	File     string `json:"file,omitempty"`
	Line     int    `json:"line,omitempty"` // 0: the file as a whole
	Variable string `json:"variable,omitempty"`
	Message  string `json:"message"`
}

// String returns the place and what is wrong there.
func (m Mistake) String() string {
	switch {
	case m.File == "":
		return m.Message // it begins with the variable
	case m.Line == 0:
		return m.File + ": " + m.Message
	}
	return fmt.Sprintf("%s:%d: %s", m.File, m.Line, m.Message)
}

// Mistakes is everything that is wrong: the file's in the order of its lines, then the variables' by name.
type Mistakes []Mistake

// Error lists the mistakes, one a line.
func (m Mistakes) Error() string {
	lines := make([]string, 0, len(m))
	for _, mistake := range m {
		lines = append(lines, mistake.String())
	}
	return strings.Join(lines, "\n")
}

// MistakesOf returns the mistakes of an error, none where it is another one.
func MistakesOf(err error) Mistakes {
	m, _ := errors.AsType[Mistakes](err)
	return m
}

func (m Mistakes) sort() {
	slices.SortStableFunc(m, func(a, b Mistake) int {
		return cmp.Or(cmp.Compare(b.File, a.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Variable, b.Variable))
	})
}

// unknown says that a name isn't one of those there are, and which of them was probably meant. kind is "a key" or
// "a variable".
func unknown(name, kind string, names []string) string {
	if near := nearest(name, names); near != "" {
		return fmt.Sprintf("%s isn't %s; did you mean %s?", name, kind, near)
	}
	return fmt.Sprintf("%s isn't %s; whosays config example lists the keys", name, kind)
}

// nearest returns the name that was probably meant: the only one that ends in the same word (the section is wrong
// or missing), else the first of those that are the fewest letters away; "" where none is near.
func nearest(name string, names []string) string {
	var same []string
	for _, n := range names {
		if last(n) == last(name) {
			same = append(same, n)
		}
	}
	if len(same) == 1 {
		return same[0]
	}
	found, least := "", len(name)/3+1
	for _, n := range names {
		if d := levenshtein.ComputeDistance(strings.ToLower(name), strings.ToLower(n)); d < least {
			found, least = n, d
		}
	}
	return found
}

func last(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }
