// Package exchange reads files of claims: YAML, JSON Lines and CSV.
//
// A file is read whole or not at all: what is broken about it is one error, which names the file, the line,
// the claim and everything that is wrong with that claim. A field that claims don't have is an error, and so
// is one id twice in one file. One id in several files is one claim (knowledge.Merge): the first of them has to
// be complete, later ones may state just what they add or change.
//
//   - .yaml, .yml: a list of claims, or a document with such a list under "claims". The fields are those of
//     DESIGN.md. No anchors, aliases or tags.
//   - .jsonl: a claim on each line, with the same fields. Blank lines are passed over.
//   - .csv: a row for each claim under a header of fields. What is nested is written with dots:
//     figure.low, scope.metric, scope.period.from, attribution.speaker, translations.uk. A row has one source
//     (source.publisher, source.quote …). Lists are separated by semicolons: aliases, draws_on, disputes, supersedes, and
//     caveats, which are codes here; texts of caveats need one of the other formats. An empty cell is an
//     absent field.
package exchange

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// How much is read. YAML takes some fifty times its size in memory, the other formats little more than
// their claims.
const (
	MaxFile = 512 << 20 // bytes of a file
	MaxYAML = 16 << 20  // bytes of a YAML file
	MaxLine = 1 << 20   // bytes of a line of JSONL, of a row of CSV
)

// File is a file of claims. The ending of its name says the format.
type File struct {
	Name string
	Data []byte
}

// Load reads the files in order and returns their claims, in the order in which their ids first appear. Every
// claim is valid. An error is a *knowledge.Error; nothing is returned with it.
func Load(l *lexicon.Lexicon, files ...File) ([]knowledge.Claim, error) {
	c := newCollection(l)
	for _, f := range files {
		if err := c.add(f); err != nil {
			return nil, err
		}
	}
	return c.loaded()
}

// Read is Load for claims that are known to be valid: it holds none against the rules, which is most of what loading
// takes. Files that the program brings along are held against them by tests.
func Read(files ...File) ([]knowledge.Claim, error) { return Load(nil, files...) }

// LoadPaths is Load for files on disk.
func LoadPaths(l *lexicon.Lexicon, paths ...string) ([]knowledge.Claim, error) {
	c := newCollection(l)
	for _, path := range paths {
		f, err := open(path)
		if err != nil {
			return nil, err
		}
		if err := c.add(f); err != nil {
			return nil, err
		}
	}
	return c.loaded()
}

// open reads one file, and no more of it than a base may have.
func open(path string) (File, error) {
	if _, err := readerOf(path); err != nil {
		return File{}, err
	}
	f, err := os.Open(path) //nolint:gosec // the operator names the file
	if err != nil {
		return File{}, unreadable(path, err)
	}
	defer f.Close() //nolint:errcheck // nothing was written
	data, err := io.ReadAll(io.LimitReader(f, MaxFile+1))
	if err != nil {
		return File{}, unreadable(path, err)
	}
	return File{Name: path, Data: data}, nil
}

func unreadable(path string, err error) error {
	kind, why := knowledge.Unavailable, "can't be read"
	if errors.Is(err, fs.ErrNotExist) {
		kind, why = knowledge.NotFound, "there is no such file"
	}
	return &knowledge.Error{Kind: kind, Msg: fmt.Sprintf("%s: %s", path, why), Err: err}
}

// reader hands on the claims of a file, one after the other, until take returns false.
type reader func(data []byte, take func(*node) bool) *fault

// readerOf returns the reader for a file by its name.
func readerOf(name string) (reader, error) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".yaml", ".yml":
		return readYAML, nil
	case ".jsonl":
		return readJSONL, nil
	case ".csv":
		return readCSV, nil
	}
	return nil, (&fault{what: "isn't a base: its name must end in .yaml, .yml, .jsonl or .csv"}).in(name)
}
