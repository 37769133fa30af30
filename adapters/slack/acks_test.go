package slack

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/adapters/slack/slackfake"
	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/starter/startertest"
)

// TestAcknowledgedWhenDone holds that nothing is acknowledged while only a process that may die knows of it, as long as Slack waits: by
// both transports.
func TestAcknowledgedWhenDone(t *testing.T) {
	t.Parallel()
	for name, http := range map[string]bool{"HTTP": true, "Socket Mode": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, rigOptions{http: http, inbox: inbox.Options{Workers: 1, Queue: 16}})
			r.adapter.acks = longWait
			if !http {
				r.connect()
				r.ok(r.slack.AwaitSockets(r.soon(), 1))
			}
			free := r.occupied()
			asked := r.slack.Say(r.channel, r.olena, r.mention()+killed).Event("app_mention")
			ordered := r.slack.Slash(r.channel, r.olena, mainCommand, "help").Delivery
			for ctx := r.soon(); len(asked.Attempts()) == 0 || len(ordered.Attempts()) == 0; <-tick() {
				r.ok(ctx.Err())
			}
			if asked.Attempts()[0].Acked || ordered.Attempts()[0].Acked {
				t.Errorf("it is acknowledged though nothing was done: %+v, %+v", asked.Attempts(), ordered.Attempts())
			}
			free()
			for _, d := range []*slackfake.Delivery{asked, ordered} {
				_, err := d.Ack(r.soon())
				r.ok(err)
			}
			if n := r.replies(r.channel); n != 1 {
				t.Errorf("%d replies stand there when it is acknowledged", n)
			}
		})
	}
}

// TestAcknowledgedInTime holds that Slack isn't kept waiting for what takes long.
func TestAcknowledgedInTime(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true, inbox: inbox.Options{Workers: 1, Queue: 16}})
	r.adapter.acks = time.Millisecond
	r.occupied()
	_, err := r.slack.Say(r.channel, r.olena, r.mention()+killed).Event("app_mention").Ack(r.soon())
	r.ok(err)
}

// slow is a store that doesn't answer until it is let.
type slow struct {
	knowledge.Store
	wait atomic.Pointer[chan struct{}]
}

func (s *slow) Heads(ctx context.Context, tenant string) (knowledge.Heads, error) {
	if wait := s.wait.Load(); wait != nil {
		select {
		case <-*wait:
		case <-ctx.Done():
			return knowledge.Heads{}, ctx.Err()
		}
	}
	return s.Store.Heads(ctx, tenant)
}

// TestSlowCore holds that Slack gets its acknowledgement at once though the core is slow, and the person their answer.
func TestSlowCore(t *testing.T) {
	t.Parallel()
	store, lex := startertest.Store(t)
	gate := &slow{Store: store}
	base, err := knowledge.NewBase(t.Context(), lex, gate)
	if err != nil {
		t.Fatal(err)
	}
	b, err := bot.New(base, lex)
	if err != nil {
		t.Fatal(err)
	}
	r := newRig(t, rigOptions{bot: b, http: true})
	wait := make(chan struct{})
	gate.wait.Store(&wait)
	asked, i := r.slack.Say(r.channel, r.olena, r.mention()+killed), r.slack.Slash(r.channel, r.olena, "/ask", killed)
	r.ok(asked.Ack(r.soon()))
	a, err := i.Ack(r.soon())
	r.ok(err)
	if n := r.replies(r.channel); n != 0 || len(a.Answer) != 0 {
		t.Errorf("%d replies before there is one, acknowledged with %s", n, a.Answer)
	}
	close(wait)
	r.reply(asked)
	_, err = r.slack.AwaitMessage(r.soon(), r.channel, func(m slackfake.Message) bool { return m.ThreadTS == "" })
	r.ok(err)
}

// held is what replicas share of what was seen, which doesn't answer until it is let.
type held struct {
	asked chan struct{} // sent to with the first question
	until chan struct{}
}

func (*held) First(context.Context, string) bool { return true }

func (h *held) Seen(ctx context.Context, _ string) bool {
	select {
	case h.asked <- struct{}{}:
	default:
	}
	select {
	case <-h.until:
	case <-ctx.Done():
	}
	return false
}

// TestLateAck holds that an event that Slack brings again, for the first acknowledgement came too late, is answered once.
func TestLateAck(t *testing.T) {
	t.Parallel()
	seen := &held{asked: make(chan struct{}, 1), until: make(chan struct{})}
	r := newRig(t, rigOptions{
		http: true, fake: slackfake.Options{Retries: []time.Duration{0, 0}},
		inbox: inbox.Options{Workers: 4, Queue: 16, Shared: seen},
	})
	asked := r.slack.Say(r.channel, r.olena, r.mention()+killed)
	select {
	case <-seen.asked:
	case <-r.soon().Done():
		t.Fatal("the event didn't come")
	}
	asked.Event("app_mention").GiveUp()
	for ctx := r.soon(); len(asked.Event("app_mention").Attempts()) < 2; <-tick() {
		r.ok(ctx.Err())
	}
	close(seen.until)
	r.sent(r.tenant(), r.record(r.reply(asked)))
	r.ok(r.inbox.Close(t.Context()))
	if n := r.replies(r.channel); n != 1 {
		t.Errorf("%d replies", n)
	}
}
