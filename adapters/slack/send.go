package slack

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/slack-go/slack"

	"github.com/whosays/whosays/bot/chat"
)

var _ chat.Sender = (*Client)(nil)

// Send posts a reply into a conversation, in a thread where it answers a message. Slack doesn't drop a second post of one key: the
// message carries the key, by which Lookup finds it.
func (c *Client) Send(ctx context.Context, p chat.Post) (chat.MessageRef, error) {
	ctx, end := chat.StepSend.Begin(ctx)
	ref, err := c.send(ctx, p)
	end(chat.Mark{Err: err})
	return ref, err
}

func (c *Client) send(ctx context.Context, p chat.Post) (chat.MessageRef, error) {
	m := c.render(p.Reply, p.ID, 0, false).once(p.Nonce())
	if p.ReplyTo != "" {
		answered, err := parseRef(p.ReplyTo)
		if err != nil {
			return "", fmt.Errorf("slack: %w: %w", chat.ErrRefused, err)
		}
		m = m.answering(answered)
	}
	if m.empty() {
		return "", fmt.Errorf("slack: %w: the reply has nothing to show", chat.ErrRefused)
	}
	to, err := c.where(ctx, p.To)
	if err != nil {
		return "", undone(err)
	}
	at := spot{place: to}
	err = c.call(ctx, to.Team, "post/"+to.Channel, func(ctx context.Context, api *slack.Client) (err error) {
		_, at.TS, err = api.PostMessageContext(ctx, to.Channel, m.options()...)
		return err
	})
	if err != nil {
		if _, ok := errors.AsType[*unanswered](err); ok {
			c.doubts.note(p.Nonce(), struct{}{})
		}
		return "", err
	}
	if !timestamp(at.TS) {
		return "", fmt.Errorf("slack: the answer to a post has the ts %.40q", at.TS)
	}
	return at.ref(), nil
}

// options returns the message as slack-go posts it: without link_names and parse, by which names would become mentions.
func (m *message) options() []slack.MsgOption {
	out := []slack.MsgOption{slack.MsgOptionText(m.Text, false), slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl()}
	if len(m.Blocks) > 0 { // slack-go says blocks=[] of none (https://github.com/slack-go/slack/issues/1214)
		out = append(out, slack.MsgOptionBlocks(m.Blocks...))
	}
	if m.ThreadTS != "" {
		out = append(out, slack.MsgOptionTS(m.ThreadTS))
	}
	if m.Metadata != nil {
		out = append(out, slack.MsgOptionMetadata(slack.SlackMetadata{
			EventType: m.Metadata.EventType, EventPayload: map[string]any{payloadKey: m.Metadata.EventPayload.Key},
		}))
	}
	return out
}

// payloadKey is the name of what a message was posted for.
const payloadKey = "key"

// render renders a page of a reply that is kept under a record, in the words of its language.
func (c *Client) render(r chat.Reply, record string, page int, private bool) message {
	v := view{
		Record: record, Page: page, Private: private,
		Label: func(cmd chat.Command) string { return c.label(cmd, r.Lang) },
	}
	if slices.Contains(r.Offers, chat.CommandShow) { // it is a list to choose from
		v.Command = chat.CommandNear
	}
	return render(r, v)
}

// empty reports a message that Slack would refuse.
func (m *message) empty() bool { return m.Text == "" && len(m.Blocks) == 0 }
