package slack

import (
	"context"
	"errors"
	"slices"

	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// receive lets the inbox do the work of a turn.
func (a *Adapter) receive(ctx context.Context, t turn, kind string, do func(context.Context, *turn) error) receipt {
	verdict, got := a.offer(ctx, inbox.Work{
		Platform: Desk, Key: scheme + t.key(), User: scheme + t.User, Tenant: scheme + t.Team,
		Do: func(ctx context.Context) { a.handle(ctx, &t, kind, do) },
	})
	if verdict == inbox.Draining { // a command doesn't come again
		verdict = inbox.Busy
	}
	if n, ok := noticeOf(verdict); ok {
		a.aside(ctx, t.Team, func(ctx context.Context) error { return a.excuse(ctx, &t, n) })
	}
	got.taken = true
	return got
}

// offer offers work to the inbox. What is accepted is acknowledged when it has been done, as long as an acknowledgement can wait: of what a
// process had only begun that dies, Slack brings an event again, and says of anything else that the app doesn't respond.
func (a *Adapter) offer(ctx context.Context, w inbox.Work) (inbox.Verdict, receipt) {
	done, do := make(chan struct{}), w.Do
	w.Do = func(ctx context.Context) {
		defer close(done)
		do(ctx)
	}
	verdict := a.inbox.Offer(ctx, w)
	if verdict != inbox.Accepted {
		return verdict, receipt{taken: verdict != inbox.Draining}
	}
	return verdict, receipt{true, func(ctx context.Context) *formErrors {
		ctx, cancel := context.WithTimeout(ctx, a.acks)
		defer cancel()
		select {
		case <-done:
		case <-ctx.Done():
		}
		return nil
	}}
}

// handle does the work of a turn, and says so where it can't.
func (a *Adapter) handle(ctx context.Context, t *turn, kind string, do func(context.Context, *turn) error) {
	defer func() {
		if p := recover(); p != nil { // the inbox logs it; the person is told
			_ = a.excuse(ctx, t, chat.NoticeOut)
			panic(p)
		}
	}()
	if !a.here(ctx, t.Team) {
		return
	}
	var err error
	if t.Channel != "" { // the App Home has none
		t.place, err = a.client.own(ctx, t.place)
	}
	if err == nil {
		err = do(ctx, t)
	}
	if err == nil {
		a.metrics.answers.WithLabelValues(kind).Inc()
		return
	}
	a.failed(ctx, "an interaction couldn't be answered", err)
	if err := a.excuse(ctx, t, chat.NoticeOut); err != nil {
		a.failed(ctx, "a notice couldn't be sent", err)
	}
}

// excuse tells the person alone why there is no answer.
func (a *Adapter) excuse(ctx context.Context, t *turn, n chat.Notice) error {
	m := a.client.render(a.bot.Notice(n, a.language(ctx, t)), "", 0, true)
	return a.aloneIn(ctx, t, m)
}

// aloneIn says something to the person alone, where it was pressed. Where the response_url has been used up, or is older than its half
// hour, as that of a form that took long to fill in, the bot says it there by itself; where it isn't in that channel, in their direct
// conversation.
func (a *Adapter) aloneIn(ctx context.Context, t *turn, m message) error {
	m.ThreadTS = t.Thread
	err := a.client.respond(ctx, t.Hook, m, false)
	if errors.Is(err, chat.ErrRefused) {
		err = a.client.whisper(ctx, t.place, t.User, m)
	}
	if errors.Is(err, chat.ErrRefused) {
		return a.client.confide(ctx, t, m)
	}
	return err
}

// language returns the language in which the person is told what isn't an answer to a text.
func (a *Adapter) language(ctx context.Context, t *turn) string {
	if lang := a.client.language(ctx, t.Team, t.User); lang != "" {
		return lang
	}
	return lexicon.Languages[0]
}

// preferred returns the language of an answer to a text: that of the person's Slack where it was chosen; English is what Slack begins
// with, and says nothing of somebody who writes in another language.
func (a *Adapter) preferred(ctx context.Context, t *turn) string {
	if lang := a.client.language(ctx, t.Team, t.User); lang != lexicon.Languages[0] {
		return lang
	}
	return ""
}

// command answers a slash command.
func (a *Adapter) command(ctx context.Context, c *command) receipt {
	t := c.turn()
	if !t.valid() || t.Channel == "" {
		return receipt{taken: true}
	}
	return a.receive(ctx, t, "command", func(ctx context.Context, t *turn) error { return a.commanded(ctx, t, c) })
}

func (a *Adapter) commanded(ctx context.Context, t *turn, c *command) error {
	cmd, rest, ok := typed(a.bot.Commands(), c.Command, c.Text)
	if !ok {
		return a.excuse(ctx, t, chat.NoticeUnknown)
	}
	req, err := a.request(ctx, t, cmd.Command)
	if err != nil {
		return err
	}
	switch {
	case !everybodys(cmd.Command):
		if args := (arguments{options: cmd.Options}); !args.read(&req, rest) {
			return a.excuse(ctx, t, chat.NoticeUnknown)
		}
	case cmd.Command != chat.CommandHelp && cmd.Command != chat.CommandStatus:
		if req.Text = plain(rest, ""); req.Text == "" {
			return a.excuse(ctx, t, chat.NoticeNoText)
		}
	}
	if req.Lang = a.preferred(ctx, t); req.Text == "" {
		req.Lang = a.language(ctx, t)
	}
	return a.tell(ctx, t, t.key(), req, !toAll(cmd.Command))
}

// toAll reports a command whose answer all may see.
func toAll(c chat.Command) bool {
	return c == chat.CommandAsk || c == chat.CommandCheck || c == chat.CommandStatus
}

// request returns what is asked for in a turn, as far as the turn tells.
func (a *Adapter) request(ctx context.Context, t *turn, cmd chat.Command) (chat.Request, error) {
	actor, err := a.actor(ctx, t, cmd)
	return chat.Request{
		Command: cmd, Tenant: t.tenant(), Now: a.now(), Actor: actor, From: t.from(), Sees: a.client.sees(t.Team, t.User),
	}, err
}

// factCheck is the callback id of the shortcut on a message.
const factCheck = "whosays_check"

// interaction answers a press, a choice, a shortcut or a form.
func (a *Adapter) interaction(ctx context.Context, in *interaction) receipt {
	t, taken := in.turn(), receipt{taken: true}
	if !t.valid() {
		return taken
	}
	switch in.Type {
	case "message_action":
		return a.receive(ctx, t, in.Type, func(ctx context.Context, t *turn) error { return a.checked(ctx, t, in) })
	case "block_actions":
		if len(in.Actions) == 0 {
			return taken
		}
		if g, err := in.Actions[0].target(); err == nil && g.Action == chat.CommandReport {
			a.report(ctx, t, g) // a form has to come at once, and asks nothing of the base
			return taken
		}
		return a.receive(ctx, t, in.Type, func(ctx context.Context, t *turn) error { return a.pressed(ctx, t, &in.Actions[0]) })
	case "view_submission":
		return a.submission(ctx, t, &in.View)
	case "view_closed":
		return taken
	}
	if t.Hook == "" {
		return taken
	}
	return a.receive(ctx, t, "other", func(ctx context.Context, t *turn) error { return a.excuse(ctx, t, chat.NoticeUnknown) })
}

// checked answers the shortcut on a message.
func (a *Adapter) checked(ctx context.Context, t *turn, in *interaction) error {
	if in.CallbackID != factCheck {
		return a.excuse(ctx, t, chat.NoticeUnknown)
	}
	m, _ := decodeAs[content](in.Message)
	text := m.read()
	if text == "" {
		return a.excuse(ctx, t, chat.NoticeNoText)
	}
	req, err := a.request(ctx, t, chat.CommandCheck)
	if err != nil {
		return err
	}
	req.Text, req.Lang = text, a.preferred(ctx, t)
	return a.tell(ctx, t, t.key(), req, true)
}

// tell answers a request, to the person alone or to all.
func (a *Adapter) tell(ctx context.Context, t *turn, key string, req chat.Request, private bool) error {
	reply, err := a.bot.Handle(ctx, req)
	if err != nil {
		return err
	}
	if private || reply.Private() {
		return a.confide(ctx, t, key, reply)
	}
	return a.say(ctx, t, key, reply)
}

// confide shows a reply to the person alone. It is kept before it is shown, so that its buttons work. Of what was said already nothing
// is said.
func (a *Adapter) confide(ctx context.Context, t *turn, key string, reply chat.Reply) error {
	r, first, err := a.desk.Note(ctx, delivery.Record{Tenant: t.tenant(), Key: key, To: t.address(), Reply: reply})
	if err != nil || !first {
		return err
	}
	if reply.Form != nil && reply.Opens && a.opened(ctx, t, reply.Form, r.ID) {
		return nil
	}
	m := a.client.render(reply, r.ID, 0, true)
	if reply.File != nil {
		if err := a.client.upload(ctx, t, reply.File, m.Text); err != nil {
			return err
		}
	}
	return a.aloneIn(ctx, t, m)
}

// say says a reply to all, once. Where the bot isn't in the channel, the response_url says it: such a message can't be found again.
func (a *Adapter) say(ctx context.Context, t *turn, key string, reply chat.Reply) error {
	p := chat.Post{To: t.address(), Key: threaded(key, t.Thread), Reply: reply}
	if t.Thread != "" {
		p.ReplyTo = spot{t.place, t.Thread}.ref()
	}
	r, err := a.desk.Say(ctx, t.tenant(), p)
	if !errors.Is(err, chat.ErrRefused) || r.ID == "" || t.Hook == "" {
		return err
	}
	m := a.client.render(reply, r.ID, 0, false)
	m.ThreadTS = t.Thread
	return a.client.respond(ctx, t.Hook, m, true)
}

// kept returns what is kept under a record where somebody asks from: what was said to the team, else what anybody could be told.
func (a *Adapter) kept(ctx context.Context, t *turn, record string) (delivery.Record, error) {
	r, err := a.desk.Get(ctx, t.tenant(), record)
	if t.tenant() != "" && knowledge.KindOf(err) == knowledge.NotFound {
		return a.desk.Get(ctx, "", record)
	}
	return r, err
}

// pressed answers a press of a button, or a choice of a menu.
func (a *Adapter) pressed(ctx context.Context, t *turn, c *action) error {
	if question, err := parseExample(c.ActionID, c.Value); err == nil {
		return a.example(ctx, t, question)
	}
	g, err := c.target()
	if err != nil {
		return a.excuse(ctx, t, chat.NoticeUnknown)
	}
	r, err := a.kept(ctx, t, g.Record)
	switch {
	case knowledge.KindOf(err) == knowledge.NotFound:
		return a.excuse(ctx, t, chat.NoticeForgotten)
	case err != nil:
		return err
	case !target.Offered(&r.Reply, g.Action) || g.Action == chat.CommandFill:
		return a.excuse(ctx, t, chat.NoticeUnknown)
	case g.Action == chat.CommandMore || g.Action == chat.CommandShare:
		return a.again(ctx, t, &r, g)
	}
	req, err := a.request(ctx, t, g.Action)
	if err != nil {
		return err
	}
	req.Tenant, req.Lang, req.Form = r.Tenant, r.Reply.Lang, r.Reply.Form
	if !asked(&req, &r.Reply, c) {
		return a.excuse(ctx, t, chat.NoticeUnknown)
	}
	return a.tell(ctx, t, t.key(), req, true)
}

// asked fills in what a press is about: the claims of the reply, or what was chosen of it. It returns false where nothing of the reply
// was chosen.
func asked(req *chat.Request, r *chat.Reply, c *action) bool {
	menu := r.Menu != nil && r.Menu.Command == req.Command
	switch {
	case menu && c.Selected == nil:
		return false
	case menu:
		req.Pick, req.Claims = c.Selected.Value, r.ShownIDs()
		return picked(r.Menu, req.Pick)
	case req.Command == chat.CommandNear:
		req.Claims = r.Near
	case req.Command == chat.CommandShow:
		if c.Selected == nil || !slices.Contains(r.ShownIDs(), c.Selected.Value) {
			return false
		}
		req.Claims = []string{c.Selected.Value}
	default:
		req.Claims = r.ShownIDs()
	}
	return true
}

// again shows what was said before, another page of it or to all; not where what it quotes has changed since.
func (a *Adapter) again(ctx context.Context, t *turn, r *delivery.Record, g target.ID) error {
	if r.Reply.Private() { // it shows what moderators are to judge, whatever its status
		return a.aloneIn(ctx, t, a.client.render(r.Reply, r.ID, g.Page, true))
	}
	stands, err := a.bot.Stands(ctx, r.Tenant, &r.Reply)
	switch {
	case err != nil:
		return err
	case !stands:
		return a.excuse(ctx, t, chat.NoticeChanged)
	case g.Action == chat.CommandShare:
		return a.say(ctx, t, "share:"+r.ID, r.Reply)
	}
	return a.aloneIn(ctx, t, a.client.render(r.Reply, r.ID, g.Page, true))
}
