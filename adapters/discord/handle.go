package discord

import (
	"context"
	"fmt"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
)

// interaction answers a command, a press or a form. It returns false, at once, where nobody is to answer: it was seen before.
func (a *Adapter) interaction(ctx context.Context, in interaction, first acknowledge) bool {
	if in.Type == discordgo.InteractionApplicationCommandAutocomplete {
		return a.suggest(ctx, in, first)
	}
	t := a.client.begin(ctx, in, a.alone(&in), first)
	if id, err := target.Parse(in.Data.CustomID); err == nil && in.Type == discordgo.InteractionMessageComponent {
		switch id.Action { // a form has to come at once, and asks nothing of the base
		case chat.CommandReport:
			a.report(ctx, t, id)
			return true
		case chat.CommandEdit:
			a.edit(ctx, t, id)
			return true
		}
	}
	key := scheme + t.key()
	verdict := a.inbox.Offer(ctx, inbox.Work{
		Platform: Desk, Key: key, User: scheme + in.user(), Tenant: in.place().tenant(),
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
		return !ok || c.Message || !toAll(c.Command)
	}
	id, err := target.Parse(in.Data.CustomID)
	return err != nil || id.Action != chat.CommandShare
}

// toAll reports a command whose answer all may see.
func toAll(c chat.Command) bool {
	return c == chat.CommandAsk || c == chat.CommandCheck || c == chat.CommandStatus
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

// command answers a slash command, or one that was chosen on a message.
func (a *Adapter) command(ctx context.Context, t *turn) error {
	c, ok := a.offered(&t.in)
	if !ok {
		return a.excuse(ctx, t, chat.NoticeUnknown)
	}
	req := a.request(&t.in, c.Command)
	t.in.fill(&req, c)
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

// tell answers a request; what is for one person alone is told them alone, however they asked.
func (a *Adapter) tell(ctx context.Context, t *turn, key string, req chat.Request, private bool) error {
	reply, err := a.bot.Handle(ctx, req)
	if err != nil {
		return err
	}
	return a.show(ctx, t, key, reply, private || reply.Private())
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
	if opened, err := a.openForm(ctx, t, &reply, r.ID); opened || err != nil {
		return err
	}
	m := a.client.render(reply, r.ID, 0, private)
	if m.file != nil && len(m.file.Body) > maxFile {
		a.failed(ctx, "a file is too long for Discord: ask for less in one", fmt.Errorf("discord: it has %d bytes, and Discord takes %d", len(m.file.Body), maxFile))
		return a.excuse(ctx, t, chat.NoticeOut)
	}
	ref, err := t.say(ctx, m)
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
