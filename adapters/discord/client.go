package discord

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/time/rate"

	"github.com/whosays/whosays/bot/chat"
)

// ClientOptions say how Discord's REST API is reached. All but Token and Label may be zero.
type ClientOptions struct {
	Token string // of the bot, without "Bot "
	Label func(c chat.Command, lang string) string
	API   string // the address of a proxy of Discord's API, or of a fake; empty: Discord itself
	// Transport carries the requests; nil: one like http.DefaultTransport.
	Transport http.RoundTripper
	Metrics   prometheus.Registerer
	Log       *slog.Logger
}

// Client is Discord's REST API as the bot uses it. It is a chat.Sender, and safe for concurrent use.
//
// All that anybody reads goes out through it as a message of render, which mentions nobody.
type Client struct {
	token   string
	label   func(c chat.Command, lang string) string
	http    *http.Client
	posts   *rate.Limiter
	metrics *clientMetrics
	log     *slog.Logger

	mu       sync.Mutex
	session  *discordgo.Session
	requests int
	closed   map[string]time.Time // until when Discord asked to leave a bucket alone
}

const (
	requestTimeout = 8 * time.Second
	// Discord takes 50 requests a second of a bot, interactions not counted
	// (https://docs.discord.com/developers/topics/rate-limits#global-rate-limit); discordgo counts none.
	postsPerSecond = 45
	postsAtOnce    = 10
	// discordgo keeps a bucket for each interaction, 915 bytes that are never freed
	// (https://github.com/bwmarrin/discordgo/issues/1333): after so many requests it gets a new session.
	requestsPerSession = 20_000
	mostClosed         = 10_000
)

// NewClient returns a client. The error is of metrics that are registered already, or of an API that isn't an address.
func NewClient(o ClientOptions) (*Client, error) {
	transport, err := newTransport(o.Transport, o.API)
	if err != nil {
		return nil, err
	}
	c := &Client{
		token: o.Token, label: o.Label, http: &http.Client{Transport: transport, Timeout: requestTimeout},
		posts: rate.NewLimiter(postsPerSecond, postsAtOnce), metrics: newClientMetrics(),
		log: cmp.Or(o.Log, slog.New(slog.DiscardHandler)), closed: map[string]time.Time{},
	}
	if o.Metrics != nil {
		if err := c.metrics.register(o.Metrics); err != nil {
			return nil, fmt.Errorf("discord: %w", err)
		}
	}
	return c, nil
}

// rest returns the session that requests go through, and the Discord that it is.
func (c *Client) rest() *discordgo.Session {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.session == nil || c.requests >= requestsPerSession {
		c.session, c.requests = newREST(c.token, c.http), 0
	}
	c.requests++
	return c.session
}

// newREST returns a session that only makes requests, each once: a retry of discordgo's own could post a second time.
func newREST(token string, client *http.Client) *discordgo.Session {
	s, _ := discordgo.New("Bot " + token) // has no error
	s.Client = client
	s.MaxRestRetries = 0
	s.ShouldRetryOnRateLimit = false
	s.StateEnabled = false
	return s
}

// call makes one request. The bucket is that of Discord's limits: while one is closed, nothing is asked of it. The error is
// chat.ErrRefused, a *chat.Delayed, a *refusal, or tells of a request whose outcome isn't known. It holds no URL: those of
// interactions are secret.
func (c *Client) call(ctx context.Context, method, address, bucket string, body, answer any) error {
	if wait := c.left(bucket); wait > 0 {
		return &chat.Delayed{After: wait, Err: errors.New("discord: an earlier answer asked to wait")}
	}
	data, err := c.rest().RequestWithBucketID(method, address, body, bucket, discordgo.WithContext(ctx))
	err = c.explain(bucket, err)
	c.metrics.requests.WithLabelValues(resultOf(err)).Inc()
	if err != nil || answer == nil || len(data) == 0 {
		return err
	}
	if err := json.Unmarshal(data, answer); err != nil {
		return fmt.Errorf("discord: the answer can't be read: %w", err)
	}
	return nil
}

// left returns how long a bucket is still closed.
func (c *Client) left(bucket string) time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return max(time.Until(c.closed[bucket]), time.Until(c.closed[""]))
}

// close notes that a bucket, or all where it is empty, is to be left alone.
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

// refusal is what Discord says it won't do, with its code (https://docs.discord.com/developers/topics/opcodes-and-status-codes#json).
type refusal struct {
	status, code int
	message      string
}

func (r *refusal) Error() string {
	return fmt.Sprintf("discord: refused with %d (code %d): %.300s", r.status, r.code, r.message)
}

// Unwrap tells that it is final, where it is.
func (r *refusal) Unwrap() error { return chat.ErrRefused }

// The codes that mean something to the bot.
const (
	codeUnknownInteraction = 10062 // its time is over, or it was answered by somebody else with its token
	codeAcknowledged       = 40060 // it was answered already
)

// explain says what became of a request.
func (c *Client) explain(bucket string, err error) error {
	if err == nil {
		return nil
	}
	if limited, ok := errors.AsType[*discordgo.RateLimitError](err); ok {
		return c.limited(bucket, limited.RetryAfter)
	}
	if limited, ok := errors.AsType[*htmlLimit](err); ok { // by the proxy in front of Discord: all of it
		return c.limited("", limited.after)
	}
	if rest, ok := errors.AsType[*discordgo.RESTError](err); ok {
		status := rest.Response.StatusCode
		if status >= http.StatusInternalServerError {
			return fmt.Errorf("discord: failed with %s", rest.Response.Status)
		}
		r := &refusal{status: status, message: http.StatusText(status)}
		if rest.Message != nil {
			r.code, r.message = rest.Message.Code, rest.Message.Message
		}
		return r
	}
	if failed, ok := errors.AsType[*url.Error](err); ok {
		return fmt.Errorf("discord: no answer: %w", failed.Err)
	}
	return fmt.Errorf("discord: %w", err)
}

// limited closes a bucket.
func (c *Client) limited(bucket string, after time.Duration) error {
	c.close(bucket, after)
	return &chat.Delayed{After: after, Err: errors.New("discord: rate limited")}
}

// turn waits for the bot's turn among all its posts. Where that takes longer than the context has, the post is delayed.
func (c *Client) turn(ctx context.Context) error {
	if err := c.posts.Wait(ctx); err != nil {
		return &chat.Delayed{After: time.Second, Err: fmt.Errorf("discord: too many posts: %w", err)}
	}
	return nil
}
