package moderation

import (
	"context"
	"errors"
	"time"

	"github.com/whosays/whosays/knowledge"
)

// Settings are what a tenant has chosen.
type Settings struct {
	Lang        string // of what the bot says there unasked; empty: English
	Approvals   int    // how many more people a change needs: 0 or 1
	Corrections bool   // whether those who were told are told that it changed
}

// Moderator is an account that may change a tenant's base.
type Moderator struct {
	Account string // of a person or of a group, as in chat.Actor
	By      string
	At      time.Time // to the microsecond
}

// Charter is by whom and how a tenant's base may be changed.
type Charter struct {
	Version    int64 // one more with each change of it; 0: nothing was chosen yet
	Settings   Settings
	Moderators []Moderator // in the order in which they were added
}

// Enactment is a change of a tenant's base or charter.
type Enactment struct {
	Change   knowledge.Change // what is appended to the chain of its tenant
	Under    int64            // the version of the charter by which it is allowed
	Charter  *Charter         // what becomes of the charter, whose version follows by itself; nil: it stays
	Proposal *Proposal        // how the proposal ends that is made by it; nil: there is none
}

// ErrMoved is the error of an enactment for which something isn't as it was any more: the charter, or the proposal.
var ErrMoved = errors.New("the charter or the proposal isn't as it was")

// Moved returns the error of Enact that says so.
func Moved() error {
	return &knowledge.Error{Kind: knowledge.Conflict, Msg: "Somebody else was quicker: look at it again.", Err: ErrMoved}
}

// NoProposal returns the error of a proposal that isn't there.
func NoProposal() error {
	return &knowledge.Error{Kind: knowledge.NotFound, Msg: "There is no such proposal here."}
}

// MostPending is how many proposals of a tenant are listed at most.
const MostPending = 100

// Store keeps what a council needs beside the claims; a database implements it. All of it may be called at once. An
// error is a *knowledge.Error, of kind Unavailable where the store doesn't answer. No tenant sees or changes what another has;
// the empty tenant has nothing.
type Store interface {
	// Charter returns the charter of a tenant; the zero one where nothing was chosen.
	Charter(ctx context.Context, tenant string) (Charter, error)

	// Enact makes a change: all of it or nothing. The change is appended as knowledge.Store.Commit does it, with the same
	// errors. Where the charter isn't of the version, or the proposal doesn't wait any more, nothing is made, and the error
	// is ErrMoved. It returns the new head of the chain, once all is certain to stay.
	Enact(ctx context.Context, e Enactment) (knowledge.Head, error)

	// Propose keeps a proposal that waits, and returns it. Where the tenant has one of its id, that one stays, and is
	// returned.
	Propose(ctx context.Context, tenant string, p Proposal) (Proposal, error)

	// End notes how a proposal ended that waits: its state, judge and why. It returns false, and changes nothing, where it
	// doesn't wait any more.
	End(ctx context.Context, tenant string, p Proposal) (bool, error)

	// Proposal returns a proposal; NoProposal where the tenant has none of the id.
	Proposal(ctx context.Context, tenant, id string) (Proposal, error)

	// Pending returns the proposals that wait, the oldest first, at most MostPending.
	Pending(ctx context.Context, tenant string) ([]Proposal, error)
}
