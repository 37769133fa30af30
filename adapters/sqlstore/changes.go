package sqlstore

import (
	"context"
	"database/sql"
	"iter"

	"github.com/whosays/whosays/knowledge"
)

// changeColumns are those of a change, in the order of readChange.
const changeColumns = "(SELECT r.behind FROM removals r WHERE r.tenant = c.tenant AND r.revision = c.revision), " +
	"c.tenant, c.action, c.actor, c.reason, c.quiet, c.revision, c.hash, c.at"

// readChange reads the columns of a change, and those behind them.
func readChange(row scan, c *knowledge.Change, more ...any) error {
	all := func(columns ...any) error { return row(append(columns, more...)...) }
	var behind sql.NullString // of a removal
	h, err := head(all, &behind, &c.Tenant, &c.Action, &c.Actor, &c.Reason, &c.Quiet)
	c.Behind, c.Revision, c.Hash, c.At = behind.String, h.Revision, h.Hash, h.At
	return err
}

// with adds a version to what a change has made.
func with(c *knowledge.Change, v *version) {
	c.Claims = append(c.Claims, *v.claim)
	c.Bodies = append(c.Bodies, []byte(v.body))
}

// Changes yields the changes of a trail. Of a whole chain, it ends with an error where rows of versions are left over that no
// change has made.
func (s *Store) Changes(ctx context.Context, of knowledge.Trail) iter.Seq2[knowledge.Change, error] {
	return func(yield func(knowledge.Change, error) bool) {
		if !storable(of.Tenant) || !storable(of.ID) {
			return
		}
		walk := s.chain
		switch {
		case of.ID != "":
			walk = s.trail
		case of.Actor != "":
			walk = s.by
		}
		if err := walk(ctx, of, func(c knowledge.Change) bool { return yield(c, nil) }); err != nil {
			yield(knowledge.Change{}, err)
		}
	}
}

// link is a version and the change that made it.
type link struct {
	version
	change knowledge.Change
}

// trail walks the changes of one claim.
func (s *Store) trail(ctx context.Context, of knowledge.Trail, yield func(knowledge.Change) bool) error {
	for l, err := range pages(func(last *link) ([]link, error) { return s.links(ctx, of, last) }) {
		if err != nil {
			return err
		}
		c := l.change
		with(&c, &l.version)
		if !yield(c) {
			return nil
		}
	}
	return nil
}

func (s *Store) links(ctx context.Context, of knowledge.Trail, last *link) ([]link, error) {
	behind := 0
	if last != nil {
		behind = last.number
	}
	var out []link
	err := s.read(ctx, of.Tenant, `
		SELECT `+changeColumns+`, `+columns+`
		FROM versions v JOIN changes c ON c.tenant = v.tenant AND c.revision = v.revision
		WHERE v.tenant = $1 AND v.id = $2 AND v.version > $3 ORDER BY v.version LIMIT $4`,
		[]any{of.Tenant, of.ID, behind, page}, func(row scan) error {
			var l link
			err := readChange(row, &l.change, l.fields()...)
			out = append(out, l)
			return err
		})
	if err != nil {
		return nil, s.failed(ctx, err)
	}
	return out, decodeAll(len(out), func(i int, in *[]byte) error { return out[i].decode(in) })
}

// by walks the changes that an actor made, without their claims.
func (s *Store) by(ctx context.Context, of knowledge.Trail, yield func(knowledge.Change) bool) error {
	if !storable(of.Actor) {
		return nil
	}
	for c, err := range pages(func(last *knowledge.Change) ([]knowledge.Change, error) { return s.changesBy(ctx, of, last) }) {
		if err != nil {
			return err
		}
		if !yield(*c) {
			return nil
		}
	}
	return nil
}

func (s *Store) changesBy(ctx context.Context, of knowledge.Trail, last *knowledge.Change) ([]knowledge.Change, error) {
	args := []any{of.Tenant, int64(-1 << 62), of.Actor, page}
	if last != nil {
		args[1] = last.Revision
	}
	return s.readChanges(ctx, of.Tenant, `
		SELECT `+changeColumns+` FROM changes c
		WHERE c.tenant = $1 AND c.revision > $2 AND c.actor = $3 ORDER BY c.revision LIMIT $4`, args)
}

