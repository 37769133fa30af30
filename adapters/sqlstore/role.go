package sqlstore

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// rolePrefix begins the name of the role that works on a database; roles are of the whole cluster, so the database's name
// follows.
const rolePrefix = "whosays_app_"

// longestName is that of PostgreSQL, in bytes.
const longestName = 63

// role returns the name of the role that owns nothing.
func (p *postgres) role() string {
	name := rolePrefix + p.config.Database
	if len(name) <= longestName {
		return name
	}
	sum := sha256.Sum256([]byte(name))
	return name[:longestName-8] + hex.EncodeToString(sum[:4])
}

func quoted(name string) string { return pgx.Identifier{name}.Sanitize() }

// plain makes PostgreSQL walk the indices that the queries are made for. Left to its statistics, which a fresh import hasn't, it
// would read whole tables, and sort them, for each page.
const plain = `
	SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off; SET enable_hashjoin = off;
	SET enable_mergejoin = off; SET jit = off; SET plan_cache_mode = force_generic_plan; SET ROLE `

// setRole makes each connection of the pool one of the role.
func (p *postgres) setRole(ctx context.Context, c *pgx.Conn) error {
	_, err := c.PgConn().Exec(ctx, plain+quoted(p.role())).ReadAll()
	return err
}

// ready looks at the version of the tables, and whether the role may work on them; version 0 is any.
func (p *postgres) ready(ctx context.Context, version int64) (ready bool, err error) {
	err = p.owner(ctx, func(db *sql.DB) error {
		ready, err = p.look(ctx, db, version)
		return err
	})
	return ready, err
}

// look asks for the right on the table that is newest: grant gives all rights at once.
func (p *postgres) look(ctx context.Context, db *sql.DB, version int64) (bool, error) {
	var made, usable bool
	err := db.QueryRowContext(ctx, `
		SELECT to_regclass('goose_db_version') IS NOT NULL,
		CASE WHEN to_regclass('slots') IS NOT NULL AND EXISTS (SELECT FROM pg_roles WHERE rolname = $1)
		THEN pg_has_role(current_user, $1, 'MEMBER') AND has_table_privilege($1, 'slots', 'INSERT') ELSE false END`, p.role()).Scan(&made, &usable)
	if err != nil || !made {
		return false, err
	}
	var is int64
	if err := db.QueryRowContext(ctx, "SELECT max(version_id) FROM goose_db_version").Scan(&is); err != nil {
		return false, err
	}
	if version > 0 && is > version {
		return false, tooNew(is, version)
	}
	return is >= version && (usable || version == 0), nil
}

// migrate takes the steps that are left, under a lock of the session, and lets the role work on the tables.
func (p *postgres) migrate(ctx context.Context, _ int64) error {
	t, err := migrationsOf(p.dialect())
	if err != nil {
		return err
	}
	// The lock is looked for four times a second: its default is every five seconds.
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 60))
	if err != nil {
		return err
	}
	return p.owner(ctx, func(db *sql.DB) error {
		if err := t.up(ctx, goose.DialectPostgres, db, goose.WithSessionLocker(locker)); err != nil {
			return err
		}
		if err := p.createRole(ctx, db); err != nil {
			return err
		}
		return p.grant(ctx, db)
	})
}

// createRole creates the role where it isn't there. Several replicas may do so at once: that another was faster is well.
func (p *postgres) createRole(ctx context.Context, db *sql.DB) error {
	var member bool
	err := db.QueryRowContext(ctx, "SELECT pg_has_role(current_user, oid, 'MEMBER') FROM pg_roles WHERE rolname = $1", p.role()).Scan(&member)
	if err == nil && member {
		return nil
	}
	_, err = db.ExecContext(ctx, "CREATE ROLE "+quoted(p.role())+" NOLOGIN")
	if s := state(err); err == nil || s == duplicateObject || s == uniqueViolation {
		_, err = db.ExecContext(ctx, "GRANT "+quoted(p.role())+" TO CURRENT_USER")
	}
	if state(err) == notPermitted {
		return unavailable(fmt.Sprintf("The user %[1]s may not create the role by which tenants are kept apart. Let a superuser run, once:\n  CREATE ROLE %[2]s NOLOGIN;\n  GRANT %[2]s TO %[1]s;",
			quoted(p.config.User), quoted(p.role())), err)
	}
	return err
}

// grant lets the role do what the store does, and no more: nothing that was appended can be altered, nor deleted while its tenant is there. It is done in one
// transaction under a lock, for PostgreSQL refuses to grant on one table twice at once.
func (p *postgres) grant(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // says only that it is committed
	for _, statement := range []string{
		"SELECT pg_advisory_xact_lock(hashtext('whosays_grant'))",
		"GRANT SELECT, INSERT, UPDATE ON heads TO " + quoted(p.role()),
		"GRANT SELECT, INSERT, DELETE ON changes, versions TO " + quoted(p.role()), // a trigger says which
		"GRANT SELECT, INSERT, UPDATE ON removals TO " + quoted(p.role()),
		"GRANT SELECT, INSERT, UPDATE, DELETE ON deliveries, installs, settings, moderators, proposals, gaps, subscriptions, slots TO " + quoted(p.role()),
		"GRANT SELECT, INSERT, DELETE ON quotes, reports, gap_keys TO " + quoted(p.role()),
		"GRANT SELECT, INSERT, UPDATE ON leases TO " + quoted(p.role()),
	} {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return tx.Commit()
}
