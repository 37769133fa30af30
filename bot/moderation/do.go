package moderation

import (
	"context"
	"errors"

	"github.com/whosays/whosays/knowledge"
)

// tries is how often something is done anew that somebody else's change came between.
const tries = 8

// again does something until nobody comes between. It gives up with the last error.
func again(do func() (Result, error)) (r Result, err error) {
	for range tries {
		if r, err = do(); !errors.Is(err, ErrMoved) {
			return r, err
		}
	}
	return r, err
}

// Do makes a change, or lets it wait for a second person where the tenant asks for one. The same change asked for again by the same
// person changes nothing more, and returns the same. The error is a *knowledge.Error: Forbidden for whoever may not, Invalid for what
// breaks a rule (knowledge.ProblemsOf has the fields), Conflict where somebody was quicker. Nothing is kept of what fails.
func (c *Council) Do(ctx context.Context, who Who, change Change) (Result, error) {
	return again(func() (Result, error) {
		if change.Action.OfCharter() {
			return c.doCharter(ctx, who, change)
		}
		return c.doClaims(ctx, who, change)
	})
}

// doClaims makes a change of claims.
func (c *Council) doClaims(ctx context.Context, who Who, change Change) (Result, error) {
	charter, err := c.allowed(ctx, who, change.Action)
	if err != nil {
		return Result{}, err
	}
	if err := change.tidy(who); err != nil {
		return Result{}, err
	}
	if made, err := c.madeBefore(ctx, who, &change); err != nil || made != nil {
		return Result{State: Made, Made: made}, err
	}
	by := knowledge.By{Actor: who.Actor.ID, Reason: change.Reason, At: who.Now, Quiet: change.Quiet}
	draft, err := c.draft(ctx, by, who.Tenant, &change)
	switch {
	case err != nil:
		return c.orMadeBefore(ctx, who, &change, err)
	case len(draft.Edits) == 0:
		return Result{State: Made}, nil
	case charter.Settings.Approvals > 0:
		return c.propose(ctx, who, change)
	}
	made, err := c.enact(ctx, by, draft, charter, nil)
	if err != nil {
		return c.orMadeBefore(ctx, who, &change, err)
	}
	return Result{State: Made, Made: made}, nil
}

// orMadeBefore returns what came of a change that failed: where somebody was quicker, that was this person, perhaps, who has pressed
// twice.
func (c *Council) orMadeBefore(ctx context.Context, who Who, change *Change, err error) (Result, error) {
	if knowledge.KindOf(err) == knowledge.Conflict && !errors.Is(err, ErrMoved) {
		if before, _ := c.madeBefore(ctx, who, change); before != nil {
			return Result{State: Made, Made: before}, nil
		}
	}
	return Result{}, err
}

// enact makes a drafted change of claims, which a proposal may have asked for, and returns the versions.
func (c *Council) enact(ctx context.Context, by knowledge.By, d knowledge.Draft, under Charter, p *Proposal) ([]knowledge.Claim, error) {
	e := Enactment{Change: d.Change(by), Under: under.Version, Proposal: p}
	for i := range e.Change.Claims {
		e.Change.Claims[i].ApprovedBy = ""
		if p != nil {
			e.Change.Claims[i].ApprovedBy = p.Judge
		}
	}
	head, err := c.store.Enact(ctx, e)
	if err != nil {
		return nil, err
	}
	for i := range e.Change.Claims {
		e.Change.Claims[i].At = head.At
	}
	return e.Change.Claims, nil
}

// madeBefore returns the version that somebody has made who asks for the same again; nil where it is something new.
func (c *Council) madeBefore(ctx context.Context, who Who, change *Change) ([]knowledge.Claim, error) {
	if change.Action == Review {
		return nil, nil // what is reviewed already isn't reviewed again
	}
	history, err := c.base.History(ctx, knowledge.Key{Tenant: who.Tenant, ID: change.Claim.ID})
	if err != nil {
		if knowledge.KindOf(err) == knowledge.NotFound {
			err = nil
		}
		return nil, err
	}
	for i := range history {
		last := i == len(history)-1
		if is := history[i].Claims[0]; history[i].Actor == who.Actor.ID && change.made(&is, history[i].Action, last) {
			return []knowledge.Claim{is}, nil
		}
	}
	return nil, nil
}

// made reports whether a version is what the change asks for.
func (c *Change) made(is *knowledge.Claim, by knowledge.Action, last bool) bool {
	follows := is.Revision == c.Claim.Revision+1
	switch c.Action {
	case Add:
		return is.Revision == 1 && by == knowledge.ActionAdd && is.SameAs(c.Claim)
	case Revise:
		return follows && by == knowledge.ActionRevise && is.SameAs(c.Claim)
	case Retract:
		return (follows || last && c.Claim.Revision == 0) && by == knowledge.ActionRetract && is.Reason == c.Reason
	case Hide:
		return last && by == knowledge.ActionHide && is.Reason == c.Reason
	case Unhide:
		return last && by == knowledge.ActionUnhide
	}
	return false
}
