package moderation

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/whosays/whosays/knowledge"
)

// Why somebody may not: the cause of an error of kind Forbidden.
var (
	ErrReadOnly     = errors.New("read only")          // there is no tenant: a direct conversation, or a shared channel
	ErrNotModerator = errors.New("not a moderator")    // it takes a moderator, or a manager
	ErrNotManager   = errors.New("not a manager")      // it takes a manager
	ErrOwnProposal  = errors.New("the same person")    // it takes a second person
	ErrSharedClaim  = errors.New("of the shared base") // it isn't the tenant's to change
)

// ErrNotLive is the cause of an error of kind Conflict: a claim can't be revised that is retracted, superseded or waits.
var ErrNotLive = errors.New("not live")

// Revisable returns an error of kind Conflict, caused by ErrNotLive, of a claim that can't be revised, as it isn't live: a version
// that corrects it would bring it back.
func Revisable(c *knowledge.Claim) error {
	if c.Live() {
		return nil
	}
	return &knowledge.Error{Kind: knowledge.Conflict, Msg: fmt.Sprintf("Claim %.100q isn't live: add it anew if it holds.", c.ID), Err: ErrNotLive}
}

func forbidden(cause error, msg string) error {
	return &knowledge.Error{Kind: knowledge.Forbidden, Msg: msg, Err: cause}
}

// OfCharter reports whether an action changes who may change the base, and how, instead of the base.
func (a Action) OfCharter() bool { return a == AddModerator || a == RemoveModerator || a == Set }

// May returns an error of kind Forbidden, which says what is missing, where somebody may not moderate; for Set, AddModerator and
// RemoveModerator it takes a manager. Its cause is one of ErrReadOnly, ErrNotModerator and ErrNotManager. Managers may always do
// all of it, so that no tenant locks itself out.
func (c *Council) May(ctx context.Context, who Who, action Action) error {
	_, err := c.allowed(ctx, who, action)
	return err
}

// allowed returns the charter by which somebody may do something. Who is nobody never reaches the store.
func (c *Council) allowed(ctx context.Context, who Who, action Action) (Charter, error) {
	switch {
	case who.Tenant == "":
		return Charter{}, forbidden(ErrReadOnly, "Here the base can only be read: in direct conversations, and in channels shared with another organisation, nothing is changed.")
	case strings.TrimSpace(who.Actor.ID) == "":
		return Charter{}, forbidden(ErrNotModerator, "It isn't known who you are, so nothing was changed.")
	}
	charter, err := c.charter(ctx, who.Tenant)
	if err != nil {
		return Charter{}, err
	}
	return charter, charter.may(who, action)
}

func (c *Charter) may(who Who, action Action) error {
	switch {
	case who.Actor.Manager:
		return nil
	case action.OfCharter():
		return forbidden(ErrNotManager, "Moderators and settings are changed by those who manage this place, and you don't.")
	case !slices.ContainsFunc(c.Moderators, func(m Moderator) bool { return who.is(m.Account) }):
		return forbidden(ErrNotModerator, "Only moderators can do this here. Whoever manages this place can make you one.")
	}
	return nil
}

// is reports whether somebody is an account, or in a group.
func (w Who) is(account string) bool {
	return account != "" && (account == w.Actor.ID || slices.Contains(w.Actor.Groups, account))
}

// same reports whether two accounts are one person. Whoever writes their own name in another case isn't a second person.
func same(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }
