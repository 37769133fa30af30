// Package exchange reads and writes files of claims: YAML, JSON Lines, CSV, and ClaimReview as JSON-LD. What is written
// is read back as the same claims.
//
// A file is read whole or not at all: everything that is broken about it is one error, which names the file, and of
// each broken claim the line, the claim and all that is wrong with it. What isn't YAML, JSON or CSV at all ends
// the reading. A field that claims don't have is an error, and so is one id twice in one file. One id in several
// files is one claim (knowledge.Merge): the first of them has to be complete, later ones may state just what
// they add or change.
//
//   - .yaml, .yml: a list of claims, or a document with such a list under "claims". The fields are those of
//     DESIGN.md. No anchors, aliases or tags.
//   - .jsonl: a claim on each line, with the same fields. Blank lines are passed over.
//   - .csv: a row for each claim under a header of fields. What is nested is written with dots:
//     figure.low, scope.metric, scope.period.from, attribution.speaker, translations.uk. The first source is
//     source.publisher, source.quote …, the next one source.2.publisher … An empty cell is an absent field.
//   - .jsonld: a document with reviews under "@graph", a list of them, or one review. A review of ours carries its whole
//     claim as "whosays:claim", and is read as that. Of anybody else's a statement is made that waits for a
//     moderator, without a figure and without the verdict.
//
// Lists are separated by semicolons in CSV: aliases, draws_on, disputes, supersedes, and caveats, which holds the
// codes. A semicolon within a value is written \; and a backslash \\; any other backslash stands for itself. The texts of
// a caveat are caveat.1.text.uk …, by its place among the codes; "-" stands there for a caveat without a code.
//
// A spreadsheet runs what it takes for a formula. So a cell that begins with =, +, - or @ is written with an
// apostrophe in front, and so is one that begins with apostrophes before such a mark; reading takes one off again.
package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

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
// claim is valid. An error is a *knowledge.Error, with a *Broken in it that lists what is wrong; nothing is returned
// with it.
func Load(l *lexicon.Lexicon, files ...File) ([]knowledge.Claim, error) {
	c := newCollection(l)
	for _, f := range files {
		format, err := FormatOf(f.Name)
		if err != nil {
			return nil, err
		}
		if err := c.add(f, format); err != nil {
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
		format, err := FormatOf(path)
		if err != nil {
			return nil, err
		}
		f, err := open(path)
		if err != nil {
			return nil, err
		}
		if err := c.add(f, format); err != nil {
			return nil, err
		}
	}
	return c.loaded()
}

// LoadReader is Load for what a reader holds, to its end. The name stands in errors; its ending says the format.
func LoadReader(l *lexicon.Lexicon, name string, r io.Reader) ([]knowledge.Claim, error) {
	format, err := FormatOf(name)
	if err != nil {
		return nil, err
	}
	f, err := readAll(name, r, 0)
	if err != nil {
		return nil, err
	}
	c := newCollection(l)
	if err := c.add(f, format); err != nil {
		return nil, err
	}
	return c.loaded()
}

func open(path string) (File, error) {
	f, err := os.Open(path) //nolint:gosec // the operator names the file
	if err != nil {
		return File{}, unreadable(path, err)
	}
	defer f.Close() //nolint:errcheck // nothing was written
	size := int64(0)
	if info, err := f.Stat(); err == nil {
		size = min(info.Size(), MaxFile) + bytes.MinRead // room in which to see the end
	}
	return readAll(path, f, size)
}

// readAll reads one file, and hardly more of it than a base may have. Its size needn't be known, but 100 MB that grow are copied for a
// second.
func readAll(name string, r io.Reader, size int64) (File, error) {
	data := bytes.NewBuffer(make([]byte, 0, size))
	if _, err := data.ReadFrom(io.LimitReader(r, MaxFile+1)); err != nil {
		return File{}, unreadable(name, err)
	}
	return File{Name: name, Data: data.Bytes()}, nil
}

func unreadable(path string, err error) error {
	kind, why := knowledge.Unavailable, "can't be read"
	if errors.Is(err, fs.ErrNotExist) {
		kind, why = knowledge.NotFound, "there is no such file"
	}
	return &knowledge.Error{Kind: kind, Msg: fmt.Sprintf("%s: %s", path, why), Err: err}
}
