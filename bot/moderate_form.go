package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/bot/moderation/form"
	"github.com/whosays/whosays/knowledge"
)

// add begins a new claim: with the empty form, or with what was typed, which is shown as it was understood.
func (b *Bot) add(ctx context.Context, a *turn) (chat.Reply, error) {
	if a.Text == "" {
		return a.w.Open(b.forms.Claim(a.w.Lang(), knowledge.Claim{Kind: knowledge.KindFigure}).With(a.Values)), nil
	}
	a.Form = b.forms.Line(a.w.Lang(), a.Text, a.Now).With(a.Values)
	return b.fill(ctx, a)
}

// revise opens the form of a claim of the tenant's own.
func (b *Bot) revise(ctx context.Context, a *turn) (chat.Reply, error) {
	was, err := b.revisable(ctx, a, a.id())
	if err != nil {
		return chat.Reply{}, err
	}
	return a.w.Open(b.forms.Claim(a.w.Lang(), was).With(a.Values)), nil
}

// revisable returns the current version of a claim of the tenant's own that can be revised: a live one.
func (b *Bot) revisable(ctx context.Context, a *turn, id string) (knowledge.Claim, error) {
	c, err := b.own(ctx, a, id)
	if err == nil {
		err = moderation.Revisable(&c)
	}
	return c, err
}

// own returns the current version of a claim of the tenant's own. Of a shared one, hidden here or not, the error says that it isn't
// theirs.
func (b *Bot) own(ctx context.Context, a *turn, id string) (knowledge.Claim, error) {
	c, err := b.base.Stored(ctx, knowledge.Key{Tenant: a.Tenant, ID: id}, time.Time{})
	if kind := knowledge.KindOf(err); kind != "" && kind != knowledge.NotFound || kind == "" && c.Live() {
		return c, err
	}
	switch _, shared := b.base.Stored(ctx, knowledge.Key{ID: id}, time.Time{}); knowledge.KindOf(shared) {
	case "":
		return knowledge.Claim{}, &knowledge.Error{Kind: knowledge.Forbidden, Msg: "The claim is of the shared base.", Err: moderation.ErrSharedClaim}
	case knowledge.NotFound:
		return c, err
	default:
		return c, shared
	}
}

// draft is a claim as a form says it.
type draft struct {
	was, is knowledge.Claim // was: the version that it was made from, zero for a new one
	form    *chat.Form
	moved   bool // another version has come since the form was made; it goes on from that one
}

// read reads the form of a turn. Of a new claim that is whole it finds the id.
func (b *Bot) read(ctx context.Context, a *turn) (d draft, err error) {
	d.form = a.Form
	if d.form.Version > 0 {
		if d.was, err = b.revisable(ctx, a, d.form.Subject); err != nil {
			return d, err
		}
		if d.was.Revision != d.form.Version {
			if err := b.rebase(ctx, a, &d); err != nil {
				return d, err
			}
		}
	}
	d.is, d.form = b.forms.Read(a.w.Lang(), d.form, d.was, a.Now)
	if d.form.Subject == "" && !d.form.Problems() {
		if d.form.Subject, err = b.free(ctx, a, form.Slug(&d.is)); err != nil {
			return d, err
		}
		d.is.ID = d.form.Subject
	}
	d.is.Tenant = a.Tenant
	return d, nil
}

// rebase brings a form over to the version that has come since it was made: what the form changes stays changed.
func (b *Bot) rebase(ctx context.Context, a *turn, d *draft) error {
	changes, err := b.base.History(ctx, d.was.Key())
	if err != nil {
		return err
	}
	d.moved = true
	for i := range changes {
		for _, c := range changes[i].Claims {
			if c.Revision == d.form.Version {
				d.form = b.forms.Rebase(a.w.Lang(), d.form, c, d.was)
				return nil
			}
		}
	}
	d.form = b.forms.Rebase(a.w.Lang(), d.form, d.was, d.was)
	return nil
}

// mostNames is how many ids are tried for a claim.
const mostNames = 50

// free returns an id that neither the tenant nor the shared base has.
func (b *Bot) free(ctx context.Context, a *turn, slug string) (string, error) {
	for n := range mostNames {
		id := slug
		if n > 0 {
			id = fmt.Sprintf("%s-%d", slug, n+1)
		}
		taken := false
		for _, tenant := range []string{a.Tenant, ""} {
			switch _, err := b.base.Stored(ctx, knowledge.Key{Tenant: tenant, ID: id}, time.Time{}); knowledge.KindOf(err) {
			case "":
				taken = true
			case knowledge.NotFound:
			default:
				return "", err
			}
		}
		if !taken {
			return id, nil
		}
	}
	return "", &knowledge.Error{Kind: knowledge.Conflict, Msg: "There are too many claims of this scope by this claimant: revise one of them."}
}

// fill reads a form that was submitted, and shows it as it was understood, beside the live claims that it resembles; not those where
// it was decided that it is a rival.
func (b *Bot) fill(ctx context.Context, a *turn) (chat.Reply, error) {
	d, err := b.read(ctx, a)
	if err != nil {
		return chat.Reply{}, err
	}
	if d.moved {
		return a.w.Moved(d.form, d.was), nil
	}
	if a.Command == chat.CommandRival || d.form.Version > 0 {
		return a.w.Draft(d.form, nil), nil
	}
	beside, err := b.Council.Resembling(ctx, a.Tenant, d.is)
	if err != nil {
		return chat.Reply{}, err
	}
	slices.SortStableFunc(beside, func(x, y knowledge.Claim) int { return strings.Compare(y.Tenant, x.Tenant) }) // own ones first
	return a.w.Draft(d.form, beside), nil
}

// revision makes a draft a new state of a live claim of the tenant's own that it resembles: one of another date joins its series, and
// where that has none it stays another claim, as it says; one of the same date corrects it, as a new version. Of a shared claim
// nothing of a tenant's own is a new state: neither a series nor a correction reaches from one to the other.
func (b *Bot) revision(ctx context.Context, a *turn) (chat.Reply, error) {
	of, err := b.revisable(ctx, a, b.resembled(a))
	if err != nil {
		return chat.Reply{}, err
	}
	d, err := b.read(ctx, a)
	if err != nil {
		return chat.Reply{}, err
	}
	if !apart(&d.is, &of) {
		a.Form = b.forms.Over(a.w.Lang(), d.form, of)
		return b.fill(ctx, a)
	}
	a.Form, a.Command = d.form, chat.CommandRival
	if of.Series != "" {
		a.Form = d.form.With(map[string]string{"series": of.Series})
		return b.fill(ctx, a)
	}
	r, err := b.fill(ctx, a)
	return a.w.Apart(r), err
}

// resembled returns the claim that a draft is a new state of: the one picked, else the first that was shown beside it.
func (b *Bot) resembled(a *turn) string {
	if a.Pick == "" && len(a.Claims) > 0 {
		return a.Claims[0]
	}
	return a.Pick
}

// apart reports claims that were said on different days, or that count up to different ones: neither corrects the other.
func apart(is, was *knowledge.Claim) bool {
	if said, before := is.Attribution.SaidOn, was.Attribution.SaidOn; !said.IsZero() && !before.IsZero() && said != before {
		return true
	}
	to, before := is.Scope.Period.To, was.Scope.Period.To
	return !to.IsZero() && !before.IsZero() && to != before
}
