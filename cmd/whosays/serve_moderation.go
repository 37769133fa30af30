package main

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/whosays/whosays/adapters/discord"
	"github.com/whosays/whosays/adapters/rediscache"
	"github.com/whosays/whosays/adapters/slack"
	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/digest"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/bot/moderation/correction"
	"github.com/whosays/whosays/knowledge"
)

// bot returns a bot with the commands of moderators and about digests, which says on a platform's desk what it says unasked.
func (o *opened) bot(platform string, desk func() *delivery.Desk) (*bot.Bot, error) {
	b, err := bot.New(o.base, o.lex)
	if err != nil {
		return nil, err
	}
	quotes, err := o.quotes()
	if err != nil {
		return nil, err
	}
	editor, err := digest.NewEditor(o.base, o.lex)
	if err != nil {
		return nil, err
	}
	b = b.Logging(o.log).Subscribing(bot.Digests{Subscriptions: o.store.Digests(), Editor: editor, Desk: platform})
	return b.With(bot.Moderation{
		Council: o.council(), Reports: o.store.Reports(), Quotes: quotes, Gaps: moderation.NewGaps(o.store.Gaps()),
		Say: func(ctx context.Context, tenant string, p chat.Post) error {
			_, err := desk().Say(ctx, tenant, p)
			return err
		},
	}), nil
}

func (o *opened) council() *moderation.Council {
	if o.cache == nil {
		return moderation.New(o.base, o.store.Council())
	}
	return moderation.New(o.base, telling{o.store.Council(), o.cache})
}

// telling is a council's store that tells the other replicas of what it changes, as the cache does of what goes through it.
type telling struct {
	moderation.Store
	cache *rediscache.Cache
}

// Enact implements moderation.Store.
func (t telling) Enact(ctx context.Context, e moderation.Enactment) (knowledge.Head, error) {
	head, err := t.Store.Enact(ctx, e)
	if err == nil {
		t.cache.Tell(ctx, e.Change.Tenant)
	}
	return head, err
}

// wanted reports whether a tenant wants to be told what has changed.
func (o *opened) wanted(ctx context.Context, tenant string) (bool, error) {
	is, err := o.council().Settings(ctx, tenant)
	return is.Corrections, err
}

// quotes returns what counts the messages that would be corrected, on the desks of all platforms: nothing is said there.
func (o *opened) quotes() (*correction.Corrections, error) {
	var desks []correction.Desk
	for _, name := range []string{discord.Desk, slack.Desk} {
		desks = append(desks, correction.Desk{Desk: delivery.New(delivery.Options{Name: name, Store: o.store.Deliveries()})})
	}
	return correction.New(correction.Options{Base: o.base, Store: o.store.Followed(), Lexicon: o.lex, Desks: desks, Wanted: o.wanted})
}

// correct has those told who were told a claim that it has changed, on the desks that the service has, until it closes.
func (s *service) correct(ctx context.Context, o *opened) error {
	made := prometheus.NewCounterVec(prometheus.CounterOpts{
		Namespace: "whosays", Name: "corrections_total",
		Help: "Messages corrected, by desk and what came of it: said, failed, or later where the desk goes on with it.",
	}, []string{"desk", "end"})
	if err := s.metrics.Register(made); err != nil {
		return err
	}
	c, err := correction.New(correction.Options{
		Base: o.base, Store: o.store.Followed(), Lexicon: o.lex, Desks: s.desks, Wanted: o.wanted, Log: s.log,
		Counted: func(desk string, end correction.End) { made.WithLabelValues(desk, string(end)).Inc() },
	})
	if err != nil {
		return err
	}
	s.running(ctx, "what corrects", c.Run)
	return nil
}
