package moderation

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/whosays/whosays/knowledge"
)

// propose lets a change wait. The same by the same person waits once; after it has ended it may be proposed again.
func (c *Council) propose(ctx context.Context, who Who, change Change) (Result, error) {
	p := Proposal{Change: change, By: who.Actor.ID, At: who.Now.UTC().Truncate(time.Microsecond), State: Waiting}
	for n := 0; ; n++ {
		id, err := p.name(n)
		if err != nil {
			return Result{}, err
		}
		p.ID = id
		is, err := c.store.Propose(ctx, who.Tenant, p)
		if err != nil {
			return Result{}, err
		}
		if is.State == Waiting {
			return Result{State: Waiting, Proposal: is}, nil
		}
	}
}

// name returns the id of a proposal: made of who proposes what, and of how many such have ended before it.
func (p *Proposal) name(before int) (string, error) {
	what, err := json.Marshal(p.Change)
	if err != nil {
		return "", &knowledge.Error{Kind: knowledge.Invalid, Msg: "The change can't be kept: a number of it is none.", Err: err}
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %q %s", before, p.By, what))
	return strings.ToLower(base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:10])), nil
}

// judged returns a proposal that somebody may judge, and the charter by which they may: not whoever proposed it.
func (c *Council) judged(ctx context.Context, who Who, id string) (Proposal, Charter, error) {
	charter, err := c.allowed(ctx, who, Add)
	if err != nil {
		return Proposal{}, charter, err
	}
	p, err := c.store.Proposal(ctx, who.Tenant, id)
	if err == nil && same(p.By, who.Actor.ID) {
		err = forbidden(ErrOwnProposal, "It takes a second person: you have proposed this yourself.")
	}
	return p, charter, err
}

// Approve makes a proposal, which somebody else has made. Where what it changes isn't any more what it was, the error is of kind
// Conflict, and it waits on. The change and the end of the proposal are written at once: approved twice, it is made once.
func (c *Council) Approve(ctx context.Context, who Who, id string) (Result, error) {
	return again(func() (Result, error) {
		p, charter, err := c.judged(ctx, who, id)
		switch {
		case err != nil:
			return Result{}, err
		case p.State == Made:
			return c.approved(ctx, who.Tenant, p)
		case p.State == Rejected:
			return Result{}, &knowledge.Error{Kind: knowledge.Conflict, Msg: "It was rejected meanwhile: it can be proposed again."}
		}
		p.State, p.Judge = Made, who.Actor.ID
		if p.Change.Action.OfCharter() {
			return c.amend(ctx, who, charter, &p, p.Change)
		}
		by := knowledge.By{Actor: p.By, Reason: p.Change.Reason, At: who.Now, Quiet: p.Change.Quiet}
		change := p.Change
		draft, err := c.draft(ctx, by, who.Tenant, &change)
		if err != nil {
			return Result{}, c.orEnded(ctx, who.Tenant, id, err)
		}
		if len(draft.Edits) == 0 {
			return c.end(ctx, who.Tenant, p)
		}
		made, err := c.enact(ctx, by, draft, charter, &p)
		if err != nil {
			return Result{}, err
		}
		return Result{State: Made, Proposal: p, Made: made}, nil
	})
}

// orEnded returns why a proposal can't be made: by what somebody else has made of it meanwhile, perhaps, and then it is looked at again.
func (c *Council) orEnded(ctx context.Context, tenant, id string, err error) error {
	if knowledge.KindOf(err) != knowledge.Conflict {
		return err
	}
	if p, failed := c.store.Proposal(ctx, tenant, id); failed == nil && p.State != Waiting {
		return Moved()
	}
	return err
}

// approved returns what a proposal has made, as far as it is of one claim.
func (c *Council) approved(ctx context.Context, tenant string, p Proposal) (Result, error) {
	r := Result{State: Made, Proposal: p}
	if p.Change.Action.OfCharter() {
		return r, nil
	}
	made, err := c.madeBefore(ctx, Who{Tenant: tenant, Actor: actor(p.By)}, &p.Change)
	r.Made = made
	return r, err
}

// end ends a proposal for which nothing is to be made.
func (c *Council) end(ctx context.Context, tenant string, p Proposal) (Result, error) {
	ended, err := c.store.End(ctx, tenant, p)
	if err == nil && !ended {
		err = Moved()
	}
	if err != nil {
		return Result{}, err
	}
	return Result{State: p.State, Proposal: p}, nil
}

// Reject ends a proposal, with a reason.
func (c *Council) Reject(ctx context.Context, who Who, id, why string) (Result, error) {
	why = strings.Join(strings.Fields(Clean(why)), " ")
	return again(func() (Result, error) {
		p, _, err := c.judged(ctx, who, id)
		switch {
		case err != nil:
			return Result{}, err
		case why == "" || utf8.RuneCountInString(why) > MostNote:
			return Result{}, &knowledge.Error{
				Kind: knowledge.Invalid, Msg: "Rejecting needs a reason, of at most a thousand characters: whoever proposed it is told.",
				Problems: knowledge.Problems{{Field: "reason", Message: "is missing, or too long"}},
			}
		case p.State == Rejected && p.Judge == who.Actor.ID:
			return Result{State: Rejected, Proposal: p}, nil
		case p.State != Waiting:
			return Result{}, &knowledge.Error{Kind: knowledge.Conflict, Msg: "Somebody else has decided it meanwhile."}
		}
		p.State, p.Judge, p.Why = Rejected, who.Actor.ID, why
		return c.end(ctx, who.Tenant, p)
	})
}

// Pending returns what waits for a second person, the oldest first, at most MostPending.
func (c *Council) Pending(ctx context.Context, who Who) ([]Proposal, error) {
	if err := c.May(ctx, who, Add); err != nil {
		return nil, err
	}
	return c.store.Pending(ctx, who.Tenant)
}

// Proposal returns a proposal of the tenant, whatever its state.
func (c *Council) Proposal(ctx context.Context, who Who, id string) (Proposal, error) {
	if err := c.May(ctx, who, Add); err != nil {
		return Proposal{}, err
	}
	return c.store.Proposal(ctx, who.Tenant, id)
}
