package slackfake

import (
	"context"
	"encoding/json"
	"errors"
)

// Said is what a person wrote, and the events that Slack makes of it.
type Said struct {
	Message
	Events []*Delivery
}

// Ack waits until the app has acknowledged all events. It fails when ctx ends, or one is given up.
func (m Said) Ack(ctx context.Context) error {
	var errs []error
	for _, d := range m.Events {
		_, err := d.Ack(ctx)
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// Event returns the event of a type, "message" or "app_mention", or nil.
func (m Said) Event(kind string) *Delivery {
	for _, d := range m.Events {
		if d.Type == kind {
			return d
		}
	}
	return nil
}

// SayOption is more about what a person says.
type SayOption func(*Message)

// InThread makes it a reply in the thread of a message.
func InThread(ts string) SayOption { return func(m *Message) { m.ThreadTS = ts } }

// WithBlocks adds blocks as they stand in JSON, a list, of types too that nobody knows yet.
func WithBlocks(list string) SayOption {
	blocks, wrong, err := parseBlocks(list, "/blocks")
	if err != nil || len(wrong) > 0 {
		panic("slackfake: blocks: " + list)
	}
	return func(m *Message) { m.Blocks = blocks }
}

// WithAttachments adds attachments as they stand in JSON, a list, such as those of links.
func WithAttachments(list string) SayOption {
	return func(m *Message) { m.Attachments = json.RawMessage(list) }
}

// WithFile adds a file, whose data nobody can fetch.
func WithFile(name, title string) SayOption {
	return func(m *Message) {
		m.Subtype = "file_share"
		m.Files = append(m.Files, File{
			ID: "F0FAKE00001", Name: name, Title: title, Mimetype: "application/octet-stream", Filetype: "binary", Size: 1,
			URL: "https://files.slack.com/files-pri/T0-F0/" + name,
		})
	}
}

// ByBot makes it a message of another bot. Older integrations have the subtype "bot_message" and no user.
func ByBot(id string, old bool) SayOption {
	return func(m *Message) {
		m.BotID = id
		if old {
			m.Subtype, m.User = "bot_message", ""
		}
	}
}

// WithField adds a field to the JSON of the message, or replaces one. The value is JSON.
func WithField(name, value string) SayOption {
	return func(m *Message) {
		if !json.Valid([]byte(value)) {
			panic("slackfake: the field " + name + " isn't JSON: " + value)
		}
		if m.extra == nil {
			m.extra = map[string]json.RawMessage{}
		}
		m.extra[name] = json.RawMessage(value)
	}
}

// Say lets a user write to a conversation. The text is as Slack has it: a mention is "<@U…>".
func (s *Server) Say(channel, user, text string, options ...SayOption) Said {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, u := s.mustChannel(channel), s.mustUser(user)
	if c.Archived || !c.in(u.TeamID) || c.Kind == Direct && c.user != user {
		panic("slackfake: " + user + " can't write to " + channel)
	}
	m := &Message{ChannelID: channel, TeamID: u.TeamID, User: user, Text: text}
	for _, option := range options {
		option(m)
	}
	if m.ThreadTS != "" {
		s.mustMessage(channel, m.ThreadTS)
	}
	s.post(m)
	return Said{Message: *m, Events: s.tell(c, m)}
}

// Edit lets the author of a message change its text. Where the new text mentions the app, that is an app_mention too.
func (s *Server) Edit(channel, ts, text string) Said {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, m := s.mustChannel(channel), s.mustMessage(channel, ts)
	old := *m
	m.Text = text
	s.edited(m)
	events := s.tellChanged(c, m, &old)
	return Said{Message: *m, Events: append(events, s.tellMention(c, m)...)}
}

// Delete removes a message, as its author or an admin does.
func (s *Server) Delete(channel, ts string) []*Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, m := s.mustChannel(channel), s.mustMessage(channel, ts)
	s.remove(m)
	return s.tellDeleted(c, m)
}
