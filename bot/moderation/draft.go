package moderation

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/whosays/whosays/knowledge"
)

// tidy brings a change of claims into the form in which it is compared and kept: what isn't the person's to say is left out.
func (c *Change) tidy(who Who) error {
	c.Reason = strings.Join(strings.Fields(Clean(c.Reason)), " ")
	if utf8.RuneCountInString(c.Reason) > MostNote {
		return invalid("The reason is too long: say it in a thousand characters.")
	}
	is := &c.Claim
	is.Tenant, is.AddedBy, is.ApprovedBy, is.At = who.Tenant, "", "", time.Time{}
	switch c.Action {
	case Add, Revise:
		is.Status, is.Reason = "", ""
	case Retract, Hide, Unhide:
		*is = knowledge.Claim{Tenant: is.Tenant, ID: is.ID, Revision: is.Revision}
	case Review:
		*is = knowledge.Claim{ReviewedOn: is.ReviewedOn}
		if is.ReviewedOn.IsZero() {
			now := who.Now.UTC()
			is.ReviewedOn = knowledge.Date{Year: now.Year(), Month: now.Month(), Day: now.Day()}
		}
	default:
		return &knowledge.Error{Kind: knowledge.Internal, Msg: fmt.Sprintf("There is no action %.40q.", c.Action)}
	}
	if c.Reason == "" && (c.Action == Revise || c.Action == Retract || c.Action == Hide) {
		return &knowledge.Error{Kind: knowledge.Invalid, Msg: "It needs a reason: say why.", Problems: knowledge.Problems{{Field: "reason", Message: "is missing"}}}
	}
	return nil
}

func invalid(msg string) error { return &knowledge.Error{Kind: knowledge.Invalid, Msg: msg} }

// draft drafts a change of claims, held against the rules. It pins down what it was drafted from in the change, so that what waits
// is what is made.
func (c *Council) draft(ctx context.Context, by knowledge.By, tenant string, change *Change) (knowledge.Draft, error) {
	id, key := change.Claim.ID, change.Claim.Key()
	switch change.Action {
	case Add:
		return c.adding(ctx, by, change.Claim)
	case Revise:
		return c.revising(ctx, change.Claim)
	case Retract:
		if err := c.owns(ctx, key); err != nil {
			return knowledge.Draft{}, err
		}
		d, err := c.base.Retracting(ctx, by, key, change.Claim.Revision)
		if err == nil {
			change.Claim.Revision = d.Edits[0].Was.Revision
		}
		return d, err
	case Hide:
		return c.base.Hiding(ctx, by, tenant, id, change.Claim.Revision)
	case Unhide:
		return c.base.Unhiding(ctx, by, tenant, id)
	}
	d, err := c.base.Reviewed(ctx, tenant, change.Claim.ReviewedOn, change.Claims...)
	d.Edits = slices.DeleteFunc(d.Edits, func(e knowledge.Edit) bool { return !e.Is.Live() })
	if err == nil {
		change.Claims = nil
		for i := range d.Edits {
			change.Claims = append(change.Claims, d.Edits[i].Is.ID)
		}
	}
	return d, err
}

// adding drafts a new claim. It may not take the id of a shared one, which wouldn't be seen any more beside it.
func (c *Council) adding(ctx context.Context, by knowledge.By, claim knowledge.Claim) (knowledge.Draft, error) {
	_, err := c.base.Stored(ctx, knowledge.Key{ID: claim.ID}, time.Time{})
	switch knowledge.KindOf(err) {
	case knowledge.NotFound:
	case "":
		return knowledge.Draft{}, &knowledge.Error{Kind: knowledge.Conflict, Msg: fmt.Sprintf("There is a shared claim %.100q already: choose another id.", claim.ID)}
	default:
		return knowledge.Draft{}, err
	}
	if err := c.corrects(ctx, &claim, nil); err != nil {
		return knowledge.Draft{}, err
	}
	d, err := c.base.Adding(ctx, by, claim)
	return d, secure(err, &claim, nil)
}

