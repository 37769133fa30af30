package discord

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/gorilla/websocket"

	"github.com/whosays/whosays/adapters/discord/discordfake"
)

const gwHandshake = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"

// gwText is a text frame of a server.
func gwText(payload string) string {
	switch n := len(payload); {
	case n < 126:
		return "\x81" + string(rune(n)) + payload
	default:
		return "\x81\x7e" + string([]byte{byte(n >> 8), byte(n)}) + payload
	}
}

// gwSays returns a connection to a gateway that says something and hangs up.
func gwSays(t *testing.T, text string) *gatewayConn {
	t.Helper()
	client, server := net.Pipe()
	go func() {
		_, _ = io.WriteString(server, text)
		_ = server.Close()
	}()
	c := newGatewayConn(client, gwPatience)
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func TestWhatPassesToTheClient(t *testing.T) {
	t.Parallel()
	hello := gwText(`{"op":10,"d":{"heartbeat_interval":45000}}`)
	ready := gwText(`{"op":0,"t":"READY","s":1,"d":{"x":"` + strings.Repeat("x", 5000) + `"}}`)
	ack := gwText(`{"op":11,"d":null}`)
	for name, c := range map[string]struct {
		sent, passed string
		cause        error
	}{
		"a session":                {gwHandshake + hello + ready + ack, gwHandshake + hello + ready + ack, io.EOF},
		"an ACK before READY":      {gwHandshake + hello + ack + ready, gwHandshake + hello + ready, io.EOF},
		"op 7":                     {gwHandshake + hello + gwText(`{"op":7,"d":null}`) + ready, gwHandshake + hello, errReconnect},
		"op 9":                     {gwHandshake + gwText(`{"op":9,"d":false}`), gwHandshake, invalidSession{false}},
		"op 9, resumable":          {gwHandshake + hello + gwText(`{"op":9,"d":true}`), gwHandshake + hello, invalidSession{true}},
		"null, and no JSON":        {gwHandshake + hello + gwText(`null`) + gwText(`{`) + ready, gwHandshake + hello + ready, io.EOF},
		"a Hello without interval": {gwHandshake + gwText(`{"op":10,"d":{}}`), gwHandshake, errGarbled},
		"no Hello":                 {gwHandshake + ready, gwHandshake, errGarbled},
		"no websocket":             {"HTTP/1.1 503 Service Unavailable\r\nX: y\r\n\r\nbody", "", refusedUpgrade{503}},
		"no HTTP":                  {"\r\n\r\n", "", refusedUpgrade{0}},
		"a header without end":     {strings.Repeat("X: y\r\n", 20_000), "", errGarbled},
		"half a frame":             {gwHandshake + hello[:10], gwHandshake, errDropped},
		"a masked frame":           {gwHandshake + "\x81\x80xxxx", gwHandshake, errGarbled},
		"a frame of 2^62 bytes":    {gwHandshake + "\x81\x7f\x40\x00\x00\x00\x00\x00\x00\x00", gwHandshake, errGarbled},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn := gwSays(t, c.sent)
			got, err := io.ReadAll(onlyReader{conn})
			if diff := cmp.Diff(c.passed, string(got)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if err == nil {
				err = conn.cause()
			}
			if !errors.Is(err, c.cause) {
				t.Errorf("it ended with %v, want %v", err, c.cause)
			}
		})
	}
}

type onlyReader struct{ io.Reader }

func TestCloseFrames(t *testing.T) {
	t.Parallel()
	for sent, want := range map[string]websocket.CloseError{
		"\x88\x07\x0f\xa4token": {Code: 4004, Text: "token"},
		"\x88\x00":              {Code: 1005},
	} {
		var got *websocket.CloseError
		conn := gwSays(t, gwHandshake+sent)
		if _, err := io.ReadAll(conn); !errors.As(err, &got) || *got != want {
			t.Errorf("%q: %v, want %v", sent, err, want)
		}
	}
}

// discordgo's close frames aren't sent: Discord would forget the session.
func TestOnlyStopSaysGoodbye(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		end  func(*gatewayConn)
		want string
	}{
		"discordgo closes":  {func(c *gatewayConn) { _, _ = c.Write([]byte("\x88\x82\x00\x00\x00\x00\x03\xe8")) }, "hello"},
		"closed":            {func(c *gatewayConn) { _ = c.Close() }, "hello"},
		"stopped":           {(*gatewayConn).stop, "hello\x88\x82\x00\x00\x00\x00\x03\xe8"},
		"stopped after all": {func(c *gatewayConn) { _ = c.Close(); c.stop() }, "hello"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, server := net.Pipe()
			got := make(chan string, 1)
			go func() {
				all, _ := io.ReadAll(server)
				got <- string(all)
			}()
			conn := newGatewayConn(client, gwPatience)
			_, _ = conn.Write([]byte("hello"))
			c.end(conn)
			if n, err := conn.Write([]byte("more")); n != 4 || err != nil {
				t.Errorf("a write that is lost says %d, %v: the client would close the next connection", n, err)
			}
			if sent := <-got; sent != c.want {
				t.Errorf("%q was sent, want %q", sent, c.want)
			}
		})
	}
}

func FuzzFrames(f *testing.F) {
	f.Add([]byte(gwText(`{"op":11}`)))
	f.Add([]byte("\x88\x02\x0f\xa4"))
	f.Add([]byte("\x01\x7f\x00\x00\x00\x00\x00\x00\x00\x01x"))
	f.Fuzz(func(t *testing.T, data []byte) {
		in := bufio.NewReader(bytes.NewReader(data))
		c := &gatewayConn{}
		for read := 0; ; {
			got, err := readFrame(in)
			if err != nil {
				return
			}
			if !bytes.HasPrefix(data[read:], got.raw) || !bytes.HasSuffix(got.raw, got.payload) {
				t.Fatalf("%q isn't what came", got.raw)
			}
			read += len(got.raw)
			if pass, err := c.inspect(got); pass && err != nil {
				t.Fatalf("it passes, with %v", err)
			}
		}
	})
}

// secured asks a Discord behind TLS, and says that its gateway is behind TLS, too.
type secured struct{ web *httptest.Server }

func (s secured) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host, r.Host = "https", s.web.Listener.Addr().String(), ""
	answer, err := s.web.Client().Transport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(answer.Body)
	_ = answer.Body.Close()
	answer.Body = io.NopCloser(bytes.NewReader(bytes.Replace(body, []byte("ws://"), []byte("wss://"), 1)))
	return answer, err
}

func TestAGatewayBehindTLS(t *testing.T) {
	t.Parallel()
	p := newGWPlace(t, discordfake.Options{})
	web := httptest.NewTLSServer(p.Handler())
	t.Cleanup(web.Close)
	r := p.replica(t, newGWLeases(t), gwPace(), func(o *GatewayOptions) { o.Transport = secured{web} })
	r.tls = &tls.Config{RootCAs: web.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs, MinVersion: tls.VersionTLS12}
	r.one(t)
	r.next(t, "READY")
	p.Shard(0).Drop()
	r.hears(t, p.Say(p.channel, p.user, "meanwhile").ID)
	if n := len(p.Identifies()); n != 1 {
		t.Errorf("%d Identifies\n%s", n, r.log)
	}
}
