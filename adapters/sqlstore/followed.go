package sqlstore

import (
	"context"
	"database/sql"

	"github.com/whosays/whosays/bot/moderation/correction"
)

// Followed is a correction.Store on a database.
type Followed struct{ s *Store }

var _ correction.Store = Followed{}

// Followed returns how far the chains were followed.
func (s *Store) Followed() Followed { return Followed{s} }

// Behind returns what of each chain wasn't followed yet.
func (f Followed) Behind(ctx context.Context) (out []correction.Stretch, err error) {
	err = f.s.read(ctx, "", "SELECT tenant, followed, followed_hash, revision, hash FROM heads WHERE revision > followed ORDER BY tenant", nil,
		func(row scan) error {
			var s correction.Stretch
			err := row(&s.Tenant, &s.From.Revision, &s.From.Hash, &s.To.Revision, &s.To.Hash)
			out = append(out, s)
			return err
		})
	return out, f.s.failed(ctx, err)
}

// Followed notes that a stretch was followed.
func (f Followed) Followed(ctx context.Context, s correction.Stretch) (bool, error) {
	var n int64 // not a result of write: see Lease
	err := f.s.write(ctx, s.Tenant, func(ctx context.Context, tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `
			UPDATE heads SET followed = $4, followed_hash = $5 WHERE tenant = $1 AND followed = $2 AND followed_hash = $3`,
			s.Tenant, s.From.Revision, s.From.Hash, s.To.Revision, s.To.Hash)
		if err == nil {
			n, err = done.RowsAffected()
		}
		return err
	})
	if err != nil {
		return false, f.s.failed(ctx, err)
	}
	return n > 0, nil
}
