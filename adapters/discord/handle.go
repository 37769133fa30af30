package discord

import (
	"cmp"
	"context"
	"slices"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/knowledge"
)

// interaction answers a command, a press or a form. It returns false, at once, where nobody is to answer: it was seen before.
func (a *Adapter) interaction(ctx context.Context, in interaction, first acknowledge) bool {
	t := a.client.begin(ctx, in, a.alone(&in), first)
	if id, err := target.Parse(in.Data.CustomID); err == nil && in.Type == discordgo.InteractionMessageComponent && id.Action == chat.CommandReport {
		a.report(ctx, t, id) // a form has to come at once, and asks nothing of the base
		return true
	}
	key := scheme + t.key()
	verdict := a.inbox.Offer(ctx, inbox.Work{
		Key: key, User: scheme + in.user(), Tenant: in.place().tenant(),
		Do: func(ctx context.Context) { a.handle(ctx, t) },
	})
	n, ok := noticeOf(verdict)
	told := ok && a.untaken(ctx, key, func(ctx context.Context) error { return a.excuse(ctx, t, n) })
	if !told && verdict != inbox.Accepted {
		t.drop() // that the bot thinks would be a promise that nobody keeps
	}
	return verdict != inbox.Seen
}

// alone reports whether the answer to an interaction is seen by the person alone, as far as can be told at once.
func (a *Adapter) alone(in *interaction) bool {
	if in.Type == discordgo.InteractionApplicationCommand {
		c, ok := a.offered(in)
		return !ok || c.Message || c.Command == chat.CommandHelp
	}
	id, err := target.Parse(in.Data.CustomID)
	return err != nil || id.Action != chat.CommandShare
}

// key is what is said for an interaction.
func (t *turn) key() string { return "interaction:" + t.in.ID }

// handle answers an interaction, and says so where it can't.
func (a *Adapter) handle(ctx context.Context, t *turn) {
	defer func() {
		if p := recover(); p != nil { // the inbox logs it; the person is told
			_ = a.excuse(ctx, t, chat.NoticeOut)
			panic(p)
		}
	}()
	var err error
	switch t.in.Type {
	case discordgo.InteractionApplicationCommand:
		err = a.command(ctx, t)
	case discordgo.InteractionMessageComponent:
		err = a.pressed(ctx, t)
	case discordgo.InteractionModalSubmit:
		err = a.submitted(ctx, t)
	default:
		err = a.excuse(ctx, t, chat.NoticeUnknown)
	}
	if err == nil {
		a.metrics.answers.WithLabelValues(t.in.Type.String()).Inc()
		return
	}
	a.failed(ctx, "an interaction couldn't be answered", err)
	if err := a.excuse(ctx, t, chat.NoticeOut); err != nil {
		a.failed(ctx, "a notice couldn't be sent", err)
	}
}

// excuse tells the person alone why there is no answer.
func (a *Adapter) excuse(ctx context.Context, t *turn, n chat.Notice) error {
	_, err := t.say(ctx, a.client.render(a.bot.Notice(n, t.in.language()), "", 0, true))
	return err
}

// offered returns the command that an interaction is of; false where the bot has none such.
func (a *Adapter) offered(in *interaction) (bot.Command, bool) {
	all := a.bot.Commands()
	i := slices.IndexFunc(all, func(c bot.Command) bool {
		return c.Message == (in.Data.Type == discordgo.MessageApplicationCommand) && commandName(c) == in.Data.Name
	})
	if i < 0 {
		return bot.Command{}, false
	}
	return all[i], true
}

// command answers a slash command, or one that was chosen on a message.
func (a *Adapter) command(ctx context.Context, t *turn) error {
	c, ok := a.offered(&t.in)
	if !ok {
		return a.excuse(ctx, t, chat.NoticeUnknown)
	}
	req := chat.Request{Command: c.Command, Tenant: t.in.place().tenant(), Now: a.now()}
	for _, o := range c.Options {
		req.Text = cmp.Or(t.in.text(o.Name[defaultLanguage()]), req.Text)
	}
	if c.Message {
		target := t.in.Data.Resolved.Messages[t.in.Data.TargetID]
		if req.Text = target.text(); req.Text == "" {
			return a.excuse(ctx, t, chat.NoticeNoText)
		}
	}
	if req.Lang = t.in.preferred(); req.Text == "" {
		req.Lang = t.in.language()
	}
	return a.tell(ctx, t, t.key(), req, a.alone(&t.in))
}

