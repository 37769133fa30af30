package sqlstore

import "context"

// PlanOfDue returns how the database looks for the subscriptions that are due.
func (s *Store) PlanOfDue(ctx context.Context) (plan []string, err error) {
	explain, columns := "EXPLAIN ", make([]any, 1)
	if s.dialect() == "sqlite" {
		explain, columns = "EXPLAIN QUERY PLAN ", make([]any, 4) // numbers before each line
	}
	line := new(string)
	for i := range columns {
		columns[i] = new(any)
	}
	columns[len(columns)-1] = line
	return plan, s.readAcross(ctx, explain+s.Digests().dueQuery(), []any{100}, func(row scan) error {
		err := row(columns...)
		plan = append(plan, *line)
		return err
	})
}
