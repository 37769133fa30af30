package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/whosays/whosays/bot/tenancy"
	"github.com/whosays/whosays/knowledge"
)

var _ tenancy.Store = (*Store)(nil)

// ForgetTenant deletes all that is kept of a tenant but its audit head. Most of it is what was said to it, which goes first,
// some at a time, so that other writes needn't wait for all of it. The rest goes in one transaction, and with it what was said
// meanwhile.
func (s *Store) ForgetTenant(ctx context.Context, tenant, actor, reason string) (tenancy.Forgotten, error) {
	if tenant == "" {
		return tenancy.Forgotten{}, tenancy.Shared()
	}
	if !storable(tenant) { // then it has nothing
		return tenancy.Forgotten{}, nil
	}
	removal := knowledge.Change{Tenant: tenant, Action: knowledge.ActionRemove, Actor: actor, Reason: reason, At: time.Now()}
	if !storable(actor) || !storable(reason) {
		return tenancy.Forgotten{}, unstorable()
	}
	said, err := s.Deliveries().forgetOf(ctx, tenant)
	if err != nil {
		return tenancy.Forgotten{}, err
	}
	var f tenancy.Forgotten // not a result before the write is made: see Lease
	err = s.write(ctx, tenant, func(ctx context.Context, tx *sql.Tx) (err error) {
		f, err = forgetAll(ctx, tx, removal)
		return err
	})
	if err != nil {
		return tenancy.Forgotten{}, s.failed(ctx, err)
	}
	f.Said += said
	return f, nil
}

// forgetAll deletes the rows of a tenant.
func forgetAll(ctx context.Context, tx *sql.Tx, removal knowledge.Change) (f tenancy.Forgotten, err error) {
	if f.Head, f.Changes, err = removeChain(ctx, tx, removal); err != nil {
		return f, err
	}
	for _, of := range []struct {
		table string
		n     *int
	}{{"quotes", new(int)}, {"deliveries", &f.Said}, {"reports", &f.Reports}, {"settings", new(int)}, {"moderators", new(int)}, {"proposals", new(int)}, {"gaps", new(int)}, {"gap_keys", new(int)}} {
		if *of.n, err = deleted(tx.ExecContext(ctx, "DELETE FROM "+of.table+" WHERE tenant = $1", removal.Tenant)); err != nil {
			return f, err
		}
	}
	return f, nil
}

// removeChain ends a tenant's chain with a change that says so, and deletes what was before. It returns the head, and how many
// changes were deleted. A chain that is removed stays as it is.
func removeChain(ctx context.Context, tx *sql.Tx, removal knowledge.Change) (knowledge.Head, int, error) {
	before, err := head(tx.QueryRowContext(ctx, "UPDATE heads SET revision = revision WHERE tenant = $1 RETURNING revision, hash, at", removal.Tenant).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return knowledge.Head{}, 0, nil
	}
	if err != nil {
		return before, 0, err
	}
	var removed bool
	err = tx.QueryRowContext(ctx, "SELECT count(*) > 0 FROM removals WHERE tenant = $1 AND revision = $2", removal.Tenant, before.Revision).Scan(&removed)
	if err != nil || removed {
		return before, 0, err
	}
	after, err := removal.Seal(before)
	if err != nil {
		return before, 0, err
	}
	if err := write(ctx, tx, &removal); err != nil {
		return before, 0, err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM versions WHERE tenant = $1 AND revision < $2", removal.Tenant, after.Revision); err != nil {
		return before, 0, err
	}
	// Nobody is told of what was removed.
	if _, err := tx.ExecContext(ctx, "UPDATE heads SET followed = revision, followed_hash = hash WHERE tenant = $1", removal.Tenant); err != nil {
		return before, 0, err
	}
	n, err := deleted(tx.ExecContext(ctx, "DELETE FROM changes WHERE tenant = $1 AND revision < $2", removal.Tenant, after.Revision))
	return after, n, err
}

// noteRemoval notes that a change removes what was before it.
func noteRemoval(ctx context.Context, tx *sql.Tx, c *knowledge.Change) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO removals (tenant, revision, behind) VALUES ($1, $2, $3)
		ON CONFLICT (tenant) DO UPDATE SET revision = excluded.revision, behind = excluded.behind`, c.Tenant, c.Revision, c.Behind)
	return err
}

// deleted returns how many rows a statement has deleted or changed.
func deleted(done sql.Result, err error) (int, error) {
	if err != nil {
		return 0, err
	}
	n, err := done.RowsAffected()
	return int(n), err
}

// kept are the queries of whom something is kept, between two names. Of the tables whose tenants have many rows, each tenant is
// looked up behind the one before it: to read all rows would take as long as there are rows.
func kept() []string {
	each := func(table string) string {
		return `
		WITH RECURSIVE t (tenant) AS (
			SELECT (SELECT min(tenant) FROM ` + table + ` WHERE tenant >= $1)
			UNION ALL
			SELECT (SELECT min(n.tenant) FROM ` + table + ` n WHERE n.tenant > t.tenant) FROM t WHERE t.tenant < $2
		) SELECT tenant FROM t WHERE tenant < $2`
	}
	return []string{each("deliveries"), each("reports"), each("settings"), each("proposals"), each("gap_keys"), each("gaps"), `
		SELECT h.tenant FROM heads h WHERE h.tenant >= $1 AND h.tenant < $2
		AND h.revision > COALESCE((SELECT r.revision FROM removals r WHERE r.tenant = h.tenant), 0)`}
}

// Kept returns the tenants whose names begin so and of whom something is kept.
func (s *Store) Kept(ctx context.Context, prefix string) (out []string, err error) {
	if !storable(prefix) {
		return nil, nil
	}
	for _, query := range kept() {
		err := s.readAcross(ctx, query, []any{prefix, prefix + string(utf8.MaxRune)}, func(row scan) error {
			var tenant string
			err := row(&tenant)
			out = append(out, tenant)
			return err
		})
		if err != nil {
			return nil, s.failed(ctx, err)
		}
	}
	slices.SortFunc(out, cmp.Compare[string])
	return slices.DeleteFunc(slices.Compact(out), func(t string) bool { return t == "" || !strings.HasPrefix(t, prefix) }), nil
}
