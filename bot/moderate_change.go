package bot

import (
	"context"
	"slices"
	"strings"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/bot/moderation/form"
	"github.com/whosays/whosays/knowledge"
)

// mostUnasked is how many messages are corrected without asking first.
const mostUnasked = 20

// publish makes what a form says, or proposes it. Published twice, it is one change.
func (b *Bot) publish(ctx context.Context, a *turn) (chat.Reply, error) {
	d, err := b.read(ctx, a)
	switch {
	case err != nil:
		return chat.Reply{}, err
	case d.moved && !published(&d):
		return a.w.Moved(d.form, d.was), nil
	case d.form.Problems():
		return a.w.Draft(d.form, nil), nil
	}
	change := moderation.Change{Action: moderation.Add, Claim: d.is, Quiet: form.Quiet(d.form), Gap: d.form.Value(form.GapField)}
	if a.Form.Version > 0 {
		change.Action, change.Reason = moderation.Revise, d.form.Value(form.ReasonField)
		change.Claim.Revision = a.Form.Version
	}
	a.Form = d.form
	if r, err := b.askFirst(ctx, a, change.Quiet, quoted(&d)); r != nil || err != nil {
		return replied(r), err
	}
	result, err := b.Council.Do(ctx, a.who, change)
	switch {
	case knowledge.KindOf(err) == knowledge.Conflict:
		return b.contested(ctx, a, err)
	case knowledge.ProblemsOf(err) != nil:
		return a.w.Draft(b.forms.Wrong(a.w.Lang(), d.form, knowledge.ProblemsOf(err)), nil), nil
	case err != nil:
		return chat.Reply{}, err
	}
	if since, err := b.changedSince(ctx, a, result.Made); since || err != nil {
		return a.w.Told(chat.Done, "done_changed_since"), err
	}
	b.filled(ctx, a, change.Gap, result.Made)
	return a.w.Changed("done_"+string(change.Action), result.State == moderation.Waiting, d.form, result.Made), nil
}

// changedSince reports whether any of the versions that a change has made isn't told any more: who asks for it again is answered by what
// came of it then, and it may have been changed since.
func (b *Bot) changedSince(ctx context.Context, a *turn, made []knowledge.Claim) (bool, error) {
	for i := range made {
		if !made[i].Live() { // it was superseded by the change itself
			continue
		}
		is, err := b.base.Get(ctx, a.Tenant, made[i].ID)
		switch kind := knowledge.KindOf(err); {
		case kind != "" && kind != knowledge.NotFound:
			return false, err
		case kind != "" || is.Revision != made[i].Revision || is.Tenant != made[i].Tenant:
			return true, nil
		}
	}
	return false, nil
}

// published reports a form whose content is that of the version which has come since: it was published before.
func published(d *draft) bool { return d.is.SameAs(d.was) }

// quoted returns the claims that those who were told would be told about: what is revised in what it says, and what is superseded.
func quoted(d *draft) []knowledge.Key {
	var out []knowledge.Key
	if d.was.ID != "" && knowledge.SaysElse(&d.was, &d.is) {
		out = append(out, d.was.Key())
	}
	for _, id := range d.is.Supersedes {
		if !slices.Contains(d.was.Supersedes, id) {
			out = append(out, knowledge.Key{Tenant: d.is.Tenant, ID: id})
		}
	}
	return out
}

func replied(r *chat.Reply) chat.Reply {
	if r == nil {
		return chat.Reply{}
	}
	return *r
}

// askFirst returns the reply that asks whether that many are to be corrected; nil where it needs no asking.
func (b *Bot) askFirst(ctx context.Context, a *turn, quiet bool, claims []knowledge.Key) (*chat.Reply, error) {
	if b.Quotes == nil || quiet || a.told || len(claims) == 0 {
		return nil, nil
	}
	n, err := b.Quotes.Count(ctx, claims...)
	if err != nil || n <= mostUnasked {
		return nil, err
	}
	r := a.w.Many(a.Form, n)
	return &r, nil
}

