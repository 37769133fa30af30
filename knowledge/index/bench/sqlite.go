package main

import (
	"bytes"
	"context"
	"database/sql"
	"strings"
	"unicode"

	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	_ "modernc.org/sqlite" // the driver

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// fts5 is SQLite's full-text search in memory: BM25, Porter's stems, stop words left out of texts and queries, and
// the texts themselves not kept.
type fts5 struct {
	db   *sql.DB
	stop map[string]bool
	rows int
}

func newFTS5(*lexicon.Lexicon) (engine, error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // each connection has a memory of its own
	_, err = db.Exec(`create virtual table claims using fts5(text, title, others, content='', tokenize='porter unicode61')`)
	if err != nil {
		return nil, err
	}
	return &fts5{db: db, stop: stopWords()}, nil
}

// stopWords returns bleve's English ones, so that both peers leave out the same.
func stopWords() map[string]bool {
	out := map[string]bool{}
	for line := range bytes.Lines(en.EnglishStopWords) {
		word, _, _ := bytes.Cut(line, []byte("|"))
		if word = bytes.TrimSpace(word); len(word) > 0 {
			out[string(word)] = true
		}
	}
	return out
}

// words returns the words of a text, stop words left out.
func (f *fts5) words(text string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if !f.stop[strings.ToLower(w)] {
			out = append(out, w)
		}
	}
	return out
}

func (f *fts5) add(claims []knowledge.Claim) error {
	tx, err := f.db.Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	insert, err := tx.Prepare(`insert into claims(rowid, text, title, others) values (?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer func() { _ = insert.Close() }()
	for _, c := range claims {
		f.rows++
		s := texts(c)
		if _, err := insert.Exec(f.rows, f.kept(s.Text), f.kept(s.Title), f.kept(s.Others)); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func (f *fts5) kept(text string) string { return strings.Join(f.words(text), " ") }

// finish merges what was written piecemeal, as one does before serving.
func (f *fts5) finish(ctx context.Context) error {
	_, err := f.db.ExecContext(ctx, `insert into claims(claims) values ('optimize')`)
	return err
}

func (f *fts5) ask(ctx context.Context, text string) error {
	words := f.words(text)
	if len(words) == 0 {
		return nil
	}
	query := `"` + strings.Join(words, `" OR "`) + `"`
	found, err := f.db.QueryContext(ctx, `select rowid from claims where claims match ? order by rank limit ?`, query, hits)
	if err != nil {
		return err
	}
	defer func() { _ = found.Close() }()
	for found.Next() {
		var id int
		if err := found.Scan(&id); err != nil {
			return err
		}
	}
	return found.Err()
}

func (f *fts5) search(ctx context.Context, text string) error { return f.ask(ctx, text) }

func (f *fts5) forget() error { return nil }

// memory returns the size of the database: it lies outside of Go's heap.
func (f *fts5) memory() (uint64, error) {
	var pages, size uint64
	if err := f.db.QueryRow(`pragma page_count`).Scan(&pages); err != nil {
		return 0, err
	}
	err := f.db.QueryRow(`pragma page_size`).Scan(&size)
	return pages * size, err
}

func (f *fts5) close() error { return f.db.Close() }
