package slack

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/slack/slackfake"
	"github.com/whosays/whosays/bot/chat"
)

// connect listens by Socket Mode until the test ends.
func (r *rig) connect() *Socket {
	r.Helper()
	s := NewSocket(r.adapter)
	s.first = 10 * time.Millisecond
	running, stop := context.WithCancel(context.Background())
	var work sync.WaitGroup
	work.Go(func() { s.Run(running) })
	r.Cleanup(func() {
		stop()
		work.Wait()
	})
	return s
}

// TestSocket holds that all that comes by HTTP comes by Socket Mode too.
func TestSocket(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	s := r.connect()
	r.ok(r.slack.AwaitSockets(r.soon(), 1))
	asked := r.slack.Say(r.channel, r.olena, r.mention()+killed)
	answer := r.reply(asked)
	r.ok(asked.Ack(r.soon()))
	if err := s.Healthy(); err != nil || !strings.Contains(answer.Text, "55,000") {
		t.Errorf("%v: %q", err, answer.Text)
	}
	if m := r.response(r.slack.Press(r.channel, answer.TS, r.olena, actionOf(chat.CommandMethod))); !strings.Contains(m.Text, "2026-02-04") {
		t.Errorf("a button says %q", m.Text)
	}
	i := r.slack.Slash(r.channel, r.olena, "/whosays", "help")
	if _, err := i.Ack(r.soon()); err != nil || r.response(i).For != r.olena {
		t.Errorf("help: %v", err)
	}
	pressed := r.slack.Press(r.channel, answer.TS, r.olena, actionOf(chat.CommandReport))
	form, err := pressed.Modal(r.soon())
	r.ok(err)
	_, err = r.slack.Submit(form.ID, map[string]string{reportInput: "It is out of date."}).Ack(r.soon())
	r.ok(err)
	r.response(pressed)
	_, err = r.slack.OpenHome(r.olena, "home").Ack(r.soon())
	r.ok(err)
	r.home(r.olena)
}

// TestUnknownEvents holds that what nobody knows yet is acknowledged, once, and harms nothing.
func TestUnknownEvents(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	r.connect()
	r.ok(r.slack.AwaitSockets(r.soon(), 1))
	for _, d := range []*slackfake.Delivery{
		r.slack.Event(r.team, `{"type":"later_kind","user":5,"channel":{"id":"C1"}}`),
		r.slack.Event(r.team, `{"type":"team_join","user":{"id":"U1"}}`),
		r.slack.Event(r.team, `{"type":"message","channel_type":"im","text":{"a":1}}`),
		r.slack.Envelope("later_envelope", `{"a":1}`),
		r.slack.Envelope("interactive", `[1]`),
		r.slack.Envelope("slash_commands", `{"command":7}`),
		r.slack.Interact(r.team, `{"type":"later_interaction"}`),
	} {
		a, err := d.Ack(r.soon())
		r.ok(err)
		if a.Retry != 0 {
			t.Errorf("%s was acknowledged at attempt %d", d.Type, a.Retry)
		}
	}
	r.reply(r.slack.Say(r.channel, r.olena, r.mention()+killed))
}

// TestRefresh ends connections in every way: nothing is lost, and nothing answered twice.
func TestRefresh(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(slackfake.Sockets){
		"warning":           func(c slackfake.Sockets) { c.Disconnect("warning"); c.Close() },
		"refresh_requested": func(c slackfake.Sockets) { c.Disconnect("refresh_requested"); c.Close() },
		"link_disabled":     func(c slackfake.Sockets) { c.Disconnect("link_disabled"); c.Close() },
		"dropped":           func(c slackfake.Sockets) { c.Drop() },
		"not JSON":          func(c slackfake.Sockets) { c.Send("{not JSON") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, rigOptions{})
			r.connect()
			r.ok(r.slack.AwaitSockets(r.soon(), 1))
			before := r.slack.Say(r.channel, r.olena, r.mention()+killed)
			end(r.slack.Sockets())
			during := r.slack.Say(r.channel, r.olena, r.mention()+killed)
			r.ok(r.slack.AwaitSockets(r.soon(), 1))
			after := r.slack.Say(r.channel, r.olena, r.mention()+killed)
			for _, asked := range []slackfake.Said{before, during, after} {
				r.sent(r.tenant(), r.record(r.reply(asked)))
			}
			if n := r.replies(r.channel); n != 3 {
				t.Errorf("%d replies to 3 questions", n)
			}
		})
	}
}

// TestSupervisor holds that Socket Mode comes back after Slack has refused it, and says so until then.
func TestSupervisor(t *testing.T) {
	t.Parallel()
	opening := slackfake.Calling("apps.connections.open")
	for name, fault := range map[string]slackfake.Fault{
		"invalid_auth": slackfake.Erring("invalid_auth", opening), "500": slackfake.Broken(http.StatusInternalServerError, opening),
		"429": slackfake.RateLimited(time.Second, opening),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, rigOptions{})
			if fault.Body != "" {
				r.slack.Inject(fault)
			}
			s := r.connect()
			if err := s.Healthy(); err == nil {
				t.Error("it is healthy before it is connected")
			}
			r.ok(r.slack.AwaitSockets(r.soon(), 1))
			r.reply(r.slack.Say(r.channel, r.olena, r.mention()+killed))
			for ctx := r.soon(); s.Healthy() != nil; <-tick() {
				r.ok(ctx.Err())
			}
		})
	}
}
