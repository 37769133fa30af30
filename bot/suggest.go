package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/bot/moderation/form"
	"github.com/whosays/whosays/knowledge"
)

// Suggest returns what an option of a command may be filled in with, by what is typed of it so far: at most 25 choices, the likeliest
// first, in the request's language. Of the request it takes the command, the tenant, the actor and the language; who may not use the
// command is suggested nothing. The error is one of the base.
func (b *Bot) Suggest(ctx context.Context, req chat.Request, option, typed string) ([]chat.Choice, error) {
	if digests(req.Command) {
		return b.suggestDigest(ctx, &req, option, typed)
	}
	who := moderation.Who{Tenant: req.Tenant, Actor: req.Actor, Now: req.Now}
	if b.Council == nil || b.Council.May(ctx, who, permission(&req)) != nil {
		return nil, nil
	}
	a := &turn{Request: req, who: who, w: b.writer(req.Lang)}
	switch option {
	case ClaimOption:
		return b.suggestClaims(ctx, a, typed)
	case "series":
		return b.suggestSeries(ctx, a, typed)
	}
	if !form.Suggested(option) {
		return nil, nil
	}
	return b.forms.Suggest(a.w.Lang(), option, typed), nil
}

// suggestClaims returns claims that a command may be about: of the tenant's own to be changed, of the shared ones to be hidden, of
// the hidden ones to be shown again, and else of all.
func (b *Bot) suggestClaims(ctx context.Context, a *turn, typed string) ([]chat.Choice, error) {
	var out []knowledge.Claim
	if a.Command != chat.CommandClaimHide {
		own, err := b.base.Own(ctx, a.Tenant, time.Time{})
		if err != nil {
			return nil, err
		}
		out = slices.DeleteFunc(own, func(c knowledge.Claim) bool { return !suits(a.Command, &c) || !about(&c, a.w.Lang(), typed) })
		slices.SortStableFunc(out, func(x, y knowledge.Claim) int { return y.At.Compare(x.At) })
	}
	switch a.Command {
	case chat.CommandClaimHide, chat.CommandClaimShow, chat.CommandClaimHistory:
		shared, err := b.suggestShared(ctx, a, typed)
		if err != nil {
			return nil, err
		}
		out = append(out, shared...)
	}
	choices := make([]chat.Choice, 0, len(out))
	for _, c := range out[:min(len(out), form.MostSuggested)] {
		text, _ := c.In(a.w.Lang())
		choices = append(choices, chat.Choice{Value: c.ID, Label: answer.Clip(text, answer.MostChoice)})
	}
	return choices, nil
}

// suggestShared returns the shared claims nearest to what is typed.
func (b *Bot) suggestShared(ctx context.Context, a *turn, typed string) ([]knowledge.Claim, error) {
	var out []knowledge.Claim
	if c, err := b.base.Get(ctx, a.Tenant, strings.TrimSpace(typed)); err == nil && c.Tenant == "" {
		out = append(out, c)
	}
	found, err := b.Search(ctx, a.Tenant, typed, form.MostSuggested)
	if err != nil {
		return nil, err
	}
	for _, h := range found.Hits {
		if h.Claim.Tenant == "" && (len(out) == 0 || h.Claim.ID != out[0].ID) {
			out = append(out, h.Claim)
		}
	}
	return out, nil
}

// suits reports one of the tenant's own claims that a command may be about.
func suits(command chat.Command, c *knowledge.Claim) bool {
	hidden := c.Status == knowledge.StatusHidden
	switch command {
	case chat.CommandClaimUnhide:
		return hidden
	case chat.CommandClaimRevise, chat.CommandClaimRetract, chat.CommandClaimReviewed:
		return c.Live()
	}
	return !hidden
}

// about reports a claim whose id or sentence holds all words that are typed.
func about(c *knowledge.Claim, lang, typed string) bool {
	text, _ := c.In(lang)
	text = strings.ToLower(c.ID + " " + text + " " + c.Text)
	return !slices.ContainsFunc(strings.Fields(strings.ToLower(typed)), func(word string) bool { return !strings.Contains(text, word) })
}

// suggestSeries returns the tenant's own series.
func (b *Bot) suggestSeries(ctx context.Context, a *turn, typed string) ([]chat.Choice, error) {
	own, err := b.base.Own(ctx, a.Tenant, time.Time{})
	if err != nil {
		return nil, err
	}
	var out []chat.Choice
	for _, c := range own {
		choice := chat.Choice{Value: c.Series, Label: answer.Clip(c.Series, answer.MostChoice)}
		fits := c.Series != "" && len(c.Series) <= answer.MostChoice && strings.Contains(strings.ToLower(c.Series), strings.ToLower(strings.TrimSpace(typed)))
		if fits && !slices.Contains(out, choice) && len(out) < form.MostSuggested {
			out = append(out, choice)
		}
	}
	return out, nil
}
