// Command fit learns the weights of the index's second look, and of its gate, from messages whose claims are
// known. It prints how good they are on messages that it didn't learn from, and then the weights, as they
// stand in the index (model.go, gate.go).
//
//	cd knowledge/index/bench && go run ./fit -claims FILE -train FILE
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/whosays/whosays/knowledge/index"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// folds is in how many parts the messages are cut for measuring.
const folds = 5

func main() {
	claims := flag.String("claims", "", "`FILE` of claims")
	train := flag.String("train", "", "`FILE` of messages to learn from: one {q, relevant} a line")
	test := flag.String("test", "", "`FILE` of messages to measure on besides, not to learn from")
	flag.Parse()
	if err := run(*claims, *train, *test); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(claims, train, test string) error {
	lex, err := lexicon.Default()
	if err != nil {
		return err
	}
	docs, err := readDocs(lex, claims)
	if err != nil {
		return err
	}
	lines, err := readLines(lex, train)
	if err != nil {
		return err
	}
	w, unseen := fitRank(docs, lines)
	g, threshold := fitGate(docs, lines, unseen)
	show("train", docs, lines, w, g, threshold)
	if test == "" {
		return nil
	}
	if lines, err = readLines(lex, test); err != nil {
		return err
	}
	show("test", docs, lines, w, g, threshold)
	return nil
}

func fitRank(docs []index.Doc, lines []line) (w index.Features, unseen models) {
	lists := look(newIndex(docs), lines)
	fmt.Printf("first look: MAP@5 %.4f\n", precision(lists, index.Features{1}))
	sum := 0.0
	for f := range folds {
		in, out := split(lists, f)
		unseen = append(unseen, rankModel(in))
		sum += precision(out, unseen[f]) * float64(len(out))
	}
	fmt.Printf("second look, cross-validated: MAP@5 %.4f\n", sum/float64(len(lists)))
	w = rankModel(lists)
	for i, name := range index.FeatureNames() {
		if w[i] > 1e-6 || w[i] < -1e-6 {
			fmt.Printf("\t%s: %.2f,\n", name, w[i])
		}
	}
	return w, unseen
}

// wanted is the precision for which the threshold is chosen, on the main scenes: more than what is promised,
// for messages differ, and small sets of them a good deal.
const wanted = 0.978

func fitGate(docs []index.Doc, lines []line, w models) (g gateWeights, threshold float64) {
	all := scenes(docs, lines, w)
	crossGate(all)
	whole := scene{name: "whole base, all draws"}
	for _, s := range all[:draws] {
		whole.examples = append(whole.examples, s.examples...)
	}
	threshold = whole.threshold(wanted)
	fmt.Printf("gate, cross-validated, threshold %.2f\n", threshold)
	for i := range all {
		precision, recall := all[i].at(threshold)
		fmt.Printf("%24s: precision %.4f, recall %.4f\n", all[i].name, precision, recall)
	}
	g = gateModel(all, func(*line) bool { return true })
	names := index.FeatureNames()
	for i, weight := range g {
		fmt.Printf("\t%s: %.2f,\n", append(names[:], "Alone", "AheadLetters", "AheadTelling", "EvidenceCount")[i], weight)
	}
	return g, threshold
}

// show measures the models as they are on lines.
func show(name string, docs []index.Doc, lines []line, w index.Features, g gateWeights, threshold float64) {
	fmt.Printf("%s: MAP@5 %.4f\n", name, precision(look(newIndex(docs), lines), w))
	for first := range 2 {
		s := alternate(docs, lines, models{w}, first)
		s.judge(g)
		precision, recall := s.at(threshold)
		fmt.Printf("%24s: precision %.4f, recall %.4f\n", s.name, precision, recall)
	}
}
