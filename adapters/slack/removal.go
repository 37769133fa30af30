package slack

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/bot/chat"
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

// removed deletes what was kept of a team that has removed the bot. It is done though the queue is full.
func (a *Adapter) removed(ctx context.Context, e *envelope, sure bool) bool {
	team, at := e.team(), time.Unix(e.EventTime, 0)
	if !identifier(team, "TE") {
		return true
	}
	leave := func(ctx context.Context) error { return a.leave(ctx, team, at, sure) }
	verdict := a.inbox.Offer(ctx, inbox.Work{Key: scheme + "event:" + e.EventID, Do: func(ctx context.Context) {
		if err := leave(ctx); err != nil {
			a.failed(ctx, "what was kept of a team that removed the bot couldn't be deleted", err)
		}
	}})
	if verdict == inbox.Busy {
		a.asides.Add(1)
		go func() {
			defer a.asides.Add(-1)
			if err := safely(context.WithoutCancel(ctx), leave); err != nil {
				a.failed(ctx, "what was kept of a team that removed the bot couldn't be deleted", err)
			}
		}()
	}
	return verdict != inbox.Draining
}

// leaveTries is how often it is tried to forget a team, at first again after leaveAgain, then each time after twice as long: for half a
// minute, within the inbox's minute. What was begun is ended at the next start, if not before.
const (
	leaveTries = 8
	leaveAgain = 250 * time.Millisecond
)

// leave forgets a team that has removed the bot, unless it has it again.
func (a *Adapter) leave(ctx context.Context, team string, at time.Time, sure bool) error {
	return tried(ctx, func(ctx context.Context) error {
		left, err := a.client.tokens.Leave(ctx, team, at, sure)
		if err != nil {
			return fmt.Errorf("slack: whether %s has left: %w", team, err)
		}
		if !left {
			a.log.InfoContext(ctx, "a team was said to have removed the bot, and has it: nothing is deleted", "team", team)
			return nil
		}
		return a.forget(ctx, team)
	})
}

// tried does something until it succeeds, a few times.
func tried(ctx context.Context, do func(context.Context) error) error {
	for try, wait := 1, leaveAgain; ; try, wait = try+1, 2*wait {
		err := do(ctx)
		if err == nil || try == leaveTries {
			return err
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return err
		}
	}
}

// forget deletes what is kept of a team, and its installation at last.
func (a *Adapter) forget(ctx context.Context, team string) error {
	tenant, at := scheme+team, scheme+team+"/"
	said, err := a.desk.ForgetTenant(ctx, tenant)
	// What was said in direct conversations and in shared channels is of no tenant. Of reports from there it isn't kept where they came from.
	apart, err2 := a.desk.ForgetAt(ctx, at)
	reports, err3 := a.reports.ForgetTenant(ctx, tenant)
	a.client.bots.drop(team)
	err = errors.Join(err, err2, err3)
	if err == nil {
		err = a.client.tokens.Left(ctx, team)
	}
	if err != nil {
		return fmt.Errorf("slack: what was kept of %s: %w", tenant, err)
	}
	a.log.InfoContext(ctx, "a team has removed the bot: what was kept of it is deleted", "tenant", tenant, "said", said+apart, "reports", reports)
	return nil
}

// Settle ends what a process that was killed has begun: teams that were being forgotten are. It belongs to the start.
func (a *Adapter) Settle(ctx context.Context) error {
	teams, err := a.client.tokens.Leaving(ctx)
	for _, team := range teams {
		err = errors.Join(err, tried(ctx, func(ctx context.Context) error { return a.forget(ctx, team) }))
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
