package main

import (
	"context"
	"errors"
	"time"

	"github.com/whosays/whosays/adapters/ops"
	"github.com/whosays/whosays/adapters/rediscache"
	"github.com/whosays/whosays/adapters/slack"
	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/delivery"
)

// slack lets the bot be there on Slack, if it has a token.
func (s *service) slack(ctx context.Context, o *opened, cache *rediscache.Cache, now func() time.Time) error {
	cfg := s.cfg.Slack
	if cfg.BotToken.Reveal() == "" {
		return nil
	}
	if cfg.AppToken.Reveal() == "" && cfg.SigningSecret.Reveal() == "" {
		return errors.New("nothing can be heard of Slack: set slack.app_token for Socket Mode (or WHOSAYS_SLACK_APP_TOKEN), or slack.signing_secret for HTTP")
	}
	b, err := bot.New(o.base, o.lex)
	if err != nil {
		return err
	}
	client, err := slack.NewClient(slack.ClientOptions{
		Tokens: slack.OneToken(cfg.BotToken.Reveal()), AppToken: cfg.AppToken.Reveal(), Label: b.Label, API: cfg.API, Metrics: s.metrics, Log: s.log,
	})
	if err != nil {
		return err
	}
	desk := delivery.New(delivery.Options{Name: slack.Desk, Store: o.store.Deliveries(), Sender: client, Log: s.log})
	s.running(ctx, "what says again on Slack what wasn't said", func(ctx context.Context) { desk.Run(ctx) })
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
	if secret := cfg.SigningSecret.Reveal(); secret != "" {
		s.work.Handle(slack.Path, a.Endpoint(secret))
	}
	if cfg.AppToken.Reveal() != "" {
		socket := slack.NewSocket(a)
		s.checks.Add(ops.Check{Name: "slack", Timeout: time.Second, Run: func(context.Context) error { return socket.Healthy() }})
		s.running(ctx, "Slack's Socket Mode", socket.Run)
	}
	return nil
}
