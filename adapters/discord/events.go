package discord

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// What comes is read into types of our own: discordgo's lose a message with a component that it doesn't know
// (https://github.com/bwmarrin/discordgo/issues/1562), and a form with a label (bwmarrin/discordgo#1656).

// messageEvent is what is read of a message. Unless the bot is mentioned or is written to directly, Discord leaves its
// content out.
type messageEvent struct {
	ID        string                `json:"id"`
	ChannelID string                `json:"channel_id"`
	GuildID   string                `json:"guild_id"` // empty: written to the bot directly
	Type      discordgo.MessageType `json:"type"`
	written
	Snapshots []snapshot    `json:"message_snapshots"` // of what it forwards
	Answers   *messageEvent `json:"referenced_message"`
	WebhookID string        `json:"webhook_id"`
	Author    *user         `json:"author"`
	Mentions  []user        `json:"mentions"`
}

type user struct {
	ID  string `json:"id"`
	Bot bool   `json:"bot"`
}

// guildEvent is what is read of a server that is gone.
type guildEvent struct {
	ID          string `json:"id"`
	Unavailable bool   `json:"unavailable"` // it is an outage of Discord's
}

// decode reads an event; false where it isn't one.
func decode[T any](data json.RawMessage) (T, bool) {
	var out T
	err := json.Unmarshal(data, &out)
	return out, err == nil
}

// spot returns where the message stands.
func (m *messageEvent) spot() spot { return spot{place{m.GuildID, m.ChannelID}, m.ID} }

// asked returns what a message asks of the bot; false where it doesn't speak to it. It does in a direct conversation, and
// where the bot's mention stands in it outside of code. What bots write, and webhooks, is no question: two bots would talk
// for ever.
func (m *messageEvent) asked(bot string) (text string, ok bool) {
	if m.Author == nil || m.Author.Bot || m.WebhookID != "" || m.Author.ID == bot {
		return "", false
	}
	if m.Type != discordgo.MessageTypeDefault && m.Type != discordgo.MessageTypeReply {
		return "", false
	}
	private := m.GuildID == ""
	if !private && !slices.ContainsFunc(m.Mentions, func(u user) bool { return u.ID == bot }) {
		return "", false // as nearly all that is written is
	}
	mention := mentionOf(bot)
	if !private && !mention.MatchString(code.ReplaceAllString(m.Content, "")) {
		return "", false
	}
	if m.Content = strings.TrimSpace(mention.ReplaceAllString(m.Content, " ")); m.text() == "" && m.Answers != nil && m.Answers.Author != nil && m.Answers.Author.ID != bot {
		return m.Answers.text(), true
	}
	return m.text(), true
}

// code is what Discord shows as it was typed, in which a mention is none.
var code = regexp.MustCompile("(?s)```.*?```|``.*?``|`[^`]*`")

func mentionOf(bot string) *regexp.Regexp {
	return regexp.MustCompile(`<@!?` + regexp.QuoteMeta(bot) + `>`)
}

// readyIDs reads the ids of the bot's user and of its application from a READY.
func readyIDs(data json.RawMessage) (bot, application string, err error) {
	type named struct {
		ID string `json:"id"`
	}
	var ready struct {
		User        named `json:"user"`
		Application named `json:"application"`
	}
	if err := json.Unmarshal(data, &ready); err != nil {
		return "", "", fmt.Errorf("discord's READY: %w", err)
	}
	if !snowflake(ready.User.ID) || !snowflake(ready.Application.ID) {
		return "", "", errors.New("discord's READY names no user, or no application")
	}
	return ready.User.ID, ready.Application.ID, nil
}
