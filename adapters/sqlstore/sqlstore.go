// Package sqlstore keeps in SQLite or PostgreSQL what has to last: claims with all their versions, what was said where, leases,
// reports, installs. Both run the same SQL: what each does in its own way stands behind engine.
//
// Changes and versions of claims are only ever appended. What is current isn't noted anywhere: it is the highest version.
package sqlstore

import (
	"context"
	"database/sql"

	"github.com/whosays/whosays/knowledge"
)

// Store is a knowledge.Store on a database.
type Store struct {
	engine

	counted func(knowledge.ErrorKind)
}

var _ knowledge.Store = (*Store)(nil)

// Options say how a database is opened. The zero Options make it where it isn't there, and bring its tables up to date.
type Options struct {
	Existing    bool // a SQLite file that isn't there is an error of kind NotFound
	Unmigrated  bool // the tables stay as they are: only Migrations, Migrate and Close may be called before Migrate was
	Connections int  // to PostgreSQL at most; zero: 16
	// Failed is called for each failure of the database itself: it refused, or didn't answer in time. Nil: nobody counts them.
	Failed func(knowledge.ErrorKind)
}

// scan reads the columns of a row.
type scan func(columns ...any) error

// engine is what SQLite and PostgreSQL do each in its own way.
type engine interface {
	// dialect is the part of the name of its migrations.
	dialect() string
	// named is how it is called where something is said of it: it holds no secret.
	named() string
	// newest is a query for the highest version of each of n claims, whose keys (tenant, id) are its parameters.
	newest(n int) string
	// read runs a query for a tenant, and hands over each row. It holds a connection meanwhile: row keeps nobody waiting.
	read(ctx context.Context, tenant, query string, args []any, row func(scan) error) error
	// readAcross is read, of the rows of all tenants where the tables let them be read so.
	readAcross(ctx context.Context, query string, args []any, row func(scan) error) error
	// clock is an expression for the database's time: microseconds since 1970, the same within one statement.
	clock() string
	// begin starts a transaction that may write rows of a tenant.
	begin(ctx context.Context, tenant string) (*sql.Tx, error)
	// queued is where writes wait for one another; nil where each has a transaction of its own.
	queued() *queue
	// become makes a transaction one of another tenant.
	become(ctx context.Context, tx *sql.Tx, tenant string) error
	// owner hands out a connection pool that may alter the tables.
	owner(ctx context.Context, use func(*sql.DB) error) error
	// ready reports whether the tables are those of a version, and can be used; an error where they are of a later one.
	ready(ctx context.Context, version int64) (bool, error)
	// migrate brings the tables to a version.
	migrate(ctx context.Context, version int64) error
	// explain says what an error of the database means.
	explain(err error) *knowledge.Error
	// backup writes a copy into a new file.
	backup(ctx context.Context, s *Store, path string) error
	close() error
}

// Open opens the database that a URL names: a path, or sqlite:///path, is a SQLite file;
// postgres://… is a PostgreSQL database. Errors are of kind Unavailable, Invalid or NotFound, and never hold the URL.
func Open(ctx context.Context, url string, o Options) (*Store, error) {
	t, err := parse(url)
	if err != nil {
		return nil, err
	}
	var e engine
	if t.postgres != "" {
		e, err = openPostgres(t.postgres, o)
	} else {
		e, err = openSQLite(ctx, t.path, o)
	}
	if err != nil {
		return nil, err
	}
	s := &Store{engine: e, counted: o.Failed}
	if o.Unmigrated {
		return s, nil
	}
	if err := s.Migrate(ctx); err != nil {
		_ = e.close() // the first error says more
		return nil, err
	}
	return s, nil
}

// Close ends all connections.
func (s *Store) Close() error { return s.close() }

// Ping reports whether the database answers and has its tables.
func (s *Store) Ping(ctx context.Context) error {
	_, err := s.Heads(ctx, "")
	return err
}
