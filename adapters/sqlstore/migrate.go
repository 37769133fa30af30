package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"

	"github.com/whosays/whosays/knowledge"
)

//go:embed migrations/*.sql
var files embed.FS

// Migration is a step of the tables' history. AppliedAt is zero where it is still to come.
type Migration struct {
	Version   int64
	Name      string
	AppliedAt time.Time
	file      string
}

// twins are the migrations of one dialect: NNNN_x.sql is for all, NNNN_x.sqlite.sql and NNNN_x.postgres.sql are for one.
type twins struct {
	fs.FS
	dialect string
}

// Glob returns the names of those that the dialect has.
func (t twins) Glob(pattern string) ([]string, error) {
	names, err := fs.Glob(t.FS, pattern)
	return slices.DeleteFunc(names, func(name string) bool {
		of := strings.TrimPrefix(path.Ext(strings.TrimSuffix(name, ".sql")), ".")
		return of != "" && of != t.dialect
	}), err
}

func migrationsOf(dialect string) (twins, error) {
	dir, err := fs.Sub(files, "migrations")
	return twins{dir, dialect}, err
}

// list returns the migrations, the oldest first.
func (t twins) list() ([]Migration, error) {
	names, err := t.Glob("*.sql")
	out := make([]Migration, 0, len(names))
	for _, name := range names {
		number, rest, _ := strings.Cut(name, "_")
		version, wrong := strconv.ParseInt(number, 10, 64)
		err = cmp.Or(err, wrong)
		title, _, _ := strings.Cut(rest, ".")
		out = append(out, Migration{Version: version, Name: title, file: name})
	}
	return out, err
}

// Migrations returns all steps that this program knows, and when each was taken.
func (s *Store) Migrations(ctx context.Context) ([]Migration, error) {
	t, err := migrationsOf(s.dialect())
	if err != nil {
		return nil, err
	}
	all, err := t.list()
	if err != nil {
		return nil, err
	}
	if made, err := s.ready(ctx, 0); err != nil || !made {
		return all, err
	}
	err = s.owner(ctx, func(db *sql.DB) error { return appliedAt(ctx, db, all) })
	return all, s.failed(ctx, err)
}

func appliedAt(ctx context.Context, db *sql.DB, all []Migration) error {
	rows, err := db.QueryContext(ctx, "SELECT version_id, tstamp FROM goose_db_version WHERE is_applied")
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // Err says it
	for rows.Next() {
		var version int64
		var at time.Time
		if err := rows.Scan(&version, &at); err != nil {
			return err
		}
		if i := slices.IndexFunc(all, func(m Migration) bool { return m.Version == version }); i >= 0 {
			all[i].AppliedAt = at.UTC()
		}
	}
	return rows.Err()
}

// Migrate brings the tables up to date. One look shows that they are; where several processes start at once, each step is taken
// once.
func (s *Store) Migrate(ctx context.Context) error {
	t, err := migrationsOf(s.dialect())
	if err != nil {
		return err
	}
	all, err := t.list()
	if err != nil {
		return err
	}
	newest := all[len(all)-1].Version
	if ready, err := s.ready(ctx, newest); ready || err != nil {
		return s.failed(ctx, err)
	}
	return s.failed(ctx, s.migrate(ctx, newest))
}

// tooNew is the error of tables that a later program has made.
func tooNew(is, known int64) error {
	return &knowledge.Error{Kind: knowledge.Unavailable, Msg: fmt.Sprintf("The database was brought to version %d by a newer program, and this one knows version %d: use the newer one.", is, known)}
}

// versionTable notes each migration once: of two processes that take the same step, the second is rolled back when it notes it.
type versionTable struct{ database.Store }

func newVersionTable(d goose.Dialect) (versionTable, error) {
	s, err := database.NewStore(d, goose.DefaultTablename)
	return versionTable{s}, err
}

// CreateVersionTable creates the table, with an index that holds each version once.
func (v versionTable) CreateVersionTable(ctx context.Context, db database.DBTxConn) error {
	if err := v.Store.CreateVersionTable(ctx, db); err != nil {
		return err
	}
	_, err := db.ExecContext(ctx, "CREATE UNIQUE INDEX goose_db_version_once ON goose_db_version (version_id)")
	return err
}

// TableExists looks without an error in the database's log.
func (v versionTable) TableExists(ctx context.Context, db database.DBTxConn) (bool, error) {
	if more, ok := v.Store.(database.StoreExtender); ok {
		return more.TableExists(ctx, db)
	}
	return false, errors.ErrUnsupported
}

// steps are the files for goose, each sent to the database whole, in one transaction: goose's own reader of such files takes 4 MiB for
// each line, hundreds in all.
func (t twins) steps() ([]*goose.Migration, error) {
	all, err := t.list()
	if err != nil {
		return nil, err
	}
	steps := make([]*goose.Migration, 0, len(all))
	for _, m := range all {
		text, err := fs.ReadFile(t, m.file)
		if err != nil {
			return nil, err
		}
		steps = append(steps, goose.NewGoMigration(m.Version, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, string(text))
			return err
		}}, nil))
	}
	return steps, nil
}

// up takes the steps that are left.
func (t twins) up(ctx context.Context, d goose.Dialect, db *sql.DB, o ...goose.ProviderOption) error {
	noted, err := newVersionTable(d)
	if err != nil {
		return err
	}
	steps, err := t.steps()
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectCustom, db, nil, append(o, goose.WithStore(noted), goose.WithGoMigrations(steps...))...)
	if err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}
