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

// respondAgain is after how long an answer is posted again at which Slack failed.
const respondAgain = 500 * time.Millisecond

// respond answers a command or a press by its response_url, which is a secret: to the person alone, or to all. It is posted again
// where Slack says that it didn't take it. Nothing tells what was posted by a response_url, so that after a 5xx it may stand there or
// not: to one person alone it is said once more, since to see it twice is less bad than to wait for nothing; to all it isn't. Where no
// answer came at all Slack has most likely taken it, and only the answer was late.
func (c *Client) respond(ctx context.Context, hook string, m message, all bool) (err error) {
	ctx, end := chat.StepSend.Begin(ctx)
	defer func() { end(chat.Mark{Err: err}) }()
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
	for again := !all; ; {
		err = c.explain("response", slack.PostWebhookCustomHTTPContext(ctx, hook, c.http, is))
		c.metrics.requests.WithLabelValues(resultOf(err)).Inc()
		wait := respondAgain
		delayed, ok := errors.AsType[*chat.Delayed](err)
		if ok {
			wait = max(delayed.After, time.Second)
		} else if _, broken := errors.AsType[*failure](err); !broken || !again {
			return err
		} else {
			again = false
		}
		select {
		case <-time.After(wait):
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
