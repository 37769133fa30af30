package servertest

import "context"

// Cluster is a PostgreSQL for a program that isn't a test, such as a benchmark.
type Cluster struct{ pg *postgres }

// NewCluster starts a PostgreSQL with settings, on a free port.
func NewCluster(settings ...Setting) (*Cluster, error) {
	pg, err := newPostgres(settings)
	if err != nil {
		return nil, err
	}
	return &Cluster{pg}, nil
}

// Database returns the URL of a new, empty database as [Postgres] describes it. It lasts as long as the cluster.
func (c *Cluster) Database(ctx context.Context) (string, error) {
	_, url, err := c.pg.createDatabase(ctx)
	return url, err
}

// Close ends the server, and deletes its files.
func (c *Cluster) Close() error { return c.pg.remove() }
