package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/whosays/whosays/knowledge"
)

// Backup writes a copy into a new file, while others go on writing: it holds every change that was acknowledged before.
// Of SQLite it is a database, which is used by putting it in the place of the other; of PostgreSQL it is what Dump writes.
func (s *Store) Backup(ctx context.Context, path string) error {
	part := path + ".part"
	err := reserve(path)
	if err != nil {
		return err
	}
	if err = reserve(part); err == nil {
		err = s.backup(ctx, s, part)
	}
	if err == nil {
		err = synced(part)
	}
	if err == nil {
		err = os.Rename(part, path)
	}
	if err == nil {
		return nil
	}
	_, _ = os.Remove(part), os.Remove(path)
	return s.failed(ctx, notWritten(path, err))
}

// reserve makes an empty file that nobody else may read; none is overwritten.
func reserve(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return &knowledge.Error{Kind: knowledge.Conflict, Msg: fmt.Sprintf("There is a file %s already: it isn't overwritten. Choose another name.", path), Err: err}
	case err != nil:
		return notWritten(path, err)
	}
	return f.Close()
}

// synced waits until a file is on the disk.
func synced(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// notWritten explains what the file system says; what a database says explains itself.
func notWritten(path string, err error) error {
	if _, ok := errors.AsType[*fs.PathError](err); ok {
		return unavailable(fmt.Sprintf("The backup %s can't be written: look at who may write there, and at the room that is left.", path), err)
	}
	return err
}

// backup copies the database by SQLite's own means, from one state of it. Readers may not write, not even elsewhere: it takes a
// connection of its own, and keeps no writer waiting.
func (l *lite) backup(ctx context.Context, _ *Store, path string) error {
	db, err := sql.Open("sqlite", l.dsn("rw", "busy_timeout(10000)"))
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "VACUUM INTO $1", path)
	return errors.Join(err, db.Close())
}

func (p *postgres) backup(ctx context.Context, s *Store, path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(s.Dump(ctx, f), f.Close())
}
