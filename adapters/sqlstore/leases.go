package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"
)

// Leases are rights that one holder at a time has, by the database's clock: whoever acts by one says in which epoch, which
// rises whenever it changes hands. Names and holders are text of the caller's; a holder is one run of a process.
type Leases struct{ s *Store }

// Leases returns the leases of the database.
func (s *Store) Leases() Leases { return Leases{s} }

// Lease takes a lease that is free or has lapsed, and returns its epoch; false where another holds it. Who holds it already has it
// for longer, in the same epoch.
func (l Leases) Lease(ctx context.Context, name, holder string, ttl time.Duration) (epoch int64, ok bool, err error) {
	var got int64 // 0: another holds it. It isn't a result: a write may go on when nobody waits for it any more
	err = l.s.write(ctx, "", func(ctx context.Context, tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `
			INSERT INTO leases (name, holder, epoch, until)
			SELECT $1, $2, 1, `+l.s.clock()+` + $3 WHERE true
			ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until,
			epoch = leases.epoch + CASE WHEN leases.holder = excluded.holder AND leases.until > `+l.s.clock()+` THEN 0 ELSE 1 END
			WHERE leases.until <= `+l.s.clock()+` OR leases.holder = excluded.holder
			RETURNING epoch`, name, holder, ttl.Microseconds()).Scan(&got)
		if errors.Is(err, sql.ErrNoRows) {
			got = 0 // of an earlier try
			return nil
		}
		return err
	})
	if err != nil {
		return 0, false, l.s.failed(ctx, err)
	}
	return got, got > 0, nil
}

// Renew prolongs a lease, from now on; false where it has changed hands, or was given back. One that has lapsed while nobody took
// it is had again.
func (l Leases) Renew(ctx context.Context, name, holder string, epoch int64, ttl time.Duration) (bool, error) {
	return l.update(ctx, "UPDATE leases SET until = "+l.s.clock()+" + $4 WHERE name = $1 AND holder = $2 AND epoch = $3 AND until > 0",
		name, holder, epoch, ttl.Microseconds())
}

// Release gives a lease back, so that another may have it at once; false where it has changed hands.
func (l Leases) Release(ctx context.Context, name, holder string, epoch int64) (bool, error) {
	return l.update(ctx, "UPDATE leases SET until = 0 WHERE name = $1 AND holder = $2 AND epoch = $3", name, holder, epoch)
}

func (l Leases) update(ctx context.Context, query string, args ...any) (bool, error) {
	var updated bool // not a result: see Lease
	err := l.s.write(ctx, "", func(ctx context.Context, tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, query, args...)
		if err != nil {
			return err
		}
		n, err := done.RowsAffected()
		updated = n > 0
		return err
	})
	if err != nil {
		return false, l.s.failed(ctx, err)
	}
	return updated, nil
}

// Held returns who holds the leases whose names begin so: holders by name.
func (l Leases) Held(ctx context.Context, prefix string) (map[string]string, error) {
	out := map[string]string{}
	err := l.s.read(ctx, "", "SELECT name, holder FROM leases WHERE name >= $1 AND until > "+l.s.clock(), []any{prefix}, func(row scan) error {
		var name, holder string
		err := row(&name, &holder)
		if strings.HasPrefix(name, prefix) {
			out[name] = holder
		}
		return err
	})
	return out, l.s.failed(ctx, err)
}
