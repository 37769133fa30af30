package discord

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/bot/tenancy"
)

// Desk is the name of the desk that says things on Discord.
const Desk = "discord"

// Options are what an adapter works with. All but Lookups, Now, Metrics and Log have to be there.
type Options struct {
	Client  *Client
	Bot     *bot.Bot
	Desk    *delivery.Desk
	Inbox   *inbox.Inbox
	Reports moderation.Reports
	Endings *tenancy.Endings // of servers that removed the bot
	// Lookups finds the messages that answers by HTTP have made: it is closed after Inbox. Nil: who answered does.
	Lookups *inbox.Inbox
	Now     func() time.Time // what the bot takes for now; nil: time.Now
	Metrics prometheus.Registerer
	Log     *slog.Logger
}

// Adapter turns what happens on Discord into requests, and replies into what is seen there. It is safe for concurrent use.
type Adapter struct {
	client  *Client
	bot     *bot.Bot
	desk    *delivery.Desk
	inbox   *inbox.Inbox
	lookups *inbox.Inbox
	reports moderation.Reports
	endings *tenancy.Endings
	now     func() time.Time
	self    atomic.Pointer[string] // the id of the bot's user, once the gateway has told it
	current atomic.Bool            // the commands are registered as they ought to be
	noticed noticed                // who was told in a channel, lately, that their message wasn't taken
	typing  typists                // who wait for suggestions
	visible *visibility
	metrics *adapterMetrics
	log     *slog.Logger
}

// New returns an adapter. The error is of metrics that are registered already.
func New(o Options) (*Adapter, error) {
	a := &Adapter{
		client: o.Client, bot: o.Bot, desk: o.Desk, inbox: o.Inbox, lookups: o.Lookups, reports: o.Reports, endings: o.Endings,
		now: o.Now, metrics: newAdapterMetrics(), log: cmp.Or(o.Log, slog.New(slog.DiscardHandler)),
	}
	if a.now == nil {
		a.now = time.Now
	}
	a.visible = newVisibility(a.client)
	if o.Metrics != nil {
		if err := a.metrics.register(o.Metrics); err != nil {
			return nil, fmt.Errorf("discord: %w", err)
		}
	}
	return a, nil
}

// Dispatch takes an event of the gateway, by its name. It returns at once: the work is done by the inbox's workers.
func (a *Adapter) Dispatch(ctx context.Context, kind string, data json.RawMessage) {
	switch kind {
	case "READY":
		a.ready(ctx, data)
		a.compare(data)
	case "MESSAGE_CREATE":
		if m, ok := decode[messageEvent](data); ok {
			a.message(ctx, &m)
		}
	case "INTERACTION_CREATE":
		if in, ok := decode[interaction](data); ok && in.valid() {
			a.interaction(ctx, in, a.client.respond)
		}
	case "GUILD_DELETE":
		if g, ok := decode[guildEvent](data); ok && !g.Unavailable && snowflake(g.ID) {
			a.removed(g.ID)
		}
	}
}

// ready learns who the bot is, and registers its commands, where that wasn't done since the process began.
func (a *Adapter) ready(ctx context.Context, data json.RawMessage) {
	user, application, err := readyIDs(data)
	if err != nil {
		a.failed(ctx, "Discord doesn't say who the bot is: mentions of it can't be told", err)
		return
	}
	a.self.Store(&user)
	if a.current.Swap(true) {
		return
	}
	verdict := a.inbox.Offer(ctx, inbox.Work{Do: func(ctx context.Context) {
		var changed []CommandChange
		err := persist(ctx, func() (err error) {
			changed, err = a.client.RegisterCommands(ctx, application, a.bot.Commands())
			return err
		})
		if err != nil {
			a.current.Store(false) // the next connection tries again, which may be days away
			a.failed(ctx, "the commands couldn't be registered: those of before are offered", err)
			return
		}
		a.log.InfoContext(ctx, "the commands are registered", "changed", len(changed))
	}})
	if verdict != inbox.Accepted {
		a.current.Store(false)
	}
}

