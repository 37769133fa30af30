package config

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Value is a key, and what it is to be set to.
type Value struct{ Key, Text string }

// Set sets keys in a file, which is made with its folders where it isn't there, and leaves all else in it as it is, comments too.
// The file is readable by its owner alone afterwards, for it may hold secrets, and is never half written. A file that has mistakes, or is
// written in a form that this can't change safely, stays as it is, and the error says so. No error holds a value.
func Set(path string, values ...Value) error {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	before, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s %s", path, openProblem(err))
	}
	want, err := wanted(path, err == nil, values)
	if err != nil {
		return err
	}
	text := string(before)
	for _, v := range values {
		if text, err = put(text, v); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return replace(path, text, want)
}

// wanted returns the configuration that the file is to hold afterwards.
func wanted(path string, there bool, values []Value) (Config, error) {
	var c Config
	r := &reading{file: path, keys: c.keys(), origins: map[string]Origin{}, lines: map[string]int{}}
	if there {
		r.readFile(path)
	}
	if len(r.mistakes) > 0 {
		return c, fmt.Errorf("the configuration has mistakes, which have to be corrected first:\n%w", r.mistakes)
	}
	for _, v := range values {
		k, known := r.key(v.Key)
		if !known {
			return c, errors.New(unknown(printable(v.Key), "a key", r.names()))
		}
		if err := k.set(v.Text); err != nil {
			return c, fmt.Errorf("%s %w", v.Key, err)
		}
	}
	return c, nil
}

// replace writes the file beside, and puts it in its place once it is seen to hold what it is to.
func replace(path, text string, want Config) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("the folder of %s can't be made: look at who may write there: %w", path, err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".whosays-*") // readable by its owner alone
	if err != nil {
		return fmt.Errorf("%s can't be written: look at who may write into its folder: %w", path, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	_, err = f.WriteString(text)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("%s can't be written: %w", path, err)
	}
	is, err := wanted(f.Name(), true, nil)
	if err != nil || !reflect.DeepEqual(is, want) {
		return fmt.Errorf("%s is written in a form that can't be changed safely: set the keys there by hand; whosays config example shows how they stand in a file", path)
	}
	return os.Rename(f.Name(), path)
}

// put returns a file with a key set. It goes by lines, so that whatever else stands in the file stays; replace looks whether the outcome is
// what was meant.
func put(text string, v Value) (string, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		return "", errors.New("it isn't YAML")
	}
	encoded, err := yaml.Marshal(v.Text)
	if err != nil {
		return "", err
	}
	section, name, _ := strings.Cut(v.Key, ".")
	line := name + ": " + strings.TrimSpace(string(encoded))
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	var root yaml.Node
	if len(doc.Content) > 0 {
		root = *doc.Content[0]
	}
	if key, value := child(&root, v.Key); key != nil { // section.name: value
		return edited(lines, key, value, section+"."+line), nil
	}
	head, body := child(&root, section)
	if key, value := child(body, name); key != nil {
		return edited(lines, key, value, line), nil
	}
	if head != nil {
		return joined(slices.Insert(lines, head.Line, strings.Repeat(" ", indent(body))+line)), nil
	}
	if text == "" {
		lines = nil
	}
	return joined(append(lines, section+":", "  "+line)), nil
}

// child returns the key of a mapping, and its value; nil where it isn't there.
func child(mapping *yaml.Node, name string) (key, value *yaml.Node) {
	if mapping == nil || mapping.Kind != yaml.MappingNode {
		return nil, nil
	}
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == name {
			return mapping.Content[i], mapping.Content[i+1]
		}
	}
	return nil, nil
}

// indent returns how far the keys of a section are indented.
func indent(body *yaml.Node) int {
	if body != nil && body.Kind == yaml.MappingNode && len(body.Content) > 0 {
		return body.Content[0].Column - 1
	}
	return 2
}

// edited returns lines with what stands from a key on replaced up to the end of its line, but for the comment there.
func edited(lines []string, key, value *yaml.Node, line string) string {
	at := key.Line - 1
	if comment := cmp.Or(value.LineComment, key.LineComment); comment != "" {
		line += " " + comment
	}
	lines[at] = lines[at][:min(key.Column-1, len(lines[at]))] + line
	return joined(lines)
}

func joined(lines []string) string { return strings.Join(lines, "\n") + "\n" }
