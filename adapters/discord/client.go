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
	"strings"
	"sync"
	"sync/atomic"
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
	API   string // the address of a proxy of Discord's API, or of a fake, without /api; empty: Discord itself
	// Transport carries the requests; nil: one like http.DefaultTransport.
	Transport http.RoundTripper
	Metrics   prometheus.Registerer
	Log       *slog.Logger
}

// Client is Discord's REST API as the bot uses it. It is a chat.Sender, and safe for concurrent use.
//
// All that anybody reads goes out through it as a message of render, which mentions nobody.
type Client struct {
	label   func(c chat.Command, lang string) string
	http    *http.Client
	session *discordgo.Session
	posts   *rate.Limiter
	pace    turnPace
	clock   *clock
	self    atomic.Pointer[string] // the id of the bot's user, once Discord has told it
	metrics *clientMetrics
	log     *slog.Logger

	mu     sync.Mutex
	closed map[string]time.Time // until when Discord asked to leave a bucket alone
	fatal  *FatalError          // Discord takes the token no more
	dead   chan struct{}        // closed with fatal
}

const (
	requestTimeout = 8 * time.Second
	// Discord takes 50 requests a second of a bot, interactions not counted
	// (https://docs.discord.com/developers/topics/rate-limits#global-rate-limit); discordgo counts none.
	postsPerSecond = 45
	postsAtOnce    = 10
	mostClosed     = 10_000
)

// Buckets that stand for many: neither is the name of one.
const (
	ofAll = ""    // all that is asked of Discord from this address
	ofBot = "bot" // what counts towards the limit of the bot, which is all but the answers to interactions
)

// NewClient returns a client. The error is of metrics that are registered already, or of an API that isn't an address.
func NewClient(o ClientOptions) (*Client, error) {
	transport, err := newTransport(o.Transport, o.API)
	if err != nil {
		return nil, err
	}
	requests := &http.Client{Transport: transport, Timeout: requestTimeout}
	c := &Client{
		label: o.Label, http: requests, session: quietSession(o.Token, requests),
		posts: rate.NewLimiter(postsPerSecond, postsAtOnce), pace: realPace(), metrics: newClientMetrics(),
		log: cmp.Or(o.Log, slog.New(slog.DiscardHandler)), closed: map[string]time.Time{},
		dead: make(chan struct{}), clock: &transport.clock,
	}
	if o.Metrics != nil {
		if err := c.metrics.register(o.Metrics); err != nil {
			return nil, fmt.Errorf("discord: %w", err)
		}
	}
	return c, nil
}

// call makes one request. The bucket is that of Discord's limits: while one is closed, nothing is asked of it. The error is
// chat.ErrRefused, a *chat.Delayed, a *refusal, a *FatalError, or tells of a request whose outcome isn't known. It holds no URL:
// those of interactions are secret.
func (c *Client) call(ctx context.Context, method, address, bucket string, body, answer any) error {
	if err := c.usable(); err != nil && counted(address) {
		return err
	}
	if wait := c.left(bucket, counted(address)); wait > 0 {
		return &chat.Delayed{After: wait, Err: errors.New("discord: an earlier answer asked to wait")}
	}
	data, err := c.request(ctx, method, address, bucket, body)
	err = c.explain(bucket, err)
	if r, ok := errors.AsType[*refusal](err); ok && r.status == http.StatusUnauthorized && counted(address) {
		err = c.die()
	}
	c.metrics.requests.WithLabelValues(resultOf(err)).Inc()
	if err != nil || answer == nil || len(data) == 0 {
		return err
	}
	if err := json.Unmarshal(data, answer); err != nil {
		return fmt.Errorf("discord: the answer can't be read: %w", err)
	}
	return nil
}

// request sends a request, past discordgo's own limiter: that one sleeps whatever becomes of ctx, keeps each bucket locked
// while a request is under way, and never frees one (https://github.com/bwmarrin/discordgo/issues/1333).
func (c *Client) request(ctx context.Context, method, address, bucket string, body any) ([]byte, error) {
	kind, data, err := encode(body)
	if err != nil { // it wouldn't work another time
		return nil, fmt.Errorf("%w: %w", chat.ErrRefused, err)
	}
	var spent time.Duration
	nobodys := &discordgo.Bucket{}
	nobodys.Lock() // it is unlocked once the answer is there
	data, err = c.session.RequestWithLockedBucket(method, address, kind, data, nobodys, 0, discordgo.WithContext(noting(ctx, &spent)))
	if spent > 0 {
		c.close(bucket, spent)
	}
	return data, err
}

// counted reports an address that counts towards the bot's global limit: those are that are asked with its token.
func counted(address string) bool {
	return !strings.HasPrefix(address, discordgo.EndpointWebhooks) && !strings.HasPrefix(address, discordgo.EndpointAPI+"interactions/")
}

// left returns how long a bucket is still closed.
func (c *Client) left(bucket string, counted bool) time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	wait := max(time.Until(c.closed[bucket]), time.Until(c.closed[ofAll]))
	if counted {
		wait = max(wait, time.Until(c.closed[ofBot]))
	}
	return wait
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

// refusal is what Discord says it won't do, with its code (https://docs.discord.com/developers/topics/opcodes-and-status-codes#json).
type refusal struct {
	status, code int
	message      string
}

func (r *refusal) Error() string {
	return fmt.Sprintf("discord: refused with %d (code %d): %.300s", r.status, r.code, r.message)
}

// Unwrap tells that it is final.
func (r *refusal) Unwrap() error { return chat.ErrRefused }

// codeAcknowledged is the code of an interaction that was answered already.
const codeAcknowledged = 40060

// explain says what became of a request.
func (c *Client) explain(bucket string, err error) error {
	if err == nil {
		return nil
	}
	if limited, ok := errors.AsType[*discordgo.RateLimitError](err); ok {
		return c.limited(bucket, limited.RetryAfter)
	}
	if limited, ok := errors.AsType[*wideLimit](err); ok {
		return c.limited(limited.bucket, limited.after)
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
	after = min(after, longestLimit)
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
