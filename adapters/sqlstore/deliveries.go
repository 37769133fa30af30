package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"iter"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/knowledge"
)

// Deliveries is a delivery.Store on a database. The store that it is of stays its owner.
type Deliveries struct{ s *Store }

var _ delivery.Store = Deliveries{}

// Deliveries returns where it is kept what was said.
func (s *Store) Deliveries() Deliveries { return Deliveries{s} }

// deliveryColumns are those of a record, in the order of readDelivery.
const deliveryColumns = `tenant, id, desk, key, address, reply_to, reply, state, why, ref, epoch, tries, at, taken, tried, COALESCE(due, 0), said`

func readDelivery(row scan) (r delivery.Record, err error) {
	var body []byte
	var at, taken, tried, due, said int64
	if err := row(&r.Tenant, &r.ID, &r.Desk, &r.Key, &r.To, &r.ReplyTo, &body, &r.State, &r.Why, &r.Ref, &r.Epoch, &r.Tries,
		&at, &taken, &tried, &due, &said); err != nil {
		return r, err
	}
	r.At, r.Taken, r.Tried, r.Due, r.Said = moment(at), orNone(taken), orNone(tried), orNone(due), orNone(said)
	r.Reply, err = delivery.Thaw(body)
	return r, err
}

// orNone is the moment of a column in which 0 means that there is none.
func orNone(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return moment(micros)
}

// orZero is the column of a moment.
func orZero(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// Insert writes a record, unless its key is there.
func (d Deliveries) Insert(ctx context.Context, r delivery.Record, lease time.Duration) (delivery.Record, bool, error) {
	body, err := delivery.Freeze(r.Reply)
	if err == nil && !storableRecord(&r) {
		err = errors.New("it isn't text in UTF-8 without NUL")
	}
	if err != nil {
		return delivery.Record{}, false, &knowledge.Error{Kind: knowledge.Invalid, Msg: "What is to be said can't be kept.", Err: err}
	}
	var out delivery.Record
	first := false
	err = d.s.write(ctx, r.Tenant, func(ctx context.Context, tx *sql.Tx) (err error) {
		out, first, err = d.insert(ctx, tx, &r, body, lease)
		return err
	})
	if err != nil {
		return delivery.Record{}, false, d.s.failed(ctx, err)
	}
	return out, first, nil
}

func storableRecord(r *delivery.Record) bool {
	for _, text := range []string{r.Tenant, r.ID, r.Desk, r.Key, string(r.To), string(r.ReplyTo), string(r.Ref)} {
		if !storable(text) {
			return false
		}
	}
	return true
}

func (d Deliveries) insert(ctx context.Context, tx *sql.Tx, r *delivery.Record, body []byte, lease time.Duration) (delivery.Record, bool, error) {
	out := *r
	var at int64
	sending, sent := r.State == delivery.StateSending, r.State == delivery.StateSent
	err := tx.QueryRowContext(ctx, `
		INSERT INTO deliveries (tenant, id, desk, key, address, reply_to, reply, state, ref, nonce, epoch, tries, at, taken, tried, due, said)
		SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, sending, sending, now, now * sending, now * sending,
		CASE WHEN sent = 0 THEN now + CAST($13 AS bigint) END, now * sent
		FROM (SELECT `+d.s.clock()+` AS now, CAST($11 AS bigint) AS sending, CAST($12 AS bigint) AS sent) AS clock WHERE true
		ON CONFLICT (tenant, desk, key) DO NOTHING RETURNING at`,
		r.Tenant, r.ID, r.Desk, r.Key, string(r.To), string(r.ReplyTo), string(body), string(r.State), string(r.Ref), r.Nonce(),
		bit(sending), bit(sent), lease.Microseconds()).Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		out, err := readDelivery(tx.QueryRowContext(ctx, "SELECT "+deliveryColumns+" FROM deliveries WHERE tenant = $1 AND desk = $2 AND key = $3",
			r.Tenant, r.Desk, r.Key).Scan)
		return out, false, err
	}
	if err != nil {
		return out, false, err
	}
	out.At = moment(at)
	switch {
	case sending:
		out.Epoch, out.Tries, out.Taken, out.Tried, out.Due = 1, 1, out.At, out.At, out.At.Add(lease)
	case sent:
		out.Said = out.At
	default:
		out.Due = out.At.Add(lease)
	}
	return out, true, quote(ctx, tx, &out)
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// quote notes which claims a record quotes, each once.
func quote(ctx context.Context, tx *sql.Tx, r *delivery.Record) error {
	for some := range chunks(r.Quotes(), batch) {
		args := make([]any, 0, 5*len(some))
		for _, q := range some {
			args = append(args, q.Tenant, q.ID, r.At.UnixMicro(), r.Tenant, r.ID)
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO quotes (claim_tenant, claim, at, tenant, delivery) VALUES "+values(1, len(some), 5)+
			" ON CONFLICT DO NOTHING", args...); err != nil {
			return err
		}
	}
	return nil
}

// Attach notes the message of a record that was sent.
func (d Deliveries) Attach(ctx context.Context, tenant, id string, ref chat.MessageRef) error {
	if !storable(tenant) || !storable(id) || !storable(string(ref)) {
		return delivery.NotFound(id)
	}
	return d.s.failed(ctx, d.s.write(ctx, tenant, func(ctx context.Context, tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, "UPDATE deliveries SET ref = $3 WHERE tenant = $1 AND id = $2 AND state = 'sent'", tenant, id, string(ref))
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n > 0 {
			return err
		}
		return delivery.NotFound(id)
	}))
}

