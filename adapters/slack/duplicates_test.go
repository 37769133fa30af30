package slack

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/adapters/slack/slackfake"
)

// TestDuplicates repeats events: each is answered once, by two replicas together too, and after a restart.
func TestDuplicates(t *testing.T) {
	t.Parallel()
	o := rigOptions{http: true}
	r := newRig(t, o)
	r.slack.Duplicate(3)
	asked := r.slack.Say(r.channel, r.olena, r.mention()+killed)
	r.sent(r.tenant(), r.record(r.reply(asked)))
	other, err := inbox.New(inbox.Options{Workers: 4, Queue: 16})
	r.ok(err)
	t.Cleanup(func() { r.ok(other.Close(context.Background())) })
	second, err := New(Options{Client: r.client, Bot: r.adapter.bot, Desk: r.desk, Inbox: other, Reports: r.store.Reports(), Endings: r.adapter.endings, Now: r.adapter.now})
	r.ok(err)
	e, ok := decodeAs[envelope](asked.Event("app_mention").Payload())
	if !ok || !second.event(t.Context(), &e).taken || !second.event(t.Context(), &e).taken {
		t.Fatal("it isn't taken")
	}
	r.ok(r.inbox.Close(t.Context()))
	o.bot = r.adapter.bot
	r.start(o)
	for range 4 {
		a, err := asked.Event("app_mention").Repeat(r.soon())
		r.ok(err)
		if a.Status != http.StatusOK {
			t.Errorf("a repeated event is answered with %d", a.Status)
		}
	}
	r.ok(r.inbox.Close(t.Context()))
	r.ok(other.Close(t.Context()))
	if n := r.replies(r.channel); n != 1 {
		t.Errorf("%d replies", n)
	}
}

// TestReplay posts a command again, byte for byte: it is answered once.
func TestReplay(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	i := r.slack.Slash(r.channel, r.olena, "/ask", killed)
	_, err := i.Ack(r.soon())
	r.ok(err)
	status, err := i.Replay(r.soon())
	r.ok(err)
	m, err := r.slack.AwaitMessage(r.soon(), r.channel, nil)
	r.ok(err)
	r.sent(r.tenant(), r.record(m))
	r.ok(r.inbox.Close(t.Context()))
	if n := r.replies(r.channel); n != 1 || status != http.StatusOK {
		t.Errorf("%d replies, %d", n, status)
	}
}

// TestRetried holds that an event is taken by whoever comes after a process that ends.
func TestRetried(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true, fake: slackfake.Options{Retries: []time.Duration{time.Hour}, Sleep: func(ctx context.Context, _ time.Duration) error {
		<-ctx.Done()
		return ctx.Err()
	}}})
	r.ok(r.inbox.Close(t.Context()))
	asked := r.slack.Say(r.channel, r.olena, r.mention()+killed)
	first := asked.Event("app_mention")
	for ctx := r.soon(); len(first.Attempts()) == 0 || first.Attempts()[0].Status == 0; <-tick() {
		r.ok(ctx.Err())
	}
	if a := first.Attempts()[0]; a.Status != http.StatusServiceUnavailable || a.NoRetry {
		t.Errorf("a process that ends answers %d", a.Status)
	}
	r.start(rigOptions{http: true, bot: r.adapter.bot})
	first.Repeat(r.soon()) //nolint:errcheck // its answer is awaited
	r.reply(asked)
}
