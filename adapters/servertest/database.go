package servertest

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
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
		fmt.Sprintf("CREATE ROLE %s LOGIN CREATEROLE NOSUPERUSER NOBYPASSRLS PASSWORD '%s'", name, verifier(password)),
		fmt.Sprintf("CREATE DATABASE %s OWNER %s STRATEGY FILE_COPY", name, name)) // an empty one is copied faster than logged
	return name, pg.url(name, password, name), err
}

// verifier is what PostgreSQL keeps of a password, in its own form (RFC 5803). It would hash it 4,096 times, as who logs in then has to,
// which is much work for the race detector: a password of 26 letters by chance needs no more than once.
func verifier(password string) string {
	salt := []byte(rand.Text())
	salted := sum([]byte(password), append(salt, 0, 0, 0, 1)) // PBKDF2 of one block and one round
	stored := sha256.Sum256(sum(salted, []byte("Client Key")))
	encode := base64.StdEncoding.EncodeToString
	return fmt.Sprintf("SCRAM-SHA-256$1:%s$%s:%s", encode(salt), encode(stored[:]), encode(sum(salted, []byte("Server Key"))))
}

func sum(key, message []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write(message)
	return h.Sum(nil)
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
