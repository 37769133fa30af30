package moderation

import (
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// Council decides who may change what in a tenant's base, and changes it: alone, or with a second person where the tenant asks for
// one. What it does is asked again at each call; nothing is remembered of who somebody was. It is safe for concurrent use.
type Council struct {
	base  *knowledge.Base
	store Store
}

// New returns a council over a base.
func New(base *knowledge.Base, store Store) *Council { return &Council{base: base, store: store} }

// Who is somebody who asks for a change: whom the platform vouches for, and of which tenant's channel it came.
type Who struct {
	Tenant string // empty: nothing can be changed from there
	Actor  chat.Actor
	Now    time.Time
}

// Action is what a change does.
type Action string

// The actions.
const (
	Add             Action = "add"
	Revise          Action = "revise"
	Retract         Action = "retract"
	Hide            Action = "hide"
	Unhide          Action = "unhide"
	Review          Action = "review"
	AddModerator    Action = "add_moderator"
	RemoveModerator Action = "remove_moderator"
	Set             Action = "set"
)

// Change is what somebody asks for.
type Change struct {
	Action   Action
	Claim    knowledge.Claim // Add, Revise: what it is to say, with the revision that it was made from; the others: its id and revision
	Claims   []string        // Review: which; none: all live ones of the tenant's own
	Reason   string          // Revise, Retract, Hide: why
	Quiet    bool            // those who were told aren't told that it changed
	Account  string          // AddModerator, RemoveModerator: as in chat.Actor, its ID or one of its groups
	Settings Settings        // Set
	Was      Settings        // Set: those that it replaces; Do fills it in
	Gap      string          `json:",omitempty"` // Add: what was asked without an answer; whoever asked is told once it is made
	Read     *Settings       `json:"-"`          // Set: those that it was made from, of which it changes what differs; nil: those in force
}

// State is where a change is.
type State string

// The states.
const (
	Made     State = "made"    // committed, now or by an earlier call of the same
	Waiting  State = "waiting" // for a second person
	Rejected State = "rejected"
)

// Proposal is a change that waits for a second person, or waited.
type Proposal struct {
	ID     string // in its tenant
	Change Change
	By     string
	At     time.Time
	State  State
	Judge  string // who made or rejected it
	Why    string // of a rejection
}

// Result is what came of a change.
type Result struct {
	State    State
	Proposal Proposal          // of one that waits, or waited
	Made     []knowledge.Claim // the versions that it made
}
