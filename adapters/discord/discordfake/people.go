package discordfake

import (
	"encoding/json"
	"regexp"
	"slices"
)

// SayOption is more about what a person says.
type SayOption func(*Message)

// ReplyTo makes it a reply to a message.
func ReplyTo(message string) SayOption {
	return func(m *Message) {
		m.Reference = &Reference{MessageID: message, ChannelID: m.ChannelID, GuildID: m.GuildID}
	}
}

// Forward makes it a message that forwards another: whoever forwards writes nothing.
func Forward(of Message) SayOption {
	return func(m *Message) {
		m.Reference = &Reference{Type: forwards, MessageID: of.ID, ChannelID: of.ChannelID, GuildID: of.GuildID}
		m.snapshots = []snapshot{newSnapshot(&of)}
	}
}

// WithEmbeds adds embeds, such as those of links.
func WithEmbeds(embeds ...Embed) SayOption {
	return func(m *Message) { m.Embeds = embeds }
}

// WithComponents adds components as they stand in JSON, of types too that nobody knows yet: `[{"type": 99}]`.
func WithComponents(list string) SayOption {
	return func(m *Message) {
		if err := json.Unmarshal([]byte(list), &m.Components); err != nil {
			panic("discordfake: components: " + err.Error())
		}
	}
}

// WithField adds a field to the JSON of the message, or replaces one. The value is JSON.
func WithField(name, value string) SayOption {
	return func(m *Message) {
		if !json.Valid([]byte(value)) {
			panic("discordfake: the field " + name + " isn't JSON: " + value)
		}
		if m.extra == nil {
			m.extra = map[string]json.RawMessage{}
		}
		m.extra[name] = json.RawMessage(value)
	}
}

// WithAttachment names a file, whose data nobody can fetch.
func WithAttachment(name string) SayOption {
	return func(m *Message) {
		m.Attachments = append(m.Attachments, Attachment{ID: "1", Filename: name, URL: "https://cdn.discordapp.com/" + name})
	}
}

// ByWebhook makes it a message of a webhook that shows the user's name.
func ByWebhook(id string) SayOption { return func(m *Message) { m.webhook = id } }

// Say lets a user write to a channel. Who isn't in the guild joins it.
func (s *Server) Say(channel, user, content string, options ...SayOption) Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.mustChannel(channel)
	s.mustUser(user)
	m := &Message{ChannelID: channel, GuildID: c.GuildID, Author: user, Content: content}
	for _, option := range options {
		option(m)
	}
	if c.GuildID != "" {
		s.member(c.GuildID, user)
	}
	if m.empty() && len(m.extra) == 0 && len(m.snapshots) == 0 {
		panic("discordfake: nobody can send an empty message")
	}
	m.Pings = s.pings(m)
	s.post(m)
	return *m
}

// Edit lets the author of a message change its content.
func (s *Server) Edit(message, content string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.mustMessage(message)
	m.Content = content
	m.Pings = s.pings(m)
	s.edited(m)
}

// Delete removes a message, as its author or a moderator does.
func (s *Server) Delete(message string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remove(s.mustMessage(message))
}

func (s *Server) mustMessage(id string) *Message {
	if m := s.messages[id]; m != nil {
		return m
	}
	panic("discordfake: no message " + id)
}

// Option is an option of a command, as a person filled it in.
type Option struct {
	Name    string          `json:"name"`
	Type    int             `json:"type"`
	Value   json.RawMessage `json:"value,omitempty"`
	Options []Option        `json:"options,omitempty"`
	Focused bool            `json:"focused,omitempty"` // the person is typing here: see [Server.Autocomplete]
}

// Text is an option of text.
func Text(name, value string) Option {
	return Option{Name: name, Type: optionString, Value: encode(value)}
}

// Boolean is an option of true or false.
func Boolean(name string, value bool) Option {
	return Option{Name: name, Type: optionBoolean, Value: encode(value)}
}

// ID is an option of the id of a user (type 6), a channel (7), a role (8), or one of them (9).
func ID(name string, kind int, id string) Option {
	return Option{Name: name, Type: kind, Value: encode(id)}
}

// Sub is a sub-command with its options.
func Sub(name string, options ...Option) Option {
	return Option{Name: name, Type: optionSub, Options: options}
}

// Typing is an option that a person hasn't finished, always a text while it is typed.
func Typing(name, sofar string) Option {
	o := Text(name, sofar)
	o.Focused = true
	return o
}

// fill gives options the types that the command has registered, and panics where no person could send them: an option
// that the command doesn't have, a value that isn't a choice, a required option left out. Whoever still types
// (autocomplete) may leave options out.
func fill(options []Option, registered []CommandOption, typing bool) []Option {
	options = slices.Clone(options)
	for i := range options {
		o := &options[i]
		at := slices.IndexFunc(registered, func(r CommandOption) bool { return r.Name == o.Name })
		if at < 0 {
			panic("discordfake: the command has no option " + o.Name)
		}
		known := registered[at]
		if o.Type != known.Type && !o.Focused {
			panic("discordfake: the option " + o.Name + " has another type")
		}
		o.Type = known.Type
		o.Options = fill(o.Options, known.Options, typing)
		if !typing {
			known.accept(o)
		}
	}
	for _, r := range registered {
		if r.Required && !typing && !slices.ContainsFunc(options, func(o Option) bool { return o.Name == r.Name }) {
			panic("discordfake: the command requires the option " + r.Name)
		}
	}
	return options
}

// accept panics where Discord's client wouldn't let a person send a value.
func (o *CommandOption) accept(got *Option) {
	if len(o.Choices) > 0 && !slices.ContainsFunc(o.Choices, func(c Choice) bool { return string(c.Value) == string(got.Value) }) {
		panic("discordfake: not a choice of " + o.Name + ": " + string(got.Value))
	}
	var text string
	if o.Type != optionString || json.Unmarshal(got.Value, &text) != nil {
		return
	}
	if o.MaxLength != nil && length(text) > *o.MaxLength || o.MinLength != nil && length(text) < *o.MinLength {
		panic("discordfake: too long or too short for " + o.Name + ": " + text)
	}
}

var snowflake = regexp.MustCompile(`^\d+$`)

// named are the users and roles that options name.
func named(options []Option) []string {
	var found []string
	for _, o := range options {
		var id string
		if (o.Type == 6 || o.Type == 8 || o.Type == 9) && json.Unmarshal(o.Value, &id) == nil && snowflake.MatchString(id) {
			found = append(found, id)
		}
		found = append(found, named(o.Options)...)
	}
	return found
}
