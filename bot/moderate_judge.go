package bot

import (
	"context"
	"strconv"
	"strings"

	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/bot/moderation/form"
	"github.com/whosays/whosays/knowledge"
)

// judging shows what waits for a second person, and approves or rejects it.
func (b *Bot) judging(ctx context.Context, a *turn) (chat.Reply, error) {
	switch a.Command {
	case chat.CommandApprove:
		return b.approve(ctx, a)
	case chat.CommandReject:
		return b.reject(ctx, a)
	}
	all, err := b.Council.Pending(ctx, a.who)
	if err != nil {
		return chat.Reply{}, err
	}
	items := make([]answer.Item, 0, len(all))
	for i := range all {
		if p := &all[i]; p.ID == a.Pick || len(all) == 1 {
			return b.proposal(ctx, a, p)
		}
		items = append(items, answer.Item{ID: all[i].ID, What: "action_" + string(all[i].Change.Action), Of: subject(&all[i].Change), By: all[i].By, At: all[i].At})
	}
	return a.w.Pending(items[:min(len(items), mostListed)]), nil
}

// subject returns the id or the account that a change is about.
func subject(c *moderation.Change) string {
	if c.Account != "" {
		return c.Account
	}
	return c.Claim.ID
}

// proposal shows a change that waits, with what there is now of the claim that it is about.
func (b *Bot) proposal(ctx context.Context, a *turn, p *moderation.Proposal) (chat.Reply, error) {
	now := []knowledge.Claim{}
	if id := p.Change.Claim.ID; id != "" && p.Change.Action != moderation.Add {
		known, err := b.base.Known(ctx, a.Tenant, id)
		if err != nil {
			return chat.Reply{}, err
		}
		now = answer.Naming(known, 0).Claims
	}
	item := answer.Item{ID: p.ID, What: "action_" + string(p.Change.Action), By: p.By, At: p.At}
	judge := b.forms.Reason(a.w.Lang(), chat.CommandReject, p.ID, 0, false)
	return a.w.Proposal(item, b.proposed(a, &p.Change), judge, now), nil
}

// proposed returns a form that holds what a change would make, and whether those who were told hear of it, to be shown.
func (b *Bot) proposed(a *turn, c *moderation.Change) *chat.Form {
	f := b.changing(a, c)
	if c.Quiet {
		f.Fields = append(f.Fields, b.told(a, form.QuietField, a.w.Term("choice_quiet_yes")).Fields...)
	}
	return f
}

// changing returns a form that holds what a change would make.
func (b *Bot) changing(a *turn, c *moderation.Change) *chat.Form {
	switch c.Action {
	case moderation.Add:
		f := b.forms.Claim(a.w.Lang(), c.Claim)
		f.Fields = append(f.Fields, b.told(a, form.ReasonField, c.Reason).Fields...)
		return f
	case moderation.Revise:
		return b.forms.Claim(a.w.Lang(), c.Claim).With(map[string]string{form.ReasonField: c.Reason})
	case moderation.Review:
		ids := strings.Join(c.Claims, ", ")
		if ids == "" {
			ids = a.w.Term("claims_all_live")
		}
		return b.told(a, "claim", ids)
	case moderation.AddModerator, moderation.RemoveModerator:
		return b.told(a, AccountOption, c.Account)
	case moderation.Set:
		f := b.told(a, LangOption, a.w.Term("choice_language_"+orEnglish(c.Settings.Lang)))
		f.Fields = append(f.Fields, b.told(a, SecondOption, a.w.Term("choice_approvals_"+word(strconv.Itoa(c.Settings.Approvals)))).Fields...)
		f.Fields = append(f.Fields, b.told(a, TellOption, a.w.Term("choice_corrections_"+onOff(c.Settings.Corrections))).Fields...)
		return f
	}
	f := b.told(a, "claim", c.Claim.ID)
	f.Fields = append(f.Fields, b.told(a, form.ReasonField, c.Reason).Fields...)
	return f
}

// told returns a form of one field that is only shown.
func (b *Bot) told(a *turn, id, value string) *chat.Form {
	return &chat.Form{Fields: []chat.Field{{ID: id, Label: a.w.Term("field_" + id), Value: value}}}
}

// approve makes what somebody else has proposed.
func (b *Bot) approve(ctx context.Context, a *turn) (chat.Reply, error) {
	if a.Form == nil || a.Form.Subject == "" {
		return a.w.Told(chat.Refused, "refused_forgotten"), nil
	}
	p, err := b.Council.Proposal(ctx, a.who, a.Form.Subject)
	if err != nil {
		return chat.Reply{}, err
	}
	if p.State == moderation.Waiting && p.By != a.Actor.ID {
		keys, err := b.changes(ctx, a, &p.Change)
		if err != nil {
			return chat.Reply{}, err
		}
		a.Form = b.forms.Reason(a.w.Lang(), chat.CommandApprove, p.ID, 0, false)
		if r, err := b.askFirst(ctx, a, p.Change.Quiet, keys); r != nil || err != nil {
			return replied(r), err
		}
	}
	result, err := b.Council.Approve(ctx, a.who, p.ID)
	if err != nil {
		return chat.Reply{}, err
	}
	var made []knowledge.Claim
	if p.Change.Action == moderation.Add || p.Change.Action == moderation.Revise {
		made = result.Made
		if since, err := b.changedSince(ctx, a, made); since || err != nil {
			return a.w.Told(chat.Done, "done_changed_since"), err
		}
		b.filled(ctx, a, p.Change.Gap, made)
	}
	return a.w.Changed("done_approved", false, b.proposed(a, &p.Change), made), nil
}

// changes returns the claims of which those would be told who were told them.
func (b *Bot) changes(ctx context.Context, a *turn, c *moderation.Change) ([]knowledge.Key, error) {
	switch c.Action {
	case moderation.Retract:
		return []knowledge.Key{{Tenant: a.Tenant, ID: c.Claim.ID}}, nil
	case moderation.Add, moderation.Revise:
		d := draft{is: c.Claim}
		d.is.Tenant = a.Tenant
		if c.Action == moderation.Revise {
			var err error
			if d.was, err = b.own(ctx, a, c.Claim.ID); err != nil {
				return nil, err
			}
		}
		return quoted(&d), nil
	}
	return nil, nil
}

// reject ends what somebody else has proposed, once it is said why.
func (b *Bot) reject(ctx context.Context, a *turn) (chat.Reply, error) {
	if a.Form == nil || a.Form.Subject == "" {
		return a.w.Told(chat.Refused, "refused_forgotten"), nil
	}
	f := a.Form.With(a.Values)
	why := f.Value(form.ReasonField)
	if strings.TrimSpace(why) == "" {
		return a.w.Open(b.forms.Reason(a.w.Lang(), chat.CommandReject, f.Subject, 0, false)), nil
	}
	p, err := b.Council.Reject(ctx, a.who, f.Subject, why)
	if err != nil {
		return chat.Reply{}, err
	}
	return a.w.Changed("done_rejected", false, b.told(a, form.ReasonField, p.Proposal.Why), nil), nil
}
