package exchange

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"

	"go.yaml.in/yaml/v3"

	"github.com/whosays/whosays/knowledge"
)

// Write writes claims, one after the other, so that reading gives back each claim as it is: an empty list isn't told
// from none, nor one moment in two time zones. That holds for claims that are valid.
//
// For CSV the claims are ranged over twice, since the header has to name the columns of all of them: both times they
// have to be the same. What couldn't be read again isn't written: the error says so, and what to do; w holds a part then.
func Write(w io.Writer, format Format, claims iter.Seq2[knowledge.Claim, error]) error {
	out := bufio.NewWriterSize(w, 1<<16)
	var err error
	switch format {
	case YAML:
		err = writeYAML(out, claims)
	case JSONL:
		err = writeJSONL(out, claims)
	case CSV:
		err = writeCSV(out, claims)
	case ClaimReview:
		err = writeReviews(out, claims)
	default:
		err = format.unknown()
	}
	if err != nil {
		return err
	}
	return unwritten(out.Flush())
}

// unwritten makes an error of a writer one of ours.
func unwritten(err error) error {
	if err == nil {
		return nil
	}
	return &knowledge.Error{Kind: knowledge.Unavailable, Msg: "the claims couldn't be written", Err: err}
}

// writeYAML writes each claim as an entry of a list, with a blank line between them.
func writeYAML(w io.Writer, claims iter.Seq2[knowledge.Claim, error]) error {
	size := 0
	var entry bytes.Buffer
	for c, err := range claims {
		if err != nil {
			return err
		}
		entry.Reset()
		if size > 0 {
			entry.WriteByte('\n')
		}
		if err := yamlEntry(&entry, c); err != nil {
			return err
		}
		if size += entry.Len(); size > MaxYAML {
			return &knowledge.Error{Kind: knowledge.Invalid, Msg: fmt.Sprintf("the claims take more than the %d MiB that a YAML file may have: write them as jsonl", MaxYAML>>20)}
		}
		if _, err := w.Write(entry.Bytes()); err != nil {
			return unwritten(err)
		}
	}
	if size == 0 {
		_, err := io.WriteString(w, "[]\n")
		return unwritten(err)
	}
	return nil
}

func yamlEntry(w io.Writer, c knowledge.Claim) error {
	n, err := encode(c)
	if err != nil {
		return err
	}
	enc := yaml.NewEncoder(w)
	enc.SetIndent(2)
	if err := enc.Encode(toYAML(&node{kind: list, items: []*node{n}})); err != nil {
		return &knowledge.Error{Kind: knowledge.Invalid, Msg: fmt.Sprintf("claim %s can't be written as YAML", quoted(c.ID)), Err: err}
	}
	return enc.Close()
}

// toYAML translates a node. The library quotes a text that would be read as something else.
func toYAML(n *node) *yaml.Node {
	switch n.kind {
	case object:
		y := &yaml.Node{Kind: yaml.MappingNode}
		for i, k := range n.keys {
			y.Content = append(y.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: k.name}, toYAML(n.items[i]))
		}
		return y
	case list:
		y := &yaml.Node{Kind: yaml.SequenceNode}
		for _, entry := range n.items {
			y.Content = append(y.Content, toYAML(entry))
		}
		return y
	case null:
		return &yaml.Node{Kind: yaml.ScalarNode, Value: "null"}
	}
	y := &yaml.Node{Kind: yaml.ScalarNode, Value: n.text}
	if n.kind == text && !n.plain {
		y.Tag = "!!str"
	}
	return y
}

// writeJSONL writes each claim on a line.
func writeJSONL(w io.Writer, claims iter.Seq2[knowledge.Claim, error]) error {
	var line bytes.Buffer
	for c, err := range claims {
		if err != nil {
			return err
		}
		line.Reset()
		if err := toJSON(&line, c, c.ID); err != nil {
			return err
		}
		if _, err := w.Write(line.Bytes()); err != nil {
			return unwritten(err)
		}
	}
	return nil
}

// toJSON writes a value that holds a claim in a line.
func toJSON(line *bytes.Buffer, v any, id string) error {
	enc := json.NewEncoder(line)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return &knowledge.Error{Kind: knowledge.Invalid, Msg: fmt.Sprintf("claim %s can't be written as JSON", quoted(id)), Err: err}
	}
	if line.Len() > MaxLine {
		return &knowledge.Error{Kind: knowledge.Invalid, Msg: fmt.Sprintf("claim %s is longer than the %d MiB that a line may have", quoted(id), MaxLine>>20)}
	}
	return nil
}
