package slack

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/knowledge"
)

// report opens the form in which a mistake is reported. Whether the reply is still kept is asked when the form comes back.
func (a *Adapter) report(ctx context.Context, t turn, g target.ID) {
	a.aside(ctx, t.Team, func(ctx context.Context) error {
		lang := a.soonLanguage(ctx, &t)
		w := a.bot.ReportForm(lang)
		form := reportForm(g.Record, formWords{Title: w.Title, Label: w.Field, Hint: w.Hint, Submit: a.bot.Label(chat.CommandReport, lang)})
		form.Close = nil // Slack has a word of its own for it
		along, err := json.Marshal(carried{t.Channel, t.Hook, t.Thread})
		if err != nil {
			return err
		}
		form.PrivateMetadata = string(along)
		if err := a.client.open(ctx, t.Team, t.Trigger, form); err != nil { // the time for it is over, perhaps
			return errors.Join(err, a.excuse(ctx, &t, chat.NoticeOut))
		}
		return nil
	})
}

// askingFor is how long it is asked what language somebody speaks, before the three seconds are over in which a form opens.
const askingFor = time.Second

func (a *Adapter) soonLanguage(ctx context.Context, t *turn) string {
	ctx, cancel := context.WithTimeout(ctx, askingFor)
	defer cancel()
	return a.language(ctx, t)
}

// reported takes what was typed into the form in which a mistake is reported.
func (a *Adapter) reported(ctx context.Context, t *turn, v *formView, g target.ID) error {
	r, err := a.kept(ctx, t, g.Record)
	switch {
	case knowledge.KindOf(err) == knowledge.NotFound:
		return a.excuse(ctx, t, chat.NoticeForgotten)
	case err != nil:
		return err
	}
	note := []rune(moderation.Clean(v.field(reportInput)))
	rep := moderation.Report{
		ID: scheme + t.Trigger, Tenant: r.Tenant, At: a.now(), Lang: r.Reply.Lang,
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
