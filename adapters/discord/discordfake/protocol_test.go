package discordfake_test

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/gorilla/websocket"

	"github.com/whosays/whosays/adapters/discord/discordfake"
)

// wire is a connection to the gateway without a client.
type wire struct {
	t *testing.T
	*websocket.Conn
}

type frame struct {
	Op int             `json:"op"`
	D  json.RawMessage `json:"d"`
	S  int64           `json:"s"`
	T  string          `json:"t"`
}

func (p place) dial(t *testing.T, query string) wire {
	t.Helper()
	ws, resp, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(p.URL(), "http")+"/?encoding=json&"+query, nil)
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
	kind, data, err := w.ReadMessage()
	if err != nil {
		w.t.Fatal(err)
	}
	if kind == websocket.BinaryMessage {
		z, err := zlib.NewReader(bytes.NewReader(data))
		if err != nil {
			w.t.Fatal(err)
		}
		if data, err = io.ReadAll(z); err != nil {
			w.t.Fatal(err)
		}
	}
	var f frame
	if err := json.Unmarshal(data, &f); err != nil {
		w.t.Fatal(err)
	}
	return f
}

// closed reads until the connection is closed, and returns the code; 0 where it was cut.
func (w wire) closed() int {
	w.t.Helper()
	for {
		_, _, err := w.ReadMessage()
		var closed *websocket.CloseError
		switch {
		case errors.As(err, &closed) && closed.Code != websocket.CloseAbnormalClosure:
			return closed.Code
		case err != nil:
			return 0
		}
	}
}

func (p place) identify(shard, intents string) string {
	return fmt.Sprintf(`{"op":2,"d":{"token":%q,"properties":{"os":"linux"},"intents":%s,"shard":%s}}`,
		p.Token(), intents, shard)
}

func TestWhatTheGatewayRefuses(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	p.AddGuild(discordfake.Guild{Name: "Lviv"})
	good := p.identify("[0,1]", "513")
	for name, c := range map[string]struct {
		query string
		sent  []string
		want  int
	}{
		"an unknown version":     {"v=3", nil, 4012},
		"no JSON":                {"v=9", []string{"{"}, 4002},
		"too long":               {"v=9", []string{`{"op":3,"d":` + quote(strings.Repeat("x", 4096)) + `}`}, 4002},
		"no intents":             {"v=9", []string{`{"op":2,"d":{"token":"x","properties":{}}}`}, 4002},
		"not identified":         {"v=9", []string{`{"op":3,"d":{}}`}, 4003},
		"a wrong token":          {"v=10", []string{strings.Replace(good, "fake-token", "wrong", 1)}, 4004},
		"a shard out of bounds":  {"v=9", []string{p.identify("[2,2]", "513")}, 4010},
		"an unknown intent":      {"v=9", []string{p.identify("[0,1]", fmt.Sprint(1<<40))}, 4013},
		"a privileged intent":    {"v=9", []string{p.identify("[0,1]", fmt.Sprint(1<<15))}, 4014},
		"resume: a wrong token":  {"v=9", []string{`{"op":6,"d":{"token":"wrong","session_id":"x","seq":1}}`}, 4004},
		"121 events in a minute": {"v=9", slicesRepeat(`{"op":1,"d":null}`, 121), 4008},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := p.dial(t, c.query)
			for _, text := range c.sent {
				w.send(text)
			}
			if got := w.closed(); got != c.want {
				t.Errorf("closed with %d, want %d", got, c.want)
			}
		})
	}
}

func slicesRepeat(text string, n int) []string {
	return strings.Split(strings.Repeat(text+"\n", n), "\n")[:n]
}

func TestShardingIsRequired(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{GuildsPerShard: 1})
	p.AddGuild(discordfake.Guild{Name: "Lviv"})
	w := p.dial(t, "v=9")
	w.send(p.identify("[0,1]", "1"))
	if got := w.closed(); got != 4011 {
		t.Errorf("closed with %d", got)
	}
	w = p.dial(t, "v=9")
	w.send(p.identify("[0,2]", "1"))
	w.next()
	if got := w.next(); got.T != "READY" {
		t.Errorf("%+v", got)
	}
}

