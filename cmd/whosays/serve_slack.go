package main

import (
	"context"
	"errors"
	"time"

	"github.com/whosays/whosays/adapters/ops"
	"github.com/whosays/whosays/adapters/rediscache"
	"github.com/whosays/whosays/adapters/slack"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/moderation/correction"
	"github.com/whosays/whosays/config"
)

// slack lets the bot be there on Slack, if it has a token, or can get some.
func (s *service) slack(ctx context.Context, o *opened, cache *rediscache.Cache, now func() time.Time) error {
	cfg := s.cfg.Slack
	if err := slackable(cfg); err != nil || !onSlack(cfg) || !speaks(s.cfg.Serve.Only, config.RoleSlack) {
		return err
	}
	var desk *delivery.Desk // it says what a client of the bot's words sends
	b, err := o.bot(slack.Desk, func() *delivery.Desk { return desk })
	if err != nil {
		return err
	}
	tokens, teams, err := s.slackTokens(o)
	if err != nil {
		return err
	}
	client, err := slack.NewClient(slack.ClientOptions{
		Tokens: tokens, AppToken: cfg.AppToken.Reveal(), Label: b.Label, API: cfg.API, Metrics: s.metrics, Log: s.log,
	})
	if err != nil {
		return err
	}
	desk = delivery.New(delivery.Options{
		Name: slack.Desk, Store: o.store.Deliveries(), Sender: client, Stands: b.Stands, Ended: s.digesting.ended, Log: s.log,
	})
	s.desks = append(s.desks, correction.Desk{Desk: desk, Threads: true})
	s.running(ctx, "what says again on Slack what wasn't said", func(ctx context.Context) { desk.Run(ctx) })
	if !s.cfg.Serve.Only.Has(config.RoleSlack) {
		return nil
	}
	box, err := s.inbox(cache)
	if err != nil {
		return err
	}
	a, err := slack.New(slack.Options{
		Client: client, Bot: b, Desk: desk, Inbox: box, Reports: o.store.Reports(), Endings: s.endings, Now: now,
		Metrics: s.metrics, Log: s.log,
	})
	if err != nil {
		return err
	}
	if teams != nil {
		door, err := slack.NewDoor(teams, cfg.URL, cache)
		if err != nil {
			return err
		}
		door.Handle(s.work)
	}
	s.running(ctx, "what begins on Slack", func(ctx context.Context) { s.slackBegins(ctx, a, teams) })
	s.slackHears(ctx, a)
	return nil
}

// slackable says why the bot can't be there on Slack as it is configured.
func slackable(cfg config.Slack) error {
	one := cfg.BotToken.Reveal() != ""
	switch {
	case one && cfg.Installable():
		return errors.New("the bot is either in one workspace of Slack or in all that install it: leave out slack.bot_token, or slack.client_id and what belongs to it")
	case (one || cfg.Installable()) && cfg.AppToken.Reveal() == "" && cfg.SigningSecret.Reveal() == "":
		return errors.New("nothing can be heard of Slack: set slack.app_token for Socket Mode (or WHOSAYS_SLACK_APP_TOKEN), or slack.signing_secret for HTTP")
	}
	return nil
}

// slackTokens returns the token of the one team, or those of the teams that install the bot.
func (s *service) slackTokens(o *opened) (slack.Tokens, *slack.Teams, error) {
	cfg := s.cfg.Slack
	if !cfg.Installable() {
		return slack.OneToken(cfg.BotToken.Reveal()), nil, nil
	}
	keys, err := slack.ParseKeys(cfg.TokenKey.Reveal())
	if err != nil {
		return nil, nil, err
	}
	teams, err := slack.NewTeams(slack.TeamsOptions{
		Installs: o.store.Installs(), Leases: o.store.Leases(), Keys: keys, ClientID: cfg.ClientID, ClientSecret: cfg.ClientSecret.Reveal(),
		API: cfg.API, Metrics: s.metrics, Log: s.log,
	})
	return teams, teams, err
}

// slackBegins does what is done once, beside all else. That a token is no good doesn't keep the process from being ready: of many teams
// one has no part in it, and where there is one nothing else can be done for it.
func (s *service) slackBegins(ctx context.Context, a *slack.Adapter, teams *slack.Teams) {
	do := a.Test
	if teams != nil {
		do = func(ctx context.Context) error { return errors.Join(teams.Reseal(ctx), a.Settle(ctx)) }
	}
	if err := do(ctx); err != nil && ctx.Err() == nil {
		s.log.ErrorContext(ctx, "something is wrong with the bot's tokens on Slack", "error", err)
	}
}

// slackHears takes what happens on Slack, by all means that are configured.
func (s *service) slackHears(ctx context.Context, a *slack.Adapter) {
	cfg := s.cfg.Slack
	if secret := cfg.SigningSecret.Reveal(); secret != "" {
		s.work.Handle(slack.Path, a.Endpoint(secret))
	}
	if cfg.AppToken.Reveal() != "" {
		socket := slack.NewSocket(a)
		s.checks.Add(ops.Check{Name: "slack", Timeout: time.Second, Run: func(context.Context) error { return socket.Healthy() }})
		s.running(ctx, "Slack's Socket Mode", socket.Run)
	}
}
