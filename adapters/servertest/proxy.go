package servertest

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/Shopify/toxiproxy/v2"
	"github.com/rs/zerolog"
)

// Proxy stands between a client and a server and makes the way fail. Each mode replaces the one before.
type Proxy struct {
	t     testing.TB
	proxy *toxiproxy.Proxy
}

// ProxyTo starts a proxy that passes everything on to upstream, a host and port.
func ProxyTo(t testing.TB, upstream string) *Proxy {
	t.Helper()
	server := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop())
	p := &Proxy{t, toxiproxy.NewProxy(server, t.Name(), "127.0.0.1:0", upstream)}
	t.Cleanup(func() {
		p.proxy.Toxics.ResetToxics(context.Background()) // or what they hold back would stay
		p.proxy.Stop()
	})
	p.Heal()
	return p
}

// Addr is the host and port on which the proxy listens.
func (p *Proxy) Addr() string { return p.proxy.Listen }

// URL is a URL of the server, with the way through the proxy.
func (p *Proxy) URL(server string) string {
	p.t.Helper()
	u, err := url.Parse(server)
	if err != nil {
		p.t.Fatalf("servertest: %v", err)
	}
	u.Host = p.Addr()
	return u.String()
}

// Hang takes what clients send and returns nothing. Connections that hung are closed when the mode ends.
func (p *Proxy) Hang() {
	p.t.Helper()
	p.add(`{"type": "timeout", "attributes": {"timeout": 0}}`)
}

// Slow keeps back every byte of the server for d. A client that gives up earlier and reads on later gets the late
// bytes: one that returns such a connection to its pool reads the reply to another question. What clients that have
// hung up by the time the mode ends didn't fetch can hold up the next mode for seconds: to outlast them all, [Proxy.Hang].
func (p *Proxy) Slow(d time.Duration) {
	p.t.Helper()
	p.add(fmt.Sprintf(`{"type": "latency", "attributes": {"latency": %d}}`, d.Milliseconds()))
}

// Reset breaks a connection (RST) at the server's first byte: the server did what it was asked, and the reply is lost.
// Connections from before see their end instead (EOF).
func (p *Proxy) Reset() {
	p.t.Helper()
	p.add(`{"type": "reset_peer", "attributes": {"timeout": 0}}`)
}

// Refuse closes every connection and refuses new ones.
func (p *Proxy) Refuse() {
	p.proxy.Toxics.ResetToxics(context.Background())
	p.proxy.Stop()
}

// Heal passes everything on again.
func (p *Proxy) Heal() {
	p.t.Helper()
	p.proxy.Toxics.ResetToxics(context.Background())
	if p.proxy.Enabled {
		return
	}
	if err := p.proxy.Start(); err != nil {
		p.t.Fatalf("servertest: the proxy to %s: %v", p.proxy.Upstream, err)
	}
}

func (p *Proxy) add(toxic string) {
	p.t.Helper()
	p.Heal()
	if _, err := p.proxy.Toxics.AddToxicJson(strings.NewReader(toxic)); err != nil {
		p.t.Fatalf("servertest: the proxy to %s: %v", p.proxy.Upstream, err)
	}
}
