package sqlstore

import (
	"context"
	"iter"
	"math/bits"

	"github.com/whosays/whosays/knowledge"
)

// Claims returns the claims that there are, beside their keys.
func (s *Store) Claims(ctx context.Context, at knowledge.Heads, keys []knowledge.Key) ([]*knowledge.Claim, error) {
	seen := make([]knowledge.Key, 0, len(keys))
	for _, k := range keys {
		if (k.Tenant == "" || k.Tenant == at.Tenant) && storable(k.Tenant) && storable(k.ID) {
			seen = append(seen, k)
		}
	}
	tenant := at.Tenant
	if !storable(tenant) { // then it has nothing
		tenant = ""
	}
	there := make(map[knowledge.Key]*knowledge.Claim, len(seen))
	for some := range chunks(seen, most) {
		found, err := s.current(ctx, tenant, some)
		if err != nil {
			return nil, err
		}
		for i := range found {
			there[found[i].claim.Key()] = found[i].claim
		}
	}
	out := make([]*knowledge.Claim, len(keys))
	for i, k := range keys {
		out[i] = there[k]
	}
	return out, nil
}

// current reads the highest version of each claim.
func (s *Store) current(ctx context.Context, tenant string, keys []knowledge.Key) ([]version, error) {
	query, args := s.currentQuery(keys)
	return s.versions(ctx, tenant, query, args...)
}

// currentQuery rounds the number of parameters up, by keys that name nothing: there are few statements then, which the databases keep
// prepared.
func (s *Store) currentQuery(keys []knowledge.Key) (query string, args []any) {
	n := 1 << bits.Len(uint(len(keys)-1))
	args = make([]any, 2*n)
	for i, k := range keys {
		args[2*i], args[2*i+1] = k.Tenant, k.ID
	}
	return s.newest(n), args
}

// Scan yields the claims of a snapshot.
func (s *Store) Scan(ctx context.Context, of knowledge.Snapshot) iter.Seq2[knowledge.Claim, error] {
	return func(yield func(knowledge.Claim, error) bool) {
		if !storable(of.Tenant) { // then it has nothing
			return
		}
		revision, err := s.revision(ctx, of)
		if err != nil {
			yield(knowledge.Claim{}, err)
			return
		}
		for v, err := range pages(func(last *version) ([]version, error) { return s.snapshot(ctx, of, revision, last) }) {
			if err != nil {
				yield(knowledge.Claim{}, err)
				return
			}
			if !yield(*v.claim, nil) {
				return
			}
		}
	}
}

// snapshot reads a page of a snapshot. The signs keep SQLite from walking the index of revisions, which most rows are in. That no
// later version is in it is asked of the index alone, for most claims have none; PostgreSQL makes no join of it, which would walk
// the whole table for each page.
func (s *Store) snapshot(ctx context.Context, of knowledge.Snapshot, revision int64, last *version) ([]version, error) {
	args := []any{of.Tenant, after(last), revision, page}
	kinds := ""
	if of.Kinds != nil {
		kinds = "AND v.kind IN (NULL"
		for _, k := range of.Kinds {
			args = append(args, string(k))
			kinds += ", " + parameter(len(args))
		}
		kinds += ")"
	}
	return s.versions(ctx, of.Tenant, `
		SELECT `+columns+` FROM versions v
		WHERE v.tenant = $1 AND v.id > $2 AND +v.revision <= $3 `+kinds+`
		AND (SELECT min(n.version) FROM versions n WHERE n.tenant = v.tenant AND n.id = v.id AND n.version > v.version AND +n.revision <= $3) IS NULL
		ORDER BY v.id LIMIT $4`, args...)
}

// after is the id behind which the next page begins. No claim has an empty one.
func after(last *version) string {
	if last == nil {
		return ""
	}
	return last.id
}

// revision returns the revision that a snapshot is behind.
func (s *Store) revision(ctx context.Context, of knowledge.Snapshot) (int64, error) {
	switch {
	case of.Revision > 0:
		return of.Revision, nil
	case of.At.IsZero():
		h, err := s.Heads(ctx, of.Tenant)
		return h.Of(of.Tenant).Revision, err
	}
	var last int64
	err := s.read(ctx, of.Tenant, "SELECT revision FROM changes WHERE tenant = $1 AND at <= $2 ORDER BY revision DESC LIMIT 1",
		[]any{of.Tenant, of.At.UnixMicro()}, func(row scan) error { return row(&last) })
	return last, s.failed(ctx, err)
}
