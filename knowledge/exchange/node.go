package exchange

import (
	"strconv"
	"strings"
)

// node is a value as any of the formats states it, with its line.
type node struct {
	kind  kind
	plain bool   // written without quotes: the field decides what it is
	text  string // of a scalar
	line  int
	keys  []key   // of an object: its fields, in step with items
	items []*node // of an object or a list
}

type key struct {
	name string
	line int
}

// kind says what a node is, in words that an error can use.
type kind string

const (
	null    kind = "nothing"
	text    kind = "a text"
	number  kind = "a number"
	boolean kind = "true or false"
	list    kind = "a list"
	object  kind = "a group of fields"
)

// maxDepth is how deep a claim may be nested; the model needs five levels.
const maxDepth = 12

func (n *node) add(name string, line int, item *node) {
	n.keys = append(n.keys, key{name, line})
	n.items = append(n.items, item)
}

// field returns the value of a field, nil without it.
func (n *node) field(name string) *node {
	for i, k := range n.keys {
		if k.name == name {
			return n.items[i]
		}
	}
	return nil
}

// lineOf returns the line of a field such as "sources[0].quote", or of as much of that path as there is.
func (n *node) lineOf(path string) int {
	for step := range strings.FieldsFuncSeq(path, func(r rune) bool { return strings.ContainsRune(".[]", r) }) {
		next := n.field(step)
		if i, err := strconv.Atoi(step); err == nil && n.kind == list && i < len(n.items) {
			next = n.items[i]
		}
		if next == nil {
			break
		}
		n = next
	}
	return n.line
}
