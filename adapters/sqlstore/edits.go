package sqlstore

import (
	"cmp"
	"context"
	"iter"
	"math/bits"
	"slices"

	"github.com/whosays/whosays/knowledge"
)

// Edits yields what became of the claims that changed.
func (s *Store) Edits(ctx context.Context, tenant string, from, to knowledge.Head) iter.Seq2[knowledge.Edit, error] {
	return func(yield func(knowledge.Edit, error) bool) {
		if !storable(tenant) { // it has no chain
			if from.Revision > 0 {
				yield(knowledge.Edit{}, knowledge.ErrForked)
			}
			return
		}
		if err := s.has(ctx, tenant, from); err != nil {
			yield(knowledge.Edit{}, err)
			return
		}
		ids, err := s.changed(ctx, tenant, from, to)
		if err != nil {
			yield(knowledge.Edit{}, err)
			return
		}
		for some := range chunks(ids, most) {
			edits, err := s.edits(ctx, tenant, from, to, some)
			if err != nil {
				yield(knowledge.Edit{}, err)
				return
			}
			for i := range edits {
				if !yield(knowledge.Edit{Was: edits[i].was, Is: *edits[i].is.claim}, nil) {
					return
				}
			}
		}
	}
}

// changed returns the ids of what changed, in their order: they are read from the index of revisions, without the bodies.
func (s *Store) changed(ctx context.Context, tenant string, from, to knowledge.Head) (ids []string, err error) {
	err = s.read(ctx, tenant, "SELECT DISTINCT id FROM versions WHERE tenant = $1 AND revision > $2 AND revision <= $3 ORDER BY id",
		[]any{tenant, from.Revision, to.Revision}, func(row scan) error {
			var id string
			err := row(&id)
			ids = append(ids, id)
			return err
		})
	return ids, s.failed(ctx, err)
}

// has returns ErrForked where a head isn't of a tenant's chain.
func (s *Store) has(ctx context.Context, tenant string, h knowledge.Head) error {
	if h.Revision == 0 {
		return nil
	}
	known := false
	err := s.read(ctx, tenant, "SELECT hash FROM changes WHERE tenant = $1 AND revision = $2", []any{tenant, h.Revision}, func(row scan) error {
		var hash string
		err := row(&hash)
		known = hash == h.Hash
		return err
	})
	if err == nil && !known {
		return knowledge.ErrForked
	}
	return s.failed(ctx, err)
}

type edit struct {
	is      version
	before  int    // the version before; 0: none
	wasBody string // its body
	was     *knowledge.Claim
}

// edits reads what became of some claims.
func (s *Store) edits(ctx context.Context, tenant string, from, to knowledge.Head, ids []string) ([]edit, error) {
	n := 1 << bits.Len(uint(len(ids)-1)) // few statements, which are kept prepared
	args := make([]any, 3+n)
	args[0], args[1], args[2] = tenant, from.Revision, to.Revision
	for i, id := range ids {
		args[3+i] = id
	}
	var out []edit
	err := s.read(ctx, tenant, `
		WITH k (id) AS (VALUES `+values(4, n, 1)+`)
		SELECT `+columns+`, COALESCE(w.version, 0), COALESCE(w.body, '')
		FROM k CROSS JOIN versions v LEFT JOIN versions w ON w.tenant = v.tenant AND w.id = v.id
		AND w.version = (SELECT max(o.version) FROM versions o WHERE o.tenant = v.tenant AND o.id = v.id AND +o.revision <= $2)
		WHERE v.tenant = $1 AND v.id = k.id
		AND v.version = (SELECT max(n.version) FROM versions n WHERE n.tenant = $1 AND n.id = k.id AND +n.revision <= $3)`,
		args, func(row scan) error {
			var e edit
			err := row(append(e.is.fields(), &e.before, &e.wasBody)...)
			out = append(out, e)
			return err
		})
	if err != nil {
		return nil, s.failed(ctx, err)
	}
	slices.SortFunc(out, func(x, y edit) int { return cmp.Compare(x.is.id, y.is.id) })
	return out, decodeAll(len(out), func(i int, in *[]byte) error { return out[i].decode(in) })
}

func (e *edit) decode(in *[]byte) error {
	if err := e.is.decode(in); err != nil || e.before == 0 {
		return err
	}
	*in = append((*in)[:0], e.wasBody...)
	was, err := knowledge.Decode(*in)
	if err != nil || was.ID != e.is.id || was.Tenant != e.is.tenant || was.Revision != e.before {
		return damaged(err, "Version %d of claim %q (tenant %q) was altered.", e.before, e.is.id, e.is.tenant)
	}
	e.was = was
	return nil
}
