package exchange

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// readYAML reads a list of claims, or a document with such a list under "claims".
func readYAML(data []byte, take func(item) bool) *fault {
	if len(data) > MaxYAML {
		return faultAt(0, "is larger than the %d MiB that a YAML file may have", MaxYAML>>20)
	}
	doc, f := parseYAML(data)
	if f != nil || doc == nil {
		return f
	}
	claims, f := claimsOf(doc)
	if f != nil {
		return f
	}
	for _, y := range claims.Content {
		if !take(item{y.Line, func(*lexicon.Lexicon) (*node, *fault) { return fromYAML(y, 0) }}) {
			return nil
		}
	}
	return nil
}

// parseYAML returns the one document of a file, nil if it is empty.
func parseYAML(data []byte) (*yaml.Node, *fault) {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc, more yaml.Node
	if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, syntax(err)
	}
	if err := dec.Decode(&more); err == nil {
		return nil, faultAt(more.Line, "a second document begins here; a file has one")
	} else if !errors.Is(err, io.EOF) {
		return nil, syntax(err)
	}
	return doc.Content[0], nil
}

var yamlLine = regexp.MustCompile(`^line (\d+): `)

// syntax takes the line out of a message of the YAML library.
func syntax(err error) *fault {
	msg := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 0
	if m := yamlLine.FindStringSubmatch(msg); m != nil {
		line, _ = strconv.Atoi(m[1])
		msg = msg[len(m[0]):]
	}
	return faultAt(line, "isn't YAML: %s", msg)
}

// claimsOf returns the list of claims of a document.
func claimsOf(doc *yaml.Node) (*yaml.Node, *fault) {
	claims := doc
	if doc.Kind == yaml.MappingNode {
		if len(doc.Content) != 2 || doc.Content[0].Value != "claims" {
			return nil, faultAt(doc.Line, "a document of claims has one field, claims, with a list of them")
		}
		claims = doc.Content[1]
	}
	if claims.Kind != yaml.SequenceNode {
		return nil, faultAt(claims.Line, "must be a list of claims, or a document with a list under claims")
	}
	return claims, nil
}

// fromYAML translates a node. Anchors, aliases and tags are refused: an alias can blow a small file up, and a
// reader couldn't tell where a value comes from.
func fromYAML(y *yaml.Node, depth int) (*node, *fault) {
	switch {
	case depth > maxDepth:
		return nil, faultAt(y.Line, "is nested too deeply")
	case y.Kind == yaml.AliasNode || y.Anchor != "":
		return nil, faultAt(y.Line, "anchors and aliases have no place in a base")
	case y.Style&yaml.TaggedStyle != 0:
		return nil, faultAt(y.Line, "the tag %q has no place in a base", y.Tag)
	case y.Kind == yaml.ScalarNode:
		return &node{kind: scalarKind(y), plain: y.Style == 0, text: y.Value, line: y.Line}, nil
	}
	n := &node{kind: list, line: y.Line}
	if y.Kind == yaml.MappingNode {
		n.kind = object
	}
	if f := fillYAML(n, y.Content, depth); f != nil {
		return nil, f
	}
	return n, nil
}

// fillYAML adds what a mapping or a sequence holds.
func fillYAML(n *node, content []*yaml.Node, depth int) *fault {
	for i := 0; i < len(content); i++ {
		name := content[i]
		if n.kind == object {
			if name.Kind != yaml.ScalarNode {
				return faultAt(name.Line, "the name of a field must be a word")
			}
			i++
		}
		item, f := fromYAML(content[i], depth+1)
		if f != nil {
			return f
		}
		if n.kind == object {
			n.add(name.Value, name.Line, item)
		} else {
			n.items = append(n.items, item)
		}
	}
	return nil
}

func scalarKind(y *yaml.Node) kind {
	switch y.ShortTag() {
	case "!!null":
		return null
	case "!!int", "!!float":
		return number
	case "!!bool":
		return boolean
	}
	return text
}