// contested says that somebody was quicker, and lets the form go on: from what is there now, or under another id.
func (b *Bot) contested(ctx context.Context, a *turn, cause error) (chat.Reply, error) {
	now, err := b.own(ctx, a, a.Form.Subject)
	if err != nil {
		return chat.Reply{}, cause
	}
	f := *a.Form
	if f.Version == 0 {
		if f.Subject, err = b.free(ctx, a, f.Subject); err != nil {
			return chat.Reply{}, err
		}
		return a.w.Moved(&f, now), nil
	}
	if now.Revision == f.Version || moderation.Revisable(&now) != nil {
		return chat.Reply{}, cause
	}
	d := draft{was: now, form: &f}
	if err := b.rebase(ctx, a, &d); err != nil {
		return chat.Reply{}, err
	}
	_, d.form = b.forms.Read(a.w.Lang(), d.form, d.was, a.Now)
	return a.w.Moved(d.form, now), nil
}

// because retracts or hides a claim, once it is said why.
func (b *Bot) because(ctx context.Context, a *turn) (chat.Reply, error) {
	action := moderation.Retract
	if a.Command == chat.CommandClaimHide {
		action = moderation.Hide
	}
	if a.Form == nil || a.Form.Command != a.Command {
		a.Form = nil
	}
	if a.Form == nil || strings.TrimSpace(a.Form.With(a.Values).Value(form.ReasonField)) == "" {
		c, err := b.named(ctx, a, action)
		if err != nil {
			return chat.Reply{}, err
		}
		quiet := a.Values[QuietOption] != "" || a.Form != nil && form.Quiet(a.Form)
		a.Form = b.forms.Reason(a.w.Lang(), a.Command, c.ID, c.Revision, quiet).With(a.Values)
		if strings.TrimSpace(a.Form.Value(form.ReasonField)) == "" {
			return a.w.Why(a.Form, c), nil
		}
	}
	a.Form = a.Form.With(a.Values)
	reason, quiet := a.Form.Value(form.ReasonField), form.Quiet(a.Form)
	change := moderation.Change{Action: action, Claim: knowledge.Claim{ID: a.Form.Subject, Revision: a.Form.Version}, Reason: reason, Quiet: quiet}
	if action == moderation.Retract {
		if r, err := b.askFirst(ctx, a, quiet, []knowledge.Key{{Tenant: a.Tenant, ID: a.Form.Subject}}); r != nil || err != nil {
			return replied(r), err
		}
	}
	return b.do(ctx, a, change)
}

// named returns the claim that is to be retracted, one of the tenant's own, or hidden, a shared one.
func (b *Bot) named(ctx context.Context, a *turn, action moderation.Action) (knowledge.Claim, error) {
	if action == moderation.Retract {
		return b.own(ctx, a, a.id())
	}
	return b.base.Get(ctx, "", a.id())
}

// do makes a change, or proposes it, and says so.
func (b *Bot) do(ctx context.Context, a *turn, change moderation.Change) (chat.Reply, error) {
	result, err := b.Council.Do(ctx, a.who, change)
	if err != nil {
		return chat.Reply{}, err
	}
	return a.w.Changed("done_"+string(change.Action), result.State == moderation.Waiting, b.proposed(a, &change), nil), nil
}

func (b *Bot) unhide(ctx context.Context, a *turn) (chat.Reply, error) {
	return b.do(ctx, a, moderation.Change{Action: moderation.Unhide, Claim: knowledge.Claim{ID: a.id()}})
}

// reviewed notes that claims were looked over: one, or all.
func (b *Bot) reviewed(ctx context.Context, a *turn) (chat.Reply, error) {
	change := moderation.Change{Action: moderation.Review}
	if id := a.id(); id != "" {
		change.Claims = []string{id}
	}
	result, err := b.Council.Do(ctx, a.who, change)
	if err != nil {
		return chat.Reply{}, err
	}
	return a.w.Counted("done_review", result.State == moderation.Waiting, len(result.Made)), nil
}