// TestAwaitReadyWaitsForShards: while a shard changes hands two connections serve it, which are no two shards.
func TestAwaitReadyWaitsForShards(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{IdentifyWindow: time.Nanosecond})
	for range 2 {
		w := p.dial(t, "v=9")
		w.next() // Hello
		w.send(p.identify("[0,2]", "1"))
		if got := w.next(); got.T != "READY" {
			t.Fatalf("%+v", got)
		}
	}
	if err := p.AwaitReady(within(t), 1); err != nil {
		t.Error(err)
	}
}

func TestOnceIdentified(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		sent string
		want int
	}{
		"again":         {"", 4005},
		"an unknown op": {`{"op":99,"d":null}`, 4001},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, discordfake.Options{})
			w := p.dial(t, "v=9")
			w.send(p.identify("[0,1]", "1"))
			if c.sent == "" {
				c.sent = p.identify("[0,1]", "1")
			}
			w.send(c.sent)
			if got := w.closed(); got != c.want {
				t.Errorf("closed with %d, want %d", got, c.want)
			}
		})
	}
}

func TestPayloadsAreCompressedForWhoAsks(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{IdentifyWindow: time.Nanosecond})
	for compress, want := range map[string]int{"true": websocket.BinaryMessage, "false": websocket.TextMessage} {
		w := p.dial(t, "v=9")
		if kind, _, err := w.ReadMessage(); err != nil || kind != websocket.TextMessage {
			t.Fatalf("Hello is of type %d, %v", kind, err)
		}
		w.send(strings.Replace(p.identify("[0,1]", "1"), `"d":{`, `"d":{"compress":`+compress+`,`, 1))
		if kind, _, err := w.ReadMessage(); err != nil || kind != want {
			t.Errorf("compress %s: type %d, %v", compress, kind, err)
		}
	}
}

func TestResume(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	w := p.dial(t, "v=9")
	if f := w.next(); f.Op != 10 || !strings.Contains(string(f.D), "41250") {
		t.Fatalf("%+v %s", f, f.D)
	}
	w.send(p.identify("[0,1]", "513"))
	var ready struct {
		SessionID string `json:"session_id"`
		ResumeURL string `json:"resume_gateway_url"`
	}
	if err := json.Unmarshal(w.next().D, &ready); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(ready.ResumeURL, "ws://") || ready.ResumeURL == "ws"+strings.TrimPrefix(p.URL(), "http") {
		t.Errorf("resume at %s", ready.ResumeURL)
	}
	seq := w.next().S // GUILD_CREATE
	p.Shard(0).Drop()
	if err := p.AwaitReady(within(t), 0); err != nil {
		t.Fatal(err)
	}
	p.Say(p.channel, p.user, "one")
	p.Say(p.channel, p.user, "two")

	resume := func(seq int64) wire {
		w := p.dial(t, "v=9")
		w.next()
		w.send(fmt.Sprintf(`{"op":6,"d":{"token":%q,"session_id":%q,"seq":%d}}`, p.Token(), ready.SessionID, seq))
		return w
	}
	w = resume(seq)
	var got []string
	for range 3 {
		got = append(got, w.next().T)
	}
	if diff := cmp.Diff([]string{"MESSAGE_CREATE", "MESSAGE_CREATE", "RESUMED"}, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	w.send(`{"op":1,"d":null}`)
	if f := w.next(); f.Op != 11 {
		t.Errorf("a heartbeat was answered with %+v", f)
	}
	if code := resume(1000).closed(); code != 4007 {
		t.Errorf("a sequence of the future: %d", code)
	}
	if f := resume(seq).next(); f.Op != 9 || string(f.D) != "false" {
		t.Errorf("an ended session: %+v %s", f, f.D)
	}
}

func TestCloseCodesEndSessions(t *testing.T) {
	t.Parallel()
	for code, survives := range map[int]bool{
		4000: true, 4001: true, 4002: true, 4003: true, 4005: true, 4008: true,
		4004: false, 4007: false, 4009: false, 4010: false, 4011: false, 4012: false, 4013: false, 4014: false,
	} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, discordfake.Options{})
			w := p.dial(t, "v=9")
			w.send(p.identify("[0,1]", "1"))
			if err := p.AwaitReady(within(t), 1); err != nil {
				t.Fatal(err)
			}
			p.Shard(0).Close(code)
			if got := w.closed(); got != code {
				t.Errorf("closed with %d, want %d", got, code)
			}
			if got := len(p.Sessions()) == 1; got != survives {
				t.Errorf("the session survives: %v, want %v", got, survives)
			}
		})
	}
}

