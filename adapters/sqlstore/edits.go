package sqlstore

import (
	"context"
	"iter"

	"github.com/whosays/whosays/knowledge"
)

// Edits yields what became of the claims that changed.
func (s *Store) Edits(ctx context.Context, tenant string, from, to knowledge.Head) iter.Seq2[knowledge.Edit, error] {
	return func(yield func(knowledge.Edit, error) bool) {
		if err := s.has(ctx, tenant, from); err != nil {
			yield(knowledge.Edit{}, err)
			return
		}
		for e, err := range pages(func(last *edit) ([]edit, error) { return s.edits(ctx, tenant, from, to, last) }) {
			if err != nil {
				yield(knowledge.Edit{}, err)
				return
			}
			if !yield(knowledge.Edit{Was: e.was, Is: e.is.claim}, nil) {
				return
			}
		}
	}
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
	wasBody []byte // its body
	was     *knowledge.Claim
}

// edits reads a page of what changed. Versions have no gaps: that before is the highest of those that aren't newer than
// the first head.
func (s *Store) edits(ctx context.Context, tenant string, from, to knowledge.Head, last *edit) ([]edit, error) {
	id := ""
	if last != nil {
		id = last.is.id
	}
	var out []edit
	err := s.read(ctx, tenant, `
		SELECT `+columns+`, COALESCE(w.version, 0), COALESCE(w.body, '')
		FROM versions v LEFT JOIN versions w ON w.tenant = v.tenant AND w.id = v.id
		AND w.version = (SELECT max(o.version) FROM versions o WHERE o.tenant = v.tenant AND o.id = v.id AND o.revision <= $3)
		WHERE v.tenant = $1 AND v.id > $2 AND v.revision > $3 AND v.revision <= $4
		AND v.version = (SELECT max(n.version) FROM versions n WHERE n.tenant = v.tenant AND n.id = v.id AND n.revision <= $4)
		ORDER BY v.id LIMIT $5`, []any{tenant, id, from.Revision, to.Revision, page}, func(row scan) error {
		var e edit
		err := row(append(e.is.fields(), &e.before, &e.wasBody)...)
		out = append(out, e)
		return err
	})
	if err != nil {
		return nil, s.failed(ctx, err)
	}
	return out, decodeAll(len(out), func(i int) error { return out[i].decode() })
}

func (e *edit) decode() error {
	if err := e.is.decode(); err != nil || e.before == 0 {
		return err
	}
	was, err := knowledge.Decode(e.wasBody)
	if err != nil || was.ID != e.is.id || was.Tenant != e.is.tenant || was.Revision != e.before {
		return damaged(err, "Version %d of claim %q (tenant %q) was altered.", e.before, e.is.id, e.is.tenant)
	}
	e.was = &was
	return nil
}
