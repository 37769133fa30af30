package bot

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/knowledge"
)

// Moderation is what the commands of moderators need. Without a council they say that they aren't available; without one of the
// others, what it is for is left out.
type Moderation struct {
	Council *moderation.Council
	Reports moderation.Reports
	Quotes  Quotes
	Gaps    *moderation.Gaps
	Say     Say // nil: nobody is told that their question has an answer now
}

// Say says a reply in a tenant's channel, once for its key: the desk's of the tenant's platform.
type Say func(ctx context.Context, tenant string, p chat.Post) error

// Quotes counts the messages in which claims were quoted.
type Quotes interface {
	// Count returns how many messages quoted any of the claims lately, and would be corrected if they changed.
	Count(ctx context.Context, claims ...knowledge.Key) (int, error)
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

	who  moderation.Who
	w    answer.Writer
	told bool // that many will be corrected was said, and is wanted
}

// id returns which claim it is about: the one picked, that of the form, or the one named.
func (a *turn) id() string {
	switch {
	case a.Pick != "":
		return a.Pick
	case len(a.Claims) > 0 && (a.Form == nil || a.Form.Subject == ""):
		return strings.TrimSpace(a.Claims[0])
	case a.Form != nil:
		return a.Form.Subject
	}
	return ""
}

// moderate answers a command of moderators. Who may is asked first, at each.
func (b *Bot) moderate(ctx context.Context, req chat.Request) (chat.Reply, error) {
	a := turn{Request: req, who: moderation.Who{Tenant: req.Tenant, Actor: req.Actor, Now: req.Now}, w: b.writer(req.Lang)}
	if req.Lang == "" && req.Text != "" {
		a.w = b.writer(b.Language(req.Text))
	}
	if b.Council == nil {
		return a.w.Told(chat.Refused, "refused_unavailable"), nil
	}
	err := b.Council.May(ctx, a.who, permission(&req))
	if err == nil {
		var r chat.Reply
		if r, err = b.act(ctx, &a); err == nil {
			return r, nil
		}
	}
	return refuse(&a, err)
}

// permission returns what somebody has to be allowed for a command.
func permission(req *chat.Request) moderation.Action {
	switch req.Command {
	case chat.CommandModAdd:
		return moderation.AddModerator
	case chat.CommandModRemove:
		if account := req.Values[AccountOption]; account == "" || account != req.Actor.ID { // who leaves needs nobody
			return moderation.RemoveModerator
		}
	case chat.CommandSettings:
		if len(req.Values) > 0 {
			return moderation.Set
		}
	}
	return moderation.Add
}

func (b *Bot) act(ctx context.Context, a *turn) (chat.Reply, error) { //nolint:cyclop // a table
	switch a.Command {
	case chat.CommandClaimAdd:
		return b.add(ctx, a)
	case chat.CommandClaimRevise:
		return b.revise(ctx, a)
	case chat.CommandEdit, chat.CommandFill, chat.CommandPublish, chat.CommandTell, chat.CommandRival, chat.CommandRevision:
		return b.actOnForm(ctx, a)
	case chat.CommandCancel:
		return a.w.Told(chat.Done, "cancelled"), nil
	case chat.CommandClaimRetract, chat.CommandClaimHide:
		return b.because(ctx, a)
	case chat.CommandClaimUnhide:
		return b.unhide(ctx, a)
	case chat.CommandClaimReviewed:
		return b.reviewed(ctx, a)
	case chat.CommandClaimPending, chat.CommandApprove, chat.CommandReject:
		return b.judging(ctx, a)
	case chat.CommandModAdd, chat.CommandModRemove, chat.CommandModList:
		return b.moderators(ctx, a)
	case chat.CommandSettings:
		return b.settings(ctx, a)
	}
	return b.lists(ctx, a)
}

// actOnForm does what a button under a form asks for. What it is about stands in the form; without one, nothing is known of it.
func (b *Bot) actOnForm(ctx context.Context, a *turn) (chat.Reply, error) {
	if a.Form == nil {
		return a.w.Told(chat.Refused, "refused_forgotten"), nil
	}
	a.Form = a.Form.With(a.Values)
	switch a.Command {
	case chat.CommandEdit:
		return a.w.Open(a.Form), nil
	case chat.CommandTell:
		a.told, a.Command = true, a.Form.Command
		if a.Command == chat.CommandFill {
			return b.publish(ctx, a)
		}
		if slices.Contains([]chat.Command{chat.CommandClaimRetract, chat.CommandApprove}, a.Command) {
			return b.act(ctx, a)
		}
		return a.w.Told(chat.Refused, "refused_forgotten"), nil
	case chat.CommandPublish:
		return b.publish(ctx, a)
	case chat.CommandRevision:
		return b.revision(ctx, a)
	}
	return b.fill(ctx, a)
}

// refuse says what is missing where something may not be done, or can't. What isn't the asker's doing stays an error.
func refuse(a *turn, err error) (chat.Reply, error) {
	id := ""
	switch knowledge.KindOf(err) {
	case knowledge.Forbidden:
		id = refusal(err)
	case knowledge.NotFound:
		id = "refused_no_claim"
	case knowledge.Conflict:
		id = "refused_conflict"
		if errors.Is(err, moderation.ErrNotLive) {
			id = "refused_not_live"
		}
	case knowledge.Invalid:
		id = "refused_rule"
	default:
		return chat.Reply{}, err
	}
	return a.w.Told(chat.Refused, id), nil
}

// refusal returns the sentence that says why somebody may not.
func refusal(err error) string {
	for cause, id := range map[error]string{
		moderation.ErrReadOnly: "refused_here", moderation.ErrNotManager: "refused_manager", moderation.ErrOwnProposal: "refused_own",
		moderation.ErrSharedClaim: "refused_shared",
	} {
		if errors.Is(err, cause) {
			return id
		}
	}
	return "refused_moderator"
}
