package sqlstore

import (
	"context"

	"github.com/pressly/goose/v3"
)

// ready looks at the version of the tables; version 0 is any.
func (l *lite) ready(ctx context.Context, version int64) (bool, error) {
	is, err := l.version(ctx)
	if err == nil && version > 0 && is > version {
		return false, tooNew(is, version)
	}
	return is >= version, err
}

// version returns the version of the tables, −1 where there are none.
func (l *lite) version(ctx context.Context) (is int64, err error) {
	var made bool
	err = l.writer.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema WHERE name = 'goose_db_version'").Scan(&made)
	if err != nil || !made {
		return -1, err
	}
	err = l.writer.QueryRowContext(ctx, "SELECT max(version_id) FROM goose_db_version").Scan(&is)
	return is, err
}

// migrate takes the steps that are left. SQLite has no lock that would outlast a transaction: of several processes the slower
// ones are rolled back, and look again.
func (l *lite) migrate(ctx context.Context, _ int64) error {
	t, err := migrationsOf(l.dialect())
	if err != nil {
		return err
	}
	for {
		before, err := l.version(ctx)
		if err != nil {
			return err
		}
		failed := t.up(ctx, goose.DialectSQLite3, l.writer)
		if failed == nil {
			return nil
		}
		if after, err := l.version(ctx); err != nil || after == before { // nobody else was faster: it is the migration
			return failed
		}
	}
}
