package exchange

import "slices"

// In JSON-LD a value may stand alone or in a list, and a thing may be described or just be named. These look through that. A
// nil node has nothing in it.

// all returns the values of a field, each once.
func (n *node) all(name string) []*node {
	if n == nil || n.kind != object {
		return nil
	}
	v := n.field(name)
	switch {
	case v == nil || v.kind == null:
		return nil
	case v.kind == list:
		return slices.DeleteFunc(slices.Clone(v.items), func(i *node) bool { return i.kind == null })
	}
	return []*node{v}
}

// first returns the first value of a field, nil without one.
func (n *node) first(name string) *node {
	if all := n.all(name); len(all) > 0 {
		return all[0]
	}
	return nil
}

// word returns what names a thing: the text that it is, or the first of these fields.
func (n *node) word(fields ...string) *node {
	if n == nil || n.kind != object {
		return n
	}
	for _, name := range fields {
		if v := n.first(name); v != nil {
			return v
		}
	}
	return nil
}

func (n *node) lineOr(line int) int {
	if n == nil {
		return line
	}
	return n.line
}

// set adds a text.
func (n *node) set(name string, line int, s string) {
	n.add(name, line, &node{kind: text, text: s, line: line})
}

// copy adds a value that was found.
func (n *node) copy(name string, value *node) {
	if value != nil && (value.kind != text || value.text != "") {
		n.add(name, value.line, value)
	}
}
