package bot

import (
	"bytes"
	"context"
	"slices"
	"time"

	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/exchange"
)

// mostListed is how many things a list shows: as many as a menu may have.
const mostListed = 25

// mostFound is how many claims a search shows.
const mostFound = 8

// lists answers what a moderator asks to see.
func (b *Bot) lists(ctx context.Context, a *turn) (chat.Reply, error) {
	switch a.Command {
	case chat.CommandClaimShow:
		return b.shown(ctx, a)
	case chat.CommandClaimHistory:
		return b.history(ctx, a)
	case chat.CommandClaimSearch:
		return b.search(ctx, a)
	case chat.CommandClaimExport:
		return b.export(ctx, a)
	case chat.CommandClaimReports:
		return b.reports(ctx, a)
	}
	return b.gaps(ctx, a)
}

// whatever returns the current version of a claim, whatever its status: the tenant's own, else the shared one, unless that waits to
// be published, which is none of the tenant's business.
func (b *Bot) whatever(ctx context.Context, a *turn) (knowledge.Claim, error) {
	c, err := b.base.Stored(ctx, knowledge.Key{Tenant: a.Tenant, ID: a.id()}, time.Time{})
	if knowledge.KindOf(err) != knowledge.NotFound {
		return c, err
	}
	shared, failed := b.base.Stored(ctx, knowledge.Key{ID: a.id()}, time.Time{})
	if failed == nil && shared.Status == knowledge.StatusPending {
		return c, err
	}
	return shared, failed
}

// shown shows a claim in full, whatever its status.
func (b *Bot) shown(ctx context.Context, a *turn) (chat.Reply, error) {
	c, err := b.whatever(ctx, a)
	if knowledge.KindOf(err) == knowledge.NotFound {
		a.Text = a.id()
		return b.search(ctx, a)
	}
	if err != nil {
		return chat.Reply{}, err
	}
	return a.w.Whole(c), nil
}

// history shows what became of a claim, version by version.
func (b *Bot) history(ctx context.Context, a *turn) (chat.Reply, error) {
	c, err := b.whatever(ctx, a)
	if err != nil {
		return chat.Reply{}, err
	}
	changes, err := b.base.History(ctx, c.Key())
	if err != nil {
		return chat.Reply{}, err
	}
	return a.w.Versions(c, changes), nil
}

// search shows the claims nearest to some words, to choose from.
func (b *Bot) search(ctx context.Context, a *turn) (chat.Reply, error) {
	found, err := b.Search(ctx, a.Tenant, a.Text, mostFound)
	if err != nil {
		return chat.Reply{}, err
	}
	claims := make([]knowledge.Claim, 0, len(found.Hits))
	for _, h := range found.Hits {
		claims = append(claims, h.Claim)
	}
	return a.w.Found(claims), nil
}

// export sends the tenant's own claims as a file.
func (b *Bot) export(ctx context.Context, a *turn) (chat.Reply, error) {
	claims, err := b.base.Own(ctx, a.Tenant, time.Time{})
	if err != nil {
		return chat.Reply{}, err
	}
	if claims, err = b.written(ctx, a, claims); err != nil {
		return chat.Reply{}, err
	}
	if len(claims) == 0 {
		return a.w.Told(chat.Listed, "export_none"), nil
	}
	format, media := exchange.YAML, "application/yaml"
	switch a.Values[FormatOption] {
	case string(exchange.CSV):
		format, media = exchange.CSV, "text/csv"
	case string(exchange.JSONL):
		format, media = exchange.JSONL, "application/jsonl"
	}
	var out bytes.Buffer
	if err := exchange.Write(&out, format, func(yield func(knowledge.Claim, error) bool) {
		for _, c := range claims {
			if !yield(c, nil) {
				return
			}
		}
	}); err != nil {
		return chat.Reply{}, err
	}
	r := a.w.Counted("export_lead", false, len(claims))
	r.Outcome, r.File = chat.Listed, &chat.File{Name: "claims." + string(format), Media: media, Body: out.Bytes()}
	return r, nil
}

// written leaves out the copies of shared claims that are hidden, or were: nobody here has written them.
func (b *Bot) written(ctx context.Context, a *turn, claims []knowledge.Claim) ([]knowledge.Claim, error) {
	out := make([]knowledge.Claim, 0, len(claims))
	for _, c := range claims {
		_, err := b.own(ctx, a, c.ID)
		switch knowledge.KindOf(err) {
		case "":
			out = append(out, c)
		case knowledge.Forbidden:
		default:
			return nil, err
		}
	}
	return out, nil
}

// reports shows the mistakes that people have reported, the newest first; one that was picked with the claims that it is about.
func (b *Bot) reports(ctx context.Context, a *turn) (chat.Reply, error) {
	if b.Reports == nil {
		return a.w.Told(chat.Listed, "reports_none"), nil
	}
	all, err := b.Reports.List(ctx, a.Tenant, mostListed)
	if err != nil || len(all) == 0 {
		return a.w.Told(chat.Listed, "reports_none"), err
	}
	notes := make([]answer.Note, 0, len(all))
	for i := range all {
		note := answer.Note{ID: all[i].ID, Text: all[i].Note, At: all[i].At}
		for _, v := range all[i].Claims {
			note.Claims = append(note.Claims, v.ID)
		}
		notes = append(notes, note)
	}
	if i := slices.IndexFunc(notes, func(n answer.Note) bool { return n.ID == a.Pick }); i >= 0 {
		known, err := b.base.Known(ctx, a.Tenant, notes[i].Claims[:min(len(notes[i].Claims), answer.MostNamed)]...)
		if err != nil {
			return chat.Reply{}, err
		}
		return a.w.Reported(notes[i], answer.Naming(known, 0).Claims), nil
	}
	return a.w.Reports(notes), nil
}
