package main

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/whosays/whosays/knowledge/index"
)

// example is a judgement to learn from: the evidence for the first document, and whether it is the right one.
type example struct {
	line     *line
	evidence index.Evidence
	right    bool
	able     bool // the base has the right one
	score    float64
}

// scene is a kind of base and of messages, with examples of it; share is how much it weighs.
type scene struct {
	name     string
	share    float64
	examples []example
}

// mainShare is what the main scene weighs beside the others: it is what is promised.
const mainShare = 4

// draws is how many ways to take out half of the claims the main scenes have.
const draws = 3

// models are the weights of the ranking, one for each fold, which hasn't seen its lines; or one for all.
type models []index.Features

func (m models) of(l *line) index.Features { return m[l.fold(folds)%len(m)] }

// scenes make the examples. In the main one half of the messages are about a claim that the base doesn't have.
// The others keep the gate from learning what only holds there: claims without titles; bases so small that
// little stands beside any claim; a few words of a message, which all claims of a topic hold.
func scenes(docs []index.Doc, lines []line, w models) []scene {
	bare := slices.Clone(docs)
	for i := range bare {
		bare[i].Title = nil
	}
	var out []scene
	for draw := range draws {
		out = append(out, halves("whole base", docs, lines, w, draw, 0))
		out[draw].share = mainShare
	}
	out = append(out, halves("no titles", bare, lines, w, 0, 0), halves("a few words", docs, lines, w, 1, 4))
	for _, n := range []int{30, 100, 1000} {
		out = append(out, small(docs, lines, w, n, 0), small(bare, lines, w, n, 0), small(docs, lines, w, n, 3))
	}
	return out
}

// add notes the judgement of a line with the documents in the order of a model.
func (s *scene) add(l *line, seen []index.Looked, w models, able bool) {
	if len(seen) > 0 {
		seen = sorted(seen, w.of(l))
		s.examples = append(s.examples, example{line: l, evidence: index.Judge(seen), right: l.right(seen[0].ID), able: able})
	}
}

// halves takes out the claims of one half of the lines, then those of the other.
func halves(name string, docs []index.Doc, lines []line, w models, draw, words int) scene {
	s := scene{name: name, share: 1}
	for half := range 2 {
		gone := map[string]bool{}
		for i := range lines {
			if lines[i].half(draw) == half {
				for _, id := range lines[i].Relevant {
					gone[id] = true
				}
			}
		}
		s.without(docs, lines, w, gone, words)
	}
	return s
}

// alternate takes out the claims of every second line, from a first one on.
func alternate(docs []index.Doc, lines []line, w models, first int) scene {
	s := scene{name: fmt.Sprint("without those of lines ", first, ", ", first+2, " …"), share: 1}
	gone := map[string]bool{}
	for i := first; i < len(lines); i += 2 {
		for _, id := range lines[i].Relevant {
			gone[id] = true
		}
	}
	s.without(docs, lines, w, gone, 0)
	return s
}

func (s *scene) without(docs []index.Doc, lines []line, w models, gone map[string]bool, words int) {
	x := newIndex(slices.DeleteFunc(slices.Clone(docs), func(d index.Doc) bool { return gone[d.ID] }))
	for i := range lines {
		able := slices.ContainsFunc(lines[i].Relevant, func(id string) bool { return !gone[id] })
		s.add(&lines[i], x.Look(cut(lines[i].message, words, i)), w, able)
	}
}

// small draws bases of n claims, half of which some line repeats.
func small(docs []index.Doc, lines []line, w models, n, words int) scene {
	s := scene{name: fmt.Sprintf("%d claims, %d words", n, words), share: 1}
	r := rand.New(rand.NewPCG(uint64(n), 1)) //nolint:gosec // a draw that repeats
	for range 3 {
		in := map[string]bool{}
		for _, i := range r.Perm(len(lines))[:min(n/2, len(lines)/2)] {
			in[lines[i].Relevant[0]] = true
		}
		for _, i := range r.Perm(len(docs)) {
			if len(in) == n {
				break
			}
			in[docs[i].ID] = true
		}
		gone := map[string]bool{}
		for i := range docs {
			gone[docs[i].ID] = !in[docs[i].ID]
		}
		s.without(docs, lines, w, gone, words)
	}
	return s
}

// cut returns a message with a few words from the midst of it; all where words is 0.
func cut(m index.Message, words, at int) index.Message {
	if words > 0 && len(m.Terms) > words {
		from := at % (len(m.Terms) - words)
		m.Terms, m.Concepts = m.Terms[from:from+words], nil
	}
	return m
}