func TestConnectionsGoWrong(t *testing.T) {
	t.Parallel()
	seven := discordfake.Frame{Op: 7, D: "null"}
	for name, c := range map[string]struct {
		fault discordfake.ConnectFault
		want  []string // what comes, Identify being sent at once
		close int
	}{
		"op 7 before Hello": {discordfake.ConnectFault{Frames: []discordfake.Frame{seven}, Close: 4000}, []string{"7"}, 4000},
		"op 7 before READY": {
			discordfake.ConnectFault{At: discordfake.BeforeReady, Frames: []discordfake.Frame{seven}, Close: 4000},
			[]string{"10", "7"},
			4000,
		},
		"op 11 before READY": {
			discordfake.ConnectFault{At: discordfake.BeforeReady, Frames: []discordfake.Frame{{Op: 11, D: "null"}}},
			[]string{"10", "11", "READY"},
			0,
		},
		"op 9 instead of READY": {
			discordfake.ConnectFault{At: discordfake.BeforeReady, Frames: []discordfake.Frame{{Op: 9, D: "true"}}, Drop: true},
			[]string{"10", "9"},
			0,
		},
		"cut before Hello":   {discordfake.ConnectFault{Drop: true}, nil, 0},
		"closed after READY": {discordfake.ConnectFault{At: discordfake.AfterReady, Close: 4009}, []string{"10", "READY"}, 4009},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := place{Server: discordfake.Start(t, discordfake.Options{})}
			p.OnConnect(c.fault)
			w := p.dial(t, "v=9")
			_ = w.WriteMessage(websocket.TextMessage, []byte(p.identify("[0,1]", "1")))
			var got []string
			for range c.want {
				f := w.next()
				if f.T == "" {
					f.T = fmt.Sprint(f.Op)
				}
				got = append(got, f.T)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if c.want == nil || c.close != 0 || c.fault.Drop {
				if code := w.closed(); code != c.close {
					t.Errorf("closed with %d, want %d", code, c.close)
				}
			}
		})
	}
}

func TestAStalledConnectionSaysNothing(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{Heartbeat: 50 * time.Millisecond})
	p.OnConnect(discordfake.ConnectFault{Stall: true})
	w := p.dial(t, "v=9")
	_ = w.SetReadDeadline(time.Now().Add(300 * time.Millisecond))
	w.send(`{"op":1,"d":null}`)
	if _, data, err := w.ReadMessage(); err == nil {
		t.Errorf("it said %s", data)
	}
}

func TestNoHeartbeatsNoSession(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{Heartbeat: 50 * time.Millisecond})
	w := p.dial(t, "v=9")
	w.send(p.identify("[0,1]", "1"))
	if code := w.closed(); code != 4009 {
		t.Errorf("closed with %d", code)
	}
	if err := p.AwaitReady(within(t), 0); err != nil {
		t.Fatal(err)
	}
	if n := len(p.Sessions()); n != 0 {
		t.Errorf("%d sessions", n)
	}
}

func TestOpsOfTheServer(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	w := p.dial(t, "v=9")
	w.send(p.identify("[0,1]", "512"))
	w.next()
	w.next()
	h := p.Shard(0)
	h.Heartbeat()
	h.Invalidate(true)
	for _, want := range []frame{{Op: 1}, {Op: 9, D: json.RawMessage("true")}} {
		got := w.next()
		if got.Op != want.Op || want.D != nil && string(want.D) != string(got.D) {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	if n := len(p.Sessions()); n != 1 {
		t.Errorf("%d sessions after a resumable op 9", n)
	}
}
