package slack

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/bot/tenancy"
)

// Desk is the name of the desk that says things on Slack.
const Desk = "slack"

// Options are what an adapter works with. All but Now, Metrics and Log have to be there.
type Options struct {
	Client  *Client
	Bot     *bot.Bot
	Desk    *delivery.Desk
	Inbox   *inbox.Inbox
	Reports moderation.Reports
	Endings *tenancy.Endings // of teams that removed the bot
	Now     func() time.Time // what the bot takes for now; nil: time.Now
	Metrics prometheus.Registerer
	Log     *slog.Logger
}

// Adapter turns what happens on Slack into requests, and replies into what is seen there. It is safe for concurrent use.
type Adapter struct {
	client  *Client
	bot     *bot.Bot
	desk    *delivery.Desk
	inbox   *inbox.Inbox
	reports moderation.Reports
	endings *tenancy.Endings
	now     func() time.Time
	acks    time.Duration // how long an acknowledgement may wait
	metrics *adapterMetrics
	log     *slog.Logger
}

// New returns an adapter. The error is of metrics that are registered already.
func New(o Options) (*Adapter, error) {
	a := &Adapter{
		client: o.Client, bot: o.Bot, desk: o.Desk, inbox: o.Inbox, reports: o.Reports, endings: o.Endings, now: o.Now, acks: ackWithin,
		metrics: newAdapterMetrics(o.Client.appToken != ""), log: cmp.Or(o.Log, slog.New(slog.DiscardHandler)),
	}
	if a.now == nil {
		a.now = time.Now
	}
	if o.Metrics != nil {
		if err := a.metrics.register(o.Metrics); err != nil {
			return nil, fmt.Errorf("slack: %w", err)
		}
	}
	return a, nil
}

// event takes an event, whose work is done by the inbox's workers. Slack is to bring it again, perhaps to
// another replica, where it isn't taken. Events of other kinds are taken, and nothing comes of them.
func (a *Adapter) event(ctx context.Context, e *envelope) receipt {
	is, ok := decodeAs[event](e.Event)
	if !ok {
		return receipt{taken: true}
	}
	if e.organisation() {
		a.stranger(ctx, e.team(), "it is of a whole organisation, and the bot is installed in one team at a time")
		return receipt{taken: true}
	}
	switch is.Type {
	case "message", "app_mention":
		return a.message(ctx, e, &is)
	case "app_home_opened":
		return receipt{taken: a.homeOpened(ctx, e, &is)}
	case "app_uninstalled":
		return receipt{taken: a.removed(ctx, e, true)}
	case "tokens_revoked":
		if len(is.Tokens.Bot) > 0 { // else they were of people, who gave the bot none
			return receipt{taken: a.removed(ctx, e, false)}
		}
	}
	return receipt{taken: true}
}

// message answers a message that speaks to the bot, in its thread.
func (a *Adapter) message(ctx context.Context, e *envelope, m *event) receipt {
	text, ok := m.asked(e.bot())
	if !ok || !m.valid(e.team()) {
		return receipt{taken: true}
	}
	// Slack delivers one message as several events, in a shared channel to each of its teams.
	key := threaded("message:"+m.Channel+"/"+m.TS, m.root())
	at := place{Team: e.team(), Channel: m.Channel}
	p := chat.Post{To: at.address(), ReplyTo: spot{at, m.root()}.ref(), Key: key}
	verdict, got := a.offer(ctx, inbox.Work{
		Platform: Desk, Key: scheme + key, User: scheme + m.User, Tenant: scheme + at.Team,
		Do: func(ctx context.Context) {
			if a.here(ctx, at.Team) {
				a.answer(ctx, turn{place: at, User: m.User}, e.ExtShared, p, text)
			}
		},
	})
	if n, ok := noticeOf(verdict); ok {
		a.aside(ctx, at.Team, func(ctx context.Context) error { return a.notify(ctx, p, n, text) })
	}
	return got
}

// answer says the answer to a text in its thread. In a channel that is shared with others only what all may see is said.
func (a *Adapter) answer(ctx context.Context, t turn, shared bool, p chat.Post, text string) {
	err := a.answered(ctx, &t, shared, p, text)
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

func (a *Adapter) answered(ctx context.Context, t *turn, shared bool, p chat.Post, text string) error {
	if text == "" {
		return a.notify(ctx, p, chat.NoticeNoText, "")
	}
	if !shared {
		var err error
		if t.place, err = a.client.own(ctx, t.place); err != nil {
			return err
		}
	}
	req, err := a.request(ctx, t, chat.CommandAsk)
	if err != nil {
		return err
	}
	req.Text = text
	if p.Reply, err = a.bot.Handle(ctx, req); err != nil {
		return err
	}
	_, err = a.desk.Say(ctx, t.tenant(), p)
	return err
}

// notify tells somebody in a channel why there is no answer. It isn't kept: where this is needed, nothing can be.
func (a *Adapter) notify(ctx context.Context, p chat.Post, n chat.Notice, text string) error {
	p.ID, p.Key, p.Reply = "", "notice:"+p.Key, a.bot.Notice(n, a.bot.Language(text))
	_, err := a.client.Send(ctx, p)
	return err
}

// noticeOf returns what is said where an event isn't taken; nothing where it was seen before, or comes again.
func noticeOf(v inbox.Verdict) (chat.Notice, bool) {
	switch v {
	case inbox.Busy:
		return chat.NoticeBusy, true
	case inbox.TooFast:
		return chat.NoticeTooFast, true
	}
	return "", false
}

// aside does something small for a team at once, beside the queue. Where too much is under way there, nothing is said.
func (a *Adapter) aside(ctx context.Context, team string, do func(context.Context) error) {
	begun := a.inbox.Aside(ctx, func(ctx context.Context) error {
		if !a.here(ctx, team) {
			return nil
		}
		return do(ctx)
	}, func(ctx context.Context, err error) {
		a.failed(ctx, "what was to be said beside the queue couldn't be", err)
	})
	if !begun {
		a.metrics.silent.Inc()
	}
}

// failed logs and counts.
func (a *Adapter) failed(ctx context.Context, what string, err error) {
	a.metrics.failures.Inc()
	a.log.ErrorContext(ctx, "something failed on Slack", "what", what, "error", err)
}
