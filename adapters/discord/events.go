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
	Content   string                `json:"content"`
	WebhookID string                `json:"webhook_id"`
	Author    *user                 `json:"author"`
	Mentions  []user                `json:"mentions"`
	Embeds    []embed               `json:"embeds"`
}

type user struct {
	ID  string `json:"id"`
	Bot bool   `json:"bot"`
}

// embed is what can be read in one.
type embed struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	Fields      []struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	} `json:"fields"`
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
	return strings.TrimSpace(mention.ReplaceAllString(m.Content, " ")), true
}

// code is what Discord shows as it was typed, in which a mention is none.
var code = regexp.MustCompile("(?s)```.*?```|``.*?``|`[^`]*`")

func mentionOf(bot string) *regexp.Regexp {
	return regexp.MustCompile(`<@!?` + regexp.QuoteMeta(bot) + `>`)
}

// text returns what is to be read in a message: its content, or what its embeds say.
func (m *messageEvent) text() string {
	if s := strings.TrimSpace(m.Content); s != "" {
		return s
	}
	var lines []string
	for _, e := range m.Embeds {
		lines = append(lines, e.Title, e.Description)
		for _, f := range e.Fields {
			lines = append(lines, f.Name, f.Value)
		}
	}
	lines = slices.DeleteFunc(lines, func(l string) bool { return strings.TrimSpace(l) == "" })
	return strings.Join(lines, "\n")
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
