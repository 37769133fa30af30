package bot

import (
	"context"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// add begins a new claim: with the empty form, or with what was typed behind the command.
func (b *Bot) add(a *turn) (chat.Reply, error) {
	f := b.forms.Claim(a.w.Lang(), knowledge.Claim{Kind: knowledge.KindFigure}).With(a.Values)
	return a.w.Open(f), nil
}

// edit opens a form again.
func (b *Bot) edit(a *turn) (chat.Reply, error) {
	if a.Form == nil {
		return a.w.Told(chat.Refused, "refused_forgotten"), nil
	}
	return a.w.Open(a.Form.With(a.Values)), nil
}

// fill reads a form that was submitted, and shows it as it was understood.
func (b *Bot) fill(ctx context.Context, a *turn) (chat.Reply, error) {
	if a.Form == nil {
		return a.w.Told(chat.Refused, "refused_forgotten"), nil
	}
	draft, f := b.forms.Read(a.w.Lang(), a.Form.With(a.Values), knowledge.Claim{}, a.Now)
	beside, err := b.Council.Resembling(ctx, a.Tenant, draft)
	if err != nil {
		return chat.Reply{}, err
	}
	return a.w.Draft(f, beside), nil
}
