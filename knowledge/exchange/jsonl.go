package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// readJSONL reads a claim on each line.
func readJSONL(data []byte, take func(item) bool) *fault {
	line := 0
	for raw := range bytes.Lines(data) {
		line++
		raw = bytes.TrimSpace(raw)
		if len(raw) == 0 {
			continue
		}
		at := line
		if !take(item{at, func(*lexicon.Lexicon) (*node, *fault) { return parseJSON(raw, at) }}) {
			return nil
		}
	}
	return nil
}

// parseJSON reads one value that begins on a line.
func parseJSON(raw []byte, line int) (*node, *fault) {
	if len(raw) > MaxLine {
		return nil, tooLong(line)
	}
	if f := checkJSON(raw, line); f != nil {
		return nil, f
	}
	p := &jsonParser{dec: json.NewDecoder(bytes.NewReader(raw)), raw: raw, at: line}
	p.dec.UseNumber()
	return p.value(0)
}

// checkJSON reports what isn't JSON. Behind it nothing can be read.
func checkJSON(raw []byte, line int) *fault {
	if json.Valid(raw) {
		return nil
	}
	f := faultAt(line, "isn't JSON: it is damaged")
	f.ends = true
	var v json.RawMessage
	if syntax := (*json.SyntaxError)(nil); errors.As(json.Unmarshal(raw, &v), &syntax) {
		f.line += bytes.Count(raw[:syntax.Offset], []byte("\n"))
		f.what = "isn't JSON: " + syntax.Error()
	}
	return f
}

// jsonParser makes nodes of a value that is known to be JSON.
type jsonParser struct {
	dec  *json.Decoder
	raw  []byte
	at   int // the line up to which
	seen int // so many bytes were counted
}

// line returns the line of the token that was read last.
func (p *jsonParser) line() int {
	end := int(p.dec.InputOffset())
	p.at += bytes.Count(p.raw[p.seen:end], []byte("\n"))
	p.seen = end
	return p.at
}

// damaged is a defect: the value was checked.
func (p *jsonParser) damaged(err error) *fault { return faultAt(p.at, "isn't JSON: %v", err) }

func (p *jsonParser) value(depth int) (*node, *fault) {
	token, err := p.dec.Token()
	if err != nil {
		return nil, p.damaged(err)
	}
	line := p.line()
	if depth > maxDepth {
		return nil, faultAt(line, "is nested too deeply")
	}
	switch v := token.(type) {
	case json.Delim:
		return p.fill(v, line, depth)
	case json.Number:
		return &node{kind: number, text: v.String(), line: line}, nil
	case string:
		return &node{kind: text, text: v, line: line}, nil
	case bool:
		return &node{kind: boolean, text: strconv.FormatBool(v), line: line}, nil
	}
	return &node{kind: null, line: line}, nil
}

// fill reads what an object or a list holds, with its end.
func (p *jsonParser) fill(open json.Delim, line, depth int) (*node, *fault) {
	n := &node{kind: list, line: line}
	if open == '{' {
		n.kind = object
	}
	for p.dec.More() {
		if n.kind == object {
			token, err := p.dec.Token()
			if err != nil {
				return nil, p.damaged(err)
			}
			name, _ := token.(string)
			n.keys = append(n.keys, key{name, p.line()})
		}
		value, f := p.value(depth + 1)
		if f != nil {
			return nil, f
		}
		n.items = append(n.items, value)
	}
	if _, err := p.dec.Token(); err != nil {
		return nil, p.damaged(err)
	}
	return n, nil
}

func tooLong(line int) *fault {
	return faultAt(line, "is longer than the %d MiB that a line may have", MaxLine>>20)
}
