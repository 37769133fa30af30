package servertest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/jackc/pgx/v5"
)

const superuser = "postgres"

// ping asks for the password too: a stranger on the same port doesn't have it.
func (pg *postgres) ping(ctx context.Context) error { return pg.exec(ctx, "SELECT") }

// createDatabase makes a database and its owner, both of one name that is new on the server.
func (pg *postgres) createDatabase(ctx context.Context) (name, url string, err error) {
	name = "test_" + strings.ToLower(rand.Text()[:12]) // letters and digits: it needs no quotes
	password := rand.Text()
	err = pg.exec(ctx,
		fmt.Sprintf("CREATE ROLE %s LOGIN CREATEROLE NOSUPERUSER NOBYPASSRLS PASSWORD '%s'", name, password),
		fmt.Sprintf("CREATE DATABASE %s OWNER %s STRATEGY FILE_COPY", name, name)) // an empty one is copied faster than logged
	return name, pg.url(name, password, name), err
}

func (pg *postgres) dropDatabase(ctx context.Context, name string) error {
	return pg.exec(ctx, fmt.Sprintf("DROP DATABASE %s WITH (FORCE)", name), "DROP ROLE "+name)
}

// exec runs each statement by itself, as CREATE DATABASE has to.
func (pg *postgres) exec(ctx context.Context, statements ...string) (err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	conn, err := pgx.Connect(ctx, pg.url(superuser, pg.password, superuser))
	if err != nil {
		return fmt.Errorf("servertest: connect to PostgreSQL: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close(ctx)) }()
	for _, statement := range statements {
		if _, err := conn.Exec(ctx, statement); err != nil {
			verb, _, _ := strings.Cut(statement, " test_") // what follows may hold a password
			return fmt.Errorf("servertest: %s: %w", verb, err)
		}
	}
	return nil
}

func (pg *postgres) url(user, password, database string) string {
	u := url.URL{
		Scheme: "postgres", User: url.UserPassword(user, password),
		Host: pg.addr(), Path: database, RawQuery: "sslmode=disable",
	}
	return u.String()
}
