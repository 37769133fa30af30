package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/digest"
	"github.com/whosays/whosays/knowledge"
)

// takes is how often Take looks again where others took up all that it saw.
const takes = 5

// Take takes up subscriptions that are due. They are looked for across tenants without a lock, and then taken one by one as their
// tenants, by who still finds them due, in one transaction. All do so in the same order, so that none waits for another that waits for it.
func (d Digests) Take(ctx context.Context, lease time.Duration, limit int) (out []digest.Subscription, err error) {
	for range takes {
		due, err := d.due(ctx, limit)
		if err != nil || len(due) == 0 {
			return nil, d.s.failed(ctx, err)
		}
		out, lost, err := d.takeAll(ctx, due, lease)
		if err != nil || lost != nil || len(out) > 0 {
			return out, d.s.failed(ctx, errors.Join(lost, err))
		}
	}
	return nil, nil
}

// dueQuery finds the subscriptions whose next slot is due, those first that have been for longest, by the index of what comes next.
// It has no other order, and SQLite would sort what it joins with anything: to sort those of a busy minute each time is to read them all.
func (d Digests) dueQuery() string {
	now := d.s.clock()
	return `SELECT tenant, id FROM subscriptions
		WHERE state = 'active' AND next_at > 0 AND next_at <= ` + now + ` AND taken <= ` + now + ` ORDER BY next_at LIMIT $1`
}

// due returns where subscriptions are whose next slot is due, in an order that is the same for all who look.
func (d Digests) due(ctx context.Context, limit int) (due []place, err error) {
	err = d.s.readAcross(ctx, d.dueQuery(), []any{limit}, func(row scan) error {
		var p place
		err := row(&p.tenant, &p.id)
		due = append(due, p)
		return err
	})
	slices.SortFunc(due, func(a, b place) int { return cmp.Or(cmp.Compare(a.tenant, b.tenant), cmp.Compare(a.id, b.id)) })
	return due, err
}

// takeAll takes up those of some subscriptions that nobody else has taken up. The first error says which can't be read.
func (d Digests) takeAll(ctx context.Context, due []place, lease time.Duration) ([]digest.Subscription, error, error) {
	var out []digest.Subscription
	var lost error
	err := d.s.write(ctx, "", func(ctx context.Context, tx *sql.Tx) error {
		out, lost = nil, nil
		for _, p := range due {
			if err := d.s.become(ctx, tx, p.tenant); err != nil {
				return err
			}
			s, unreadable, err := d.take(ctx, tx, p, lease)
			if err != nil {
				return err
			}
			if lost = errors.Join(lost, unreadable); unreadable == nil && s.ID != "" {
				out = append(out, s)
			}
		}
		return nil
	})
	if err != nil { // out may be written to by now, or hold what came to nothing
		return nil, nil, err
	}
	slices.SortStableFunc(out, func(a, b digest.Subscription) int { return a.Next.At.Compare(b.Next.At) })
	return out, lost, nil
}

// take takes up a subscription, unless another was faster: it returns none then. One that can't be read is taken up all the same, or it
// would be in the way of the others: lost says why.
func (d Digests) take(ctx context.Context, tx *sql.Tx, p place, lease time.Duration) (s digest.Subscription, lost, err error) {
	var now int64
	row := tx.QueryRowContext(ctx, `
		UPDATE subscriptions SET taken = now + $3 FROM (SELECT `+d.s.clock()+` AS now) AS clock
		WHERE tenant = $1 AND id = $2 AND state = 'active' AND next_at > 0 AND next_at <= now AND taken <= now
		RETURNING `+subscriptionColumns+`, taken - $3`, p.tenant, p.id, lease.Microseconds())
	s, err = readSubscription(func(columns ...any) error { return row.Scan(append(columns, &now)...) })
	s.Taken = moment(now)
	if errors.Is(err, sql.ErrNoRows) {
		return digest.Subscription{}, nil, nil
	}
	if _, unreadable := errors.AsType[*knowledge.Error](err); unreadable {
		return digest.Subscription{}, err, nil
	}
	return s, nil, err
}

