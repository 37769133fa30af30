package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"os"
	"slices"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/exchange"
	"github.com/whosays/whosays/knowledge/index"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// line is a message with the claims that it repeats.
type line struct {
	Text     string   `json:"q"`
	Relevant []string `json:"relevant"`
	message  index.Message
}

// fold returns in which of n parts a line is. Lines about one claim are in one part, so that what is measured
// was never seen.
func (l *line) fold(n int) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(l.Relevant[0]))
	return int(h.Sum32()>>8) % n
}

// half returns in which half a line is at a draw.
func (l *line) half(draw int) int {
	h := fnv.New32a()
	_, _ = fmt.Fprint(h, l.Relevant[0], "/", draw)
	return int(h.Sum32()>>7) % 2
}

func (l *line) right(id string) bool { return slices.Contains(l.Relevant, id) }

// readLines reads a file of messages, one JSON object a line.
func readLines(lex *lexicon.Lexicon, path string) ([]line, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	var out []line
	for in := bufio.NewScanner(file); in.Scan(); {
		var l line
		if err := json.Unmarshal(in.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		l.message = knowledge.Message(lex, "", l.Text)
		out = append(out, l)
	}
	return out, nil
}

// readDocs reads a file of claims as the index sees them.
func readDocs(lex *lexicon.Lexicon, path string) ([]index.Doc, error) {
	claims, err := exchange.LoadPaths(lex, path)
	if err != nil {
		return nil, err
	}
	return knowledge.Documents(lex, claims), nil
}

func newIndex(docs []index.Doc) *index.Index {
	x := index.New()
	x.Put(docs...)
	return x
}
