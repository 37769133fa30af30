package sqlstore

import (
	"context"
	"encoding/json"
	"time"

	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/knowledge"
)

// Reports is a moderation.Reports on a database.
type Reports struct{ s *Store }

var _ moderation.Reports = Reports{}

// Reports returns the reported mistakes.
func (s *Store) Reports() Reports { return Reports{s} }

// Add keeps a report.
func (r Reports) Add(ctx context.Context, report moderation.Report) error {
	if err := report.Valid(); err != nil {
		return err
	}
	claims, err := json.Marshal(report.Claims)
	if err != nil || !storable(report.Tenant) || !storable(report.ID) || !storable(report.Lang) {
		return &knowledge.Error{Kind: knowledge.Invalid, Msg: "The report can't be kept: it has to be text in UTF-8, without NUL.", Err: err}
	}
	return r.s.execute(ctx, report.Tenant, `
		INSERT INTO reports (tenant, id, at, lang, note, claims) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
		report.Tenant, report.ID, report.At.UnixMicro(), report.Lang, report.Note, string(claims))
}

// List returns the newest reports of a tenant.
func (r Reports) List(ctx context.Context, tenant string, limit int) (out []moderation.Report, err error) {
	if !storable(tenant) {
		return nil, nil
	}
	err = r.s.read(ctx, tenant, `
		SELECT tenant, id, at, lang, note, claims FROM reports WHERE tenant = $1 ORDER BY at DESC, id DESC LIMIT $2`,
		[]any{tenant, limit}, func(row scan) error {
			var is moderation.Report
			var at int64
			var claims []byte
			if err := row(&is.Tenant, &is.ID, &at, &is.Lang, &is.Note, &claims); err != nil {
				return err
			}
			is.At = moment(at)
			if err := json.Unmarshal(claims, &is.Claims); err != nil {
				return damaged(err, "The claims of report %q (tenant %q) can't be read: the row was altered.", is.ID, is.Tenant)
			}
			out = append(out, is)
			return nil
		})
	return out, r.s.failed(ctx, err)
}

// Forget deletes old reports.
func (r Reports) Forget(ctx context.Context, before time.Time) (int, error) {
	return r.s.forgetOld(ctx, "reports", "at", before.UnixMicro())
}
