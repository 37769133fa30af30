package sqlstore

import (
	"context"
	"database/sql"
	"time"

	"github.com/whosays/whosays/bot/delivery"
)

// forgotten is how many records are deleted in one transaction: other writes wait for it.
const forgotten = 100

// Forget deletes old records, some at a time.
func (d Deliveries) Forget(ctx context.Context, before time.Time) (int, error) {
	return d.forget(ctx, func(row func(scan) error) error {
		return d.s.readAcross(ctx, "SELECT tenant, id FROM deliveries WHERE at < $1 ORDER BY at LIMIT $2", []any{before.UnixMicro(), forgotten}, row)
	})
}

// forgetOf deletes the records of a tenant, some at a time.
func (d Deliveries) forgetOf(ctx context.Context, tenant string) (int, error) {
	return d.forget(ctx, func(row func(scan) error) error {
		return d.s.read(ctx, tenant, "SELECT tenant, id FROM deliveries WHERE tenant = $1 ORDER BY id LIMIT $2", []any{tenant, forgotten}, row)
	})
}

// ForgetAt deletes the records of the empty tenant at some addresses, some at a time.
func (d Deliveries) ForgetAt(ctx context.Context, prefix string) (int, error) {
	if prefix == "" {
		return 0, delivery.Everywhere()
	}
	if !storable(prefix) {
		return 0, nil
	}
	return d.forget(ctx, func(row func(scan) error) error {
		return d.s.read(ctx, "", `SELECT tenant, id FROM deliveries WHERE tenant = '' AND address >= $1 AND substr(address, 1, length($1)) = $1
			ORDER BY address LIMIT $2`, []any{prefix, forgotten}, row)
	})
}

// forget deletes what next returns, until that is nothing. Each is deleted as its tenant.
func (d Deliveries) forget(ctx context.Context, next func(row func(scan) error) error) (n int, err error) {
	for {
		of := map[string][]any{}
		if err := next(func(row scan) error {
			var p place
			err := row(&p.tenant, &p.id)
			of[p.tenant] = append(of[p.tenant], p.id)
			return err
		}); err != nil || len(of) == 0 {
			return n, d.s.failed(ctx, err)
		}
		for tenant, ids := range of {
			if err := d.s.write(ctx, tenant, func(ctx context.Context, tx *sql.Tx) error { return deleteAll(ctx, tx, tenant, ids) }); err != nil {
				return n, d.s.failed(ctx, err)
			}
			n += len(ids)
		}
	}
}

// deleteAll deletes records, with what is noted of their quotes.
func deleteAll(ctx context.Context, tx *sql.Tx, tenant string, ids []any) error {
	args := append([]any{tenant}, ids...)
	in := "(VALUES " + values(2, len(ids), 1) + ")"
	if _, err := tx.ExecContext(ctx, "DELETE FROM quotes WHERE tenant = $1 AND delivery IN "+in, args...); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "DELETE FROM deliveries WHERE tenant = $1 AND id IN "+in, args...)
	return err
}

// forgetOld deletes the rows of a table that are older, of each tenant as that tenant, and returns how many there were.
func (s *Store) forgetOld(ctx context.Context, table, column string, before any) (n int, err error) {
	var tenants []string
	err = s.readAcross(ctx, "SELECT DISTINCT tenant FROM "+table+" WHERE "+column+" < $1", []any{before}, func(row scan) error {
		var tenant string
		err := row(&tenant)
		tenants = append(tenants, tenant)
		return err
	})
	for _, tenant := range tenants {
		var done int // not a result of write: see Lease
		err := s.write(ctx, tenant, func(ctx context.Context, tx *sql.Tx) (err error) {
			done, err = deleted(tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE tenant = $1 AND "+column+" < $2", tenant, before))
			return err
		})
		if err != nil {
			return n, s.failed(ctx, err)
		}
		n += done
	}
	return n, s.failed(ctx, err)
}
