package discord

import (
	"context"
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/knowledge"
)

// report opens the form in which a mistake is reported. Whether the reply is still kept is asked when the form comes back.
func (a *Adapter) report(ctx context.Context, t *turn, id target.ID) {
	begun := a.aside(ctx, func(ctx context.Context) error {
		return t.open(ctx, formOf(a.bot, t.in.language(), id.Record))
	})
	if !begun {
		t.drop()
	}
}

// formOf returns the form for a reply, in a language.
func formOf(b *bot.Bot, lang, record string) discordgo.InteractionResponseData {
	w := b.ReportForm(lang)
	return reportForm(record, formWords{Title: w.Title, Label: w.Field, Hint: w.Hint})
}

// submitted takes what was typed into a form.
func (a *Adapter) submitted(ctx context.Context, t *turn) error {
	id, err := target.Parse(t.in.Data.CustomID)
	if err != nil || id.Action != chat.CommandReport {
		return a.excuse(ctx, t, chat.NoticeUnknown)
	}
	r, err := a.desk.Get(ctx, t.in.place().tenant(), id.Record)
	switch {
	case knowledge.KindOf(err) == knowledge.NotFound:
		return a.excuse(ctx, t, chat.NoticeForgotten)
	case err != nil:
		return err
	}
	note := []rune(moderation.Clean(t.in.field(reportInput)))
	rep := moderation.Report{
		ID: "discord:" + t.in.ID, Tenant: r.Tenant, At: a.now(), Lang: r.Reply.Lang,
		Note: strings.TrimSpace(string(note[:min(len(note), moderation.MostNote)])), Claims: versionsOf(&r),
	}
	if rep.Note == "" {
		return a.excuse(ctx, t, chat.NoticeNoText)
	}
	if err := a.reports.Add(ctx, rep); err != nil {
		return err
	}
	return a.excuse(ctx, t, chat.NoticeThanks)
}

func versionsOf(r *delivery.Record) []moderation.Version {
	var out []moderation.Version
	for _, q := range r.Quotes() {
		out = append(out, moderation.Version{Tenant: q.Tenant, ID: q.ID, Revision: q.Revision})
	}
	return out
}
