package slackfake

import (
	"net/http"
	"net/url"
	"strings"
)

// Transport is [Rewrite] to this server.
func (s *Server) Transport() http.RoundTripper { return Rewrite(s.url) }

// Rewrite returns a transport that sends what is meant for Slack (slack.com and all below it) to the server at base,
// such as "http://127.0.0.1:8080". Its idle connections are closed by http.Client.CloseIdleConnections. It panics where
// base is no URL.
func Rewrite(base string) http.RoundTripper {
	to, err := url.Parse(base)
	if err != nil || to.Host == "" {
		panic("slackfake: not the URL of a server: " + base)
	}
	own := http.DefaultTransport.(*http.Transport).Clone()
	own.Proxy = nil
	own.MaxIdleConnsPerHost = own.MaxIdleConns // all requests go to one host
	return &rewriter{to: to, Transport: own}
}

type rewriter struct {
	*http.Transport
	to *url.URL
}

// RoundTrip leaves requests for other hosts as they are.
func (t *rewriter) RoundTrip(r *http.Request) (*http.Response, error) {
	if host := r.URL.Hostname(); host == "slack.com" || strings.HasSuffix(host, ".slack.com") {
		r = r.Clone(r.Context())
		r.URL.Scheme, r.URL.Host, r.Host = t.to.Scheme, t.to.Host, ""
	}
	return t.Transport.RoundTrip(r)
}
