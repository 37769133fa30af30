package discord

import (
	"context"
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/prose"
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
		_, err := t.open(ctx, formOf(a.bot, t.in.language(), id.Record))
		return err
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

// reported takes what was typed into the form in which a mistake is reported.
func (a *Adapter) reported(ctx context.Context, t *turn, id target.ID) error {
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

// formWords are the words of a form, in the language of the one who fills it in.
type formWords struct {
	Title, Label, Hint string // what it is for; what to write; an example, which may be empty
}

// reportInput is the id of the field of reportForm, and longestReport how much of it is taken.
const (
	reportInput   = "what"
	longestReport = 1000
)

// reportForm returns the form in which a mistake of a reply is reported. discordgo v0.29 has no Label component: the field
// stands in a row of its own, as it did before.
func reportForm(record string, w formWords) discordgo.InteractionResponseData {
	return discordgo.InteractionResponseData{
		CustomID: target.ID{Action: chat.CommandReport, Record: record}.String(),
		Title:    prose.Cut(prose.Clean(w.Title), maxModalTitle),
		Components: []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.TextInput{
			CustomID:    reportInput,
			Label:       prose.Cut(prose.Clean(w.Label), maxInputLabel),
			Style:       discordgo.TextInputParagraph,
			Placeholder: prose.Cut(prose.Clean(w.Hint), maxInputHint),
			Required:    true,
			MaxLength:   longestReport,
		}}}},
	}
}
