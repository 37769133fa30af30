package sqlstore

import (
	"context"
	"encoding/hex"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/knowledge"
)

// Gaps is a moderation.GapStore on a database.
type Gaps struct{ s *Store }

var _ moderation.GapStore = Gaps{}

// Gaps returns what was asked without an answer.
func (s *Store) Gaps() Gaps { return Gaps{s} }

// Key returns the key of a tenant, which is made at first.
func (g Gaps) Key(ctx context.Context, tenant string) ([]byte, error) {
	key, err := g.key(ctx, tenant)
	if err != nil || key != nil {
		return key, err
	}
	fresh := hex.EncodeToString(moderation.NewGapKey())
	err = g.s.execute(ctx, tenant, "INSERT INTO gap_keys (tenant, key) VALUES ($1, $2) ON CONFLICT DO NOTHING", tenant, fresh)
	if err != nil {
		return nil, err
	}
	return g.key(ctx, tenant) // another may have been faster
}

// key returns the key that there is, nil where there is none.
func (g Gaps) key(ctx context.Context, tenant string) (key []byte, err error) {
	if !storable(tenant) {
		return nil, unstorableAsking()
	}
	err = g.s.read(ctx, tenant, "SELECT key FROM gap_keys WHERE tenant = $1", []any{tenant}, func(row scan) error {
		var text string
		if err := row(&text); err != nil {
			return err
		}
		if key, err = hex.DecodeString(text); err != nil {
			return damaged(err, "The key under which tenant %q hashes who asks can't be read: the row was altered.", tenant)
		}
		return nil
	})
	return key, g.s.failed(ctx, err)
}

func unstorableAsking() error {
	return &knowledge.Error{Kind: knowledge.Invalid, Msg: "What was asked can't be kept: it has to be text in UTF-8, without NUL."}
}

// Note keeps an asking.
func (g Gaps) Note(ctx context.Context, a moderation.Asking) error {
	for _, text := range []string{a.Tenant, a.Scope, string(a.Place), a.Asker} {
		if !storable(text) {
			return unstorableAsking()
		}
	}
	return g.s.execute(ctx, a.Tenant, `
		INSERT INTO gaps (tenant, scope, place, asker, day) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (tenant, scope, place, asker) DO UPDATE SET day = excluded.day WHERE gaps.day < excluded.day`,
		a.Tenant, a.Scope, string(a.Place), a.Asker, a.Day.String())
}

// Askings returns what was asked by enough people.
func (g Gaps) Askings(ctx context.Context, tenant string, since knowledge.Date, askers int) (out []moderation.Asking, err error) {
	if !storable(tenant) {
		return nil, nil
	}
	err = g.s.read(ctx, tenant, `
		SELECT tenant, scope, place, asker, day FROM gaps WHERE tenant = $1 AND day >= $2 AND scope IN (
			SELECT n.scope FROM gaps n WHERE n.tenant = $1 AND n.day >= $2 GROUP BY n.scope HAVING count(DISTINCT n.asker) >= $3
		) ORDER BY scope, place, asker`,
		[]any{tenant, since.String(), askers}, func(row scan) error {
			var a moderation.Asking
			var day string
			if err := row(&a.Tenant, &a.Scope, &a.Place, &a.Asker, &day); err != nil {
				return err
			}
			if a.Day, err = knowledge.ParseDate(day); err != nil {
				return damaged(err, "The day of what was asked of tenant %q can't be read: the row was altered.", tenant)
			}
			out = append(out, a)
			return nil
		})
	return out, g.s.failed(ctx, err)
}

// Close deletes what was asked of a scope in a place.
func (g Gaps) Close(ctx context.Context, tenant, scope string, place chat.Address) error {
	if !storable(tenant) || !storable(scope) || !storable(string(place)) {
		return nil
	}
	return g.s.execute(ctx, tenant, "DELETE FROM gaps WHERE tenant = $1 AND scope = $2 AND place = $3", tenant, scope, string(place))
}

// Forget deletes old askings, each tenant's as that tenant.
func (g Gaps) Forget(ctx context.Context, before knowledge.Date) (int, error) {
	return g.s.forgetOld(ctx, "gaps", "day", before.String())
}
