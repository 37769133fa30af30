package slack

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/slack-go/slack"

	"github.com/whosays/whosays/bot/chat"
)

// Tokens returns the bot's token in a team. Its error is of a team that has none, or of a store that doesn't answer.
type Tokens func(ctx context.Context, team string) (string, error)

// OneToken returns the tokens of an app that one team has installed. Slack refuses it where it is another's.
func OneToken(token string) Tokens {
	return func(context.Context, string) (string, error) { return token, nil }
}

// ClientOptions say how Slack's Web API is reached. All but Tokens and Label may be zero.
type ClientOptions struct {
	Tokens   Tokens
	AppToken string // of Socket Mode
	Label    func(c chat.Command, lang string) string
	API      string // the address of a proxy of Slack's API, or of a fake, without /api/; empty: Slack itself
	// Transport carries the requests; nil: http.DefaultTransport.
	Transport http.RoundTripper
	Metrics   prometheus.Registerer
	Log       *slog.Logger
}

// Client is Slack's Web API as the bot uses it. It is a chat.Sender, and safe for concurrent use.
//
// All that anybody reads goes out through it as a message of render, which mentions nobody.
type Client struct {
	tokens   Tokens
	appToken string
	label    func(c chat.Command, lang string) string
	api      *url.URL // nil: Slack itself
	http     *http.Client
	bots     *memory[string]
	owned    *memory[bool]
	locales  *memory[string]
	doubts   *memory[struct{}] // the posts that Slack may still be about to store
	metrics  *clientMetrics
	log      *slog.Logger

	mu     sync.Mutex
	closed map[string]time.Time // until when Slack asked to leave a bucket alone
}

const (
	requestTimeout = 8 * time.Second
	longestAnswer  = 4 << 20 // bytes of a response that are read
	mostClosed     = 10_000
	longestLimit   = time.Hour // what asks for more is believed for so long
	// How long it is believed who the bot is, whether a channel is a team's own, and what language somebody speaks.
	botFor, ownFor, localeFor = time.Hour, time.Minute, time.Hour
	// For how long Slack may go on with a post to which it gave no answer.
	settles = 10 * time.Second
)

// NewClient returns a client. The error is of metrics that are registered already, or of an API that isn't an address.
func NewClient(o ClientOptions) (*Client, error) {
	c := &Client{
		tokens: o.Tokens, appToken: o.AppToken, label: o.Label, metrics: newClientMetrics(), closed: map[string]time.Time{},
		bots: newMemory[string](botFor), owned: newMemory[bool](ownFor), locales: newMemory[string](localeFor),
		doubts: newMemory[struct{}](settles),
		log:    cmp.Or(o.Log, slog.New(slog.DiscardHandler)),
	}
	inner := o.Transport
	if inner == nil {
		inner = http.DefaultTransport
	}
	c.http = &http.Client{Transport: limited{inner}, Timeout: requestTimeout, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse // a token goes nowhere else
	}}
	if o.API != "" {
		u, err := url.Parse(o.API)
		if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
			return nil, fmt.Errorf("slack: the API %.200q isn't an address like http://127.0.0.1:8080", o.API)
		}
		c.api = u
	}
	if o.Metrics != nil {
		if err := c.metrics.register(o.Metrics); err != nil {
			return nil, fmt.Errorf("slack: %w", err)
		}
	}
	return c, nil
}

// options are those of every client of slack-go. It never tries again by itself, so that nothing is posted twice.
func (c *Client) options() []slack.Option {
	out := []slack.Option{slack.OptionHTTPClient(c.http), slack.OptionAppLevelToken(c.appToken)}
	if c.api != nil {
		out = append(out, slack.OptionAPIURL(c.api.JoinPath("api").String()+"/"))
	}
	return out
}

// call makes one request in a team. The bucket is that of Slack's limits: while one is closed, nothing is asked of it. The error
// is chat.ErrRefused, a *chat.Delayed, or tells of a request whose outcome isn't known. It holds no URL and no token.
func (c *Client) call(ctx context.Context, team, bucket string, do func(context.Context, *slack.Client) error) error {
	bucket = team + "/" + bucket
	if wait := c.left(bucket); wait > 0 {
		return &chat.Delayed{After: wait, Err: errors.New("slack: an earlier answer asked to wait")}
	}
	token, err := c.tokens(ctx, team)
	if err != nil {
		return fmt.Errorf("slack: the token of %s: %w", team, err)
	}
	err = c.explain(bucket, do(ctx, slack.New(token, c.options()...)))
	c.metrics.requests.WithLabelValues(resultOf(err)).Inc()
	return err
}

// left returns how long a bucket is still closed.
func (c *Client) left(bucket string) time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Until(c.closed[bucket])
}

// close notes that a bucket is to be left alone.
func (c *Client) close(bucket string, d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.closed) >= mostClosed {
		now := time.Now()
		for b, until := range c.closed {
			if until.Before(now) {
				delete(c.closed, b)
			}
		}
	}
	c.closed[bucket] = time.Now().Add(d)
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

// explain says what became of a request.
func (c *Client) explain(bucket string, err error) error {
	if err == nil {
		return nil
	}
	if late, ok := errors.AsType[*slack.RateLimitedError](err); ok {
		return c.limited(bucket, late.RetryAfter)
	}
	if status, ok := errors.AsType[slack.StatusCodeError](err); ok {
		if status.Code >= http.StatusInternalServerError {
			return fmt.Errorf("slack: failed with %s", status.Status)
		}
		return &refusal{status.Status}
	}
	if said, ok := errors.AsType[slack.SlackErrorResponse](err); ok {
		switch {
		case said.Err == "ratelimited" || said.Err == "rate_limited" || said.Err == "message_limit_exceeded":
			return c.limited(bucket, time.Second)
		case slices.Contains(unsettled(), said.Err):
			return fmt.Errorf("slack: failed with %s", said.Err)
		}
		return &refusal{said.Err}
	}
	if failed, ok := errors.AsType[*url.Error](err); ok {
		return &unanswered{failed.Err}
	}
	return fmt.Errorf("slack: %w", err)
}

// unanswered is the error of a request whose answer never came.
type unanswered struct{ err error }

func (u *unanswered) Error() string { return "slack: no answer: " + u.err.Error() }

func (u *unanswered) Unwrap() error { return u.err }

// limited closes a bucket.
func (c *Client) limited(bucket string, after time.Duration) error {
	after = min(after, longestLimit)
	c.close(bucket, after)
	return &chat.Delayed{After: after, Err: errors.New("slack: rate limited")}
}
