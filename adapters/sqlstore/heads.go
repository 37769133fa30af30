package sqlstore

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/whosays/whosays/knowledge"
)

func parameter(i int) string { return "$" + strconv.Itoa(i) }

// Heads returns where the claims that a tenant sees stand.
func (s *Store) Heads(ctx context.Context, tenant string) (knowledge.Heads, error) {
	h := knowledge.Heads{Tenant: tenant}
	if !storable(tenant) {
		tenant = ""
	}
	err := s.read(ctx, "", "SELECT tenant, revision, hash, at FROM heads WHERE tenant = '' OR tenant = $1", []any{tenant}, func(row scan) error {
		var of string
		end, err := head(row, &of)
		if of == "" {
			h.Shared = end
		} else {
			h.Own = end
		}
		return err
	})
	return h, s.failed(ctx, err)
}

// Tenants returns all tenants that have a chain.
func (s *Store) Tenants(ctx context.Context) ([]string, error) {
	var out []string
	err := s.read(ctx, "", "SELECT tenant FROM heads", nil, func(row scan) error {
		var tenant string
		err := row(&tenant)
		out = append(out, tenant)
		return err
	})
	slices.SortFunc(out, cmp.Compare[string])
	return out, s.failed(ctx, err)
}
