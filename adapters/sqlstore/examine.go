package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/whosays/whosays/adapters/checkup"
	"github.com/whosays/whosays/knowledge"
)

// lowSpace is how little room on its disk a SQLite file may have before somebody should look: its log alone may grow to 64 MB.
const lowSpace = 256 << 20 // bytes

// Examine tries the database that a URL names, and changes nothing: whether it can be reached, has its tables and can be written, and
// whether a SQLite file has room. One that isn't there yet is made by what needs it: whether it could be is what is tried then.
func Examine(ctx context.Context, url string) []checkup.Finding {
	t, err := parse(url)
	if err != nil {
		return []checkup.Finding{told("", err)}
	}
	s, err := Open(ctx, url, Options{Existing: true, Unmigrated: true, Connections: 1})
	if knowledge.KindOf(err) == knowledge.NotFound {
		return makeable(t.path)
	}
	if err != nil {
		return []checkup.Finding{told("", err)}
	}
	defer func() { _ = s.Close() }() // nothing was written
	out, ready := s.examineTables(ctx)
	if ready {
		out = append(out, s.examineWriting(ctx))
	}
	if t.path != "" {
		out = append(out, examineSpace(t.path)...)
	}
	return out
}

// told says what an error of a database means.
func told(what string, err error) checkup.Finding {
	return checkup.Told(what, knowledge.MessageOf(err), "Look into the log of the database, and at database.url.")
}

// examineTables looks at the tables; ready: they are of this program's version.
func (s *Store) examineTables(ctx context.Context) (out []checkup.Finding, ready bool) {
	all, err := s.Migrations(ctx)
	if err == nil {
		ready, err = s.ready(ctx, all[len(all)-1].Version)
	}
	if err != nil {
		return []checkup.Finding{told("", s.failed(ctx, err))}, false
	}
	applied := 0
	for _, m := range all {
		if !m.AppliedAt.IsZero() {
			applied++
		}
	}
	if !ready {
		return []checkup.Finding{checkup.Doubt("tables", fmt.Sprintf("%s answers; of the %d changes of its tables %d are applied.", s.named(), len(all), applied),
			"Run whosays migrate up, or start serve, which does the same.")}, false
	}
	if err := s.Ping(ctx); err != nil {
		return []checkup.Finding{told("tables", err)}, false
	}
	return []checkup.Finding{checkup.OK("", "%s answers; its tables are those of this version.", s.named())}, true
}

// examineWriting writes nothing, as one who may write: a database that only lets itself be read refuses that.
func (s *Store) examineWriting(ctx context.Context) checkup.Finding {
	tx, err := s.begin(ctx, "")
	if err == nil {
		_, err = tx.ExecContext(ctx, "UPDATE leases SET until = 0 WHERE name = ''") // no lease has that name
		err = errors.Join(err, tx.Rollback())
	}
	if err != nil {
		return told("writing", s.failed(ctx, err))
	}
	return checkup.OK("writing", "It can be written.")
}

// examineSpace looks at the disk of a file, where the system tells.
func examineSpace(path string) []checkup.Finding {
	free, ok := freeSpace(filepath.Dir(path))
	if !ok {
		return nil
	}
	const mega = 1 << 20
	if free < lowSpace {
		return []checkup.Finding{checkup.Doubt("disk", fmt.Sprintf("There are %d MB left on the disk of %s.", free/mega, path), "Make room there, before nothing can be written any more.")}
	}
	return []checkup.Finding{checkup.OK("disk", "There are %d MB left on its disk.", free/mega)}
}

// makeable tries whether a file that isn't there could be made, in the nearest folder that is.
func makeable(path string) []checkup.Finding {
	dir := filepath.Dir(path)
	for {
		info, err := os.Stat(dir)
		if err == nil && info.IsDir() {
			break
		}
		if above := filepath.Dir(dir); err == nil || !errors.Is(err, fs.ErrNotExist) || above == dir {
			return []checkup.Finding{checkup.Bad("", fmt.Sprintf("There is no database %s, and none can be made there.", path), "Look at who may read "+dir+", or set database.url.")}
		}
		dir = filepath.Dir(dir)
	}
	f, err := os.CreateTemp(dir, ".whosays-*")
	if err == nil {
		err = errors.Join(f.Close(), os.Remove(f.Name()))
	}
	if err != nil {
		return []checkup.Finding{checkup.Bad("", fmt.Sprintf("There is no database %s, and none can be made there.", path), "Look at who may write into "+dir+", or set database.url.")}
	}
	none := checkup.None("", fmt.Sprintf("There is no database %s yet.", path), "whosays serve makes it when it starts, and whosays migrate up beforehand.")
	return append([]checkup.Finding{none}, examineSpace(filepath.Join(dir, "x"))...)
}

// Clock asks a database how late it is by its clock; ok: it is on another machine, or may be, and has one of its own. The error is that of Open.
func Clock(ctx context.Context, url string) (at time.Time, ok bool, err error) {
	t, err := parse(url)
	if err != nil || t.postgres == "" {
		return time.Time{}, false, err
	}
	s, err := Open(ctx, url, Options{Unmigrated: true, Connections: 1})
	if err != nil {
		return time.Time{}, false, err
	}
	defer func() { _ = s.Close() }() // nothing was written
	var micros int64
	err = s.owner(ctx, func(db *sql.DB) error { return db.QueryRowContext(ctx, "SELECT "+s.clock()).Scan(&micros) })
	return time.UnixMicro(micros), err == nil, s.failed(ctx, err)
}
