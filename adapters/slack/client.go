package slack

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/slack-go/slack"

	"github.com/whosays/whosays/bot/chat"
)

// ClientOptions say how Slack's Web API is reached. All but Tokens and Label may be zero.
type ClientOptions struct {
	Tokens   Tokens
	AppToken string // of Socket Mode
	Label    func(c chat.Command, lang string) string
	API      string // the address of a proxy of Slack's API, or of a fake, without /api/; empty: Slack itself
	// Transport carries the requests; nil: one like http.DefaultTransport.
	Transport http.RoundTripper
	Metrics   prometheus.Registerer
	Log       *slog.Logger
}

// Client is Slack's Web API as the bot uses it. It is a chat.Sender, and safe for concurrent use.
//
// All that anybody reads goes out through it as a message of render, which mentions nobody.
type Client struct {
	web
	tokens   Tokens
	appToken string
	label    func(c chat.Command, lang string) string
	bots     *memory[string]
	reaches  *memory[reach]
	locales  *memory[string]
	people   *memory[profile]
	groups   *memory[map[string][]string] // of a team: those that each person is in
	joined   *memory[[]string]            // the channels that somebody is in
	doubts   *memory[struct{}]            // the posts that Slack may still be about to store
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
	// How long it is believed who may manage a team, and who is in a group: who loses it may no longer.
	profileFor = 10 * time.Second
	// For how long Slack may go on with a post to which it gave no answer.
	settles = 10 * time.Second
)

// NewClient returns a client. The error is of metrics that are registered already, or of an API that isn't an address.
func NewClient(o ClientOptions) (*Client, error) {
	c := &Client{
		tokens: o.Tokens, appToken: o.AppToken, label: o.Label, metrics: newClientMetrics(), closed: map[string]time.Time{},
		bots: newMemory[string](botFor), reaches: newMemory[reach](ownFor), locales: newMemory[string](localeFor),
		people: newMemory[profile](profileFor), groups: newMemory[map[string][]string](profileFor), joined: newMemory[[]string](ownFor),
		doubts: newMemory[struct{}](settles),
		log:    cmp.Or(o.Log, slog.New(slog.DiscardHandler)),
	}
	var err error
	if c.web, err = newWeb(o.API, o.Transport); err != nil {
		return nil, err
	}
	if o.Metrics != nil {
		if err := c.metrics.register(o.Metrics); err != nil {
			return nil, fmt.Errorf("slack: %w", err)
		}
	}
	return c, nil
}

// call makes one request in a team. The bucket is that of Slack's limits: while one is closed, nothing is asked of it. The error
// is chat.ErrRefused, a *chat.Delayed, or tells of a request whose outcome isn't known. It holds no URL and no token.
func (c *Client) call(ctx context.Context, team, bucket string, do func(context.Context, *slack.Client) error) error {
	bucket = team + "/" + bucket
	if wait := c.left(bucket); wait > 0 {
		return &chat.Delayed{After: wait, Err: errors.New("slack: an earlier answer asked to wait")}
	}
	token, err := c.tokens.Token(ctx, team)
	if err != nil {
		return fmt.Errorf("slack: the token of %.32q: %w", team, err)
	}
	err = c.try(ctx, bucket, token, do)
	if no, ok := errors.AsType[*refusal](err); ok && ofTokens(no.code) { // it has done nothing
		if err = c.tokens.Refused(ctx, team, token, no.code); err == nil {
			token, err = c.tokens.Token(ctx, team)
		}
		if err == nil {
			err = c.try(ctx, bucket, token, do)
		}
	}
	return err
}

func (c *Client) try(ctx context.Context, bucket, token string, do func(context.Context, *slack.Client) error) error {
	err := c.explain(bucket, do(ctx, slack.New(token, c.options()...)))
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

// explain says what became of a request, and leaves a bucket alone for as long as Slack asks to.
func (c *Client) explain(bucket string, err error) error {
	err = explained(err)
	if late, ok := errors.AsType[*chat.Delayed](err); ok {
		c.close(bucket, late.After)
	}
	return err
}
