package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/whosays/whosays/knowledge"
)

// setTenant says whose rows a transaction may see and write.
const setTenant = "SELECT set_config('whosays.tenant', $1, true)"

// setAcross says that a transaction may read the rows of all tenants of the tables that allow it.
const setAcross = "SELECT set_config('whosays.across', $1, true)"

// postgres is PostgreSQL. Its pool works as a role that owns nothing: row-level security holds it to one tenant.
type postgres struct {
	config *pgx.ConnConfig
	db     *sql.DB
}

func openPostgres(url string, o Options) (engine, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil { // it quotes the URL
		return nil, &knowledge.Error{Kind: knowledge.Invalid, Msg: "The URL of the database can't be read: it has to be like postgres://user:password@host:5432/database, with what is special in the password escaped."}
	}
	config.ConnectTimeout = cmp.Or(config.ConnectTimeout, 5*time.Second)
	p := &postgres{config: config}
	p.db = stdlib.OpenDB(*config, stdlib.OptionAfterConnect(p.setRole))
	most := cmp.Or(o.Connections, 16)
	p.db.SetMaxOpenConns(most)
	p.db.SetMaxIdleConns(most)
	p.db.SetConnMaxIdleTime(5 * time.Minute)
	return p, nil
}

// newest takes each key's row from the index. To find its place first, and then the row by that, would read the whole table: under
// row-level security PostgreSQL looks at the policy of each row before it compares places.
func (p *postgres) newest(n int) string {
	return `WITH k (tenant, id) AS (VALUES ` + values(1, n, 2) + `) SELECT ` + columns + ` FROM k CROSS JOIN LATERAL (
		SELECT * FROM versions n WHERE n.tenant = k.tenant AND n.id = k.id ORDER BY n.version DESC LIMIT 1
	) v`
}

func (p *postgres) dialect() string { return "postgres" }

func (p *postgres) named() string {
	return fmt.Sprintf("The database %s on %s", p.config.Database, p.config.Host)
}

func (p *postgres) read(ctx context.Context, tenant, query string, args []any, row func(scan) error) error {
	return p.readAs(ctx, setTenant, tenant, query, args, row)
}

func (p *postgres) readAcross(ctx context.Context, query string, args []any, row func(scan) error) error {
	return p.readAs(ctx, setAcross, "yes", query, args, row)
}

// clock is that of the statement's begin, so that an index can be walked by it.
func (p *postgres) clock() string {
	return "CAST(extract(epoch FROM statement_timestamp()) * 1000000 AS bigint)"
}

// readAs sends the setting and the query at once: what goes out before one Sync is one transaction, and one round trip.
func (p *postgres) readAs(ctx context.Context, setting, value, query string, args []any, row func(scan) error) error {
	conn, err := p.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }() // back into the pool
	return conn.Raw(func(c any) error {
		return readBatch(ctx, c.(*stdlib.Conn).Conn(), setting, value, query, args, row)
	})
}

func readBatch(ctx context.Context, conn *pgx.Conn, setting, value, query string, args []any, row func(scan) error) error {
	var b pgx.Batch
	b.Queue(setting, value)
	b.Queue(query, args...)
	results := conn.SendBatch(ctx, &b)
	defer func() { _ = results.Close() }() // the rows have said it
	if _, err := results.Exec(); err != nil {
		return err
	}
	rows, err := results.Query()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (p *postgres) begin(ctx context.Context, tenant string) (*sql.Tx, error) {
	tx, err := p.db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	if err := p.become(ctx, tx, tenant); err != nil {
		return nil, errors.Join(err, tx.Rollback())
	}
	return tx, nil
}

func (p *postgres) queued() *queue { return nil }

func (p *postgres) become(ctx context.Context, tx *sql.Tx, tenant string) error {
	_, err := tx.ExecContext(ctx, setTenant, tenant)
	return err
}

// owner hands out a pool of the user who logs in, who owns the tables.
func (p *postgres) owner(_ context.Context, use func(*sql.DB) error) error {
	db := stdlib.OpenDB(*p.config)
	return errors.Join(use(db), db.Close())
}

func (p *postgres) close() error { return p.db.Close() }

// The codes of PostgreSQL that say what is to be done.
const (
	duplicateObject = "42710"
	uniqueViolation = "23505"
	notPermitted    = "42501"
	noSuchTable     = "42P01"
	onlyRead        = "25006"
	diskFull        = "53100"
	tooMany         = "53300"
)

// state returns the code of an error of PostgreSQL, "" where it isn't one.
func state(err error) string {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code
	}
	return ""
}

func (p *postgres) explain(err error) *knowledge.Error {
	where := p.named()
	switch s := state(err); {
	case s == notPermitted:
		return unavailable(fmt.Sprintf("%s doesn't permit the user %s what is needed: let the owner of the tables run the migrations.", where, p.config.User), err)
	case s == noSuchTable:
		return unavailable(where+" hasn't its tables yet: run the migrations.", err)
	case strings.HasPrefix(s, "28"):
		return unavailable(fmt.Sprintf("%s doesn't let the user %s in: look at the user and the password.", where, p.config.User), err)
	case s == onlyRead:
		return unavailable(where+" only lets itself be read: name the one that takes what is written.", err)
	case s == "3D000":
		return unavailable(where+" isn't there: create it.", err)
	case s == diskFull:
		return unavailable(where+" can't grow: its disk is full.", err)
	case s == tooMany:
		return unavailable(where+" lets nobody else in: as many are connected as it takes. Let fewer connect, or raise its limit.", err)
	case s == "" || s[:2] == "08" || s[:2] == "40" || s[:2] == "53" || s[:2] == "55" || s[:2] == "57":
		return unavailable(where+" doesn't answer: look whether it runs and can be reached.", err)
	}
	return &knowledge.Error{Kind: knowledge.Internal, Msg: where + " refused what it was asked.", Err: err}
}
