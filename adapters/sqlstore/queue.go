package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"sync"

	"github.com/whosays/whosays/knowledge"
)

// together is how many changes are committed in one transaction.
const together = 64

// queue lets changes that wait for SQLite's one writer go into one transaction: the disk is waited for once for all of
// them. None is acknowledged before it is on the disk, and each that fails fails alone.
type queue struct {
	mu      sync.Mutex
	waiting []*request
	busy    bool // somebody is taking requests off
}

// request is a change that somebody waits for.
type request struct {
	ctx    context.Context
	change knowledge.Change
	head   knowledge.Head
	err    error
	done   chan struct{}
}

// commit waits for its turn, and for whoever writes then. Who stops waiting isn't told whether the change was made.
func (q *queue) commit(ctx context.Context, s *Store, c knowledge.Change) (knowledge.Head, error) {
	if ctx.Err() != nil {
		return knowledge.Head{}, ctx.Err()
	}
	r := &request{ctx: ctx, change: c, done: make(chan struct{})}
	q.mu.Lock()
	q.waiting = append(q.waiting, r)
	if !q.busy {
		q.busy = true
		go q.work(s) //nolint:contextcheck // each request has its own
	}
	q.mu.Unlock()
	select {
	case <-r.done:
		return r.head, r.err
	case <-ctx.Done():
		return knowledge.Head{}, ctx.Err()
	}
}

// work commits what waits, until nothing does.
func (q *queue) work(s *Store) {
	for requests := q.take(); len(requests) > 0; requests = q.take() {
		if len(requests) == 1 || s.commitAll(requests) != nil {
			for _, r := range requests {
				r.head, r.err = s.commitOne(r.ctx, r.change)
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

// commitAll commits requests in one transaction. The error is that of the transaction, of which nothing is left then.
func (s *Store) commitAll(requests []*request) error {
	ctx := context.WithoutCancel(requests[0].ctx)
	tx, err := s.begin(ctx, "")
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // says only that it is committed
	for _, r := range requests {
		if r.head, r.err, err = s.commitWithin(ctx, tx, r.change); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil { // it may have been made: it isn't tried again
		for _, r := range requests {
			r.head, r.err = knowledge.Head{}, errors.Join(r.err, err)
		}
	}
	return nil
}

// commitWithin writes a change within a transaction of several. What is wrong with the change alone is refused, and leaves
// nothing; err is what is wrong with the transaction.
func (s *Store) commitWithin(ctx context.Context, tx *sql.Tx, c knowledge.Change) (h knowledge.Head, refused, err error) {
	if _, err := tx.ExecContext(ctx, "SAVEPOINT change"); err != nil {
		return h, nil, err
	}
	h, err = s.append(ctx, tx, c)
	if known, ok := errors.AsType[*knowledge.Error](err); ok {
		_, err = tx.ExecContext(ctx, "ROLLBACK TO change")
		return knowledge.Head{}, known, err
	}
	if err == nil {
		_, err = tx.ExecContext(ctx, "RELEASE change")
	}
	return h, nil, err
}
