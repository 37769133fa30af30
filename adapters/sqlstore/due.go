package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/knowledge"
)

// place names a row of deliveries.
type place struct {
	tenant, id string
	epoch      int64
}

// Take takes up records that are due. What is due is looked for across tenants without a lock, and then taken one by one as
// their tenants, by who still finds the epoch that was seen.
func (d Deliveries) Take(ctx context.Context, desk string, lease time.Duration, limit int) (out []delivery.Record, err error) {
	var due []place
	err = d.s.readAcross(ctx, "SELECT tenant, id, epoch FROM deliveries WHERE desk = $1 AND due <= "+d.s.clock()+" ORDER BY due LIMIT $2",
		[]any{desk, limit}, func(row scan) error {
			var p place
			err := row(&p.tenant, &p.id, &p.epoch)
			due = append(due, p)
			return err
		})
	if err != nil {
		return nil, d.s.failed(ctx, err)
	}
	var unread error
	for _, p := range due {
		var r delivery.Record
		var lost error
		err := d.s.write(ctx, p.tenant, func(ctx context.Context, tx *sql.Tx) (err error) {
			r, lost, err = d.take(ctx, tx, p, lease)
			return err
		})
		if err != nil {
			return out, errors.Join(unread, d.s.failed(ctx, err))
		}
		unread = errors.Join(unread, lost)
		if lost == nil && r.ID != "" {
			out = append(out, r)
		}
	}
	return out, d.s.failed(ctx, unread)
}

// take takes up a record, unless another was faster: it returns none then. One that can't be read, altered or written by a
// newer program, is taken up all the same, or it would be in the way of the others: lost says why.
func (d Deliveries) take(ctx context.Context, tx *sql.Tx, p place, lease time.Duration) (r delivery.Record, lost, err error) {
	r, err = readDelivery(tx.QueryRowContext(ctx, `
		UPDATE deliveries SET state = 'sending', epoch = epoch + 1, tries = tries + 1, taken = now,
		tried = CASE WHEN tried = 0 THEN now ELSE tried END, due = now + $4
		FROM (SELECT `+d.s.clock()+` AS now) AS clock
		WHERE tenant = $1 AND id = $2 AND epoch = $3 AND due <= now
		RETURNING `+deliveryColumns, p.tenant, p.id, p.epoch, lease.Microseconds()).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return delivery.Record{}, nil, nil
	}
	if _, unreadable := errors.AsType[*knowledge.Error](err); unreadable {
		return delivery.Record{}, err, nil
	}
	return r, nil, err
}

// Finish ends a try, unless another has taken the record up.
func (d Deliveries) Finish(ctx context.Context, r delivery.Record, end delivery.Result) (out delivery.Record, held bool, err error) {
	if !storable(string(end.Ref)) {
		end.Ref = ""
	}
	err = d.s.write(ctx, r.Tenant, func(ctx context.Context, tx *sql.Tx) (err error) {
		out, err = d.finish(ctx, tx, &r, end)
		if held = err == nil; errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	if err != nil || !held {
		return delivery.Record{}, false, d.s.failed(ctx, err)
	}
	return out, true, nil
}

func (d Deliveries) finish(ctx context.Context, tx *sql.Tx, r *delivery.Record, end delivery.Result) (delivery.Record, error) {
	out := *r
	var due, said int64
	err := tx.QueryRowContext(ctx, `
		UPDATE deliveries SET state = $4, why = $5, ref = $6, tried = $7, due = CASE WHEN CAST($8 AS bigint) > 0 THEN now + $8 END, said = now * $9
		FROM (SELECT `+d.s.clock()+` AS now) AS clock
		WHERE tenant = $1 AND id = $2 AND epoch = $3 AND state = 'sending'
		RETURNING COALESCE(due, 0), said`,
		r.Tenant, r.ID, r.Epoch, string(end.State), string(end.Why), string(end.Ref), orZero(end.Tried), end.Again.Microseconds(),
		bit(end.State == delivery.StateSent)).Scan(&due, &said)
	out.State, out.Why, out.Ref, out.Tried = end.State, end.Why, end.Ref, end.Tried
	out.Due, out.Said = orNone(due), orNone(said)
	return out, err
}
