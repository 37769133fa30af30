package discord

import (
	"cmp"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

const (
	longestAnswer = 4 << 20          // bytes of a response that are read
	htmlPause     = 30 * time.Second // how long Discord is left alone by default after a 429 without a word of Discord's
)

// transport carries requests to Discord, or to what stands in its place, and mends what discordgo makes of the answers.
type transport struct {
	inner http.RoundTripper
	api   *url.URL // nil: Discord itself
}

// newTransport returns a transport; the error is of an API that isn't an address.
func newTransport(inner http.RoundTripper, api string) (*transport, error) {
	t := &transport{inner: inner}
	if inner == nil {
		t.inner = newRoundTripper()
	}
	if api == "" {
		return t, nil
	}
	u, err := url.Parse(api)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, fmt.Errorf("discord: the API %.200q isn't an address like http://127.0.0.1:8080", api)
	}
	t.api = u
	return t, nil
}

// keptConnections are those that stay open to a proxy of Discord's API that speaks HTTP/1.1: Go's own two would have nearly
// every answer wait for a new one. Discord itself needs one, of HTTP/2.
const keptConnections = 64

// newRoundTripper is Go's own, with more connections.
func newRoundTripper() http.RoundTripper {
	own, ok := http.DefaultTransport.(*http.Transport)
	if !ok { // somebody watches all requests of the process
		return http.DefaultTransport
	}
	own = own.Clone()
	own.MaxIdleConnsPerHost = keptConnections
	return own
}

// htmlLimit is a 429 that isn't Discord's own: discordgo makes an error of JSON out of it.
type htmlLimit struct{ after time.Duration }

func (h *htmlLimit) Error() string { return "rate limited in front of Discord" }

// RoundTrip implements http.RoundTripper.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if t.api != nil {
		r = r.Clone(r.Context())
		r.URL.Scheme, r.URL.Host, r.Host = t.api.Scheme, t.api.Host, t.api.Host
	}
	resp, err := t.inner.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if resp.StatusCode == http.StatusTooManyRequests && kind != "application/json" {
		seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After")) // 0 where it doesn't say
		_ = resp.Body.Close()
		return nil, &htmlLimit{cmp.Or(time.Duration(seconds)*time.Second, htmlPause)}
	}
	resp.Body = limitedBody{io.LimitReader(resp.Body, longestAnswer), resp.Body}
	return resp, nil
}

type limitedBody struct {
	io.Reader
	io.Closer
}
