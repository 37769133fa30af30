package digest

import (
	"context"
	"slices"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/knowledge"
)

// Subscription is one channel's wish to be told what changed. Of a desk and an address there is one.
type Subscription struct {
	ID     string // 22 letters, digits, - and _
	Tenant string // whose channel it is; never empty
	Desk   string // which says it: the name of a platform
	To     chat.Address

	Schedule
	Topics []Topic // none: all
	Lang   string
	Silent bool          // nothing is said where nothing changed
	Shift  time.Duration // by how much the platform's busiest minutes may put it off; at most MostShift
	By     string        // who subscribed, as in chat.Actor
	At     time.Time     // when
	From   time.Time     // since when its slots come: it was made, changed or resumed then

	State State
	Why   Pause
	Next  Slot            // the one that is due next; of one that is paused it is of no meaning
	Since knowledge.Heads // what the last digest knew of; the zero heads: there was none

	Taken time.Time // of one that Take returns: when, by the store's clock. It isn't kept
}

// MostShift is how long a slot may be put off.
const MostShift = 5 * time.Minute

// State is whether a subscription's slots come.
type State string

// The states.
const (
	Active State = "active"
	Paused State = "paused"
)

// Pause is why a subscription is paused.
type Pause string

// The reasons.
const (
	Asked   Pause = "asked"   // somebody wished it
	Refused Pause = "refused" // the platform doesn't let the bot speak there: the channel is gone, or closed to it
)

// Topic is something that a digest can be about.
type Topic string

// The topics. A contested issue is one by its claims' topic in the lexicon: IssueTopic.
const (
	Negotiations Topic = "negotiations" // where the talks stand, and the board
	Casualties   Topic = "casualties"   // figures
	Corrections  Topic = "corrections"  // what was taken back or corrected
)

// Topics returns the topics that aren't of one issue.
func Topics() []Topic { return []Topic{Negotiations, Casualties, Corrections} }

// about reports whether a subscription is about a topic.
func (s *Subscription) about(t Topic) bool { return len(s.Topics) == 0 || slices.Contains(s.Topics, t) }

// Valid returns an error of kind Invalid where a subscription can't be kept.
func (s *Subscription) Valid() error {
	if s.Tenant == "" || s.ID == "" || s.Desk == "" || s.To == "" {
		return invalid("A digest needs a channel of a server or workspace: there is none here.")
	}
	if s.Shift < 0 || s.Shift > MostShift {
		return invalid("A digest can come up to five minutes later, not %s.", s.Shift)
	}
	_, err := s.Plan()
	return err
}

// Outcome is what became of a slot.
type Outcome string

// The outcomes.
const (
	Written Outcome = "written" // a digest was handed to bot/delivery, which knows the rest
	Nothing Outcome = "nothing" // nothing had changed, and nothing was to be said then
	Missed  Outcome = "missed"  // nobody was there when it was due, nor within CatchUp, or a later one was due as well
	Stopped Outcome = "stopped" // the guard refused what was written
)

// CatchUp is until how long after it was due the latest slot is still made up for (guides/reliability.md).
const CatchUp = 6 * time.Hour

// Past is a slot that is over.
type Past struct {
	Slot
	Outcome Outcome
	Record  string // of Written: what is kept of it in bot/delivery
	Said    delivery.State
	Why     delivery.Reason // of a record that wasn't sent
	SaidAt  time.Time       // when it was known to be sent; zero: not yet
}

// Edition is what comes of the slots of a subscription that are due, written at once or not at all.
type Edition struct {
	Slot    Slot
	Outcome Outcome
	Reply   chat.Reply // of Written
	Missed  []Slot     // which lay before it
	Next    Slot
	Knows   knowledge.Heads // what the digest knows of; of one that isn't written that of the one before
}

// Record returns what is to be said of an edition that was written.
func (s *Subscription) Record(e Edition) delivery.Record {
	return delivery.Record{
		ID: delivery.NewID(), Tenant: s.Tenant, Desk: s.Desk, Key: s.Key(e.Slot), To: s.To, Reply: e.Reply, State: delivery.StatePending,
	}
}

// Store keeps subscriptions and their slots; a database implements it. All of it may be called at once. An error is a
// *knowledge.Error. What is due is told by the store's own clock.
type Store interface {
	// Put keeps a subscription, in the place of the one that its desk and address have, whose id, By and At it takes over, and returns it.
	Put(ctx context.Context, s Subscription) (Subscription, error)

	// At returns the subscription of an address; NotFound where the tenant has none there.
	At(ctx context.Context, tenant, desk string, to chat.Address) (Subscription, error)

	// List returns the subscriptions of a tenant, the oldest first.
	List(ctx context.Context, tenant string) ([]Subscription, error)

	// Delete deletes a subscription with its slots; NotFound where the tenant has none of the id.
	Delete(ctx context.Context, tenant, id string) error

	// Pause pauses a subscription; one that isn't there, or is paused, stays as it is.
	Pause(ctx context.Context, tenant, id string, why Pause) error

	// Take takes up at most so many active subscriptions whose next slot is due, those first that have been for longest, for so long: until then
	// nobody else does. Taken tells when that was.
	Take(ctx context.Context, lease time.Duration, limit int) ([]Subscription, error)

	// Publish writes an edition of a subscription that was taken: its slots, what is to be said, in bot/delivery's outbox, due at once or after
	// a while, and what comes next, in one transaction. It returns false, and writes nothing, where the subscription's next slot
	// isn't any more what it was when it was taken, or it isn't active.
	Publish(ctx context.Context, s Subscription, e Edition, after time.Duration) (bool, error)

	// Slots returns the last slots of a subscription, the latest first, with what became of them.
	Slots(ctx context.Context, tenant, id string, limit int) ([]Past, error)

	// Forget deletes slots that were due before, and returns how many.
	Forget(ctx context.Context, before time.Time) (int, error)
}

// NotFound is the error of a subscription that isn't there, or isn't the tenant's.
func NotFound() error {
	return &knowledge.Error{Kind: knowledge.NotFound, Msg: "No digest comes here."}
}
