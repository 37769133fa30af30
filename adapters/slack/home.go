package slack

import (
	"context"
	"fmt"

	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/bot/chat"
)

// homeOpened shows somebody the App Home, as they open it. What stands there is of the shared base, and which digests come to the channels
// that they can see.
func (a *Adapter) homeOpened(ctx context.Context, e *envelope, is *event) bool {
	t := turn{place: place{Team: e.team()}, User: is.User}
	if is.Tab != "home" || !identifier(t.Team, "TE") || !identifier(t.User, "UW") {
		return true
	}
	return a.inbox.Offer(ctx, inbox.Work{Key: scheme + "event:" + e.EventID, Do: func(ctx context.Context) {
		if !a.here(ctx, t.Team) {
			return
		}
		if err := a.showHome(ctx, &t); err != nil {
			a.failed(ctx, "the App Home couldn't be shown", err)
			return
		}
		a.metrics.answers.WithLabelValues("home").Inc()
	}}) != inbox.Draining
}

func (a *Adapter) showHome(ctx context.Context, t *turn) error {
	lang := a.language(ctx, t)
	help, err := a.bot.Handle(ctx, chat.Request{Command: chat.CommandHelp, Lang: lang, Now: a.now()})
	if err != nil {
		return err
	}
	status, err := a.bot.Handle(ctx, chat.Request{Command: chat.CommandStatus, Lang: lang, Now: a.now()})
	if err != nil {
		return err
	}
	digests, err := a.bot.Handle(ctx, chat.Request{
		Command: chat.CommandDigestList, Tenant: scheme + t.Team, Lang: lang, Now: a.now(), Actor: chat.Actor{ID: scheme + t.User}, Sees: a.client.sees(t.Team, t.User),
	})
	if err != nil {
		return err
	}
	return a.client.publish(ctx, t.Team, t.User, home(help, status, digests))
}

// example answers an example question of the App Home in the direct conversation with whoever pressed it: it has nowhere else.
func (a *Adapter) example(ctx context.Context, t *turn, question string) error {
	at, err := a.client.conversation(ctx, t.Team, t.User)
	if err != nil {
		return fmt.Errorf("an example has nowhere to be answered: %w", err)
	}
	reply, err := a.bot.Handle(ctx, chat.Request{Command: chat.CommandAsk, Tenant: at.tenant(), Text: question, Now: a.now()})
	if err != nil {
		return err
	}
	_, err = a.desk.Say(ctx, at.tenant(), chat.Post{To: at.address(), Key: t.key(), Reply: reply})
	return err
}
