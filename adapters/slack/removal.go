package slack

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/tenancy"
)

// here reports whether the bot is installed in a team, as far as can be known: of a store that doesn't answer whatever comes next tells.
func (a *Adapter) here(ctx context.Context, team string) bool {
	_, err := a.client.tokens.Token(ctx, team)
	if _, ok := errors.AsType[*notInstalled](err); ok {
		a.stranger(ctx, team, err.Error())
		return false
	}
	return true
}

// stranger notes that something came from where the bot isn't installed, to which nothing is said.
func (a *Adapter) stranger(ctx context.Context, team, why string) {
	a.metrics.strange.Inc()
	a.log.WarnContext(ctx, "something came from a team in which the bot isn't installed: nothing is said", "team", fmt.Sprintf("%.32q", team), "why", why)
}

// removed has what was kept of a team deleted that has removed the bot. It is done though the queue is full.
func (a *Adapter) removed(ctx context.Context, e *envelope, sure bool) bool {
	team, at := e.team(), time.Unix(e.EventTime, 0)
	if !identifier(team, "TE") {
		return true
	}
	end := a.ending(team)
	end.Sure = func(ctx context.Context) (bool, error) { return a.leave(ctx, team, at, sure) }
	verdict := a.inbox.Offer(ctx, inbox.Work{Key: scheme + "event:" + e.EventID, Do: func(context.Context) { a.endings.End(end) }})
	if verdict == inbox.Busy {
		a.endings.End(end)
	}
	return verdict != inbox.Draining
}

// ending is the end of a team. Its installation goes at last: while it is there, the next start ends what a killed process has begun.
func (a *Adapter) ending(team string) tenancy.Ending {
	return tenancy.Ending{
		Tenant: scheme + team, Actor: Desk, Reason: "the workspace removed the bot",
		Then: func(ctx context.Context) error { return a.left(ctx, team) },
	}
}

// leave notes that a team has removed the bot, unless it has it again.
func (a *Adapter) leave(ctx context.Context, team string, at time.Time, sure bool) (bool, error) {
	left, err := a.client.tokens.Leave(ctx, team, at, sure)
	if err != nil {
		return false, fmt.Errorf("slack: whether %s has left: %w", team, err)
	}
	if !left {
		a.log.InfoContext(ctx, "a team was said to have removed the bot, and has it: nothing is deleted", "team", team)
	}
	return left, nil
}

// left deletes what is kept of a team under no tenant, as what was said in direct conversations and in shared channels, and its
// installation. Of reports from there it isn't kept where they came from.
func (a *Adapter) left(ctx context.Context, team string) error {
	a.client.bots.drop(team)
	if _, err := a.desk.ForgetAt(ctx, scheme+team+"/"); err != nil {
		return fmt.Errorf("slack: what was said to people of %s: %w", team, err)
	}
	if err := a.client.tokens.Left(ctx, team); err != nil {
		return fmt.Errorf("slack: the installation of %s: %w", team, err)
	}
	return nil
}

// Settle has the teams forgotten of which a process that was killed has begun to. It belongs to the start.
func (a *Adapter) Settle(ctx context.Context) error {
	teams, err := a.client.tokens.Leaving(ctx)
	for _, team := range teams {
		a.endings.End(a.ending(team))
	}
	return err
}

// Test asks Slack once whether it takes the token of an app that one team has installed, so that a wrong one is known at the start and
// not by the first question. Of many teams each is told by its own requests.
func (a *Adapter) Test(ctx context.Context) error {
	_, err := a.client.self(ctx, "")
	if errors.Is(err, chat.ErrRefused) {
		return fmt.Errorf("slack: the token of slack.bot_token is no good: copy it from the page OAuth & Permissions of the app: %w", err)
	}
	return err
}
