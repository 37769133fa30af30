package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/whosays/whosays/knowledge"
)

// patience is how long is waited for another process that writes into the file.
const patience = 10 * time.Second

// readerCache is the memory of a connection that reads: 8 MB hold the inner pages of the indexes of 100,000 claims, which each
// answer walks. SQLite's own 2 MB don't.
const readerCache = "cache_size(-8192)"

// lite is SQLite: one connection that writes, and some that read what is committed meanwhile.
type lite struct {
	path            string
	writer, readers *sql.DB
	queue           queue
	statements      sync.Map // of the readers: *sql.Stmt by its query
}

func openSQLite(ctx context.Context, path string, o Options) (engine, error) {
	if err := makeFile(path, !o.Existing); err != nil {
		return nil, err
	}
	l := &lite{path: path}
	var err error
	// A commit that was acknowledged outlives a loss of power: synchronous is FULL.
	if l.writer, err = sql.Open("sqlite", l.dsn("rw", "busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "journal_size_limit(67108864)")); err != nil {
		return nil, l.explain(err)
	}
	l.writer.SetMaxOpenConns(1)
	if l.readers, err = sql.Open("sqlite", l.dsn("ro", "busy_timeout(10000)", "query_only(1)", readerCache)); err != nil {
		return nil, errors.Join(l.explain(err), l.writer.Close())
	}
	readers := max(4, runtime.GOMAXPROCS(0))
	l.readers.SetMaxOpenConns(readers)
	l.readers.SetMaxIdleConns(readers)
	// The writer is first: it is who makes the files that the readers need.
	if err := l.patiently(ctx, func() error { return l.writer.PingContext(ctx) }); err != nil {
		_ = l.close() // the first error says more
		return nil, (&Store{engine: l}).failed(ctx, err)
	}
	return l, nil
}

// makeFile makes the file, for this user only, with the folders above it. One that is there isn't opened: closing it
// would give up the locks that this process holds on it.
func makeFile(path string, create bool) error {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return &knowledge.Error{Kind: knowledge.Invalid, Msg: fmt.Sprintf("The database %s is a folder: name a file.", path)}
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return unavailable(fmt.Sprintf("The database %s can't be reached: look at who may read its folder.", path), err)
	case !create:
		return &knowledge.Error{Kind: knowledge.NotFound, Msg: fmt.Sprintf("There is no database %s.", path), Err: err}
	}
	err = os.MkdirAll(filepath.Dir(path), 0o700)
	var f *os.File
	if err == nil {
		f, err = os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	}
	if errors.Is(err, fs.ErrExist) { // another process was first
		return nil
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		return unavailable(fmt.Sprintf("The database %s can't be made: look at who may write into its folder.", path), err)
	}
	return nil
}

func (l *lite) dsn(mode string, pragmas ...string) string {
	u := url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(l.path)}
	if abs, err := filepath.Abs(l.path); err == nil {
		u.Path = filepath.ToSlash(abs)
	}
	u.RawQuery = url.Values{"mode": {mode}, "_txlock": {"immediate"}, "_pragma": pragmas}.Encode()
	return u.String()
}

// patiently tries again while the file is locked in a way for which SQLite itself doesn't wait.
func (l *lite) patiently(ctx context.Context, do func() error) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		err := do()
		if code(err) != sqlite3.SQLITE_BUSY {
			return err
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			return err
		}
	}
}

// newest finds each key's row by its place, which saves looking it up a second time. SQLite has no LATERAL. Its parameters have no
// names: each that is bound has its name looked up in a list of all, which takes a tenth of the time of a hundred claims.
func (l *lite) newest(n int) string {
	return `WITH k (tenant, id) AS (VALUES (?, ?)` + strings.Repeat(", (?, ?)", n-1) + `) SELECT ` + columns + ` FROM (
		SELECT (SELECT n.rowid FROM versions n WHERE n.tenant = k.tenant AND n.id = k.id ORDER BY n.version DESC LIMIT 1) AS place FROM k
	) newest CROSS JOIN versions v WHERE v.rowid = newest.place`
}

func (l *lite) dialect() string { return "sqlite" }

func (l *lite) named() string { return "The database " + l.path }

func (l *lite) read(ctx context.Context, _, query string, args []any, row func(scan) error) error {
	stmt, err := l.prepared(ctx, query) //nolint:sqlclosecheck // it is kept, and closed with its connections
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // Err says it
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// prepared returns the statement of a query, which is kept: to prepare the one that every answer waits for takes a fifth of
// its time. There are few texts of queries, for what varies in them are parameters and how many there are, in steps.
func (l *lite) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	if kept, ok := l.statements.Load(query); ok {
		return kept.(*sql.Stmt), nil
	}
	stmt, err := l.readers.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	if kept, there := l.statements.LoadOrStore(query, stmt); there { // somebody else was first
		_ = stmt.Close() //nolint:sqlclosecheck // the other one is handed out
		return kept.(*sql.Stmt), nil
	}
	return stmt, nil
}

func (l *lite) readAcross(ctx context.Context, query string, args []any, row func(scan) error) error {
	return l.read(ctx, "", query, args, row)
}

// clock has milliseconds: SQLite knows no more. It stands still within a statement.
func (l *lite) clock() string { return "CAST(unixepoch('subsec') * 1000000 AS INTEGER)" }

func (l *lite) begin(ctx context.Context, _ string) (*sql.Tx, error) {
	return l.writer.BeginTx(ctx, nil)
}

func (l *lite) queued() *queue { return &l.queue }

func (l *lite) become(context.Context, *sql.Tx, string) error { return nil }

func (l *lite) owner(_ context.Context, use func(*sql.DB) error) error { return use(l.writer) }

func (l *lite) close() error { return errors.Join(l.readers.Close(), l.writer.Close()) }

// code returns the primary code of an error of SQLite, 0 where it isn't one.
func code(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code() & 0xff
	}
	return 0
}

func (l *lite) explain(err error) *knowledge.Error {
	what := ""
	switch code(err) {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		what = "is in use by another process, which has been writing into it for long: try again"
	case sqlite3.SQLITE_FULL:
		what = "can't grow: its disk is full"
	case sqlite3.SQLITE_CORRUPT:
		what = "is damaged: put a backup in its place"
	case sqlite3.SQLITE_NOTADB:
		what = "isn't a database of SQLite: name another file"
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		what = "can't be written: look at who may write the file and its folder"
	case sqlite3.SQLITE_CANTOPEN:
		what = "can't be opened: look at who may read the file and its folder"
	case sqlite3.SQLITE_IOERR:
		what = "can't be read or written: its disk fails, or is full"
	case 0:
		return &knowledge.Error{Kind: knowledge.Internal, Msg: fmt.Sprintf("The database %s isn't as it should be; verify says what was altered.", l.path), Err: err}
	default:
		return &knowledge.Error{Kind: knowledge.Internal, Msg: fmt.Sprintf("The database %s refused what it was asked.", l.path), Err: err}
	}
	return unavailable(fmt.Sprintf("The database %s %s.", l.path, what), err)
}
