package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
)

// readJSONL reads a claim on each line.
func readJSONL(data []byte, take func(*node) bool) *fault {
	line := 0
	for raw := range bytes.Lines(data) {
		line++
		raw = bytes.TrimSpace(raw)
		if len(raw) == 0 {
			continue
		}
		n, f := parseJSON(raw, line)
		if f != nil {
			return f
		}
		if !take(n) {
			return nil
		}
	}
	return nil
}

// parseJSON reads the one value of a line.
func parseJSON(raw []byte, line int) (*node, *fault) {
	if len(raw) > MaxLine {
		return nil, tooLong(line)
	}
	if !json.Valid(raw) {
		return nil, faultAt(line, "isn't JSON: %s", jsonError(raw))
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	return fromJSON(dec, line, 0)
}

func jsonError(raw []byte) string {
	var v any
	err := json.Unmarshal(raw, &v)
	if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
		return syntax.Error()
	}
	return "it is damaged"
}

// fromJSON reads the next value of a line that is known to be JSON.
func fromJSON(dec *json.Decoder, line, depth int) (*node, *fault) {
	if depth > maxDepth {
		return nil, faultAt(line, "is nested too deeply")
	}
	token, err := dec.Token()
	if err != nil {
		return nil, faultAt(line, "isn't JSON: %v", err)
	}
	switch v := token.(type) {
	case json.Delim:
		return fillJSON(dec, v, line, depth)
	case json.Number:
		return &node{kind: number, text: v.String(), line: line}, nil
	case string:
		return &node{kind: text, text: v, line: line}, nil
	case bool:
		return &node{kind: boolean, text: strconv.FormatBool(v), line: line}, nil
	}
	return &node{kind: null, line: line}, nil
}

// fillJSON reads what an object or a list holds, with its end.
func fillJSON(dec *json.Decoder, open json.Delim, line, depth int) (*node, *fault) {
	n := &node{kind: list, line: line}
	if open == '{' {
		n.kind = object
	}
	for dec.More() {
		name := ""
		if n.kind == object {
			token, err := dec.Token()
			if err != nil {
				return nil, faultAt(line, "isn't JSON: %v", err)
			}
			name, _ = token.(string)
		}
		item, f := fromJSON(dec, line, depth+1)
		if f != nil {
			return nil, f
		}
		n.items = append(n.items, item)
		if n.kind == object {
			n.keys = append(n.keys, key{name, line})
		}
	}
	if _, err := dec.Token(); err != nil {
		return nil, faultAt(line, "isn't JSON: %v", err)
	}
	return n, nil
}

func tooLong(line int) *fault {
	return faultAt(line, "is longer than the %d MiB that a line may have", MaxLine>>20)
}
