package exchange

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzJSON holds that a node says what the standard library reads.
func FuzzJSON(f *testing.F) {
	for _, s := range []string{`{"a": [1, -2.5e-3, "b\"\\é\ud800\n", true, false, null, {}, []], "a": ""}`, "[\n1 ,\t2]", `"\\"`, `0`, `{"\"": "\\\\"}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		n, wrong := parseJSON(raw, 1)
		dec := json.NewDecoder(bytes.NewReader(raw))
		dec.UseNumber()
		var want any
		if err := dec.Decode(&want); err != nil || !json.Valid(raw) || wrong != nil {
			if json.Valid(raw) && wrong.what != "is nested too deeply" && len(raw) <= MaxLine {
				t.Errorf("%q: %v", raw, wrong)
			}
			return
		}
		if diff := cmp.Diff(want, plainOf(n)); diff != "" {
			t.Errorf("%q: %s", raw, diff)
		}
		if last := n.last(); last > 1+bytes.Count(raw, []byte("\n")) {
			t.Errorf("%q: line %d", raw, last)
		}
	})
}

// plainOf returns what a node says as the standard library would. Of damaged characters both make U+FFFD.
func plainOf(n *node) any {
	switch n.kind {
	case object:
		out := map[string]any{}
		for i, k := range n.keys {
			out[string([]rune(k.name))] = plainOf(n.items[i])
		}
		return out
	case list:
		out := []any{}
		for _, item := range n.items {
			out = append(out, plainOf(item))
		}
		return out
	case number:
		return json.Number(n.text)
	case boolean:
		return n.text == "true"
	case text:
		return string([]rune(n.text))
	}
	return nil
}

func (n *node) last() int {
	for _, item := range n.items {
		n = &node{line: max(n.line, item.last())}
	}
	return n.line
}
