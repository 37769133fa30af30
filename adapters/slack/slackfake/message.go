package slackfake

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"
)

// Message is a message as it stands.
type Message struct {
	TS, ThreadTS string // ThreadTS is that of the thread's first message; empty: it is in no thread
	ChannelID    string
	TeamID       string // of who wrote it
	User         string // the author's id, also of a bot's message
	BotID        string
	AppID        string
	Subtype      string // such as "bot_message"
	Text         string
	Blocks       []Block
	Attachments  json.RawMessage // a list, as it was sent
	Metadata     json.RawMessage // an object, as it was sent
	Files        []File
	Broadcast    bool // a reply that is shown in the channel too

	UnfurlLinks, UnfurlMedia string // as they were sent: "true", "false", or "" by default
	LinkNames                bool
	Parse                    string
	Mrkdwn                   string
	Pings                    Pings

	At       time.Time
	EditedTS string // empty: it was never edited
	For      string // of an ephemeral message: who sees it

	extra   map[string]json.RawMessage
	replies int    // of a thread's first message
	latest  string // the ts of its last reply
}

// File is a file of a message, whose data nobody can fetch.
type File struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Title    string `json:"title"`
	Mimetype string `json:"mimetype"`
	Filetype string `json:"filetype"`
	Size     int    `json:"size"`
	URL      string `json:"url_private"`
}

// Find returns the element of a message with an action_id.
func (m *Message) Find(action string) (Element, bool) {
	if _, e := find(m.Blocks, action); e != nil {
		return *e, true
	}
	return Element{}, false
}

// Messages returns what stands in a conversation, the oldest first, replies in threads among them. Ephemeral messages
// aren't in it.
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
func (s *Server) Message(channel, ts string) (Message, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.messages[key(channel, ts)]; m != nil {
		return *m, true
	}
	return Message{}, false
}

// Ephemeral returns the messages that only a user saw in a conversation, the oldest first.
func (s *Server) Ephemeral(channel, user string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []Message
	for _, m := range s.messages {
		if m.ChannelID == channel && m.For == user {
			found = append(found, *m)
		}
	}
	slices.SortFunc(found, func(a, b Message) int { return cmp.Compare(a.TS, b.TS) })
	return found
}

// AwaitMessage waits for a message of the app in a conversation that matches, where nil matches all; of several it is
// the oldest. It fails when ctx ends.
func (s *Server) AwaitMessage(ctx context.Context, channel string, match func(Message) bool) (found Message, err error) {
	s.mu.Lock()
	c := s.mustChannel(channel)
	s.mu.Unlock()
	err = s.await(ctx, &c.changed, "a message of the app in "+cmp.Or(c.Name, channel), func() bool {
		for _, m := range c.messages {
			if m.AppID == s.opts.AppID && (match == nil || match(*m)) {
				found = *m
				return true
			}
		}
		return false
	})
	return found, err
}

// post puts a message into its conversation. An ephemeral message is nowhere but in the server's memory.
func (s *Server) post(m *Message) {
	now := s.opts.Now()
	m.TS, m.At = s.ids.ts(now), now
	m.Pings = s.pings(m)
	s.messages[key(m.ChannelID, m.TS)] = m
	if m.For != "" {
		return
	}
	c := s.channels[m.ChannelID]
	if most := s.opts.RecordLimit; most > 0 && len(c.messages) >= 2*most {
		for _, old := range c.messages[:most] {
			delete(s.messages, key(old.ChannelID, old.TS))
		}
		c.messages = slices.Delete(c.messages, 0, most)
	}
	c.messages = append(c.messages, m)
	if parent := s.messages[key(m.ChannelID, m.ThreadTS)]; parent != nil {
		parent.replies++
		parent.latest = m.TS
	}
	c.changed.broadcast()
}

func (s *Server) remove(m *Message) {
	delete(s.messages, key(m.ChannelID, m.TS))
	c := s.channels[m.ChannelID]
	if parent := s.messages[key(m.ChannelID, m.ThreadTS)]; parent != nil && m.For == "" {
		parent.replies--
	}
	c.messages = slices.DeleteFunc(c.messages, func(other *Message) bool { return other == m })
	c.changed.broadcast()
}

func (s *Server) edited(m *Message) {
	m.EditedTS = s.ids.ts(s.opts.Now())
	m.Pings = s.pings(m)
	s.channels[m.ChannelID].changed.broadcast()
}

// wireMessage is a message as Slack writes it.
type wireMessage struct {
	Type        string          `json:"type"`
	Subtype     string          `json:"subtype,omitempty"`
	User        string          `json:"user,omitempty"`
	BotID       string          `json:"bot_id,omitempty"`
	AppID       string          `json:"app_id,omitempty"`
	Text        string          `json:"text"`
	TS          string          `json:"ts"`
	ThreadTS    string          `json:"thread_ts,omitempty"`
	ParentUser  string          `json:"parent_user_id,omitempty"`
	ReplyCount  int             `json:"reply_count,omitempty"`
	LatestReply string          `json:"latest_reply,omitempty"`
	Team        string          `json:"team,omitempty"`
	Blocks      []Block         `json:"blocks,omitempty"`
	Attachments json.RawMessage `json:"attachments,omitempty"`
	Metadata    json.RawMessage `json:"metadata,omitempty"`
	Files       []File          `json:"files,omitempty"`
	Edited      *wireEdited     `json:"edited,omitempty"`

	// Of events only.
	Channel     string `json:"channel,omitempty"`
	ChannelType Kind   `json:"channel_type,omitempty"`
	EventTS     string `json:"event_ts,omitempty"`
}

type wireEdited struct {
	User string `json:"user"`
	TS   string `json:"ts"`
}

// wire is a message, with its metadata where they were asked for.
func (s *Server) wire(m *Message, metadata bool) wireMessage {
	w := wireMessage{
		Type: "message", Subtype: m.Subtype, User: m.User, BotID: m.BotID, AppID: m.AppID, Text: m.Text, TS: m.TS,
		ThreadTS: m.ThreadTS, Team: m.TeamID, Blocks: m.Blocks, Attachments: m.Attachments, Files: m.Files,
	}
	if metadata {
		w.Metadata = m.Metadata
	}
	if m.EditedTS != "" {
		w.Edited = &wireEdited{User: m.User, TS: m.EditedTS}
	}
	if parent := s.messages[key(m.ChannelID, m.ThreadTS)]; parent != nil && parent != m {
		w.ParentUser = parent.User
	}
	if m.replies > 0 {
		w.ThreadTS, w.ReplyCount, w.LatestReply = m.TS, m.replies, m.latest
	}
	return w
}

// written is a message with the fields that a test added.
func (s *Server) written(m *Message, w wireMessage) json.RawMessage {
	data := encode(w)
	for name, value := range m.extra {
		data = withField(data, name, value)
	}
	return data
}