// Publish writes an edition: its slots, what is to be said, and what comes next.
func (d Digests) Publish(ctx context.Context, s digest.Subscription, e digest.Edition, after time.Duration) (bool, error) {
	since, err := json.Marshal(e.Knows)
	if err != nil {
		return false, unstorable()
	}
	r := s.Record(e)
	var body []byte
	if e.Outcome == digest.Written {
		if body, err = delivery.Freeze(r.Reply); err != nil || !storableRecord(&r) {
			return false, &knowledge.Error{Kind: knowledge.Invalid, Msg: "The digest can't be kept.", Err: err}
		}
	}
	var done bool
	err = d.s.write(ctx, s.Tenant, func(ctx context.Context, tx *sql.Tx) error {
		n, err := deleted(tx.ExecContext(ctx, `
			UPDATE subscriptions SET next_civil = $4, next_at = $5, since = $6, taken = 0
			WHERE tenant = $1 AND id = $2 AND next_civil = $3 AND state = 'active'`,
			s.Tenant, s.ID, s.Next.Civil, e.Next.Civil, orZero(e.Next.At), string(since)))
		if done = err == nil && n > 0; !done {
			return err
		}
		last := digest.Past{Slot: e.Slot, Outcome: e.Outcome}
		if e.Outcome == digest.Written {
			said, _, err := d.s.Deliveries().insert(ctx, tx, &r, body, after)
			if err != nil {
				return err
			}
			last.Record = said.ID
		}
		return past(ctx, tx, &s, e.Missed, last)
	})
	if err != nil {
		return false, d.s.failed(ctx, err)
	}
	return done, nil
}

// past writes slots that are over: those that were missed, and the last. Somebody may have subscribed anew at the hour of one that is there.
func past(ctx context.Context, tx *sql.Tx, s *digest.Subscription, missed []digest.Slot, last digest.Past) error {
	all := make([]digest.Past, 0, len(missed)+1)
	for _, slot := range missed {
		all = append(all, digest.Past{Slot: slot, Outcome: digest.Missed})
	}
	for some := range chunks(append(all, last), batch) {
		args := make([]any, 0, 6*len(some))
		for _, p := range some {
			args = append(args, s.Tenant, s.ID, p.Civil, orZero(p.At), string(p.Outcome), p.Record)
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO slots (tenant, subscription, civil, due, outcome, delivery) VALUES "+values(1, len(some), 6)+
			" ON CONFLICT DO NOTHING", args...); err != nil {
			return err
		}
	}
	return nil
}

// Slots returns the last slots of a subscription, with what became of what was to be said.
func (d Digests) Slots(ctx context.Context, tenant, id string, limit int) (out []digest.Past, err error) {
	if !storable(tenant) || !storable(id) {
		return nil, nil
	}
	err = d.s.read(ctx, tenant, `
		SELECT s.civil, s.due, s.outcome, s.delivery, COALESCE(d.state, ''), COALESCE(d.why, ''), COALESCE(d.said, 0)
		FROM slots s LEFT JOIN deliveries d ON d.tenant = s.tenant AND d.id = s.delivery
		WHERE s.tenant = $1 AND s.subscription = $2 ORDER BY s.civil DESC LIMIT $3`, []any{tenant, id, limit}, func(row scan) error {
		var p digest.Past
		var at, said int64
		err := row(&p.Civil, &at, &p.Outcome, &p.Record, &p.Said, &p.Why, &said)
		p.At, p.SaidAt = orNone(at), orNone(said)
		out = append(out, p)
		return err
	})
	return out, d.s.failed(ctx, err)
}

// Forget deletes slots that were due before.
func (d Digests) Forget(ctx context.Context, before time.Time) (n int, err error) {
	var tenants []string
	err = d.s.readAcross(ctx, "SELECT DISTINCT tenant FROM slots WHERE due < $1", []any{before.UnixMicro()}, func(row scan) error {
		var tenant string
		err := row(&tenant)
		tenants = append(tenants, tenant)
		return err
	})
	for _, tenant := range tenants {
		if err != nil {
			break
		}
		var some int
		err = d.s.write(ctx, tenant, func(ctx context.Context, tx *sql.Tx) (err error) {
			some, err = deleted(tx.ExecContext(ctx, "DELETE FROM slots WHERE tenant = $1 AND due < $2", tenant, before.UnixMicro()))
			return err
		})
		n += some
	}
	return n, d.s.failed(ctx, err)
}
