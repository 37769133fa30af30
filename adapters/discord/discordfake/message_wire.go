package discordfake

import (
	"encoding/json"
	"maps"
	"slices"
	"time"
)

type wireMessage struct {
	ID              string          `json:"id"`
	ChannelID       string          `json:"channel_id"`
	GuildID         string          `json:"guild_id,omitempty"`
	Type            int             `json:"type"`
	Author          *wireUser       `json:"author"`
	Member          *wireMember     `json:"member,omitempty"`
	Content         string          `json:"content"`
	Timestamp       time.Time       `json:"timestamp"`
	EditedTimestamp *time.Time      `json:"edited_timestamp"`
	TTS             bool            `json:"tts"`
	MentionEveryone bool            `json:"mention_everyone"`
	Mentions        []*wireUser     `json:"mentions"`
	MentionRoles    []string        `json:"mention_roles"`
	Attachments     []Attachment    `json:"attachments"`
	Embeds          []Embed         `json:"embeds"`
	Components      []Component     `json:"components"`
	Pinned          bool            `json:"pinned"`
	Flags           int             `json:"flags"`
	Nonce           string          `json:"nonce,omitempty"`
	WebhookID       string          `json:"webhook_id,omitempty"`
	ApplicationID   string          `json:"application_id,omitempty"`
	Reference       *Reference      `json:"message_reference,omitempty"`
	Referenced      json.RawMessage `json:"referenced_message,omitempty"`
	Snapshots       []snapshot      `json:"message_snapshots,omitempty"`
}

// snapshot is a forwarded message as it stood then (docs: resources/message, "Message Snapshot Object").
type snapshot struct {
	Message struct {
		Type            int          `json:"type"`
		Content         string       `json:"content"`
		Embeds          []Embed      `json:"embeds"`
		Attachments     []Attachment `json:"attachments"`
		Components      []Component  `json:"components"`
		Mentions        []*wireUser  `json:"mentions"`
		MentionRoles    []string     `json:"mention_roles"`
		Timestamp       time.Time    `json:"timestamp"`
		EditedTimestamp *time.Time   `json:"edited_timestamp"`
		Flags           int          `json:"flags"`
	} `json:"message"`
}

func newSnapshot(m *Message) (s snapshot) {
	s.Message.Content, s.Message.Timestamp, s.Message.Flags = m.Content, m.At.UTC(), m.Flags
	s.Message.Embeds, s.Message.Attachments = append([]Embed{}, m.Embeds...), append([]Attachment{}, m.Attachments...)
	s.Message.Components = append([]Component{}, m.Components...)
	s.Message.Mentions, s.Message.MentionRoles = []*wireUser{}, []string{}
	return s
}

const (
	typeDefault = 0
	typeReply   = 19
	typeCommand = 20 // the answer to a slash command
)

// messageJSON writes a message. Without full its content is blank, as for a bot without the intent for it; in an event
// it names the guild and the member.
func (s *Server) messageJSON(m *Message, full, event bool) json.RawMessage {
	w := wireMessage{
		ID: m.ID, ChannelID: m.ChannelID, Type: typeDefault, Author: s.users[m.Author].wire(), Timestamp: m.At.UTC(),
		Mentions: []*wireUser{}, MentionRoles: append([]string{}, m.Pings.Roles...), MentionEveryone: m.Pings.Everyone,
		Attachments: []Attachment{}, Embeds: []Embed{}, Components: []Component{}, Flags: m.Flags, Nonce: m.Nonce,
		WebhookID: m.webhook,
	}
	if m.webhook == s.application {
		w.ApplicationID = s.application
	}
	if m.Interaction != "" {
		w.Type = typeCommand
	}
	if !m.EditedAt.IsZero() {
		at := m.EditedAt.UTC()
		w.EditedTimestamp = &at
	}
	for _, id := range m.Pings.Users {
		w.Mentions = append(w.Mentions, s.users[id].wire())
	}
	if full || s.reads(m) {
		w.Content = m.Content
		w.Attachments, w.Embeds = append(w.Attachments, m.Attachments...), append(w.Embeds, m.Embeds...)
		w.Components = append(w.Components, m.Components...)
		w.Snapshots = m.snapshots
	}
	if w.Reference = m.Reference; m.Reference != nil && m.Reference.Type != forwards {
		w.Type = typeReply
		w.Referenced = json.RawMessage("null") // it was deleted
		if to := s.messages[m.Reference.MessageID]; to != nil {
			w.Referenced = s.quoted(to, full)
		}
	}
	if event && m.GuildID != "" {
		w.GuildID = m.GuildID
		if m.webhook == "" {
			w.Member = s.guilds[m.GuildID].members[m.Author].wire()
		}
	}
	return withExtra(encode(w), m.extra)
}

// quoted is a message inside another one, without what it quotes itself.
func (s *Server) quoted(m *Message, full bool) json.RawMessage {
	alone := *m
	alone.Reference = nil
	return s.messageJSON(&alone, full, false)
}

// reads reports whether a bot may read a message without the privileged intent MESSAGE_CONTENT: its own, direct
// messages, and those that mention it (docs: events/gateway, "Message content intent").
func (s *Server) reads(m *Message) bool {
	return m.GuildID == "" || m.Author == s.bot.ID || slices.Contains(m.Pings.Users, s.bot.ID)
}

// withExtra adds fields to an object.
func withExtra(object json.RawMessage, extra map[string]json.RawMessage) json.RawMessage {
	if len(extra) == 0 {
		return object
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(object, &fields); err != nil {
		panic("discordfake: " + err.Error())
	}
	maps.Copy(fields, extra)
	return encode(fields)
}

func messageIntent(c *Channel) int {
	if c.GuildID == "" {
		return intentDirectMessages
	}
	return intentGuildMessages
}

// tell dispatches an event that carries a message, whose content depends on who is told.
func (s *Server) tell(event string, m *Message) {
	c := s.channels[m.ChannelID]
	if !c.allows(permView) {
		return
	}
	s.dispatchEach(c.GuildID, messageIntent(c), event, func(intents int) json.RawMessage {
		return s.messageJSON(m, intents&intentMessageContent != 0, true)
	})
}
