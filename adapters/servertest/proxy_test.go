package servertest_test

import (
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/servertest"
)

func TestProxyModes(t *testing.T) {
	t.Parallel()
	redis := servertest.Redis(t)
	for _, test := range []struct {
		name     string
		fail     func(*servertest.Proxy)
		old, new string // what a connection from before and a new one see
	}{
		{"healthy", func(*servertest.Proxy) {}, pong, pong},
		{"hangs", (*servertest.Proxy).Hang, silence, silence},
		{"slow beyond patience", func(p *servertest.Proxy) { p.Slow(time.Minute) }, silence, silence},
		{"a little slow", func(p *servertest.Proxy) { p.Slow(10 * time.Millisecond) }, pong, pong},
		{"resets", (*servertest.Proxy).Reset, "EOF", "connection reset by peer"},
		{"refuses", (*servertest.Proxy).Refuse, "EOF", "connection refused"},
		{"hung, then refuses", func(p *servertest.Proxy) { p.Hang(); p.Refuse() }, "EOF", "connection refused"},
		{"refused, then hangs", func(p *servertest.Proxy) { p.Refuse(); p.Hang() }, "EOF", silence},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			proxy := servertest.ProxyTo(t, redis.Addr())
			old := dial(t, proxy.Addr())
			if got := exchange(t, old); got != pong {
				t.Fatalf("before: %q", got)
			}
			test.fail(proxy)
			if got := exchange(t, old); !ended(got, test.old) {
				t.Errorf("a connection from before: %q, not %q", got, test.old)
			}
			if got := ping(t, proxy.Addr()); !strings.Contains(got, test.new) {
				t.Errorf("a new connection: %q, not %q", got, test.new)
			}
			proxy.Heal()
			if got := ping(t, proxy.Addr()); got != pong {
				t.Errorf("healed: %q", got)
			}
		})
	}
}

// ended reports whether a reply is the wanted one. What ends a connection (EOF) reads as a reset too, where it ends
// before all that was written is taken.
func ended(got, want string) bool {
	if want != "EOF" {
		return got == want
	}
	return got == "EOF" || strings.Contains(got, "reset by peer") || strings.Contains(got, "broken pipe")
}

func ping(t *testing.T, addr string) string {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err.Error()
	}
	defer conn.Close() //nolint:errcheck // everything was read
	return exchange(t, conn)
}

func TestProxySlowIsThatSlow(t *testing.T) {
	t.Parallel()
	proxy := servertest.ProxyTo(t, servertest.Redis(t).Addr())
	proxy.Slow(100 * time.Millisecond)
	start := time.Now()
	conn := dial(t, proxy.Addr())
	if got := exchange(t, conn); got != pong {
		got = read(conn, 10*time.Second) // late, where the machine is busy
		if got != pong {
			t.Errorf("slow: %q", got)
		}
	}
	if took := time.Since(start); took < 100*time.Millisecond {
		t.Errorf("a reply came after %s", took)
	}
}

func TestProxyHealsWhileManyGaveUp(t *testing.T) {
	t.Parallel()
	proxy := servertest.ProxyTo(t, servertest.Redis(t).Addr())
	proxy.Hang()
	waiting := dial(t, proxy.Addr())
	if got := exchange(t, waiting); got != silence {
		t.Fatalf("hung: %q", got)
	}
	for range 50 {
		conn := dial(t, proxy.Addr())
		for range 20 {
			if _, err := conn.Write([]byte("PING\r\n")); err != nil {
				t.Fatal(err)
			}
		}
		_ = conn.Close()
	}
	start := time.Now()
	proxy.Heal()
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("it took %s to heal", took)
	}
	if got := read(waiting, 10*time.Second); got != "EOF" {
		t.Errorf("who still waited gets %q", got)
	}
}

func TestProxyURL(t *testing.T) {
	t.Parallel()
	server, err := url.Parse(servertest.Postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	proxy := servertest.ProxyTo(t, server.Host)
	conn := connect(t, proxy.URL(server.String()))
	if got, want := conn.Config().Database, strings.TrimPrefix(server.Path, "/"); got != want {
		t.Errorf("connected with %s, not %s", got, want)
	}
	proxy.Refuse()
	if err := conn.Ping(t.Context()); err == nil {
		t.Error("the connection doesn't pass through the proxy")
	}
}
