package delivery

import (
	"context"
	"iter"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// Store keeps records; a database implements it. All of it may be called at once. An error is a
// *knowledge.Error, of kind Unavailable where the store doesn't answer. Times are the store's own, so that the clocks of
// replicas needn't agree, to the microsecond.
type Store interface {
	// Insert writes a record that is in state sending under a lease of this length, in epoch 1, or in state sent, or pending, which is
	// due after as long. Where there is one of its tenant, desk and key, it writes nothing, and returns that one and false. Every answer
	// waits for it.
	Insert(ctx context.Context, r Record, lease time.Duration) (Record, bool, error)

	// Take takes up at most so many records of a desk that are due, those first that have been for longest: they are in
	// state sending then, under a lease, in the next epoch. No record is handed out twice in one epoch.
	Take(ctx context.Context, desk string, lease time.Duration, limit int) ([]Record, error)

	// Finish ends a try, and returns the record as it is then. Where the record's epoch isn't r's any more it changes nothing, and
	// returns false.
	Finish(ctx context.Context, r Record, end Result) (Record, bool, error)

	// Attach notes the message of a record that was sent; NotFound where the tenant has none of the id.
	Attach(ctx context.Context, tenant, id string, ref chat.MessageRef) error

	// Get returns a record of a tenant; NotFound where it has none of the id.
	Get(ctx context.Context, tenant, id string) (Record, error)

	// Quoting yields the records of a desk, of all tenants, that quote a claim and were written since, and whose messages
	// are known, or that are due some time and may yet have one, the oldest first.
	Quoting(ctx context.Context, desk string, claim knowledge.Key, since time.Time) iter.Seq2[Record, error]

	// Forget deletes the records of all tenants that were written before, and returns how many there were.
	Forget(ctx context.Context, before time.Time) (int, error)

	// ForgetAt deletes the records of the empty tenant whose addresses begin so, and returns how many there were. For an empty prefix
	// it is an error of kind Invalid.
	ForgetAt(ctx context.Context, prefix string) (int, error)
}

// Result is how a try ended.
type Result struct {
	State State
	Why   Reason
	Ref   chat.MessageRef
	Tried time.Time     // when the first try began whose outcome isn't known; zero: all are known
	Again time.Duration // after which it is taken up again; zero: never
}

// Keepable is how long what was said is kept: as long as its buttons work, and corrections find it.
const Keepable = 30 * 24 * time.Hour

// Everywhere returns what ForgetAt says of an empty prefix.
func Everywhere() error {
	return &knowledge.Error{Kind: knowledge.Invalid, Msg: "What was said everywhere belongs to many people, and nobody can have it deleted: say how the addresses begin."}
}
