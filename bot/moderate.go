package bot

import (
	"context"

	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/knowledge"
)

// Moderation is what the commands of moderators need. Without a council they say that they aren't available; without one of the
// others, what it is for is left out.
type Moderation struct {
	Council Council
	Reports moderation.Reports
	Quotes  Quotes
}

// Council is what decides who may change what, and changes it: a *moderation.Council.
type Council interface {
	Do(ctx context.Context, who moderation.Who, change moderation.Change) (moderation.Result, error)
	Approve(ctx context.Context, who moderation.Who, id string) (moderation.Result, error)
	Reject(ctx context.Context, who moderation.Who, id, why string) (moderation.Result, error)
	Pending(ctx context.Context, who moderation.Who) ([]moderation.Proposal, error)
	Proposal(ctx context.Context, who moderation.Who, id string) (moderation.Proposal, error)
	Moderators(ctx context.Context, who moderation.Who) ([]moderation.Moderator, error)
	Settings(ctx context.Context, tenant string) (moderation.Settings, error)
	May(ctx context.Context, who moderation.Who, action moderation.Action) error
	Resembling(ctx context.Context, tenant string, draft knowledge.Claim) ([]knowledge.Claim, error)
}

// Quotes counts the messages in which claims were quoted.
type Quotes interface {
	// Count returns how many messages quoted any of the claims lately, and would be corrected if they changed.
	Count(ctx context.Context, claims []knowledge.Key) (int, error)
}

// With returns the bot with the commands of moderators.
func (b *Bot) With(m Moderation) *Bot {
	out := *b
	out.Moderation = m
	return &out
}

// moderates reports a command of moderators.
func moderates(c chat.Command) bool {
	switch c {
	case chat.CommandClaimAdd, chat.CommandClaimRevise, chat.CommandClaimRetract, chat.CommandClaimHide, chat.CommandClaimUnhide,
		chat.CommandClaimShow, chat.CommandClaimHistory, chat.CommandClaimSearch, chat.CommandClaimPending, chat.CommandClaimReviewed,
		chat.CommandClaimExport, chat.CommandClaimGaps, chat.CommandClaimReports,
		chat.CommandModAdd, chat.CommandModRemove, chat.CommandModList, chat.CommandSettings,
		chat.CommandPublish, chat.CommandEdit, chat.CommandFill, chat.CommandCancel, chat.CommandRival, chat.CommandRevision,
		chat.CommandApprove, chat.CommandReject, chat.CommandTell:
		return true
	}
	return false
}

// turn is a moderator's request being answered.
type turn struct {
	chat.Request

	who moderation.Who
	w   answer.Writer
}

// moderate answers a command of moderators. Who may is asked first, at each.
func (b *Bot) moderate(ctx context.Context, req chat.Request) (chat.Reply, error) {
	a := turn{Request: req, who: moderation.Who{Tenant: req.Tenant, Actor: req.Actor, Now: req.Now}, w: b.writer(req.Lang)}
	if b.Council == nil {
		return a.w.Told(chat.Refused, "refused_unavailable"), nil
	}
	if err := b.Council.May(ctx, a.who, moderation.Add); err != nil {
		return b.refuse(&a, err)
	}
	switch req.Command {
	case chat.CommandClaimAdd:
		return b.add(&a)
	case chat.CommandEdit:
		return b.edit(&a)
	case chat.CommandFill:
		return b.fill(ctx, &a)
	case chat.CommandCancel:
		return a.w.Told(chat.Done, "cancelled"), nil
	}
	return a.w.Told(chat.Refused, "refused_unavailable"), nil
}

// refuse says what is missing where something may not be done, or can't.
func (b *Bot) refuse(a *turn, err error) (chat.Reply, error) {
	switch knowledge.KindOf(err) {
	case "forbidden":
		if a.Tenant == "" {
			return a.w.Told(chat.Refused, "refused_here"), nil
		}
		return a.w.Told(chat.Refused, "refused_moderator"), nil
	case knowledge.NotFound:
		return a.w.Told(chat.Refused, "refused_no_claim"), nil
	}
	return chat.Reply{}, err
}
