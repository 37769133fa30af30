package discord

import (
	"context"
	"errors"
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
	api   *url.URL // nil: Discord itself; its path comes before /api
	clock clock
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
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("discord: the API %.200q isn't an address like http://127.0.0.1:8080", api)
	}
	t.api = u.JoinPath("/") // a path to which others can be joined
	return t, nil
}

// wideLimit is a 429 of more than one route: of the bot's global limit, or of what stands in front of Discord. discordgo
// knows neither: it makes an error of JSON out of the second.
type wideLimit struct {
	bucket string // ofAll, or ofBot
	after  time.Duration
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

func (w *wideLimit) Error() string { return "rate limited in front of Discord, or over all routes" }

// errBadGateway is a 502. discordgo's own error holds the whole page, on which may stand anything.
var errBadGateway = errors.New("502 " + http.StatusText(http.StatusBadGateway))

// spentKey is that of the context of noting.
type spentKey struct{}

// noting returns a context by which the transport notes how long the bucket of a request takes no other.
func noting(ctx context.Context, spent *time.Duration) context.Context {
	return context.WithValue(ctx, spentKey{}, spent)
}

// RoundTrip implements http.RoundTripper.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if t.api != nil {
		r = r.Clone(r.Context())
		query := r.URL.RawQuery
		r.URL = t.api.JoinPath(r.URL.EscapedPath())
		r.URL.RawQuery, r.Host = query, t.api.Host
	}
	resp, err := t.inner.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	t.clock.set(resp.Header)
	if err := refused(resp); err != nil {
		_ = resp.Body.Close()
		return nil, err
	}
	heed(r.Context(), resp.Header)
	resp.Body = limitedBody{io.LimitReader(resp.Body, longestAnswer), resp.Body}
	return resp, nil
}

// refused returns the error of an answer that discordgo wouldn't understand.
func refused(resp *http.Response) error {
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	switch {
	case resp.StatusCode == http.StatusBadGateway:
		return errBadGateway
	case resp.StatusCode != http.StatusTooManyRequests:
		return nil
	case kind != "application/json" && resp.Header.Get("Retry-After") == "":
		return &wideLimit{ofAll, htmlPause}
	case kind != "application/json":
		return &wideLimit{ofAll, retryAfter(resp.Header)}
	case resp.Header.Get("X-RateLimit-Global") != "":
		return &wideLimit{ofBot, retryAfter(resp.Header)}
	}
	return nil
}

// heed notes a bucket of which this was the last request, and takes from the answer what discordgo's limiter reads.
func heed(ctx context.Context, h http.Header) {
	spent, ok := ctx.Value(spentKey{}).(*time.Duration)
	if seconds, err := strconv.ParseFloat(h.Get("X-RateLimit-Reset-After"), 64); ok && err == nil && h.Get("X-RateLimit-Remaining") == "0" {
		*spent = time.Duration(min(seconds, longestLimit.Seconds()) * float64(time.Second))
	}
	for _, name := range []string{"Remaining", "Reset", "Reset-After", "Global"} {
		h.Del("X-RateLimit-" + name)
	}
}

type limitedBody struct {
	io.Reader
	io.Closer
}
