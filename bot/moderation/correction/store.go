package correction

import (
	"context"

	"github.com/whosays/whosays/knowledge"
)

// Stretch is a part of a chain of changes: what lies behind From, up to To.
type Stretch struct {
	Tenant   string // empty: the shared chain
	From, To knowledge.Head
}

// Store keeps how far the chains of changes were followed; a database implements it. A chain of which it keeps nothing
// was followed up to its beginning. All of it may be called at once. An error is a *knowledge.Error.
type Store interface {
	// Behind returns of each chain that goes on what wasn't followed yet, in the order of the tenants. It is asked every second or
	// two: one cheap read. Times of heads aren't told.
	Behind(ctx context.Context) ([]Stretch, error)
	// Followed notes that a stretch was followed; false where its chain isn't followed up to From any more, but less or farther:
	// nothing changes then.
	Followed(ctx context.Context, s Stretch) (bool, error)
}
