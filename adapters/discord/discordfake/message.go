package discordfake

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"
)

// Flags of messages that the server looks at.
const (
	SuppressEmbeds = 1 << 2
	Ephemeral      = 1 << 6  // only who acted sees the message
	Loading        = 1 << 7  // "thinking…"
	ComponentsV2   = 1 << 15 // content and embeds are replaced by components
)

// Message is a message as it stands.
type Message struct {
	ID, ChannelID, GuildID string
	Author                 string // the user's id
	Content                string
	Embeds                 []Embed
	Components             []Component
	Attachments            []Attachment
	Reference              *Reference
	Flags                  int
	Nonce                  string
	AllowedMentions        *AllowedMentions // as it was sent
	Pings                  Pings
	At, EditedAt           time.Time // EditedAt is zero where it was never edited
	Interaction            string    // the id of the interaction that it answers
	For                    string    // of an ephemeral message: who sees it

	webhook   string
	snapshots []snapshot // of what it forwards
	extra     map[string]json.RawMessage
}

// forwards is the type of a reference to a message that is forwarded (docs: resources/message, "Message Reference Types").
const forwards = 1

// Reference is what a message replies to, or forwards.
type Reference struct {
	Type            int    `json:"type,omitempty"`
	MessageID       string `json:"message_id,omitempty"`
	ChannelID       string `json:"channel_id,omitempty"`
	GuildID         string `json:"guild_id,omitempty"`
	FailIfNotExists *bool  `json:"fail_if_not_exists,omitempty"`
}

// Attachment is a file of a message.
type Attachment struct {
	ID          string `json:"id"`
	Filename    string `json:"filename"`
	Description string `json:"description,omitempty"`
	ContentType string `json:"content_type,omitempty"`
	Size        int    `json:"size"`
	URL         string `json:"url"`
	ProxyURL    string `json:"proxy_url"`
}

// Embed is a rich embed.
type Embed struct {
	Type        string       `json:"type,omitempty"`
	Title       string       `json:"title,omitempty"`
	Description string       `json:"description,omitempty"`
	URL         string       `json:"url,omitempty"`
	Timestamp   string       `json:"timestamp,omitempty"`
	Color       int          `json:"color,omitempty"`
	Footer      *EmbedFooter `json:"footer,omitempty"`
	Image       *EmbedImage  `json:"image,omitempty"`
	Thumbnail   *EmbedImage  `json:"thumbnail,omitempty"`
	Author      *EmbedAuthor `json:"author,omitempty"`
	Fields      []EmbedField `json:"fields,omitempty"`
}

// EmbedFooter is the last line of an embed.
type EmbedFooter struct {
	Text    string `json:"text"`
	IconURL string `json:"icon_url,omitempty"`
}

// EmbedImage is a picture of an embed.
type EmbedImage struct {
	URL string `json:"url"`
}

// EmbedAuthor is the first line of an embed.
type EmbedAuthor struct {
	Name    string `json:"name"`
	URL     string `json:"url,omitempty"`
	IconURL string `json:"icon_url,omitempty"`
}

// EmbedField is a field of an embed.
type EmbedField struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Inline bool   `json:"inline,omitempty"`
}

// Component is a component of a message or a modal. What the server doesn't know of it is in Raw, which is what it
// passes on.
type Component struct {
	Type        int            `json:"type"`
	CustomID    string         `json:"custom_id"`
	Label       string         `json:"label"`
	Style       int            `json:"style"`
	URL         string         `json:"url"`
	SKU         string         `json:"sku_id"`
	Disabled    bool           `json:"disabled"`
	Content     string         `json:"content"`
	Value       string         `json:"value"`
	Placeholder string         `json:"placeholder"`
	Required    *bool          `json:"required"`
	MinLength   *int           `json:"min_length"`
	MaxLength   *int           `json:"max_length"`
	MinValues   *int           `json:"min_values"`
	MaxValues   *int           `json:"max_values"`
	Options     []SelectOption `json:"options"`
	Components  []Component    `json:"components"`
	Component   *Component     `json:"component"` // of a label
	Accessory   *Component     `json:"accessory"` // of a section

	Raw json.RawMessage `json:"-"`
}

