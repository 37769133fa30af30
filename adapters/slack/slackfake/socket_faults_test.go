package slackfake_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/whosays/whosays/adapters/slack/slackfake"
)

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
