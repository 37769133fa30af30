package inbox

import (
	"context"
	"fmt"
	"time"

	"github.com/maypok86/otter/v2"
)

// SeenBefore remembers keys of events. It is safe for concurrent use.
type SeenBefore interface {
	// First notes a key, and reports whether it is there for the first time, as far as is known: what can't be found out,
	// or is forgotten, is. It takes at most some 100 ms.
	First(ctx context.Context, key string) bool
	// Seen reports whether a key is known to be noted, and takes as long at most.
	Seen(ctx context.Context, key string) bool
}

// Local is what this process has seen: the last keys, for some time.
type Local struct {
	keys keys
}

// keys is a cache of otter's. By its own name each package that imports this one would compile all of otter, for these types: seconds.
type keys interface {
	SetIfAbsent(key string, value struct{}) (struct{}, bool)
	GetIfPresent(key string) (struct{}, bool)
	Invalidate(key string) (struct{}, bool)
	StopAllGoroutines() bool
}

// NewLocal returns a memory of at most so many keys.
func NewLocal(most int, d time.Duration) (*Local, error) {
	c, err := otter.New(&otter.Options[string, struct{}]{MaximumSize: most, ExpiryCalculator: otter.ExpiryCreating[string, struct{}](d)})
	if err != nil {
		return nil, fmt.Errorf("inbox: %w", err)
	}
	return &Local{c}, nil
}

// First notes a key, and reports whether it wasn't there.
func (l *Local) First(_ context.Context, key string) bool {
	_, first := l.keys.SetIfAbsent(key, struct{}{})
	return first
}

// Seen reports whether a key is noted.
func (l *Local) Seen(_ context.Context, key string) bool {
	_, seen := l.keys.GetIfPresent(key)
	return seen
}

// Forget lets a key be there for the first time again.
func (l *Local) Forget(_ context.Context, key string) { l.keys.Invalidate(key) }
