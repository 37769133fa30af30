package sqlstore

import (
	"context"
	"database/sql"

	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/knowledge"
)

// Council is a moderation.Store on a database.
type Council struct{ s *Store }

var _ moderation.Store = Council{}

// Council returns what is kept of who may change the claims, and of what waits.
func (s *Store) Council() Council { return Council{s} }

// Charter returns the charter of a tenant, as it was at one moment.
func (c Council) Charter(ctx context.Context, tenant string) (out moderation.Charter, err error) {
	if tenant == "" || !storable(tenant) {
		return out, nil
	}
	err = c.s.read(ctx, tenant, `
		SELECT s.version, s.lang, s.approvals, s.corrections, COALESCE(m.account, ''), COALESCE(m.added_by, ''), COALESCE(m.at, 0)
		FROM settings s LEFT JOIN moderators m ON m.tenant = s.tenant WHERE s.tenant = $1 ORDER BY m.place`,
		[]any{tenant}, func(row scan) error {
			var m moderation.Moderator
			var at int64
			err := row(&out.Version, &out.Settings.Lang, &out.Settings.Approvals, &out.Settings.Corrections, &m.Account, &m.By, &at)
			if m.Account != "" {
				m.At = moment(at)
				out.Moderators = append(out.Moderators, m)
			}
			return err
		})
	if err != nil {
		return moderation.Charter{}, c.s.failed(ctx, err)
	}
	return out, nil
}

// Enact appends a change, and writes the charter and the end of a proposal with it.
func (c Council) Enact(ctx context.Context, e moderation.Enactment) (knowledge.Head, error) {
	if err := storableChange(&e.Change); err != nil {
		return knowledge.Head{}, err
	}
	if e.Charter != nil && !storableCharter(e.Charter) {
		return knowledge.Head{}, unstorable()
	}
	var after knowledge.Head
	err := c.s.write(ctx, e.Change.Tenant, func(ctx context.Context, tx *sql.Tx) (err error) {
		after, err = c.enact(ctx, tx, &e)
		return err
	})
	if err != nil { // after may be written to by now, or hold what came to nothing
		return knowledge.Head{}, c.s.failed(ctx, err)
	}
	return after, nil
}

func storableCharter(c *moderation.Charter) bool {
	ok := storable(c.Settings.Lang)
	for _, m := range c.Moderators {
		ok = ok && storable(m.Account) && storable(m.By)
	}
	return ok
}

// enact holds the head of the chain first: whatever else changes the charter waits for it.
func (c Council) enact(ctx context.Context, tx *sql.Tx, e *moderation.Enactment) (knowledge.Head, error) {
	tenant := e.Change.Tenant
	if _, err := lockHead(ctx, tx, tenant); err != nil {
		return knowledge.Head{}, err
	}
	var version int64
	err := tx.QueryRowContext(ctx, "SELECT COALESCE(max(version), 0) FROM settings WHERE tenant = $1", tenant).Scan(&version)
	if err != nil {
		return knowledge.Head{}, err
	}
	if version != e.Under {
		return knowledge.Head{}, moderation.Moved()
	}
	if e.Proposal != nil {
		if ended, err := endProposal(ctx, tx, tenant, e.Proposal); err != nil || !ended {
			return knowledge.Head{}, orMoved(err)
		}
	}
	if e.Charter != nil {
		if err := writeCharter(ctx, tx, tenant, e.Under+1, e.Charter); err != nil {
			return knowledge.Head{}, err
		}
	}
	return c.s.append(ctx, tx, e.Change)
}

func orMoved(err error) error {
	if err == nil {
		return moderation.Moved()
	}
	return err
}

// writeCharter replaces what a tenant has chosen. Its moderators are few.
func writeCharter(ctx context.Context, tx *sql.Tx, tenant string, version int64, c *moderation.Charter) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO settings (tenant, version, lang, approvals, corrections) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (tenant) DO UPDATE SET version = excluded.version, lang = excluded.lang, approvals = excluded.approvals,
		corrections = excluded.corrections`,
		tenant, version, c.Settings.Lang, c.Settings.Approvals, c.Settings.Corrections)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM moderators WHERE tenant = $1", tenant); err != nil {
		return err
	}
	for i, m := range c.Moderators {
		_, err := tx.ExecContext(ctx, "INSERT INTO moderators (tenant, account, added_by, at, place) VALUES ($1, $2, $3, $4, $5)",
			tenant, m.Account, m.By, m.At.UnixMicro(), i)
		if err != nil {
			return err
		}
	}
	return nil
}
