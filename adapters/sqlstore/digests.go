package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/digest"
)

// Digests is a digest.Store on a database.
type Digests struct{ s *Store }

var _ digest.Store = Digests{}

// Digests returns the subscriptions and their slots.
func (s *Store) Digests() Digests { return Digests{s} }

// subscriptionColumns are those of a subscription, in the order of readSubscription.
const subscriptionColumns = `tenant, id, desk, address, fields, zone, topics, lang, silent, shift, subscriber, at, active, state, why, next_civil, next_at, since`

func readSubscription(row scan) (s digest.Subscription, err error) {
	var topics, since []byte
	var shift, at, from, next int64
	if err := row(&s.Tenant, &s.ID, &s.Desk, &s.To, &s.Fields, &s.Zone, &topics, &s.Lang, &s.Silent, &shift, &s.By, &at, &from, &s.State, &s.Why,
		&s.Next.Civil, &next, &since); err != nil {
		return s, err
	}
	s.Shift, s.At, s.From, s.Next.At = time.Duration(shift)*time.Microsecond, moment(at), orNone(from), orNone(next)
	if err := errors.Join(json.Unmarshal(topics, &s.Topics), json.Unmarshal(since, &s.Since)); err != nil {
		return s, damaged(err, "The subscription %q (tenant %q) can't be read: the row was altered.", s.ID, s.Tenant)
	}
	return s, nil
}

// Put keeps a subscription, in the place of the one of its address.
func (d Digests) Put(ctx context.Context, s digest.Subscription) (digest.Subscription, error) {
	if err := s.Valid(); err != nil {
		return digest.Subscription{}, err
	}
	topics, err := json.Marshal(s.Topics)
	if err != nil || !storableSubscription(&s) {
		return digest.Subscription{}, unstorable()
	}
	since, err := json.Marshal(s.Since)
	if err != nil {
		return digest.Subscription{}, unstorable()
	}
	var out digest.Subscription
	err = d.s.write(ctx, s.Tenant, func(ctx context.Context, tx *sql.Tx) (err error) {
		out, err = readSubscription(tx.QueryRowContext(ctx, `
			INSERT INTO subscriptions (`+subscriptionColumns+`) VALUES `+values(1, 1, 18)+`
			ON CONFLICT (tenant, desk, address) DO UPDATE SET fields = excluded.fields, zone = excluded.zone, topics = excluded.topics,
			lang = excluded.lang, silent = excluded.silent, active = excluded.active, shift = excluded.shift, state = excluded.state, why = excluded.why,
			next_civil = excluded.next_civil, next_at = excluded.next_at, since = excluded.since, taken = 0
			RETURNING `+subscriptionColumns,
			s.Tenant, s.ID, s.Desk, string(s.To), s.Fields, s.Zone, string(topics), s.Lang, s.Silent, s.Shift.Microseconds(), s.By,
			s.At.UnixMicro(), orZero(s.From), string(s.State), string(s.Why), s.Next.Civil, orZero(s.Next.At), string(since)).Scan)
		return err
	})
	if err != nil {
		return digest.Subscription{}, d.s.failed(ctx, err)
	}
	return out, nil
}

func storableSubscription(s *digest.Subscription) bool {
	for _, text := range []string{s.Tenant, s.ID, s.Desk, string(s.To), s.Fields, s.Zone, s.Lang, s.By, string(s.Why), s.Next.Civil} {
		if !storable(text) {
			return false
		}
	}
	return true
}

// At returns the subscription of an address.
func (d Digests) At(ctx context.Context, tenant, desk string, to chat.Address) (digest.Subscription, error) {
	all, err := d.list(ctx, tenant, "desk = $2 AND address = $3", desk, string(to))
	if err == nil && len(all) == 0 {
		err = digest.NotFound()
	}
	if err != nil {
		return digest.Subscription{}, err
	}
	return all[0], nil
}

// List returns the subscriptions of a tenant.
func (d Digests) List(ctx context.Context, tenant string) ([]digest.Subscription, error) {
	return d.list(ctx, tenant, "id <> $2", "")
}

func (d Digests) list(ctx context.Context, tenant, where string, args ...string) (out []digest.Subscription, err error) {
	all := []any{tenant}
	ok := storable(tenant)
	for _, a := range args {
		all, ok = append(all, a), ok && storable(a)
	}
	if !ok {
		return nil, nil
	}
	err = d.s.read(ctx, tenant, "SELECT "+subscriptionColumns+" FROM subscriptions WHERE tenant = $1 AND "+where+" ORDER BY at, id", all, func(row scan) error {
		s, err := readSubscription(row)
		out = append(out, s)
		return err
	})
	return out, d.s.failed(ctx, err)
}

// Delete deletes a subscription with its slots.
func (d Digests) Delete(ctx context.Context, tenant, id string) error {
	if !storable(tenant) || !storable(id) {
		return digest.NotFound()
	}
	return d.s.failed(ctx, d.s.write(ctx, tenant, func(ctx context.Context, tx *sql.Tx) error {
		n, err := deleted(tx.ExecContext(ctx, "DELETE FROM subscriptions WHERE tenant = $1 AND id = $2", tenant, id))
		if err == nil && n == 0 {
			err = digest.NotFound()
		}
		if err == nil {
			_, err = tx.ExecContext(ctx, "DELETE FROM slots WHERE tenant = $1 AND subscription = $2", tenant, id)
		}
		return err
	}))
}

// Pause pauses a subscription.
func (d Digests) Pause(ctx context.Context, tenant, id string, why digest.Pause) error {
	if !storable(tenant) || !storable(id) || !storable(string(why)) {
		return nil
	}
	return d.s.execute(ctx, tenant, "UPDATE subscriptions SET state = 'paused', why = $3 WHERE tenant = $1 AND id = $2 AND state = 'active'", tenant, id, string(why))
}
