package sqlstore

import (
	"context"
	"fmt"

	"github.com/whosays/whosays/knowledge"
)

// PlanOfDue returns how the database looks for the subscriptions that are due.
func (s *Store) PlanOfDue(ctx context.Context) ([]string, error) {
	return s.plan(ctx, s.Digests().dueQuery(), 100)
}

// PlanOfClaims returns how the database looks for claims by their keys.
func (s *Store) PlanOfClaims(ctx context.Context, keys ...knowledge.Key) ([]string, error) {
	query, args := s.currentQuery(keys)
	return s.plan(ctx, query, args...)
}

// Limit has the file of SQLite grow by no more than so many pages from now on, as a disk that gets full would; 0: as far as it can.
func (s *Store) Limit(ctx context.Context, pages int) error {
	l := s.engine.(*lite)
	var most int
	if pages == 0 {
		most = 1 << 30
	} else if err := l.writer.QueryRowContext(ctx, "PRAGMA page_count").Scan(&most); err != nil {
		return err
	}
	_, err := l.writer.ExecContext(ctx, fmt.Sprintf("PRAGMA max_page_count = %d", most+pages))
	return err
}

func (s *Store) plan(ctx context.Context, query string, args ...any) (plan []string, err error) {
	explain, columns := "EXPLAIN ", make([]any, 1)
	if s.dialect() == "sqlite" {
		explain, columns = "EXPLAIN QUERY PLAN ", make([]any, 4) // numbers before each line
	}
	line := new(string)
	for i := range columns {
		columns[i] = new(any)
	}
	columns[len(columns)-1] = line
	return plan, s.readAcross(ctx, explain+query, args, func(row scan) error {
		err := row(columns...)
		plan = append(plan, *line)
		return err
	})
}
