package slackfake_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"github.com/whosays/whosays/adapters/slack/slackfake"
)

// wire is a connection of Socket Mode without a client.
type wire struct {
	t *testing.T
	*websocket.Conn
}

type frame struct {
	Type, Reason string
	EnvelopeID   string `json:"envelope_id"`
	Payload      json.RawMessage
	Accepts      bool   `json:"accepts_response_payload"`
	Retry        *int   `json:"retry_attempt"`
	RetryReason  string `json:"retry_reason"`
	Number       int    `json:"num_connections"`
}

// socketURL is a new one of apps.connections.open.
func (p place) socketURL(t *testing.T) string {
	t.Helper()
	a, err := p.try(t, p.APIURL()+"apps.connections.open", "", "Bearer "+p.AppToken(), "")
	if err != nil {
		t.Fatal(err)
	}
	var opened struct{ URL string }
	decode(t, a.body, &opened)
	return opened.URL
}

func (p place) dial(t *testing.T) wire {
	t.Helper()
	ws, resp, err := websocket.DefaultDialer.DialContext(within(t), p.socketURL(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	t.Cleanup(func() { _ = ws.Close() })
	_ = ws.SetReadDeadline(time.Now().Add(patience))
	return wire{t, ws}
}

func (w wire) send(text string) {
	w.t.Helper()
	if err := w.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
		w.t.Fatal(err)
	}
}

func (w wire) next() frame {
	w.t.Helper()
	var f frame
	if err := w.ReadJSON(&f); err != nil {
		w.t.Fatal(err)
	}
	return f
}

func (w wire) ack(f frame) { w.send(`{"envelope_id":` + quote(f.EnvelopeID) + `}`) }

func TestTheRealClientInSocketMode(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	c := p.connect(t)
	next(t, c, socketmode.EventTypeHello)
	said := p.Say(p.channel, p.user, "<@"+p.BotUser(p.team)+"> how many?")
	e := next(t, c, socketmode.EventTypeEventsAPI)
	if _, ok := e.Data.(slackevents.EventsAPIEvent).InnerEvent.Data.(*slackevents.AppMentionEvent); !ok {
		t.Errorf("%+v", e.Data)
	}
	if err := c.Ack(*e.Request); err != nil {
		t.Fatal(err)
	}
	if err := said.Ack(within(t)); err != nil {
		t.Fatal(err)
	}
	if a := said.Events[0].Attempts()[0]; a.Conn != 1 || a.Envelope != e.Request.EnvelopeID || a.After <= 0 {
		t.Errorf("%+v", a)
	}

	i := p.Slash(p.channel, p.user, "/ask", "how many?")
	e = next(t, c, socketmode.EventTypeSlashCommand)
	command := e.Data.(slack.SlashCommand)
	if command.Text != "how many?" || command.TeamID != p.team || command.ResponseURL != i.ResponseURL || command.TriggerID == "" {
		t.Errorf("%+v", command)
	}
	if err := c.AckCtx(within(t), e.Request.EnvelopeID, map[string]string{"text": "nobody knows", "response_type": "in_channel"}); err != nil {
		t.Fatal(err)
	}
	if m, err := i.Response(within(t), 0); err != nil || m.Text != "nobody knows" || m.For != "" {
		t.Errorf("%+v, %v", m, err)
	}
}

func TestARefreshIsFollowedByANewConnection(t *testing.T) {
	t.Parallel()
	for _, reason := range []string{"refresh_requested", "warning", "link_disabled"} {
		t.Run(reason, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, slackfake.Options{})
			c := p.connect(t)
			next(t, c, socketmode.EventTypeHello)
			p.Sockets().Disconnect(reason)
			p.Sockets().Close()
			next(t, c, socketmode.EventTypeHello)
			if n := p.Connections(); n != 2 {
				t.Errorf("%d connections", n)
			}
			d := p.OpenHome(p.user, "home")
			e := next(t, c, socketmode.EventTypeEventsAPI)
			if err := c.Ack(*e.Request); err != nil {
				t.Fatal(err)
			}
			if _, err := d.Ack(within(t)); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestADropInMidStreamLosesNothing(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	c := p.connect(t)
	next(t, c, socketmode.EventTypeHello)
	d := p.OpenHome(p.user, "home")
	first := next(t, c, socketmode.EventTypeEventsAPI)
	p.Sockets().Drop()
	again := next(t, c, socketmode.EventTypeEventsAPI)
	if again.Request.RetryAttempt != 1 || again.Request.RetryReason != "timeout" || again.Request.EnvelopeID == first.Request.EnvelopeID {
		t.Errorf("%+v", again.Request)
	}
	if err := c.Ack(*again.Request); err != nil {
		t.Fatal(err)
	}
	if a, err := d.Ack(within(t)); err != nil || a.Retry != 1 || a.Conn != 2 {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestUnknownTypesReachTheClientAsBadMessages(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	c := p.connect(t)
	next(t, c, socketmode.EventTypeHello)
	deliveries := []*slackfake.Delivery{p.Event(p.team, `{"type":"tomorrow"}`), p.Envelope("tomorrow", `{}`)}
	for range deliveries {
		e := next(t, c, socketmode.EventTypeErrorBadMessage)
		var f frame
		decode(t, string(e.Data.(*socketmode.ErrorBadMessage).Message), &f)
		if err := c.AckCtx(within(t), f.EnvelopeID, nil); err != nil {
			t.Fatal(err)
		}
	}
	for _, d := range deliveries {
		if _, err := d.Ack(within(t)); err != nil {
			t.Error(err)
		}
	}
}

func TestConnectionsShareEvents(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	for n := range 2 {
		w := p.dial(t)
		if f := w.next(); f.Type != "hello" || f.Number != n+1 {
			t.Errorf("%+v", f)
		}
		go func() { // until the connection is closed
			var f frame
			for w.ReadJSON(&f) == nil {
				_ = w.WriteJSON(map[string]string{"envelope_id": f.EnvelopeID})
			}
		}()
	}
	used := map[int]int{}
	for range 64 {
		a, err := p.OpenHome(p.user, "home").Ack(within(t))
		if err != nil {
			t.Fatal(err)
		}
		used[a.Conn]++
	}
	if used[1] == 0 || used[2] == 0 {
		t.Errorf("64 events went to %v", used)
	}
}

func TestUnacknowledgedEnvelopesComeAgain(t *testing.T) {
	t.Parallel()
	w := &waits{}
	p := newPlace(t, slackfake.Options{AckWithin: 50 * time.Millisecond, Sleep: w.sleep})
	c := p.dial(t)
	c.next()
	d := p.OpenHome(p.user, "home")
	var last frame
	for retry := range 4 {
		last = c.next()
		if last.Retry == nil || *last.Retry != retry || last.Accepts || (retry > 0) != (last.RetryReason == "timeout") {
			t.Errorf("%+v", last)
		}
	}
	if _, err := d.Ended(within(t)); err != nil {
		t.Fatal(err)
	}
	c.ack(last)
	i := p.Slash(p.channel, p.user, "/ask", "x")
	if f := c.next(); f.Type != "slash_commands" || !f.Accepts || f.Retry != nil {
		t.Errorf("%+v", f)
	}
	if attempts, err := i.Ended(within(t)); err != nil || len(attempts) != 1 || attempts[0].Acked {
		t.Errorf("a command is sent once: %+v, %v", attempts, err)
	}
	if a := d.Attempts()[3]; !a.Late || a.Acked {
		t.Errorf("acknowledged too late: %+v", a)
	}
}

func TestAURLIsGoodOnce(t *testing.T) {
	t.Parallel()
	clock := newClock()
	p := newPlace(t, slackfake.Options{Now: clock.Now})
	url := p.socketURL(t)
	refused := func() bool {
		ws, resp, err := websocket.DefaultDialer.DialContext(within(t), url, nil)
		_ = resp.Body.Close()
		if err == nil {
			_ = ws.Close()
		}
		return errors.Is(err, websocket.ErrBadHandshake) && resp.StatusCode == 403
	}
	if refused() {
		t.Error("a new one is refused")
	}
	if !refused() {
		t.Error("it can be used twice")
	}
	url = p.socketURL(t)
	clock.advance(31 * time.Second)
	if !refused() {
		t.Error("it can be used after 31 s")
	}
}

func TestAtMostTenConnections(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{MaxSockets: 1})
	if f := p.dial(t).next(); f.Type != "hello" {
		t.Errorf("%+v", f)
	}
	if f := p.dial(t).next(); f.Type != "disconnect" || f.Reason != "too_many_websockets" {
		t.Errorf("%+v", f)
	}
}
