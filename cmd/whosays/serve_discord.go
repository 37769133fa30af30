package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/whosays/whosays/adapters/discord"
	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/adapters/ops"
	"github.com/whosays/whosays/adapters/rediscache"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/moderation/correction"
	"github.com/whosays/whosays/config"
)

// discordPath is where interactions are taken by HTTP.
const discordPath = "/discord/interactions"

// discord lets the bot be there on Discord, if it has a token.
func (s *service) discord(ctx context.Context, o *opened, cache *rediscache.Cache, now func() time.Time) error {
	cfg := s.cfg.Discord
	if cfg.Token.Reveal() == "" || !speaks(s.cfg.Serve.Only, config.RoleDiscord) {
		return nil
	}
	var desk *delivery.Desk // it says what a client of the bot's words sends
	b, err := o.bot(discord.Desk, func() *delivery.Desk { return desk })
	if err != nil {
		return err
	}
	client, err := discord.NewClient(discord.ClientOptions{
		Token: cfg.Token.Reveal(), Label: b.Label, API: cfg.API, Metrics: s.metrics, Log: s.log,
	})
	if err != nil {
		return err
	}
	desk = delivery.New(delivery.Options{
		Name: discord.Desk, Store: o.store.Deliveries(), Sender: client, Stands: b.Stands, Ended: s.digesting.ended, Nonces: discord.Nonces, Log: s.log,
	})
	s.desks = append(s.desks, correction.Desk{Desk: desk})
	s.running(ctx, "what says again what wasn't said", func(ctx context.Context) { desk.Run(ctx) })
	if !s.cfg.Serve.Only.Has(config.RoleDiscord) {
		return nil
	}
	looked, err := s.lookups()
	if err != nil {
		return err
	}
	box, err := s.inbox(cache)
	if err != nil {
		return err
	}
	a, err := discord.New(discord.Options{
		Client: client, Bot: b, Desk: desk, Inbox: box, Lookups: looked, Reports: o.store.Reports(), Endings: s.endings, Now: now,
		Metrics: s.metrics, Log: s.log,
	})
	if err != nil {
		return err
	}
	if cfg.PublicKey != "" {
		key, err := discord.ParsePublicKey(cfg.PublicKey)
		if err != nil {
			return err
		}
		s.work.Handle(discordPath, a.Endpoint(key))
	}
	return s.gateway(ctx, o, a)
}

// inbox returns the queue in front of the bot, one for all platforms. It drains before what its work needs closes.
func (s *service) inbox(cache *rediscache.Cache) (*inbox.Inbox, error) {
	if s.box != nil {
		return s.box, nil
	}
	box, err := inbox.New(inbox.Options{
		Workers: s.cfg.Inbox.Workers, Queue: s.cfg.Inbox.Queue, Shared: cache, Watch: s.watcher.Watch, Metrics: s.metrics, Log: s.log,
		UserPerMinute: s.cfg.Limits.UserPerMinute, TenantPerMinute: s.cfg.Limits.TenantPerMinute,
	})
	if err != nil {
		return nil, err
	}
	s.box = box
	// What the gateway and Socket Mode have brought passes no gate: here it has the time that it is to have.
	s.life.onCloseWithin("the inbox", s.cfg.Serve.Drain, box.Close)
	return box, nil
}

// Discord takes some time until a message is there: so many are looked for at once, and wait for that.
const (
	lookups     = 256
	moreLookups = 1024
)

// lookups makes the queue of what is looked for after answers by HTTP; nil where there are none. It drains after the inbox,
// whose work fills it.
func (s *service) lookups() (*inbox.Inbox, error) {
	if s.cfg.Discord.PublicKey == "" {
		return nil, nil
	}
	box, err := inbox.New(inbox.Options{Workers: lookups, Queue: moreLookups, Log: s.log})
	if err != nil {
		return nil, err
	}
	s.life.onClose("what looks for the messages of answers", box.Close)
	return box, nil
}

// gateway connects this process's share of the shards. What Discord refuses for good leaves the process alive, but not
// ready: the log says what to change.
func (s *service) gateway(ctx context.Context, o *opened, a *discord.Adapter) error {
	shards, err := discord.NewShards(discord.GatewayOptions{
		Token: s.cfg.Discord.Token.Reveal(), API: s.cfg.Discord.API, Leases: o.store.Leases(), Shards: s.cfg.Discord.Shards,
		Dispatch: a.Dispatch, Metrics: s.metrics, Log: s.log,
	})
	if err != nil {
		return err
	}
	s.checks.Add(ops.Check{Name: "discord", Timeout: time.Second, Run: func(context.Context) error { return a.Healthy(shards) }})
	s.running(ctx, "Discord's gateway", func(ctx context.Context) {
		if err := a.Run(ctx, shards); err != nil {
			s.log.ErrorContext(ctx, "Discord refuses the bot: it isn't there until this is changed and the process started anew", "error", err)
		}
	})
	return nil
}

// running runs a part until the service closes.
func (s *service) running(ctx context.Context, name string, run func(context.Context)) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	var part sync.WaitGroup
	part.Go(func() { run(ctx) })
	s.life.onClose(name, func(closing context.Context) error {
		cancel()
		done, finished := context.WithCancel(context.Background())
		go func() {
			part.Wait()
			finished()
		}()
		if err := ended(closing, done); err != nil {
			return errors.Join(errors.New("it doesn't end"), err)
		}
		return nil
	})
}