// SelectOption is a choice of a select menu.
type SelectOption struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description"`
	Default     bool   `json:"default"`
}

// UnmarshalJSON keeps the text beside what is known of it.
func (c *Component) UnmarshalJSON(data []byte) error {
	type plain Component
	if err := json.Unmarshal(data, (*plain)(c)); err != nil {
		return err
	}
	c.Raw = slices.Clone(data)
	return nil
}

// MarshalJSON returns the text that the component came in.
func (c Component) MarshalJSON() ([]byte, error) { return c.Raw, nil }

// each calls f with the component and all inside it, outer ones first.
func (c *Component) each(f func(*Component)) {
	f(c)
	for i := range c.Components {
		c.Components[i].each(f)
	}
	for _, inner := range []*Component{c.Component, c.Accessory} {
		if inner != nil {
			inner.each(f)
		}
	}
}

// Find returns the component of a message with a custom id, at any depth.
func (m *Message) Find(customID string) (Component, bool) {
	var found *Component
	for i := range m.Components {
		m.Components[i].each(func(c *Component) {
			if c.CustomID == customID && found == nil {
				found = c
			}
		})
	}
	if found == nil {
		return Component{}, false
	}
	return *found, true
}

// Messages returns what stands in a channel, the oldest first. Ephemeral messages aren't in it.
func (s *Server) Messages(channel string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Message
	for _, m := range s.mustChannel(channel).messages {
		all = append(all, *m)
	}
	return all
}

// Message returns a message, an ephemeral one too, and whether it is still there.
func (s *Server) Message(id string) (Message, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.messages[id]
	if m == nil {
		return Message{}, false
	}
	return *m, true
}

// AwaitMessage waits for a message of the bot in a channel that matches, where nil matches all; of several it is the
// oldest. It fails when ctx ends.
func (s *Server) AwaitMessage(ctx context.Context, channel string, match func(Message) bool) (found Message, err error) {
	s.mu.Lock()
	c := s.mustChannel(channel)
	s.mu.Unlock()
	err = s.await(ctx, &c.changed, "a message of the bot in "+cmp.Or(c.Name, channel), func() bool {
		for _, m := range c.messages {
			if m.Author == s.bot.ID && m.Flags&Loading == 0 && (match == nil || match(*m)) {
				found = *m
				return true
			}
		}
		return false
	})
	return found, err
}

// post puts a message into its channel, and tells the shard. An ephemeral message is nowhere but in Discord's memory.
func (s *Server) post(m *Message) {
	m.ID = s.newID()
	m.At = s.opts.Now()
	s.messages[m.ID] = m
	if m.Flags&Ephemeral != 0 {
		return
	}
	c := s.channels[m.ChannelID]
	if most := s.opts.RecordLimit; most > 0 && len(c.messages) >= 2*most {
		for _, old := range c.messages[:most] {
			delete(s.messages, old.ID)
		}
		c.messages = slices.Delete(c.messages, 0, most)
	}
	c.messages = append(c.messages, m)
	s.tell("MESSAGE_CREATE", m)
	c.changed.broadcast()
}

func (s *Server) edited(m *Message) {
	m.EditedAt = s.opts.Now()
	if c := s.channels[m.ChannelID]; c != nil && m.Flags&Ephemeral == 0 {
		s.tell("MESSAGE_UPDATE", m)
		c.changed.broadcast()
	}
}

type deletedMessage struct {
	ID        string `json:"id"`
	ChannelID string `json:"channel_id"`
	GuildID   string `json:"guild_id,omitempty"`
}

func (s *Server) remove(m *Message) {
	delete(s.messages, m.ID)
	c := s.channels[m.ChannelID]
	if c == nil || m.Flags&Ephemeral != 0 {
		return
	}
	c.messages = slices.DeleteFunc(c.messages, func(other *Message) bool { return other == m })
	s.dispatch(c.GuildID, messageIntent(c), "MESSAGE_DELETE", deletedMessage{m.ID, m.ChannelID, m.GuildID})
	c.changed.broadcast()
}
