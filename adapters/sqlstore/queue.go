package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"sync"

	"github.com/whosays/whosays/knowledge"
)

// together is how many writes are committed in one transaction.
const together = 64

// writing is what is done within a transaction. It may be done again, in another one, when the first came to nothing. A
// *knowledge.Error refuses it alone; any other error ends the transaction.
type writing func(context.Context, *sql.Tx) error

// queue lets writes that wait for SQLite's one writer go into one transaction: the disk is waited for once for all of
// them. None is acknowledged before it is on the disk, and each that fails fails alone.
type queue struct {
	mu      sync.Mutex
	waiting []*request
	busy    bool // somebody is taking requests off
}

// request is a write that somebody waits for.
type request struct {
	ctx    context.Context
	tenant string
	do     writing
	err    error
	done   chan struct{}
}

// write does something in a transaction of a tenant, and returns once it is certain to stay.
func (s *Store) write(ctx context.Context, tenant string, do writing) error {
	if q := s.queued(); q != nil {
		return q.write(ctx, s, tenant, do)
	}
	return s.writeOne(ctx, tenant, do)
}

// execute is write with one statement, whose error is told as failed tells it.
func (s *Store) execute(ctx context.Context, tenant, query string, args ...any) error {
	return s.failed(ctx, s.write(ctx, tenant, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, query, args...)
		return err
	}))
}

// writeOne gives a write a transaction of its own.
func (s *Store) writeOne(ctx context.Context, tenant string, do writing) error {
	tx, err := s.begin(ctx, tenant)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // says only that it is committed
	if err := do(ctx, tx); err != nil {
		return err
	}
	return tx.Commit()
}

// write waits for its turn, and for whoever writes then. Who stops waiting isn't told whether the write was made, and may
// not look at what do leaves behind.
func (q *queue) write(ctx context.Context, s *Store, tenant string, do writing) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	r := &request{ctx: ctx, tenant: tenant, do: do, done: make(chan struct{})}
	q.mu.Lock()
	q.waiting = append(q.waiting, r)
	if !q.busy {
		q.busy = true
		go q.work(s) //nolint:contextcheck // each request has its own
	}
	q.mu.Unlock()
	select {
	case <-r.done:
		return r.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// work commits what waits, until nothing does.
func (q *queue) work(s *Store) {
	for requests := q.take(); len(requests) > 0; requests = q.take() {
		if len(requests) == 1 || s.writeAll(requests) != nil {
			for _, r := range requests {
				r.err = s.writeOne(r.ctx, r.tenant, r.do)
			}
		}
		for _, r := range requests {
			close(r.done)
		}
	}
}

// take takes requests off, without those for which nobody waits any more. Where there are none, the work ends.
func (q *queue) take() (out []*request) {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := min(together, len(q.waiting))
	for _, r := range q.waiting[:n] {
		if r.ctx.Err() == nil {
			out = append(out, r)
		}
	}
	q.waiting = q.waiting[n:]
	if len(out) == 0 && len(q.waiting) == 0 {
		q.busy = false
	}
	return out
}

// writeAll does requests in one transaction. The error is that of the transaction, of which nothing is left then.
func (s *Store) writeAll(requests []*request) error {
	ctx := context.WithoutCancel(requests[0].ctx)
	tx, err := s.begin(ctx, "")
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // says only that it is committed
	for _, r := range requests {
		if r.err, err = writeWithin(ctx, tx, r.do); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil { // it may have been made: it isn't tried again
		for _, r := range requests {
			r.err = errors.Join(r.err, err)
		}
	}
	return nil
}

// writeWithin does a write within a transaction of several. What is wrong with the write alone is refused, and leaves
// nothing; err is what is wrong with the transaction.
func writeWithin(ctx context.Context, tx *sql.Tx, do writing) (refused, err error) {
	if _, err := tx.ExecContext(ctx, "SAVEPOINT change"); err != nil {
		return nil, err
	}
	err = do(ctx, tx)
	if known, ok := errors.AsType[*knowledge.Error](err); ok {
		_, err = tx.ExecContext(ctx, "ROLLBACK TO change")
		return known, err
	}
	if err == nil {
		_, err = tx.ExecContext(ctx, "RELEASE change")
	}
	return nil, err
}
