package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/whosays/whosays/adapters/rediscache"
	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
	"github.com/whosays/whosays/knowledge/starter"
)

// opened is a database that is ready: migrated, with the starter base in it.
type opened struct {
	lex   *lexicon.Lexicon
	store *sqlstore.Store
	base  *knowledge.Base
	index string            // the file in which the index is kept
	built bool              // the index took long to build, and isn't kept yet
	cache *rediscache.Cache // in front of the store's claims; nil: none is
	log   *slog.Logger
}

// database returns the address of the database: --db, else the configuration's, else the file at the platform's place
// for data. named: somebody chose it.
func (a *app) database() (address string, named bool, err error) {
	if a.db != "" {
		return a.db, true, nil
	}
	loaded, err := a.configuration()
	if err != nil {
		return "", false, err
	}
	db := loaded.Database
	return db.Place().Reveal(), db.URL.Reveal() != "", nil
}

// open opens the database for a command, and builds the base over it. With create a file that isn't there is made; else
// the error is of kind NotFound.
func (a *app) open(ctx context.Context, create bool) (*opened, error) {
	store, address, err := a.openStore(ctx, sqlstore.Options{Existing: !create})
	if err != nil {
		return nil, err
	}
	o, err := a.ready(ctx, store, store, a.indexFile(address), slog.Default())
	if err == nil && o.built {
		o.saveIndex(ctx)
	}
	return o, err
}

// openStore opens the database alone, for as long as the command runs, and returns its address as well.
func (a *app) openStore(ctx context.Context, o sqlstore.Options) (*sqlstore.Store, string, error) {
	address, _, err := a.database()
	if err != nil {
		return nil, "", err
	}
	store, err := sqlstore.Open(ctx, address, o)
	if knowledge.KindOf(err) == knowledge.NotFound {
		return nil, "", &knowledge.Error{Kind: knowledge.NotFound, Msg: knowledge.MessageOf(err) + " whosays migrate up makes one.", Err: err}
	}
	if err != nil {
		return nil, "", err
	}
	a.closers = append(a.closers, store.Close)
	return store, address, nil
}

// hasDatabase reports whether there is a database: one that somebody chose is meant to be there.
func (a *app) hasDatabase() (bool, error) {
	address, named, err := a.database()
	if err != nil || named {
		return named, err
	}
	_, err = os.Stat(address)
	return !errors.Is(err, fs.ErrNotExist), nil // one that can't be looked at is there: opening it says what is wrong
}

// ready builds the base over a database, which is read through front, and brings the starter base in it up to date.
func (a *app) ready(ctx context.Context, store *sqlstore.Store, front knowledge.Store, index string, log *slog.Logger) (*opened, error) {
	lex, err := lexicon.Default()
	if err != nil {
		return nil, err
	}
	base, built, err := a.indexed(ctx, lex, front, index)
	if err != nil {
		return nil, err
	}
	if err := loadStarter(ctx, base, a.clock()); err != nil {
		return nil, err
	}
	return &opened{lex: lex, store: store, base: base, index: index, built: built, log: log}, nil
}

// starterActor is who makes the changes that bring the starter base.
const starterActor = "starter"

// loadStarter brings the shared claims to this program's edition of the starter base. What somebody else has changed of
// them stays as it is. Of several replicas that start together one makes the change, and the others see it made.
func loadStarter(ctx context.Context, base *knowledge.Base, now time.Time) error {
	const tries = 5
	for try := 1; ; try++ {
		err := upgradeStarter(ctx, base, now)
		if knowledge.KindOf(err) != knowledge.Conflict || try == tries {
			return err
		}
	}
}

func upgradeStarter(ctx context.Context, base *knowledge.Base, now time.Time) error {
	edition, err := starter.Edition()
	if err != nil {
		return err
	}
	reason := "starter base, edition " + edition
	last, err := base.LastBy(ctx, "", starterActor)
	if err != nil || last.Reason == reason {
		return err
	}
	claims, err := starter.Claims()
	if err != nil {
		return err
	}
	d, err := base.Upgrade(ctx, starterActor, "no longer in the starter base", claims)
	if err != nil {
		return err
	}
	_, err = base.Commit(ctx, knowledge.By{Actor: starterActor, Reason: reason, At: now}, d)
	return err
}

// indexed returns the base over a store: with the index that was saved, as far as it is still of use, else built anew,
// built: that took long, and it is worth saving.
func (a *app) indexed(ctx context.Context, lex *lexicon.Lexicon, store knowledge.Store, path string) (base *knowledge.Base, built bool, err error) {
	if base, err := loadIndex(ctx, path, lex, store); err == nil || !errors.Is(err, knowledge.ErrStale) {
		return base, false, err
	}
	start := a.clock()
	base, err = knowledge.NewBase(ctx, lex, store)
	return base, err == nil && a.clock().Sub(start) > worthSaving, err
}

// worthSaving is how long an index takes to build that is kept: loading it is some twenty times as fast.
const worthSaving = time.Second

// indexFile returns where the index of a database is kept: it can always be built anew. No secret of the address is in
// the name.
func (a *app) indexFile(address string) string {
	if u, err := url.Parse(address); err == nil {
		u.User, u.RawQuery = nil, ""
		address = u.String()
	}
	if abs, err := filepath.Abs(address); err == nil {
		address = abs
	}
	sum := sha256.Sum256([]byte(address))
	return filepath.Join(a.cache, "whosays", "index-"+hex.EncodeToString(sum[:8]))
}

func loadIndex(ctx context.Context, path string, lex *lexicon.Lexicon, store knowledge.Store) (*knowledge.Base, error) {
	f, err := os.Open(path) //nolint:gosec // a file of ours
	if err != nil {
		return nil, knowledge.ErrStale // there is none, or none that can be read
	}
	defer f.Close() //nolint:errcheck // nothing was written
	return knowledge.LoadBase(ctx, f, lex, store)
}

// saveIndex keeps the index. Where it can't, the next start takes its time.
func (o *opened) saveIndex(ctx context.Context) {
	err := os.MkdirAll(filepath.Dir(o.index), 0o700)
	if err == nil {
		err = replace(o.index, func(f *os.File) error { return o.base.Save(f) })
	}
	if err != nil {
		o.log.WarnContext(ctx, "the index can't be kept: the next start builds it anew", "error", err)
	}
}

// keepIndex keeps an index that has changed, if one was worth keeping before.
func (o *opened) keepIndex(ctx context.Context) {
	if _, err := os.Stat(o.index); err == nil {
		o.saveIndex(ctx)
	}
}

// replace writes a file beside, and puts it in its place once it is whole.
func replace(path string, write func(*os.File) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	err = write(f)
	if err := cmp.Or(err, f.Sync()); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
