package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// readFile sets the keys that a file names.
func (r *reading) readFile(path string) {
	f, err := os.Open(path)
	if err != nil {
		r.inFile(0, openProblem(err))
		return
	}
	defer f.Close() //nolint:errcheck // it was only read
	dec := yaml.NewDecoder(f)
	var doc yaml.Node
	switch err := dec.Decode(&doc); {
	case errors.Is(err, io.EOF): // nothing in it, or comments alone
		return
	case err != nil:
		r.inFile(yamlProblem(err))
		return
	}
	r.node("", doc.Content[0])
	var more yaml.Node
	if err := dec.Decode(&more); !errors.Is(err, io.EOF) {
		r.inFile(more.Line, "a second document begins here; only one is read")
	}
}

// openProblem says why a file can't be opened, without its name.
func openProblem(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return "there is no such file"
	}
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		err = p.Err
	}
	return "can't be read: " + err.Error()
}

// yamlProblem returns the line and the reason for which a file isn't YAML. What YAML says quotes only names of
// anchors, which a value that begins with * is taken for.
func yamlProblem(err error) (line int, msg string) {
	text := err.Error()
	atLine := regexp.MustCompile(`^(?:yaml: )?line (\d+): `)
	if m := atLine.FindStringSubmatch(text); m != nil {
		line, _ = strconv.Atoi(m[1])
		text = text[len(m[0]):]
	}
	text = strings.TrimPrefix(text, "yaml: ")
	if strings.Contains(text, "anchor") {
		text = "a value begins with *; put it in quotes"
	}
	return line, "this isn't YAML: " + text
}

// node walks down the file; path is the name of the key that the node is the value of.
func (r *reading) node(path string, n *yaml.Node) {
	empty := n.Kind == yaml.ScalarNode && n.Tag == "!!null"
	k, known := r.key(path)
	switch {
	case known && n.Kind == yaml.ScalarNode:
		r.fileValue(k, n, empty)
	case known:
		r.inFile(n.Line, path+" takes one value, not a list nor keys of its own")
	case n.Kind == yaml.MappingNode:
		r.mapping(path, n)
	case path != "" && !r.isSection(path):
		r.inFile(n.Line, unknown(printable(path), "a key", r.names()))
	case empty: // a section of which all is commented out
	case path == "":
		r.inFile(n.Line, "the file has to hold keys and values; whosays config example prints one")
	default:
		r.inFile(n.Line, path+" is a section: its keys go on lines of their own below it, indented")
	}
}

func (r *reading) mapping(path string, n *yaml.Node) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		name := n.Content[i].Value
		if path != "" {
			name = path + "." + name
		}
		value := *n.Content[i+1]
		if value.Kind != yaml.MappingNode {
			value.Line = n.Content[i].Line // a value can stand below its key, which is where the mistake is looked for
		}
		r.node(name, &value)
	}
}

// fileValue sets a key from the file. Nothing after the colon means the default.
func (r *reading) fileValue(k key, n *yaml.Node, empty bool) {
	if line, twice := r.lines[k.name]; twice {
		r.inFile(n.Line, fmt.Sprintf("%s is set twice; the first time on line %d", k.name, line))
		return
	}
	r.lines[k.name] = n.Line
	if empty {
		return
	}
	if err := k.set(n.Value); err != nil {
		r.inFile(n.Line, k.name+" "+err.Error())
		return
	}
	r.origins[k.name] = Origin{Kind: FromFile, Name: r.file, Line: n.Line}
}

// printable returns a name that looks like one; all else could be a value that went astray.
func printable(path string) string {
	if regexp.MustCompile(`^[A-Za-z_.-]{1,60}$`).MatchString(path) {
		return path
	}
	return "what stands here"
}

func (r *reading) isSection(path string) bool {
	return slices.ContainsFunc(r.keys, func(k key) bool { return k.section() == path })
}
