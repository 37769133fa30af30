package exchange

import (
	"bytes"
	"encoding/json"
	"errors"

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
	p := &jsonParser{rest: raw, line: line}
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

// jsonParser makes nodes of a value that is known to be JSON, and so looks out for no mistakes. The decoder of the standard
// library takes five times as long for one token after the other.
type jsonParser struct {
	rest []byte
	line int // on which rest begins
}

// skip passes over white space, and the marks between values.
func (p *jsonParser) skip() byte {
	for i, b := range p.rest {
		switch b {
		case '\n':
			p.line++
		case ' ', '\t', '\r', ',', ':':
		default:
			p.rest = p.rest[i:]
			return b
		}
	}
	p.rest = nil
	return 0
}

// take takes so many bytes.
func (p *jsonParser) take(n int) string {
	taken := string(p.rest[:n])
	p.rest = p.rest[n:]
	return taken
}

func (p *jsonParser) value(depth int) (*node, *fault) {
	begins := p.skip()
	if depth > maxDepth {
		return nil, faultAt(p.line, "is nested too deeply")
	}
	switch begins {
	case '{', '[':
		return p.fill(begins, depth)
	case '"':
		return &node{kind: text, text: p.text(), line: p.line}, nil
	}
	end := bytes.IndexAny(p.rest, ",]} \t\r\n")
	if end < 0 {
		end = len(p.rest)
	}
	word := p.take(end)
	switch word {
	case "null":
		return &node{kind: null, line: p.line}, nil
	case "true", "false":
		return &node{kind: boolean, text: word, line: p.line}, nil
	}
	return &node{kind: number, text: word, line: p.line}, nil
}

// text takes a text with its quotes. Escapes are left to the standard library.
func (p *jsonParser) text() string {
	end, escaped := 1, false
	for ; p.rest[end] != '"'; end++ {
		if p.rest[end] == '\\' {
			escaped = true
			end++
		}
	}
	raw := p.take(end + 1)
	if !escaped {
		return raw[1:end]
	}
	var s string
	_ = json.Unmarshal([]byte(raw), &s) // it was checked
	return s
}

// fill takes what an object or a list holds, with its end.
func (p *jsonParser) fill(open byte, depth int) (*node, *fault) {
	n := &node{kind: list, line: p.line}
	if open == '{' {
		n.kind = object
	}
	p.rest = p.rest[1:]
	for {
		if b := p.skip(); b == '}' || b == ']' {
			p.rest = p.rest[1:]
			return n, nil
		}
		if n.kind == object {
			name := p.text()
			n.keys = append(n.keys, key{name, p.line})
		}
		value, f := p.value(depth + 1)
		if f != nil {
			return nil, f
		}
		n.items = append(n.items, value)
	}
}

func tooLong(line int) *fault {
	return faultAt(line, "is longer than the %d MiB that a line may have", MaxLine>>20)
}