// message answers a message that speaks to the bot.
func (a *Adapter) message(ctx context.Context, m *messageEvent) {
	self := a.self.Load()
	if self == nil {
		return // Discord sends nothing before it
	}
	text, ok := m.asked(*self)
	if !ok || !snowflake(m.ID) || !snowflake(m.ChannelID) || (m.GuildID != "" && !snowflake(m.GuildID)) {
		return
	}
	at := m.spot()
	p := chat.Post{To: at.address(), ReplyTo: at.ref(), Key: "message:" + m.ID}
	key := scheme + p.Key
	verdict := a.inbox.Offer(ctx, inbox.Work{
		Platform: Desk, Key: key, User: scheme + m.Author.ID, Tenant: at.tenant(),
		Do: func(ctx context.Context) { a.answer(ctx, m, p, text) },
	})
	n, ok := noticeOf(verdict)
	if ok && a.noticed.first(m.Author.ID) { // who goes on asking was told
		a.untaken(ctx, key, func(ctx context.Context) error { return a.notify(ctx, p, n, text) })
	}
}

// untaken tells beside the queue why an event wasn't taken, and returns false where nothing can be told. An event of which nobody is
// told anything counts as not seen: Discord may deliver it again.
func (a *Adapter) untaken(ctx context.Context, key string, tell func(context.Context) error) bool {
	forget := func(ctx context.Context) { a.inbox.Forget(context.WithoutCancel(ctx), key) }
	begun := a.aside(ctx, func(ctx context.Context) error {
		err := tell(ctx)
		if err != nil {
			forget(ctx)
		}
		return err
	})
	if !begun {
		forget(ctx)
	}
	return begun
}

// answer says the answer to a text in the channel of its message.
func (a *Adapter) answer(ctx context.Context, m *messageEvent, p chat.Post, text string) {
	if text == "" {
		if err := a.notify(ctx, p, chat.NoticeNoText, ""); err != nil {
			a.failed(ctx, "a notice couldn't be sent", err)
		}
		return
	}
	at := m.spot()
	reply, err := a.bot.Handle(ctx, chat.Request{
		Command: chat.CommandAsk, Tenant: at.tenant(), Text: text, Now: a.now(), Actor: chat.Actor{ID: accountOf(m.Author.ID)}, From: at.from(),
	})
	if err == nil {
		p.Reply = reply
		_, err = a.desk.Say(ctx, at.tenant(), p)
	}
	switch {
	case err == nil:
		a.metrics.answers.WithLabelValues("message").Inc()
	case errors.Is(err, chat.ErrRefused): // logged by the desk
	default:
		a.failed(ctx, "a message couldn't be answered", err)
		if err := a.notify(ctx, p, chat.NoticeOut, text); err != nil {
			a.failed(ctx, "a notice couldn't be sent", err)
		}
	}
}

// notify tells somebody in a channel why there is no answer. It isn't kept: where this is needed, nothing can be.
func (a *Adapter) notify(ctx context.Context, p chat.Post, n chat.Notice, text string) error {
	p.Key += ":" + string(n) // the answer, which may still come, is another post
	p.ID, p.Reply = "", a.bot.Notice(n, a.bot.Language(text))
	_, err := a.client.Send(ctx, p)
	return err
}

// noticeOf returns what is said where an event isn't taken; nothing where it was seen before.
func noticeOf(v inbox.Verdict) (chat.Notice, bool) {
	switch v {
	case inbox.Busy, inbox.Draining:
		return chat.NoticeBusy, true
	case inbox.TooFast:
		return chat.NoticeTooFast, true
	}
	return "", false
}

// aside does something small at once, beside the queue. It returns false, and nothing is done, where too much is under way there.
func (a *Adapter) aside(ctx context.Context, do func(context.Context) error) bool {
	begun := a.inbox.Aside(ctx, do, func(ctx context.Context, err error) {
		a.failed(ctx, "what was to be said beside the queue couldn't be", err)
	})
	if !begun {
		a.metrics.silent.Inc()
	}
	return begun
}

// failed logs and counts.
func (a *Adapter) failed(ctx context.Context, what string, err error) {
	a.metrics.failures.Inc()
	a.log.ErrorContext(ctx, "something went wrong on Discord", "what", what, "error", err)
}
