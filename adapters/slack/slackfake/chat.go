package slackfake

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"
)

// The limits of texts (docs: reference/methods/chat.postMessage, chat.update). Slack truncates longer ones of
// chat.postMessage; the server refuses them, since no app means that.
const (
	maxText       = 40000
	maxUpdate     = 4000
	maxMetadata   = 3000
	maxAttachment = 100
)

type postedJSON struct {
	OK        bool         `json:"ok"`
	Channel   string       `json:"channel"`
	TS        string       `json:"ts,omitempty"`
	MessageTS string       `json:"message_ts,omitempty"`
	Text      string       `json:"text,omitempty"`
	Message   *wireMessage `json:"message,omitempty"`
}

// reach returns a conversation that the token may use: its members', by the id, or by that of a user.
func (s *Server) reach(c *call, posting bool) (*Channel, *apiError) {
	id := c.args["channel"]
	team := c.granted.team
	channel := s.channels[id]
	if u := s.users[id]; posting && u != nil && u.TeamID == team.ID && !u.Bot {
		channel = s.dm(u)
	}
	switch {
	case channel == nil, !channel.in(team.ID), channel.NoBot && channel.Kind != Public:
		return nil, fail("channel_not_found")
	case posting && channel.Archived:
		return nil, fail("is_archived")
	case channel.NoBot:
		return nil, fail("not_in_channel")
	case posting && channel.ReadOnly:
		return nil, fail("restricted_action")
	}
	return channel, nil
}

// fill takes text, blocks, attachments and metadata from arguments into a message.
func (s *Server) fill(m *Message, a args, most int) *apiError {
	m.Text, m.Parse, m.Mrkdwn = a["text"], a["parse"], a["mrkdwn"]
	m.UnfurlLinks, m.UnfurlMedia, m.LinkNames = a["unfurl_links"], a["unfurl_media"], a.flag("link_names")
	if utf8.RuneCountInString(m.Text) > most {
		return fail("msg_too_long")
	}
	if text := a["blocks"]; text != "" {
		blocks, err := checkBlocks(text)
		if err != nil {
			return err
		}
		if err := s.checkFiles(blocks); err != nil {
			return err
		}
		m.Blocks = blocks
	}
	if err := m.attach(a["attachments"]); err != nil {
		return err
	}
	if m.Text == "" && len(m.Blocks) == 0 && len(m.Attachments) == 0 {
		return fail("no_text")
	}
	return m.describe(a["metadata"])
}

func (m *Message) attach(text string) *apiError {
	if text == "" {
		return nil
	}
	var list []attachmentTexts
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return fail("invalid_attachments")
	}
	if len(list) > maxAttachment {
		return fail("too_many_attachments")
	}
	if len(list) > 0 {
		m.Attachments = json.RawMessage(text)
	}
	return nil
}

type metadataForm struct {
	Type    string                     `json:"event_type"`
	Payload map[string]json.RawMessage `json:"event_payload"`
}

// describe takes metadata: a type and a payload (docs: messaging/message-metadata).
func (m *Message) describe(text string) *apiError {
	if text == "" {
		return nil
	}
	var form metadataForm
	if err := json.Unmarshal([]byte(text), &form); err != nil {
		return fail("invalid_metadata_format")
	}
	if form.Type == "" || form.Payload == nil {
		return fail("invalid_metadata_format")
	}
	if len(text) > maxMetadata {
		return fail("metadata_too_large")
	}
	m.Metadata = json.RawMessage(text)
	return nil
}

// own is a message of the app in a conversation.
func (s *Server) own(team *Team, channel *Channel) *Message {
	return &Message{
		ChannelID: channel.ID, TeamID: team.ID, User: team.botUser, BotID: team.botID, AppID: s.opts.AppID,
	}
}

// thread puts a message into a thread; what is no thread's timestamp is refused.
func (s *Server) thread(m *Message, ts string) *apiError {
	if ts == "" {
		return nil
	}
	parent := s.messages[key(m.ChannelID, ts)]
	if parent == nil || parent.For != "" {
		return fail("thread_not_found")
	}
	m.ThreadTS = ts
	if parent.ThreadTS != "" {
		m.ThreadTS = parent.ThreadTS // a reply to a reply stands in the same thread
	}
	return nil
}

