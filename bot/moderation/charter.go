package moderation

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

const (
	mostModerators = 100
	mostAccount    = 200 // characters of an account
)

// Moderators returns the tenant's moderators, in the order in which they were added. Those who may change the base may know them.
func (c *Council) Moderators(ctx context.Context, who Who) ([]Moderator, error) {
	charter, err := c.allowed(ctx, who, Add)
	return charter.Moderators, err
}

// Settings returns what the tenant has chosen. Everybody may be told.
func (c *Council) Settings(ctx context.Context, tenant string) (Settings, error) {
	if tenant == "" {
		return Default(), nil
	}
	charter, err := c.charter(ctx, tenant)
	return charter.Settings, err
}

// Default returns the settings of who has chosen none: corrections travel.
func Default() Settings { return Settings{Corrections: true} }

// charter returns the charter of a tenant, with the default settings where nothing was chosen yet.
func (c *Council) charter(ctx context.Context, tenant string) (Charter, error) {
	charter, err := c.store.Charter(ctx, tenant)
	if err == nil && charter.Version == 0 {
		charter.Settings = Default()
	}
	return charter, err
}

// Resembling returns the live claims that the tenant sees which a draft could be a new state of, or a rival to: those of its series,
// and those of its scope by its claimant; at most five, the likeliest first.
func (c *Council) Resembling(ctx context.Context, tenant string, draft knowledge.Claim) ([]knowledge.Claim, error) {
	return c.base.Resembling(ctx, tenant, draft)
}

// doCharter makes a change of the charter. Adding a moderator, and asking for fewer approvals, need those that are in force.
func (c *Council) doCharter(ctx context.Context, who Who, change Change) (Result, error) {
	charter, err := c.allowed(ctx, who, change.leave(who))
	if err != nil {
		return Result{}, err
	}
	if change.Action == Set {
		change = Change{Action: Set, Settings: change.chosen(charter.Settings), Was: charter.Settings}
	} else {
		change = Change{Action: change.Action, Account: strings.TrimSpace(change.Account)}
	}
	if err := change.sound(&charter); err != nil {
		return Result{}, err
	}
	weakens := change.Action == AddModerator || change.Action == Set && change.Settings.Approvals < charter.Settings.Approvals
	if weakens && charter.Settings.Approvals > 0 && !charter.has(&change) {
		return c.propose(ctx, who, change)
	}
	return c.amend(ctx, who, charter, nil, change)
}

// chosen returns the settings that a change asks for where these are in force: of those that it doesn't touch it leaves them as they
// are, whoever has changed them meanwhile.
func (c *Change) chosen(now Settings) Settings {
	if c.Read == nil {
		return c.Settings
	}
	return Settings{
		Lang:        touched(c.Settings.Lang, c.Read.Lang, now.Lang),
		Approvals:   touched(c.Settings.Approvals, c.Read.Approvals, now.Approvals),
		Corrections: touched(c.Settings.Corrections, c.Read.Corrections, now.Corrections),
	}
}

// touched returns what was asked for where that isn't as it was read, else what is in force.
func touched[T comparable](asked, was, now T) T {
	if asked != was {
		return asked
	}
	return now
}

// leave returns what somebody has to be allowed for a change of the charter: who leaves needs no manager.
func (c *Change) leave(who Who) Action {
	if c.Action == RemoveModerator && c.Account != "" && strings.TrimSpace(c.Account) == who.Actor.ID {
		return Retract
	}
	return c.Action
}

// sound holds that the charter can be changed so.
func (c *Change) sound(charter *Charter) error {
	unseen := func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsGraphic(r) || r == utf8.RuneError }
	switch {
	case c.Action == Set && (c.Settings.Approvals < 0 || c.Settings.Approvals > 1):
		return invalid("A change can wait for one more person, or for none: approvals are 0 or 1.")
	case c.Action == Set && c.Settings.Lang != "" && !slices.Contains(lexicon.Languages, c.Settings.Lang):
		return invalid(fmt.Sprintf("The bot doesn't speak %.20q: it speaks %s.", c.Settings.Lang, strings.Join(lexicon.Languages, ", ")))
	case c.Action == Set:
		return nil
	case c.Account == "" || strings.ContainsFunc(c.Account, unseen) || utf8.RuneCountInString(c.Account) > mostAccount:
		return invalid("Say whose account or group it is.")
	case c.Action == AddModerator && len(charter.Moderators) >= mostModerators && !charter.has(c):
		return invalid(fmt.Sprintf("There are %d moderators already: make a group of them a moderator instead.", mostModerators))
	}
	return nil
}

// has reports whether a charter is what a change asks for.
func (c *Charter) has(change *Change) bool {
	there := c.index(change.Account) >= 0
	switch change.Action {
	case AddModerator:
		return there
	case RemoveModerator:
		return !there
	}
	return c.Settings == change.Settings
}

func (c *Charter) index(account string) int {
	return slices.IndexFunc(c.Moderators, func(m Moderator) bool { return m.Account == account })
}

// amend changes the charter, and notes it in the tenant's chain, for whoever asked for it or proposed it.
func (c *Council) amend(ctx context.Context, who Who, charter Charter, p *Proposal, change Change) (Result, error) {
	r := Result{State: Made}
	by := who.Actor.ID
	if p != nil {
		r.Proposal, by = *p, p.By
	}
	if err := change.sound(&charter); err != nil {
		return Result{}, err
	}
	switch {
	case charter.has(&change) && p != nil:
		return c.end(ctx, who.Tenant, *p)
	case charter.has(&change):
		return r, nil
	case p != nil && change.Action == Set && charter.Settings != change.Was:
		return Result{}, &knowledge.Error{Kind: knowledge.Conflict, Msg: "The settings were changed since this was proposed: propose it again."}
	}
	next := charter.with(&change, by, who.Now)
	note := knowledge.Change{Tenant: who.Tenant, Action: knowledge.ActionModerate, Actor: by, Reason: change.said(p), At: who.Now}
	_, err := c.store.Enact(ctx, Enactment{Change: note, Under: charter.Version, Charter: &next, Proposal: p})
	if err != nil {
		return Result{}, err
	}
	return r, nil
}

// with returns the charter as a change makes it.
func (c *Charter) with(change *Change, by string, at time.Time) Charter {
	out := Charter{Settings: c.Settings, Moderators: slices.Clone(c.Moderators)}
	switch change.Action {
	case AddModerator:
		out.Moderators = append(out.Moderators, Moderator{change.Account, by, at.UTC().Truncate(time.Microsecond)})
	case RemoveModerator:
		i := c.index(change.Account)
		out.Moderators = slices.Delete(out.Moderators, i, i+1)
	default:
		out.Settings = change.Settings
	}
	return out
}

// said says in words what a change of the charter does.
func (c *Change) said(p *Proposal) string {
	what := ""
	switch c.Action {
	case AddModerator:
		what = "added the moderator " + c.Account
	case RemoveModerator:
		what = "removed the moderator " + c.Account
	default:
		what = fmt.Sprintf("set language %q, approvals %d, corrections %t; they were %q, %d, %t",
			c.Settings.Lang, c.Settings.Approvals, c.Settings.Corrections, c.Was.Lang, c.Was.Approvals, c.Was.Corrections)
	}
	if p != nil {
		what += "; approved by " + p.Judge
	}
	return what
}

// actor returns an account as one who acts.
func actor(id string) chat.Actor { return chat.Actor{ID: id} }
