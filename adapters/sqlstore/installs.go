package sqlstore

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"

	"github.com/whosays/whosays/knowledge"
)

// Installs are where a bot was installed: for each tenant a text of its adapter's, in which secrets are sealed. Whoever changes one
// says which version it has read, so that of two who do at once one does. The name of a version never comes again, also where a
// tenant was deleted and comes again.
type Installs struct{ s *Store }

// Installs returns the installs of the database.
func (s *Store) Installs() Installs { return Installs{s} }

// Get returns what is kept of a tenant, and its version; "": nothing is.
func (i Installs) Get(ctx context.Context, tenant string) (body, version string, err error) {
	if !storable(tenant) {
		return "", "", nil
	}
	err = i.s.read(ctx, tenant, "SELECT body, version FROM installs WHERE tenant = $1", []any{tenant}, func(row scan) error {
		return row(&body, &version)
	})
	if err != nil {
		return "", "", i.s.failed(ctx, err)
	}
	return body, version, nil
}

// Put keeps a text for a tenant, whatever was there, and returns its version.
func (i Installs) Put(ctx context.Context, tenant, body string) (version string, err error) {
	return i.put(ctx, tenant, body, `
		INSERT INTO installs (tenant, body, version) VALUES ($1, $2, $3)
		ON CONFLICT (tenant) DO UPDATE SET body = excluded.body, version = excluded.version`)
}

// Swap keeps another text for a tenant, and returns its version; "": it isn't the version any more that is named, and nothing changes.
func (i Installs) Swap(ctx context.Context, tenant, body, version string) (now string, err error) {
	return i.put(ctx, tenant, body, "UPDATE installs SET body = $2, version = $3 WHERE tenant = $1 AND version = $4", version)
}

func (i Installs) put(ctx context.Context, tenant, body, query string, more ...any) (string, error) {
	if tenant == "" || !storable(tenant) || !storable(body) {
		return "", &knowledge.Error{Kind: knowledge.Invalid, Msg: fmt.Sprintf("The install of %.100q can't be kept: it needs a tenant, and text in UTF-8, without NUL.", tenant)}
	}
	version := rand.Text()
	n, err := i.changed(ctx, tenant, query, append([]any{tenant, body, version}, more...)...)
	if err != nil || n == 0 {
		return "", err
	}
	return version, nil
}

// Delete deletes what is kept of a tenant; false where it isn't the version any more that is named.
func (i Installs) Delete(ctx context.Context, tenant, version string) (bool, error) {
	if !storable(tenant) {
		return false, nil
	}
	n, err := i.changed(ctx, tenant, "DELETE FROM installs WHERE tenant = $1 AND version = $2", tenant, version)
	return n > 0, err
}

// changed returns how many rows a statement has changed.
func (i Installs) changed(ctx context.Context, tenant, query string, args ...any) (int64, error) {
	var n int64 // not a result of write, which may go on when nobody waits for it any more
	err := i.s.write(ctx, tenant, func(ctx context.Context, tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, query, args...)
		if err == nil {
			n, err = done.RowsAffected()
		}
		return err
	})
	if err != nil {
		return 0, i.s.failed(ctx, err)
	}
	return n, nil
}

// All returns the texts of all tenants whose names begin so, by tenant.
func (i Installs) All(ctx context.Context, prefix string) (map[string]string, error) {
	out := map[string]string{}
	if !storable(prefix) {
		return out, nil
	}
	err := i.s.readAcross(ctx, "SELECT tenant, body FROM installs WHERE tenant >= $1 AND substr(tenant, 1, length($1)) = $1", []any{prefix}, func(row scan) error {
		var tenant, body string
		err := row(&tenant, &body)
		out[tenant] = body
		return err
	})
	if err != nil {
		return nil, i.s.failed(ctx, err)
	}
	return out, nil
}