func (s *Server) postMessage(c *call) reply {
	channel, err := s.reach(c, true)
	if err != nil {
		return refuse(c, err)
	}
	m := s.own(c.granted.team, channel)
	if err := s.thread(m, c.args["thread_ts"]); err != nil {
		return refuse(c, err)
	}
	if err := s.fill(m, c.args, maxText); err != nil {
		return refuse(c, err)
	}
	m.Broadcast = c.args.flag("reply_broadcast") && m.ThreadTS != ""
	s.post(m)
	s.tell(channel, m)
	w := s.wire(m, true)
	return ok(postedJSON{OK: true, Channel: channel.ID, TS: m.TS, Message: &w})
}

func (s *Server) postEphemeral(c *call) reply {
	channel, err := s.reach(c, true)
	if err != nil {
		return refuse(c, err)
	}
	u := s.users[c.args["user"]]
	if u == nil || channel.Kind == Direct && channel.user != u.ID {
		return refuse(c, fail("user_not_in_channel"))
	}
	m := s.own(c.granted.team, channel)
	m.For = u.ID
	if err := s.thread(m, c.args["thread_ts"]); err != nil {
		return refuse(c, err)
	}
	if err := s.fill(m, c.args, maxText); err != nil {
		return refuse(c, err)
	}
	s.post(m)
	channel.changed.broadcast()
	return ok(postedJSON{OK: true, Channel: channel.ID, MessageTS: m.TS})
}

// ownMessage is the message that a call changes, which has to be the app's own. Ephemeral ones can't be found.
func (s *Server) ownMessage(c *call, refusal string) (*Channel, *Message, *apiError) {
	channel, err := s.reach(c, true)
	if err != nil {
		return nil, nil, err
	}
	m := s.messages[key(channel.ID, c.args["ts"])]
	switch {
	case m == nil || m.For != "":
		return nil, nil, fail("message_not_found")
	case m.AppID != s.opts.AppID || m.TeamID != c.granted.team.ID:
		return nil, nil, fail(refusal)
	}
	return channel, m, nil
}

// updateMessage replaces text, blocks and attachments; metadata stay where none are given.
func (s *Server) updateMessage(c *call) reply {
	channel, m, err := s.ownMessage(c, "cant_update_message")
	if err != nil {
		return refuse(c, err)
	}
	next := *m
	next.Blocks, next.Attachments = nil, nil
	if err := s.fill(&next, c.args, maxUpdate); err != nil {
		return refuse(c, err)
	}
	old := *m
	*m = next
	s.edited(m)
	s.tellChanged(channel, m, &old)
	w := s.wire(m, true)
	return ok(postedJSON{OK: true, Channel: channel.ID, TS: m.TS, Text: m.Text, Message: &w})
}

func (s *Server) deleteMessage(c *call) reply {
	channel, m, err := s.ownMessage(c, "cant_delete_message")
	if err != nil {
		return refuse(c, err)
	}
	s.remove(m)
	s.tellDeleted(channel, m)
	return ok(postedJSON{OK: true, Channel: channel.ID, TS: m.TS})
}

type permalinkJSON struct {
	OK        bool   `json:"ok"`
	Channel   string `json:"channel"`
	Permalink string `json:"permalink"`
}

func (s *Server) getPermalink(c *call) reply {
	channel, err := s.reach(c, false)
	if err != nil {
		return refuse(c, err)
	}
	m := s.messages[key(channel.ID, c.args["message_ts"])]
	if m == nil || m.For != "" {
		return refuse(c, fail("message_not_found"))
	}
	link := "https://" + c.granted.team.Domain + ".slack.com/archives/" + channel.ID + "/p" + strings.ReplaceAll(m.TS, ".", "")
	if m.ThreadTS != "" {
		link += "?thread_ts=" + m.ThreadTS + "&cid=" + channel.ID
	}
	return ok(permalinkJSON{OK: true, Channel: channel.ID, Permalink: link})
}

// historyScope is the scope for reading a kind of conversation.
func (k Kind) scope(what string) string {
	prefixes := map[Kind]string{Public: "channels", Private: "groups", Direct: "im", Group: "mpim"}
	return prefixes[k] + ":" + what
}

func scopes(kinds []Kind, what string) []string {
	var all []string
	for _, k := range kinds {
		all = append(all, k.scope(what))
	}
	return slices.Compact(all)
}