func (c *Council) revising(ctx context.Context, claim knowledge.Claim) (knowledge.Draft, error) {
	if claim.Revision <= 0 {
		return knowledge.Draft{}, invalid("Say which version you have revised: its number is missing.")
	}
	if err := c.owns(ctx, claim.Key()); err != nil {
		return knowledge.Draft{}, err
	}
	was, err := c.base.Stored(ctx, claim.Key(), time.Time{})
	if err != nil {
		return knowledge.Draft{}, err
	}
	if err := Revisable(&was); err != nil {
		return knowledge.Draft{}, err
	}
	if err := c.corrects(ctx, &claim, was.Supersedes); err != nil {
		return knowledge.Draft{}, err
	}
	d, err := c.base.Revising(ctx, claim)
	if err = secure(err, &claim, &was); err != nil {
		return knowledge.Draft{}, err
	}
	if claim.SameAs(was) {
		return knowledge.Draft{}, invalid("It says that already: nothing is changed in it.")
	}
	return d, nil
}

// corrects holds that what a claim supersedes, but what it did before, is of the tenant's own: a shared claim stays live beside it.
func (c *Council) corrects(ctx context.Context, claim *knowledge.Claim, before []string) error {
	var problems knowledge.Problems
	for i, id := range claim.Supersedes {
		if slices.Contains(before, id) {
			continue
		}
		old, err := c.base.Stored(ctx, knowledge.Key{Tenant: claim.Tenant, ID: id}, time.Time{})
		switch kind := knowledge.KindOf(err); {
		case kind == knowledge.NotFound || kind == "" && old.Status == knowledge.StatusHidden:
			problems = append(problems, knowledge.Problem{Field: fmt.Sprintf("supersedes[%d]", i), Message: fmt.Sprintf("%.100q is no claim of your own", id)})
		case kind != "":
			return err
		}
	}
	if len(problems) == 0 {
		return nil
	}
	return &knowledge.Error{Kind: knowledge.Invalid, Msg: fmt.Sprintf("Claim %.100q corrects what isn't yours: %v", claim.ID, problems), Problems: problems}
}

// owns holds that an id means a claim of the tenant's own, and not a shared one, be it hidden or shown again.
func (c *Council) owns(ctx context.Context, key knowledge.Key) error {
	own, err := c.base.Stored(ctx, key, time.Time{})
	switch {
	case err == nil && own.Live():
		return nil
	case err == nil && own.Status == knowledge.StatusHidden:
		return ofAll(key.ID)
	case err != nil && knowledge.KindOf(err) != knowledge.NotFound:
		return err
	}
	shared, wrong := c.base.Stored(ctx, knowledge.Key{ID: key.ID}, time.Time{})
	switch kind := knowledge.KindOf(wrong); {
	case kind == "" && shared.Live():
		return ofAll(key.ID)
	case kind != "" && kind != knowledge.NotFound:
		return wrong
	}
	return err
}

func ofAll(id string) error {
	return forbidden(ErrSharedClaim, fmt.Sprintf("Claim %.100q is of the shared base, which belongs to all: from here it can only be hidden.", id))
}

// secure adds to the error of a draft the links that a moderator may not add: all but https. Those of the version before may stay.
func secure(err error, is, was *knowledge.Claim) error {
	if kind := knowledge.KindOf(err); kind != "" && (kind != knowledge.Invalid || knowledge.ProblemsOf(err) == nil) {
		return err
	}
	var known []string
	if was != nil {
		known = links(was)
	}
	problems := slices.Clone(knowledge.ProblemsOf(err))
	for i, s := range is.Sources {
		for _, l := range []struct{ field, url string }{{"url", s.URL}, {"archive_url", s.ArchiveURL}} {
			if u, wrong := url.Parse(l.url); l.url != "" && !slices.Contains(known, l.url) && (wrong != nil || u.Scheme != "https") {
				problems = append(problems, knowledge.Problem{Field: fmt.Sprintf("sources[%d].%s", i, l.field), Message: "has to begin with https://"})
			}
		}
	}
	if len(problems) == 0 {
		return err
	}
	return &knowledge.Error{Kind: knowledge.Invalid, Msg: fmt.Sprintf("Claim %.100q is broken: %v", is.ID, problems), Problems: problems}
}

func links(c *knowledge.Claim) (out []string) {
	for _, s := range c.Sources {
		out = append(out, s.URL, s.ArchiveURL)
	}
	return out
}
