package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot/chat"
)

const (
	// lookAtOnce is the most that Discord gives (https://docs.discord.com/developers/resources/message#get-channel-messages).
	lookAtOnce = 100
	mostLooks  = 10
	// lookBefore is how much longer ago than it was tried a post is looked for: the database's clock has taken the time.
	lookBefore = 2 * time.Minute
	// codeNoChannel is the code of a channel that is gone.
	codeNoChannel = 10003
)

// Lookup looks for a post among what was said where it was to be since it was first tried, the newest first. That it isn't there is known
// only where all of that could be read: to a bot without READ_MESSAGE_HISTORY Discord shows an empty channel.
func (c *Client) Lookup(ctx context.Context, p chat.Post, ago time.Duration) (chat.MessageRef, chat.Presence, error) {
	at, err := c.where(ctx, p.To)
	if err != nil {
		return unreadable(err)
	}
	bot, err := c.user(ctx)
	if err != nil {
		return unreadable(err)
	}
	is := search{bot: bot, post: p, told: p.Reply.Tag != "" || len(c.render(p.Reply, p.ID, 0, false).Components) > 0}
	for range mostLooks {
		page, err := c.history(ctx, at.Channel, is.last)
		if err != nil {
			return unreadable(err)
		}
		id, over, err := is.among(page, c.clock.now().Add(-ago-lookBefore))
		switch {
		case err != nil:
			return "", chat.PresenceUnknown, err
		case id != "":
			return spot{at, id}.ref(), chat.PresenceFound, nil
		case over || len(page) == 0 && (is.last != "" || at.Guild == ""):
			return "", is.absent(), nil
		case len(page) == 0: // nothing is there, or nothing may be read
			return "", chat.PresenceUnknown, nil
		}
	}
	return "", chat.PresenceUnknown, nil
}

// unreadable says what is known where a channel can't be read: nothing, also later where the bot may not read it. In one that is gone
// nothing stands.
func unreadable(err error) (chat.MessageRef, chat.Presence, error) {
	if r, ok := errors.AsType[*refusal](err); ok && r.code == codeNoChannel {
		return "", chat.PresenceAbsent, nil
	}
	if errors.Is(err, chat.ErrRefused) {
		return "", chat.PresenceUnknown, nil
	}
	return "", chat.PresenceUnknown, err
}

// history returns what was said in a channel before a message, or lately, the newest first.
func (c *Client) history(ctx context.Context, channel, before string) (out []past, err error) {
	if err := c.turn(ctx); err != nil {
		return nil, err
	}
	q := url.Values{"limit": {strconv.Itoa(lookAtOnce)}}
	if before != "" {
		q.Set("before", before)
	}
	address := discordgo.EndpointChannelMessages(channel)
	return out, c.call(ctx, http.MethodGet, address+"?"+q.Encode(), "read "+address, nil, &out)
}

// user returns the id of the bot's user, by which its messages are told.
func (c *Client) user(ctx context.Context) (string, error) {
	if id := c.self.Load(); id != nil {
		return *id, nil
	}
	var me struct {
		ID string `json:"id"`
	}
	address := discordgo.EndpointUser("@me")
	if err := c.call(ctx, http.MethodGet, address, address, nil, &me); err != nil {
		return "", err
	}
	if !snowflake(me.ID) {
		return "", fmt.Errorf("discord: the bot's user has the id %.40q", me.ID)
	}
	c.self.Store(&me.ID)
	return me.ID, nil
}

// search is what is looked for, and how far.
type search struct {
	bot  string // the bot's user
	post chat.Post
	told bool   // the post's message is told from all others by its record, or its tag
	last string // the oldest message that was looked at
	like bool   // there was one that may be the post's
}

// past is what is read of a message that was said.
type past struct {
	ID     string `json:"id"`
	Author struct {
		ID string `json:"id"`
	} `json:"author"`
	Content string `json:"content"`
	Embeds  []struct {
		Footer struct {
			Text string `json:"text"`
		} `json:"footer"`
	} `json:"embeds"`
	Components []pressable `json:"components"`
	Reference  struct {
		MessageID string `json:"message_id"`
	} `json:"message_reference"`
}

// pressable is a button or a menu, or what holds some.
type pressable struct {
	CustomID   string      `json:"custom_id"`
	Components []pressable `json:"components"`
}

// among looks for the post on a page, and returns the id of its message, or whether the page reaches back beyond a moment. The error is of
// a page that isn't in its order: what lies between two others isn't known then.
func (s *search) among(page []past, since time.Time) (id string, over bool, err error) {
	for i := range page {
		m := &page[i]
		if !snowflake(m.ID) || s.last != "" && !older(m.ID, s.last) {
			return "", false, fmt.Errorf("discord: a message with the id %.40q follows %s, which is older", m.ID, s.last)
		}
		s.last = m.ID
		switch {
		case sentAt(m.ID).Before(since):
			return "", true, nil
		case m.Author.ID != s.bot:
		case s.is(m):
			return m.ID, false, nil
		case !s.told && len(m.Components) == 0 && m.Reference.MessageID == s.answers():
			s.like = true
		}
	}
	return "", false, nil
}

// absent says that the post wasn't among what was looked at, unless it can't be told from something that was.
func (s *search) absent() chat.Presence {
	if s.like {
		return chat.PresenceUnknown
	}
	return chat.PresenceAbsent
}

// is reports whether a message of the bot's is the post's: its buttons name the record, or it shows the tag.
func (s *search) is(m *past) bool {
	if s.post.ID != "" && named(m.Components, s.post.ID) {
		return true
	}
	tag := s.post.Reply.Tag
	if tag == "" {
		return false
	}
	for i := range m.Embeds {
		if holds(m.Embeds[i].Footer.Text, tag) {
			return true
		}
	}
	return holds(m.Content, escape(tag))
}

// holds reports whether a text holds a tag: one may begin as another does.
func holds(text, tag string) bool { return strings.Contains(text+" ", tag+" ") }

// answers returns the id of the message that the post answers; "" where it answers none.
func (s *search) answers() string {
	to, err := parseRef(s.post.ReplyTo)
	if err != nil {
		return ""
	}
	return to.Message
}

// named reports whether one of some buttons names a record.
func named(all []pressable, record string) bool {
	for i := range all {
		if id, err := target.Parse(all[i].CustomID); err == nil && id.Record == record || named(all[i].Components, record) {
			return true
		}
	}
	return false
}

// older reports whether a message was sent before another.
func older(a, b string) bool { return len(a) < len(b) || len(a) == len(b) && a < b }

// discordEpoch is the first second of 2015, from which ids count (https://docs.discord.com/developers/reference#snowflakes).
const discordEpoch = 1420070400000

// sentAt returns when something was made, by Discord's clock, which its id tells to the millisecond.
func sentAt(id string) time.Time {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(int64(n>>22) + discordEpoch) //nolint:gosec // 42 bits
}
