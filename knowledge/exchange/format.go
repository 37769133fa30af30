package exchange

import (
	"path/filepath"
	"strings"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// Format is a way in which claims are written down.
type Format string

// The formats. The package comment says what each of them looks like.
const (
	YAML        Format = "yaml"
	JSONL       Format = "jsonl"
	CSV         Format = "csv"
	ClaimReview Format = "claimreview"
)

// FormatOf returns the format that the ending of a file's name says: .yaml, .yml, .jsonl, .csv or .jsonld.
func FormatOf(name string) (Format, error) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".yaml", ".yml":
		return YAML, nil
	case ".jsonl":
		return JSONL, nil
	case ".csv":
		return CSV, nil
	case ".jsonld":
		return ClaimReview, nil
	}
	return "", brokenFile(name, faultAt(0, "isn't a base: its name must end in .yaml, .yml, .jsonl, .csv or .jsonld"))
}

// reader hands on the items of a file, one after the other, until take returns false. The fault is one that
// ends the file.
type reader func(data []byte, take func(item) bool) *fault

// item is a claim as it stands in a file. Making a node of it is left to whoever takes it, for that can be done side
// by side. The lexicon may be nil.
type item struct {
	line  int
	parse func(*lexicon.Lexicon) (*node, *fault)
}

// reader returns the reader of a format.
func (f Format) reader() (reader, error) {
	switch f {
	case YAML:
		return readYAML, nil
	case JSONL:
		return readJSONL, nil
	case CSV:
		return readCSV, nil
	case ClaimReview:
		return readReviews, nil
	}
	return nil, f.unknown()
}

func (f Format) unknown() error {
	return &knowledge.Error{Kind: knowledge.Invalid, Msg: quoted(string(f)) + " is no format of claims; there are yaml, jsonl, csv and claimreview"}
}
