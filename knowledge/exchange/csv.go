package exchange

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// readCSV reads a claim on each row below the header.
func readCSV(data []byte, take func(item) bool) *fault {
	r := csv.NewReader(bytes.NewReader(data))
	header, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil
	} else if err != nil {
		return csvFault(err)
	}
	columns, f := readHeader(header)
	if f != nil {
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
		size := r.InputOffset() - before
		if !take(item{line, func(*lexicon.Lexicon) (*node, *fault) { return parseRow(columns, row, line, size) }}) {
			return nil
		}
	}
}

func parseRow(columns []column, row []string, line int, size int64) (*node, *fault) {
	if size > MaxLine {
		return nil, tooLong(line)
	}
	for i, cell := range row {
		row[i] = unguard(strings.TrimSpace(cell))
	}
	return fromRow(columns, row, line), nil
}

func csvFault(err error) *fault {
	if parse := (*csv.ParseError)(nil); errors.As(err, &parse) {
		return faultAt(parse.Line, "isn't CSV: %v", parse.Err)
	}
	return faultAt(0, "isn't CSV: %v", err)
}

// readHeader refuses columns that claims don't have, and columns that stand there twice.
func readHeader(header []string) ([]column, *fault) {
	if len(header) > maxItems {
		return nil, faultAt(1, "has %d columns; at most %d are read", len(header), maxItems)
	}
	seen := map[string]bool{}
	d := newDecoder()
	columns := make([]column, len(header))
	for i, name := range header {
		name = strings.TrimSpace(name)
		c, ok := d.column(name)
		switch {
		case !ok:
			return nil, faultAt(1, "%s", noColumn(name))
		case seen[c.name]:
			return nil, faultAt(1, "the column %s stands there twice", quoted(name))
		}
		columns[i], seen[c.name] = c, true
	}
	return columns, nil
}
