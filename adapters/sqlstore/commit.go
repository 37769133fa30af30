package sqlstore

import (
	"context"
	"database/sql"
	"slices"

	"github.com/whosays/whosays/knowledge"
)

// batch is how many rows are inserted by one statement. SQLite looks for each parameter among all others: more at once is
// slower.
const batch = 50

// Commit appends a change.
func (s *Store) Commit(ctx context.Context, c knowledge.Change) (knowledge.Head, error) {
	if err := storableChange(&c); err != nil {
		return knowledge.Head{}, err
	}
	var after knowledge.Head
	err := s.write(ctx, c.Tenant, func(ctx context.Context, tx *sql.Tx) (err error) {
		after, err = s.append(ctx, tx, c)
		return err
	})
	if err != nil { // after may be written to by now, or hold what came to nothing
		return knowledge.Head{}, s.failed(ctx, err)
	}
	return after, nil
}

// storableChange refuses, on either database, what one of them can't keep.
func storableChange(c *knowledge.Change) error {
	if c.Action == knowledge.ActionRemove {
		return &knowledge.Error{Kind: knowledge.Internal, Msg: "A tenant isn't removed by a change alone: ForgetTenant does it, which deletes what was before."}
	}
	ok := storable(c.Tenant) && storable(c.Actor) && storable(c.Reason)
	for i := range c.Claims {
		ok = ok && storable(c.Claims[i].ID)
	}
	if !ok {
		return unstorable()
	}
	return nil
}

func unstorable() error {
	return &knowledge.Error{Kind: knowledge.Invalid, Msg: "Of a change, the account, the reason and the ids have to be text in UTF-8, without NUL."}
}

// append seals a change behind the head, which nobody else can move meanwhile, and writes it.
func (s *Store) append(ctx context.Context, tx *sql.Tx, c knowledge.Change) (knowledge.Head, error) {
	c.Claims = slices.Clone(c.Claims) // sealing them writes into them
	before, err := lockHead(ctx, tx, c.Tenant)
	if err != nil {
		return before, err
	}
	if err := based(ctx, tx, &c); err != nil {
		return before, err
	}
	after, err := c.Seal(before)
	if err != nil {
		return before, err
	}
	return after, write(ctx, tx, &c)
}

// lockHead reads the head, and holds it until the transaction ends. PostgreSQL locks the row that an upsert meets, and
// SQLite has one writer.
func lockHead(ctx context.Context, tx *sql.Tx, tenant string) (knowledge.Head, error) {
	row := tx.QueryRowContext(ctx, `
		INSERT INTO heads (tenant, revision, hash, at) VALUES ($1, 0, '', $2)
		ON CONFLICT (tenant) DO UPDATE SET revision = heads.revision
		RETURNING revision, hash, at`, tenant, knowledge.Head{}.At.UnixMicro())
	return head(row.Scan)
}

// based returns the error of the first claim that isn't based on its current version.
func based(ctx context.Context, tx *sql.Tx, c *knowledge.Change) error {
	for claims := range chunks(c.Claims, most) {
		current, err := numbers(ctx, tx, c.Tenant, claims)
		if err != nil {
			return err
		}
		for i := range claims {
			if is := &claims[i]; current[is.ID] != is.Revision-1 {
				return knowledge.Edited(is.ID, is.Revision-1, current[is.ID])
			}
		}
	}
	return nil
}

// numbers returns the current version of each claim that is there.
func numbers(ctx context.Context, tx *sql.Tx, tenant string, claims []knowledge.Claim) (map[string]int, error) {
	args := []any{tenant}
	for i := range claims {
		args = append(args, claims[i].ID)
	}
	rows, err := tx.QueryContext(ctx, `
		WITH k (id) AS (VALUES `+values(2, len(claims), 1)+`)
		SELECT k.id, (SELECT max(n.version) FROM versions n WHERE n.tenant = $1 AND n.id = k.id) FROM k`, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // Err says it
	out := make(map[string]int, len(claims))
	for rows.Next() {
		var id string
		var version sql.NullInt64
		if err := rows.Scan(&id, &version); err != nil {
			return nil, err
		}
		out[id] = int(version.Int64)
	}
	return out, rows.Err()
}

// write writes a sealed change, and moves the head behind it.
func write(ctx context.Context, tx *sql.Tx, c *knowledge.Change) error {
	at := c.At.UnixMicro()
	if _, err := tx.ExecContext(ctx, `
		INSERT INTO changes (tenant, revision, action, actor, reason, quiet, at, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		c.Tenant, c.Revision, string(c.Action), c.Actor, c.Reason, c.Quiet, at, c.Hash); err != nil {
		return err
	}
	if c.Action == knowledge.ActionRemove {
		if err := noteRemoval(ctx, tx, c); err != nil {
			return err
		}
	}
	rows := make([]int, len(c.Claims))
	for i := range rows {
		rows[i] = i
	}
	for some := range chunks(rows, batch) {
		args := make([]any, 0, 6*len(some))
		for _, i := range some {
			is := &c.Claims[i]
			args = append(args, c.Tenant, is.ID, is.Revision, c.Revision, string(is.Kind), string(c.Bodies[i]))
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO versions (tenant, id, version, revision, kind, body) VALUES "+values(1, len(some), 6), args...); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, "UPDATE heads SET revision = $2, hash = $3, at = $4 WHERE tenant = $1", c.Tenant, c.Revision, c.Hash, at)
	return err
}
