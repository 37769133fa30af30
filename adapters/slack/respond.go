package slack

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/whosays/whosays/bot/chat"
)

// errNowhere is the error of an answer that nobody would see.
var errNowhere = errors.New("slack: there is no response_url of Slack's to answer by")

// respondFor is how long an answer is tried that Slack asks to wait with.
const respondFor = 30 * time.Second

// respond answers a command or a press by its response_url, which is a secret: to the person alone, or to all. It is posted
// again only where Slack says that it didn't take it.
func (c *Client) respond(ctx context.Context, hook string, m message, all bool) error {
	if !c.trusted(hook) {
		return errNowhere
	}
	if m.empty() {
		return errors.New("slack: the reply has nothing to show")
	}
	is := &slack.WebhookMessage{
		Text: m.Text, ThreadTimestamp: m.ThreadTS, ResponseType: slack.ResponseTypeEphemeral, UnfurlLinks: new(false), UnfurlMedia: new(false),
	}
	if all {
		is.ResponseType = slack.ResponseTypeInChannel
	}
	if len(m.Blocks) > 0 {
		is.Blocks = &slack.Blocks{BlockSet: m.Blocks}
	}
	ctx, cancel := context.WithTimeout(ctx, respondFor)
	defer cancel()
	for {
		err := c.explain("response", slack.PostWebhookCustomHTTPContext(ctx, hook, c.http, is))
		c.metrics.requests.WithLabelValues(resultOf(err)).Inc()
		delayed, ok := errors.AsType[*chat.Delayed](err)
		if !ok {
			return err
		}
		select {
		case <-time.After(max(delayed.After, time.Second)):
		case <-ctx.Done():
			return fmt.Errorf("slack: nobody waits for the answer any more: %w", err)
		}
	}
}

// trusted reports a response_url of Slack's: what is said goes nowhere else.
func (c *Client) trusted(hook string) bool {
	u, err := url.Parse(hook)
	if err != nil || u.User != nil {
		return false
	}
	if c.api != nil && u.Host == c.api.Host && u.Scheme == c.api.Scheme {
		return true
	}
	return u.Scheme == "https" && (u.Host == "slack.com" || strings.HasSuffix(u.Host, ".slack.com"))
}
