package slack

import (
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/adapters/slack/slackfake"
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
