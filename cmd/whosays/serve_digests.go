package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/whosays/whosays/adapters/discord"
	"github.com/whosays/whosays/adapters/slack"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/digest"
)

// digesting is what writes digests, and is told by the desks of the platforms what came of them and of all else that they said.
type digesting struct {
	press *digest.Press
	slots *prometheus.CounterVec
	posts *prometheus.CounterVec
	late  prometheus.Histogram
}

// prepare makes what writes digests. The desks are made with it, and it runs once they are there.
func (s *service) prepare(o *opened, now func() time.Time) error {
	editor, err := digest.NewEditor(o.base, o.lex)
	if err != nil {
		return err
	}
	d := &digesting{
		slots: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: "whosays", Name: "digest_slots_total", Help: "Slots of digests, by what became of them.",
		}, []string{"outcome"}),
		posts: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: "whosays", Name: "posts_total",
			Help: "Posts, by desk and what came of them: sent, unknown where the platform doesn't tell whether it has them, or why they won't ever be sent.",
		}, []string{"desk", "end"}),
		late: prometheus.NewHistogram(prometheus.HistogramOpts{
			Namespace: "whosays", Name: "digest_lateness_seconds", Help: "How long after they were due digests were sent, by which they may come later counted in.",
			Buckets: []float64{1, 5, 10, 30, 60, 120, 300, 600, 1800, 7200, 21600},
		}),
	}
	for _, m := range []prometheus.Collector{d.slots, d.posts, d.late} {
		if err := s.metrics.Register(m); err != nil {
			return err
		}
	}
	d.press = digest.NewPress(digest.Options{
		Store: o.store.Digests(), Composer: editor, Now: now, Log: s.log,
		Subscribers: &digest.Subscribers{Outbox: o.store.Deliveries(), Write: editor.Paused, Reach: reach},
		Counted:     func(what digest.Outcome, _ time.Duration) { d.slots.WithLabelValues(string(what)).Inc() },
	})
	s.digesting = d
	return nil
}

// reach returns where somebody is told something alone.
func reach(desk, tenant, person string) (chat.Address, bool) {
	switch desk {
	case discord.Desk:
		return discord.Direct(tenant, person)
	case slack.Desk:
		return slack.Direct(tenant, person)
	}
	return "", false
}

// ended takes what came of a post on a desk.
func (d *digesting) ended(ctx context.Context, r delivery.Record) {
	d.posts.WithLabelValues(r.Desk, r.End()).Inc()
	if due, ok := digest.DueAt(r.Reply.Tag); ok && r.State == delivery.StateSent {
		d.late.Observe(r.Said.Sub(due).Seconds())
	}
	d.press.Ended(ctx, r)
}

// digests lets what is due be written, until the service closes. The desks of the platforms send it.
func (s *service) digests(ctx context.Context) {
	s.running(ctx, "what writes digests", s.digesting.press.Run)
}
