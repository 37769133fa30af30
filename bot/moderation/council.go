package moderation

import (
	"context"
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
}

// Settings are what a tenant has chosen.
type Settings struct {
	Lang        string // of what the bot says there unasked; empty: English
	Approvals   int    // how many more people a change needs: 0 or 1
	Corrections bool   // whether those who were told are told that it changed
}

// Moderator is an account that may change a tenant's base.
type Moderator struct {
	Account string
	By      string
	At      time.Time
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

// Do makes a change, or lets it wait for a second person where the tenant asks for one. The same change asked for again by the same
// person changes nothing more, and returns the same. The error is a *knowledge.Error: Forbidden for whoever may not, Invalid for what
// breaks a rule, Conflict where somebody was quicker.
func (c *Council) Do(ctx context.Context, who Who, change Change) (Result, error) {
	panic("not yet")
}

// Approve makes a proposal, which somebody else has made. Where what it changes isn't any more what it was, the error is of kind
// Conflict, and it waits on.
func (c *Council) Approve(ctx context.Context, who Who, id string) (Result, error) { panic("not yet") }

// Reject ends a proposal, with a reason.
func (c *Council) Reject(ctx context.Context, who Who, id, why string) (Result, error) {
	panic("not yet")
}

// Pending returns what waits for a second person, the oldest first.
func (c *Council) Pending(ctx context.Context, who Who) ([]Proposal, error) { panic("not yet") }

// Proposal returns a proposal of the tenant, whatever its state.
func (c *Council) Proposal(ctx context.Context, who Who, id string) (Proposal, error) {
	panic("not yet")
}

// Moderators returns the tenant's moderators, in the order in which they were added.
func (c *Council) Moderators(ctx context.Context, who Who) ([]Moderator, error) { panic("not yet") }

// Settings returns what the tenant has chosen. Everybody may be told.
func (c *Council) Settings(ctx context.Context, tenant string) (Settings, error) { panic("not yet") }

// May returns an error of kind Forbidden, which says what is missing, where somebody may not moderate; for Set, AddModerator and
// RemoveModerator it takes a manager.
func (c *Council) May(ctx context.Context, who Who, action Action) error { panic("not yet") }

// Resembling returns the live claims that the tenant sees which a draft could be a new state of, or a rival to: those of its series,
// and those of its scope by its claimant; at most five, the likeliest first.
func (c *Council) Resembling(ctx context.Context, tenant string, draft knowledge.Claim) ([]knowledge.Claim, error) {
	panic("not yet")
}

// Store keeps what a council needs beside the claims; a database implements it. All of it may be called at once. An error is a
// *knowledge.Error.
type Store interface{}
