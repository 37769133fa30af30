package sqlstore

import (
	"context"
	"errors"
	"fmt"

	"github.com/whosays/whosays/knowledge"
)

// failed makes an error one that may be handed out. Who has stopped waiting is told that, whatever the database said.
func (s *Store) failed(ctx context.Context, err error) error {
	var known *knowledge.Error
	switch {
	case err == nil || errors.As(err, &known) || errors.Is(err, knowledge.ErrForked):
		return err
	case ctx.Err() != nil:
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			s.count(knowledge.Unavailable)
		}
		return &knowledge.Error{Kind: knowledge.Unavailable, Msg: "The database didn't answer in the time that there was.", Err: ctx.Err()}
	}
	said := s.explain(err)
	s.count(said.Kind)
	return said
}

func (s *Store) count(kind knowledge.ErrorKind) {
	if s.counted != nil {
		s.counted(kind)
	}
}

func unavailable(msg string, err error) *knowledge.Error {
	return &knowledge.Error{Kind: knowledge.Unavailable, Msg: msg, Err: err}
}

// damaged is the error of a row that no change can have made.
func damaged(err error, format string, args ...any) error {
	return &knowledge.Error{Kind: knowledge.Internal, Msg: fmt.Sprintf(format, args...), Err: err}
}
