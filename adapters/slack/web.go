package slack

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"github.com/whosays/whosays/bot/chat"
)

// web is how Slack's Web API is reached.
type web struct {
	http *http.Client
	api  *url.URL // nil: Slack itself

	clock *clock
}

// newWeb returns how it is reached at an address, or at Slack's own. The error is of an API that isn't an address.
func newWeb(api string, transport http.RoundTripper) (web, error) {
	w := web{clock: &clock{}}
	if transport == nil {
		transport = newRoundTripper()
	}
	w.http = &http.Client{Transport: limited{transport, w.clock}, Timeout: requestTimeout, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse // a token goes nowhere else
	}}
	if api != "" {
		u, err := url.Parse(api)
		if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
			return w, fmt.Errorf("slack: the API %.200q isn't an address like http://127.0.0.1:8080", api)
		}
		w.api = u
	}
	return w, nil
}

// keptConnections are those that stay open to a proxy of Slack's API that speaks HTTP/1.1: of Go's own two nearly every call would have
// to wait for a new one. Slack itself needs one, of HTTP/2.
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

// base returns the address of the methods, with the slash at its end that slack-go asks for; "": Slack's own.
func (w web) base() string {
	if w.api == nil {
		return ""
	}
	return w.api.JoinPath("api").String() + "/"
}

// options are those of every client of slack-go. It never tries again by itself, so that nothing is posted twice.
func (w web) options() []slack.Option {
	out := []slack.Option{slack.OptionHTTPClient(w.http)}
	if base := w.base(); base != "" {
		out = append(out, slack.OptionAPIURL(base))
	}
	return out
}

// oauth are the options of slack-go's functions of OAuth.
func (w web) oauth() []slack.OAuthOption {
	if base := w.base(); base != "" {
		return []slack.OAuthOption{slack.OAuthOptionAPIURL(base)}
	}
	return nil
}

// test asks Slack whether it takes a token. The error is of explained.
func (w web) test(ctx context.Context, token string) error {
	_, err := slack.New(token, w.options()...).AuthTestContext(ctx)
	return explained(err)
}

// refusal is what Slack says it won't do (https://docs.slack.dev/reference/methods/chat.postMessage#errors).
type refusal struct{ code string }

func (r *refusal) Error() string { return fmt.Sprintf("slack: refused with %.100q", r.code) }

// Unwrap tells that it is final.
func (r *refusal) Unwrap() error { return chat.ErrRefused }

// unsettled are the codes that say that something failed at Slack, after which a part may have been done.
func unsettled() []string {
	return []string{"fatal_error", "internal_error", "request_timeout", "service_unavailable", "team_added_to_org"}
}

// explained says what became of a request: it is a *refusal, a *chat.Delayed, an *unanswered, or of something that failed at Slack. It
// holds no URL and no token.
func explained(err error) error {
	if err == nil {
		return nil
	}
	if late, ok := errors.AsType[*slack.RateLimitedError](err); ok {
		return delayed(late.RetryAfter)
	}
	if status, ok := errors.AsType[slack.StatusCodeError](err); ok {
		if status.Code >= http.StatusInternalServerError {
			return &failure{status.Status}
		}
		return &refusal{status.Status}
	}
	if said, ok := errors.AsType[slack.SlackErrorResponse](err); ok {
		switch {
		case said.Err == "ratelimited" || said.Err == "rate_limited" || said.Err == "message_limit_exceeded":
			return delayed(time.Second)
		case slices.Contains(unsettled(), said.Err):
			return &failure{said.Err}
		}
		return &refusal{said.Err}
	}
	if failed, ok := errors.AsType[*url.Error](err); ok {
		return &unanswered{failed.Err}
	}
	return fmt.Errorf("slack: %w", err)
}

func delayed(after time.Duration) error {
	return &chat.Delayed{After: min(after, longestLimit), Err: errors.New("slack: rate limited")}
}

// failure is the error of a request at which Slack failed: a part of it may have been done.
type failure struct{ what string }

func (f *failure) Error() string { return "slack: failed with " + f.what }

// unanswered is the error of a request whose answer never came.
type unanswered struct{ err error }

func (u *unanswered) Error() string { return "slack: no answer: " + u.err.Error() }

func (u *unanswered) Unwrap() error { return u.err }