// tell answers a request; whoever asked for help is told alone, however they asked.
func (a *Adapter) tell(ctx context.Context, t *turn, key string, req chat.Request, private bool) error {
	reply, err := a.bot.Handle(ctx, req)
	if err != nil {
		return err
	}
	return a.show(ctx, t, key, reply, private || reply.Outcome == chat.Help)
}

// show answers with a reply, which is kept before, so that its buttons work. Of what was said already nothing is said. The
// interaction has a note of its own, by which one that another replica answers, and which is left to it, is told from another
// that asked for the same.
func (a *Adapter) show(ctx context.Context, t *turn, key string, reply chat.Reply, private bool) error {
	r, first, err := a.note(ctx, t, t.key(), reply)
	switch {
	case err != nil:
		return err
	case !first:
		t.drop()
		return nil
	}
	t.win()
	if key != t.key() {
		if r, first, err = a.note(ctx, t, key, reply); err != nil {
			return err
		}
		if !first {
			return t.leave(ctx)
		}
	}
	ref, err := t.say(ctx, a.client.render(reply, r.ID, 0, private))
	switch {
	case err != nil:
		return err
	case ref != "":
		return a.desk.Attach(ctx, r.Tenant, r.ID, ref)
	case t.untold:
		a.find(ctx, t, r)
	}
	return nil
}

// note keeps what an interaction is answered with.
func (a *Adapter) note(ctx context.Context, t *turn, key string, reply chat.Reply) (delivery.Record, bool, error) {
	return a.desk.Note(ctx, delivery.Record{Tenant: t.in.place().tenant(), Key: key, To: t.in.place().address(), Reply: reply})
}

// find notes the message of an answer of which Discord didn't tell it: corrections reach it from then on. It takes a while,
// in which others are answered.
func (a *Adapter) find(ctx context.Context, t *turn, r delivery.Record) {
	look := func(ctx context.Context) {
		stored := a.client.original(ctx, &t.in)
		if stored.ID == "" {
			return // logged
		}
		if err := a.desk.Attach(ctx, r.Tenant, r.ID, spot{t.in.place(), stored.ID}.ref()); err != nil {
			a.failed(ctx, "the message of an answer couldn't be noted: corrections won't reach it", err)
		}
	}
	if a.lookups == nil || a.lookups.Offer(ctx, inbox.Work{Do: look}) != inbox.Accepted {
		look(ctx)
	}
}

// pressed answers a press of a button, or a choice of a menu.
func (a *Adapter) pressed(ctx context.Context, t *turn) error {
	id, err := target.Parse(t.in.Data.CustomID)
	if err != nil {
		return a.excuse(ctx, t, chat.NoticeUnknown)
	}
	r, err := a.desk.Get(ctx, t.in.place().tenant(), id.Record)
	switch {
	case knowledge.KindOf(err) == knowledge.NotFound:
		return a.excuse(ctx, t, chat.NoticeForgotten)
	case err != nil:
		return err
	}
	req := chat.Request{Command: id.Action, Tenant: r.Tenant, Lang: r.Reply.Lang, Now: a.now()}
	switch id.Action {
	case chat.CommandMore, chat.CommandShare:
		return a.again(ctx, t, &r, id)
	case chat.CommandNear:
		req.Claims = r.Reply.Near
	case chat.CommandShow:
		for _, c := range shownIn(r.Reply) {
			if slices.Contains(t.in.Data.Values, c) {
				req.Claims = append(req.Claims, c)
			}
		}
		if len(req.Claims) == 0 {
			return a.excuse(ctx, t, chat.NoticeUnknown)
		}
	default:
		req.Claims = shownIn(r.Reply)
	}
	return a.tell(ctx, t, t.key(), req, true)
}

// again shows what was said before, another page of it or to all; not where what it quotes has changed since.
func (a *Adapter) again(ctx context.Context, t *turn, r *delivery.Record, id target.ID) error {
	stands, err := a.bot.Stands(ctx, r.Tenant, &r.Reply)
	switch {
	case err != nil:
		return err
	case !stands:
		return a.excuse(ctx, t, chat.NoticeChanged)
	case id.Action == chat.CommandShare:
		return a.show(ctx, t, "share:"+r.ID, r.Reply, false)
	}
	_, err = t.say(ctx, a.client.render(r.Reply, r.ID, id.Page, true))
	return err
}

// shownIn returns the ids of the claims that a reply shows, or judges by.
func shownIn(r chat.Reply) []string {
	var out []string
	for _, s := range r.Shown {
		if !slices.Contains(out, s.Claim.ID) {
			out = append(out, s.Claim.ID)
		}
	}
	return out
}
