// Package delivery is what was said where, once: the record behind replies, digests, corrections and notices.
//
// A row is written before anything is sent, under a key that there is once. Whoever sends holds the row's lease, in its
// epoch: what somebody who has lost the lease says of it afterwards counts for nothing. Where it isn't known whether a
// platform took a post, it is looked for, and is sent again only where it isn't there, or where the platform itself would
// drop the second one.
package delivery

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"slices"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// State is how far a post is.
type State string

// The states of a post.
const (
	StatePending State = "pending" // the platform doesn't have it: it is sent when it is due
	StateSending State = "sending" // somebody sends it, as long as the lease lasts
	StateSent    State = "sent"
	StateUnknown State = "unknown" // the platform may have it; looked for again when it is due
	StateFailed  State = "failed"  // it won't ever be sent
)

// Reason is why a post isn't sent. What a platform said goes into the log: it may hold secrets.
type Reason string

// The reasons.
const (
	ReasonRefused Reason = "refused" // by the platform
	ReasonGuard   Reason = "guard"   // by the guard
	ReasonDelayed Reason = "delayed" // by the platform, until it is due
	ReasonLate    Reason = "late"    // nobody waits for it any more
	ReasonLost    Reason = "lost"    // no answer of the platform
	ReasonUnknown Reason = "unknown" // no answer of the platform, and it can't tell whether it has the post: the operator is told
	ReasonChanged Reason = "changed" // what it quotes isn't in the base any more as it was
)

// Record is one thing that was said, or is to be. The store sets the times, by its own clock, and everything below Reply.
type Record struct {
	ID      string // 22 letters, digits, - and _: it can't be guessed, and fits into a button's id
	Tenant  string // whose it is; empty: said where no tenant is
	Desk    string // which desk says it: the name of a platform
	Key     string // what it is said for; of one tenant and desk each is there once
	To      chat.Address
	ReplyTo chat.MessageRef
	Reply   chat.Reply

	State State
	Why   Reason          // of a state that isn't sent
	Ref   chat.MessageRef // empty where it isn't sent, or where it left no message behind
	Epoch int64           // rises with each lease
	Tries int
	At    time.Time // when it was written
	Taken time.Time // when the last lease began
	Tried time.Time // when the first try began whose outcome isn't known
	Due   time.Time // when it is taken up by whoever is first, the lease's end while it is sent; zero: never
	Said  time.Time // when it was known to be sent; zero: not yet
}

// UnderWay reports whether the desk goes on with it: what comes of it isn't known yet.
func (r *Record) UnderWay() bool { return !r.Due.IsZero() }

// End names what came of it in a word: sent, unknown, or why it won't ever be sent; empty while it is under way.
func (r *Record) End() string {
	switch {
	case r.UnderWay():
		return ""
	case r.State == StateFailed:
		return string(r.Why)
	}
	return string(r.State)
}

// Post returns what is to be sent.
func (r *Record) Post() chat.Post {
	return chat.Post{To: r.To, ReplyTo: r.ReplyTo, Key: r.Key, ID: r.ID, Reply: r.Reply}
}

// Nonce returns what tells the platform that two tries are of the same post; at most 25 characters.
func (r *Record) Nonce() string { return r.Post().Nonce() }

// Quote is a claim, in one of its versions.
type Quote struct {
	knowledge.Key
	Revision int
}

// Quotes returns the claims that the reply quotes, each version once: those that it shows, those of its findings, and those
// that it corrects. What is only near isn't quoted.
func (r *Record) Quotes() []Quote {
	var out []Quote
	for _, c := range append(r.Reply.Quoted(), r.Reply.Was...) {
		if q := (Quote{c.Key(), c.Revision}); !slices.Contains(out, q) {
			out = append(out, q)
		}
	}
	return out
}

// NewID returns an id for a record: 128 bits that can't be guessed, as 22 characters.
func NewID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// NotFound is the error of a record that isn't there, or isn't the tenant's.
func NotFound(id string) error {
	return &knowledge.Error{Kind: knowledge.NotFound, Msg: fmt.Sprintf("What was said under %.40q isn't kept, or not any more.", id)}
}