// chain walks all changes up to the last one that there is at the start. Both tables are read in the order of the revisions, and a
// version that lies between two changes, or behind the last, was put in.
func (s *Store) chain(ctx context.Context, of knowledge.Trail, yield func(knowledge.Change) bool) error {
	end, err := s.end(ctx, of.Tenant)
	if err != nil {
		return err
	}
	next, stop := iter.Pull2(pages(func(last *version) ([]version, error) { return s.made(ctx, of.Tenant, end, last) }))
	defer stop()
	v, err, more := next()
	for c, failed := range pages(func(last *knowledge.Change) ([]knowledge.Change, error) { return s.changes(ctx, of.Tenant, end, last) }) {
		if failed != nil {
			return failed
		}
		change := *c // not the page's: it would keep all claims of the page
		for more && err == nil && v.revision == c.Revision {
			with(&change, v)
			v, err, more = next()
		}
		if err != nil {
			return err
		}
		if more && v.revision < c.Revision {
			return v.orphaned()
		}
		if !yield(change) {
			return nil
		}
	}
	if err != nil {
		return err
	}
	if more {
		return v.orphaned()
	}
	return s.beyond(ctx, of.Tenant)
}

func (v *version) orphaned() error {
	return damaged(nil, "The row of version %d of claim %q (tenant %q) is of a change %d that isn't there: the one was put in, or the other taken out.", v.number, v.id, v.tenant, v.revision)
}

// end returns the last revision.
func (s *Store) end(ctx context.Context, tenant string) (end int64, err error) {
	err = s.read(ctx, tenant, "SELECT COALESCE(max(revision), 0) FROM changes WHERE tenant = $1", []any{tenant}, func(row scan) error { return row(&end) })
	return end, s.failed(ctx, err)
}

// changes reads a page of a chain.
func (s *Store) changes(ctx context.Context, tenant string, end int64, last *knowledge.Change) ([]knowledge.Change, error) {
	args := []any{tenant, int64(-1 << 62), end, page}
	if last != nil {
		args[1] = last.Revision
	}
	return s.readChanges(ctx, tenant, `
		SELECT `+changeColumns+` FROM changes c
		WHERE c.tenant = $1 AND c.revision > $2 AND c.revision <= $3 ORDER BY c.revision LIMIT $4`, args)
}

// readChanges reads rows of changes.
func (s *Store) readChanges(ctx context.Context, tenant, query string, args []any) ([]knowledge.Change, error) {
	var out []knowledge.Change
	err := s.read(ctx, tenant, query, args, func(row scan) error {
		var c knowledge.Change
		err := readChange(row, &c)
		out = append(out, c)
		return err
	})
	return out, s.failed(ctx, err)
}

// made reads a page of the versions, in the order in which they were made.
func (s *Store) made(ctx context.Context, tenant string, end int64, last *version) ([]version, error) {
	args := []any{tenant, int64(-1 << 62), "", end, page}
	if last != nil {
		args[1], args[2] = last.revision, last.id
	}
	return s.versions(ctx, tenant, `
		SELECT `+columns+` FROM versions v
		WHERE v.tenant = $1 AND (v.revision, v.id) > ($2, $3) AND v.revision <= $4
		ORDER BY v.revision, v.id LIMIT $5`, args...)
}

// beyond returns an error where a version is of a later revision than the last one. Versions are served by their number, so it would be seen.
func (s *Store) beyond(ctx context.Context, tenant string) error {
	left, err := s.versions(ctx, tenant, `
		SELECT `+columns+` FROM versions v
		WHERE v.tenant = $1 AND v.revision > (SELECT COALESCE(max(c.revision), 0) FROM changes c WHERE c.tenant = $1) LIMIT 1`, tenant)
	if err == nil && len(left) > 0 {
		return left[0].orphaned()
	}
	return err
}
