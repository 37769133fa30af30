package exchange

import (
	"bytes"
	"encoding"
	"encoding/csv"
	"errors"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/whosays/whosays/knowledge"
)

// The columns of lists, whose values are separated by semicolons.
const (
	columnAliases    = "aliases"
	columnDrawsOn    = "draws_on"
	columnDisputes   = "disputes"
	columnSupersedes = "supersedes"
	columnCaveats    = "caveats" // codes
)

// sourcePrefix begins the columns of a row's one source.
const sourcePrefix = "source."

// readCSV reads a claim on each row below the header.
func readCSV(data []byte, take func(*node) bool) *fault {
	r := csv.NewReader(bytes.NewReader(data))
	header, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil
	} else if err != nil {
		return csvFault(err)
	}
	if f := checkHeader(header); f != nil {
		return f
	}
	for {
		before := r.InputOffset()
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return csvFault(err)
		}
		line, _ := r.FieldPos(0)
		if r.InputOffset()-before > MaxLine {
			return tooLong(line)
		}
		if !take(fromRow(header, row, line)) {
			return nil
		}
	}
}

func csvFault(err error) *fault {
	if parse := (*csv.ParseError)(nil); errors.As(err, &parse) {
		return faultAt(parse.Line, "isn't CSV: %v", parse.Err)
	}
	return faultAt(0, "isn't CSV: %v", err)
}

// checkHeader refuses columns that claims don't have, and columns that stand there twice.
func checkHeader(header []string) *fault {
	if len(header) > maxItems {
		return faultAt(1, "has %d columns; at most %d are read", len(header), maxItems)
	}
	seen := map[string]bool{}
	d := newDecoder()
	for i, column := range header {
		column = strings.TrimSpace(column)
		switch {
		case !d.column(column):
			return faultAt(1, "there is no column %s", quoted(column))
		case seen[column]:
			return faultAt(1, "the column %s stands there twice", quoted(column))
		}
		header[i], seen[column] = column, true
	}
	return nil
}

// column reports whether a name is that of a list, or leads to one value of a claim.
func (d *decoder) column(name string) bool {
	switch name {
	case columnAliases, columnDrawsOn, columnDisputes, columnSupersedes, columnCaveats:
		return true
	}
	if field, ok := strings.CutPrefix(name, sourcePrefix); ok {
		return d.leads(reflect.TypeFor[knowledge.Source](), []string{field})
	}
	return d.leads(reflect.TypeFor[knowledge.Claim](), strings.Split(name, "."))
}

// leads reports whether a path of fields ends at a single value of a type.
func (d *decoder) leads(t reflect.Type, path []string) bool {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t.Kind() == reflect.Slice:
		return false
	case t.Kind() == reflect.Map:
		return len(path) == 1 && !slices.Contains(path, "")
	case t.Kind() != reflect.Struct || reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()):
		return len(path) == 0
	case len(path) == 0:
		return false
	}
	at, ok := d.schema(t)[path[0]]
	return ok && d.leads(t.Field(at).Type, path[1:])
}

// fromRow unflattens a row. Empty cells are absent fields.
func fromRow(header, row []string, line int) *node {
	claim := &node{kind: object, line: line}
	for i, column := range header {
		cell := strings.TrimSpace(row[i])
		if cell == "" {
			continue
		}
		value := &node{kind: text, plain: true, text: cell, line: line}
		field, isSource := strings.CutPrefix(column, sourcePrefix)
		switch {
		case column == columnCaveats || column == columnAliases || column == columnDrawsOn || column == columnDisputes || column == columnSupersedes:
			claim.add(column, line, cellList(value, column == columnCaveats))
		case isSource:
			claim.child("sources", list).child("", object).add(field, line, value)
		default:
			claim.place(strings.Split(column, "."), value)
		}
	}
	return claim
}

// cellList splits a cell at its semicolons; a caveat is a group with a code.
func cellList(cell *node, caveats bool) *node {
	n := &node{kind: list, line: cell.line}
	for part := range strings.SplitSeq(cell.text, ";") {
		item := &node{kind: text, plain: true, text: strings.TrimSpace(part), line: cell.line}
		if item.text == "" {
			continue
		}
		if caveats {
			code := item
			item = &node{kind: object, line: cell.line}
			item.add("code", cell.line, code)
		}
		n.items = append(n.items, item)
	}
	return n
}

// place puts a value where a path leads, making the groups on the way.
func (n *node) place(path []string, value *node) {
	for ; len(path) > 1; path = path[1:] {
		n = n.child(path[0], object)
	}
	n.add(path[0], value.line, value)
}

// child returns the value of a field, or the one item of a list, making it if it isn't there.
func (n *node) child(name string, k kind) *node {
	if n.kind == list && len(n.items) > 0 {
		return n.items[0]
	}
	if c := n.field(name); c != nil {
		return c
	}
	c := &node{kind: k, line: n.line}
	if n.kind == list {
		n.items = append(n.items, c)
	} else {
		n.add(name, n.line, c)
	}
	return c
}
