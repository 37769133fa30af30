package slack

import (
	"context"
	"errors"
	"time"

	"github.com/slack-go/slack"

	"github.com/whosays/whosays/bot/chat"
)

// threaded returns a key of what is posted into a thread.
func threaded(key, root string) string {
	if root == "" {
		return key
	}
	return key + "@" + root
}

// threadOf returns the thread into which a post goes; "" where it goes into none.
func threadOf(p chat.Post) string {
	to, err := parseRef(p.ReplyTo)
	if err != nil {
		return ""
	}
	return to.TS
}

const (
	// lookBefore is how much longer ago than it was tried a post is looked for: the database's clock has taken the time.
	lookBefore = 2 * time.Minute
	// Slack gives apps that are sold outside of its marketplace 15 messages at once
	// (https://docs.slack.dev/changelog/2025/05/29/rate-limit-changes-for-non-marketplace-apps), and everybody else more.
	lookAtOnce = 100
	mostPages  = 5
)

// Lookup looks for a post among what was said in its conversation, or its thread, since it was first tried. It knows that it isn't
// there only where it could read all of that.
func (c *Client) Lookup(ctx context.Context, p chat.Post, ago time.Duration) (chat.MessageRef, chat.Presence, error) {
	at, err := c.where(ctx, p.To)
	if err != nil {
		return unreadable(err)
	}
	bot, err := c.self(ctx, at.Team)
	if err != nil {
		return unreadable(err)
	}
	nonce, root, oldest, cursor := p.Nonce(), threadOf(p), c.clock.ago(ago+lookBefore), ""
	for range mostPages {
		var read []slack.Message
		read, cursor, err = c.read(ctx, at, root, oldest, cursor)
		if err != nil {
			return unreadable(err)
		}
		for i := range read {
			if m := &read[i]; m.BotID == bot && m.Metadata.EventType == eventType && m.Metadata.EventPayload[payloadKey] == nonce {
				return spot{at, m.Timestamp}.ref(), chat.PresenceFound, nil
			}
		}
		if cursor == "" {
			return c.absent(nonce)
		}
	}
	return "", chat.PresenceUnknown, nil
}

// absent says that a post isn't there, unless Slack may still be about to store it.
func (c *Client) absent(nonce string) (chat.MessageRef, chat.Presence, error) {
	if c.doubts.has(nonce) {
		return "", chat.PresenceUnknown, errors.New("slack: the post isn't there yet, and may still come")
	}
	return "", chat.PresenceAbsent, nil
}

// unreadable says what is known where a conversation can't be read: nothing, also later where the bot may not read it.
func unreadable(err error) (chat.MessageRef, chat.Presence, error) {
	if errors.Is(err, chat.ErrRefused) {
		return "", chat.PresenceUnknown, nil
	}
	return "", chat.PresenceUnknown, err
}

// read returns a page of what was said in a conversation, or in a thread, and where the next begins; "" where there is none.
func (c *Client) read(ctx context.Context, at place, root, oldest, cursor string) (out []slack.Message, next string, err error) {
	err = c.call(ctx, at.Team, "read/"+at.Channel, func(ctx context.Context, api *slack.Client) error {
		if root != "" {
			var more bool
			out, more, next, err = api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
				ChannelID: at.Channel, Timestamp: root, Oldest: oldest, Cursor: cursor, Limit: lookAtOnce, IncludeAllMetadata: true,
			})
			return whole(err, more, next)
		}
		page, err := api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
			ChannelID: at.Channel, Oldest: oldest, Cursor: cursor, Limit: lookAtOnce, IncludeAllMetadata: true,
		})
		if err != nil {
			return err
		}
		out, next = page.Messages, page.ResponseMetaData.NextCursor
		return whole(nil, page.HasMore, next)
	})
	return out, next, err
}

// whole refuses a page that says that there is more, and not where.
func whole(err error, more bool, next string) error {
	if err == nil && more && next == "" {
		return errors.New("the page has no cursor to what follows")
	}
	return err
}

// self returns the id of the bot in a team, by which its messages are told.
func (c *Client) self(ctx context.Context, team string) (string, error) {
	return c.bots.or(team, func() (id string, err error) {
		err = c.call(ctx, team, "auth.test", func(ctx context.Context, api *slack.Client) error {
			who, err := api.AuthTestContext(ctx)
			if err == nil {
				id = who.BotID
			}
			return err
		})
		return id, err
	})
}
