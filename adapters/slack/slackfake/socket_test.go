package slackfake_test

import (
	"encoding/json"
	"errors"
	"strings"
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

func TestConnectionsGoWrong(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault slackfake.ConnectFault
		want  []string // types of frames; "?" is one that isn't JSON, "-" the end
	}{
		"cut before hello":       {slackfake.ConnectFault{Drop: true}, []string{"-"}},
		"cut after hello":        {slackfake.ConnectFault{At: slackfake.AfterHello, Drop: true}, []string{"hello", "-"}},
		"no JSON":                {slackfake.ConnectFault{Frames: []string{"{"}}, []string{"?", "hello"}},
		"disconnect for a hello": {slackfake.ConnectFault{Disconnect: "link_disabled", Drop: true}, []string{"disconnect", "-"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, slackfake.Options{})
			p.OnConnect(c.fault)
			w := p.dial(t)
			for _, want := range c.want {
				_, data, err := w.ReadMessage()
				got := "-"
				var f frame
				switch {
				case err != nil:
				case json.Unmarshal(data, &f) != nil:
					got = "?"
				default:
					got = f.Type
				}
				if got != want {
					t.Errorf("%s, want %s", got, want)
				}
			}
		})
	}
	t.Run("refused", func(t *testing.T) {
		t.Parallel()
		p := newPlace(t, slackfake.Options{})
		p.OnConnect(slackfake.ConnectFault{Refuse: 503})
		_, resp, err := websocket.DefaultDialer.DialContext(within(t), p.socketURL(t), nil)
		if err == nil || resp.StatusCode != 503 {
			t.Errorf("%v", err)
		}
		_ = resp.Body.Close()
	})
}

func TestAStalledConnectionSaysNothing(t *testing.T) {
	t.Parallel()
	w := &waits{}
	p := newPlace(t, slackfake.Options{PingEvery: 10 * time.Millisecond, AckWithin: 20 * time.Millisecond, Sleep: w.sleep})
	c := p.dial(t)
	c.next()
	p.Sockets().Stall()
	d := p.OpenHome(p.user, "home")
	if attempts, err := d.Ended(within(t)); err != nil || len(attempts) != 4 || attempts[3].Conn != 1 {
		t.Errorf("%+v, %v", attempts, err)
	}
	_ = c.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
	if _, data, err := c.ReadMessage(); err == nil {
		t.Errorf("it said %s", data)
	}
}

func TestPingsCome(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{PingEvery: time.Millisecond})
	c := p.dial(t)
	c.next()
	pinged := make(chan string, 100)
	c.SetPingHandler(func(data string) error {
		select {
		case pinged <- data:
		default:
		}
		if len(pinged) > 2 {
			return errors.New("enough")
		}
		return nil
	})
	if _, _, err := c.ReadMessage(); err == nil || err.Error() != "enough" {
		t.Errorf("err = %v", err)
	}
}

func TestWhatSlackDropsIsAViolation(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ sent, want string }{
		"no JSON":  {`{`, "isn't JSON"},
		"unknown":  {`{"envelope_id":"x"}`, "nothing with the envelope_id"},
		"too long": {`{"envelope_id":"ID","payload":{"text":"` + strings.Repeat("x", 20_000) + `"}}`, "is dropped"},
		"twice":    {`{"envelope_id":"ID"}`, "nothing with the envelope_id"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, slackfake.Options{})
			w := p.dial(t)
			w.next()
			i := p.Slash(p.channel, p.user, "/ask", "x")
			f := w.next()
			if name == "twice" {
				w.ack(f)
			}
			w.send(strings.Replace(c.sent, "ID", f.EnvelopeID, 1))
			w.ack(f)
			if _, err := i.Ack(within(t)); err != nil {
				t.Fatal(err)
			}
			last := p.OpenHome(p.user, "home")
			w.ack(w.next()) // what came before has been taken when this is acknowledged
			if _, err := last.Ack(within(t)); err != nil {
				t.Fatal(err)
			}
			if got := p.Violations(); len(got) == 0 || !strings.Contains(got[0].Error(), c.want) {
				t.Errorf("%v", got)
			}
		})
	}
}

func TestOneOfSeveralConnections(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	one, two := p.dial(t), p.dial(t)
	one.next()
	two.next()
	if err := p.AwaitSockets(within(t), 2); err != nil {
		t.Fatal(err)
	}
	p.Socket(1).Send(`{"type":"tomorrow"}`)
	if f := one.next(); f.Type != "tomorrow" {
		t.Errorf("%+v", f)
	}
	p.Socket(1).Disconnect("refresh_requested")
	d := p.OpenHome(p.user, "home")
	two.ack(two.next()) // who was told to go gets nothing more
	if a, err := d.Ack(within(t)); err != nil || a.Conn != 2 {
		t.Errorf("%+v, %v", a, err)
	}
	if f := one.next(); f.Type != "disconnect" || f.Reason != "refresh_requested" {
		t.Errorf("%+v", f)
	}
	p.Socket(1).Close()
	if _, _, err := one.ReadMessage(); !websocket.IsCloseError(err, websocket.CloseNormalClosure) {
		t.Errorf("err = %v", err)
	}
	if err := p.AwaitSockets(within(t), 1); err != nil {
		t.Fatal(err)
	}
	if p.Socket(1).Len() != 0 || p.Sockets().Len() != 1 {
		t.Error("the first is still there")
	}
}