// Get returns a record of a tenant.
func (d Deliveries) Get(ctx context.Context, tenant, id string) (r delivery.Record, err error) {
	found := false
	if storable(tenant) && storable(id) {
		err = d.s.read(ctx, tenant, "SELECT "+deliveryColumns+" FROM deliveries WHERE tenant = $1 AND id = $2", []any{tenant, id}, func(row scan) (err error) {
			found = true
			r, err = readDelivery(row)
			return err
		})
	}
	if err == nil && !found {
		err = delivery.NotFound(id)
	}
	return r, d.s.failed(ctx, err)
}

// Quoting yields the records that quote a claim.
func (d Deliveries) Quoting(ctx context.Context, desk string, claim knowledge.Key, since time.Time) iter.Seq2[delivery.Record, error] {
	return func(yield func(delivery.Record, error) bool) {
		if !storable(desk) || !storable(claim.Tenant) || !storable(claim.ID) {
			return
		}
		for r, err := range pages(func(last *delivery.Record) ([]delivery.Record, error) {
			return d.quoting(ctx, desk, claim, since, last)
		}) {
			if err != nil {
				yield(delivery.Record{}, err)
				return
			}
			if !yield(*r, nil) {
				return
			}
		}
	}
}

// quoting reads a page of them, in the order of the quotes' index.
func (d Deliveries) quoting(ctx context.Context, desk string, claim knowledge.Key, since time.Time, last *delivery.Record) (out []delivery.Record, err error) {
	args := []any{claim.Tenant, claim.ID, since.UnixMicro(), "", "", desk, page}
	if last != nil {
		args[2], args[3], args[4] = last.At.UnixMicro(), last.Tenant, last.ID
	}
	err = d.s.readAcross(ctx, `
		WITH q AS (
			SELECT at AS q_at, tenant AS q_tenant, delivery FROM quotes
			WHERE claim_tenant = $1 AND claim = $2 AND (at, tenant, delivery) > ($3, $4, $5)
		)
		SELECT `+deliveryColumns+` FROM q JOIN deliveries ON tenant = q_tenant AND id = delivery
		WHERE desk = $6 AND (state = 'sent' AND ref <> '' OR due IS NOT NULL)
		ORDER BY q_at, q_tenant, delivery LIMIT $7`, args, func(row scan) error {
		r, err := readDelivery(row)
		out = append(out, r)
		return err
	})
	return out, d.s.failed(ctx, err)
}
