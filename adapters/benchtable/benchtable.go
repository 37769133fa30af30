// Package benchtable is the one table in which all benchmarks say what they measured: ours, what was asked for, and what peers took in
// the same run.
package benchtable

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"text/tabwriter"
)

// Figure is what one measurement has shown, of ours or of a peer.
type Figure struct {
	Of    string    `json:"of"`              // what was measured, such as "100,000 claims in memory"
	What  string    `json:"what"`            // of it, such as "a question to its reply"
	Unit  string    `json:"unit"`            // of each of Seen, such as "ms, p50 / p99"
	Asked string    `json:"asked,omitempty"` // what it was to be, in the same unit; empty: nothing was asked for
	Peer  string    `json:"peer,omitempty"`  // whose figure it is; empty: ours
	Seen  []float64 `json:"seen"`
}

// Write writes figures: one a line as JSON, for a table with others', or as a table.
func Write(out io.Writer, asJSON bool, all []Figure) error {
	if !asJSON {
		return table(out, all)
	}
	lines := json.NewEncoder(out)
	for _, f := range all {
		if err := lines.Encode(f); err != nil {
			return err
		}
	}
	return nil
}

// Read reads the figures that Write has written as JSON. It passes over lines that are none: make and go test print what they do.
func Read(in io.Reader) (all []Figure, err error) {
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		if !bytes.HasPrefix(lines.Bytes(), []byte("{")) {
			continue
		}
		var f Figure
		if err := json.Unmarshal(lines.Bytes(), &f); err != nil {
			return nil, fmt.Errorf("%s: %w", lines.Text(), err)
		}
		all = append(all, f)
	}
	return all, lines.Err()
}

// Report tells what a benchmark of Go has measured, as Read takes it, if the environment has BENCH_JSON: go test prints no JSON of its
// own. A benchmark reports again whenever it is repeated; the last time counts.
func Report(f Figure) {
	if os.Getenv("BENCH_JSON") == "" {
		return
	}
	fmt.Println() // go test has begun a line
	if err := Write(os.Stdout, true, []Figure{f}); err != nil {
		panic(err) // a number that is none
	}
}

// row is what is told of one thing.
type row struct {
	Figure

	peers []Figure
}

// rows puts the figures of peers beside ours, in the order in which things are mentioned first.
func rows(all []Figure) []*row {
	var out []*row
	of := map[[2]string]*row{}
	for _, f := range all {
		key := [2]string{f.Of, f.What}
		r := of[key]
		if r == nil {
			r = &row{Figure: Figure{Of: f.Of, What: f.What, Unit: f.Unit}}
			of[key], out = r, append(out, r)
		}
		if f.Peer == "" {
			r.Figure = f
			continue
		}
		r.peer(f)
	}
	return out
}

func (r *row) peer(f Figure) {
	for i, p := range r.peers {
		if p.Peer == f.Peer {
			r.peers[i] = f
			return
		}
	}
	r.peers = append(r.peers, f)
}

func table(out io.Writer, all []Figure) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, "of\tmeasured\tseen\tasked\tpeers, in the same run\tunit") // errors come from Flush
	last := ""
	for _, r := range rows(all) {
		of := r.Of
		if of == last {
			of = ""
		}
		last = r.Of
		var peers []string
		for _, p := range r.peers {
			peers = append(peers, p.Peer+" "+numbers(p.Seen))
		}
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", of, r.What, numbers(r.Seen), or(r.Asked), or(strings.Join(peers, ", ")), r.Unit)
	}
	return w.Flush()
}

func or(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

func numbers(all []float64) string {
	var out []string
	for _, v := range all {
		out = append(out, number(v))
	}
	return or(strings.Join(out, " / "))
}

// number prints a whole number as it is, and three digits that count of others.
func number(v float64) string {
	digits := 0
	switch {
	case v == math.Trunc(v) || v >= 100:
	case v >= 10:
		digits = 1
	case v >= 1:
		digits = 2
	default:
		digits = 3
	}
	return fmt.Sprintf("%.*f", digits, v)
}
