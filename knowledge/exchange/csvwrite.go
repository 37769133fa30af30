package exchange

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/whosays/whosays/knowledge"
)

// writeCSV writes a row for each claim, under the columns that any of them fills.
func writeCSV(w io.Writer, claims iter.Seq2[knowledge.Claim, error]) error {
	columns, err := columnsOf(claims)
	if err != nil {
		return err
	}
	out := csv.NewWriter(w)
	if err := out.Write(columns); err != nil {
		return unwritten(err)
	}
	for c, err := range claims {
		if err != nil {
			return err
		}
		cells, err := cellsOf(c, columns)
		if err != nil {
			return err
		}
		if err := out.Write(cells); err != nil {
			return unwritten(err)
		}
	}
	out.Flush()
	return unwritten(out.Error())
}

// columnsOf returns the columns that the claims fill, in order.
func columnsOf(claims iter.Seq2[knowledge.Claim, error]) ([]string, error) {
	used := map[string]bool{"id": true, "kind": true, "text": true}
	for c, err := range claims {
		if err != nil {
			return nil, err
		}
		n, err := encode(c)
		if err != nil {
			return nil, err
		}
		for name := range rowOf(n) {
			used[name] = true
		}
		if len(used) > maxItems {
			return nil, &knowledge.Error{Kind: knowledge.Invalid, Msg: fmt.Sprintf("the claims fill more than the %d columns that can be read: write them as jsonl", maxItems)}
		}
	}
	return inOrder(used), nil
}

func inOrder(used map[string]bool) []string {
	d := newDecoder()
	ranks := make(map[string]string, len(used))
	names := make([]string, 0, len(used))
	for name := range used {
		ranks[name] = d.rankOf(name)
		names = append(names, name)
	}
	slices.SortFunc(names, func(x, y string) int { return strings.Compare(ranks[x], ranks[y]) })
	return names
}

// cellsOf returns the cells of a claim under columns.
func cellsOf(c knowledge.Claim, columns []string) ([]string, error) {
	n, err := encode(c)
	if err != nil {
		return nil, err
	}
	r := rowOf(n)
	cells := make([]string, len(columns))
	filled, size := 0, len(columns)
	for i, name := range columns {
		if cell, ok := r[name]; ok {
			cells[i] = guard(cell)
			size += len(cell) + strings.Count(cell, `"`) + 3
			filled++
		}
	}
	switch {
	case filled < len(r):
		return nil, &knowledge.Error{Kind: knowledge.Conflict, Msg: "the claims changed while they were written: write them again"}
	case size > MaxLine:
		return nil, &knowledge.Error{Kind: knowledge.Invalid, Msg: fmt.Sprintf("claim %s is longer than the %d MiB that a line may have", quoted(c.ID), MaxLine>>20)}
	}
	return cells, nil
}
