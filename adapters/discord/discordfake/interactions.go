package discordfake

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
)

type wireInteraction struct {
	ID            string            `json:"id"`
	ApplicationID string            `json:"application_id"`
	Type          int               `json:"type"`
	Data          *wireData         `json:"data,omitempty"`
	Guild         *partialGuild     `json:"guild,omitempty"`
	GuildID       string            `json:"guild_id,omitempty"`
	Channel       *wireChannel      `json:"channel,omitempty"`
	ChannelID     string            `json:"channel_id,omitempty"`
	Member        *wireMember       `json:"member,omitempty"`
	User          *wireUser         `json:"user,omitempty"`
	Token         string            `json:"token"`
	Version       int               `json:"version"`
	Message       json.RawMessage   `json:"message,omitempty"`
	AppPerms      string            `json:"app_permissions"`
	Locale        string            `json:"locale,omitempty"`
	GuildLocale   string            `json:"guild_locale,omitempty"`
	Entitlements  []string          `json:"entitlements"`
	Owners        map[string]string `json:"authorizing_integration_owners"`
	Context       *int              `json:"context,omitempty"`
	MaxAttachment int               `json:"attachment_size_limit"`
}

type partialGuild struct {
	ID       string   `json:"id"`
	Locale   string   `json:"locale"`
	Features []string `json:"features"`
}

// wireData is the data of every type of interaction.
type wireData struct {
	ID            string        `json:"id,omitempty"`
	Name          string        `json:"name,omitempty"`
	Type          int           `json:"type,omitempty"`
	GuildID       string        `json:"guild_id,omitempty"`
	TargetID      string        `json:"target_id,omitempty"`
	Options       []Option      `json:"options,omitempty"`
	Resolved      *resolved     `json:"resolved,omitempty"`
	CustomID      string        `json:"custom_id,omitempty"`
	ComponentType int           `json:"component_type,omitempty"`
	Values        []string      `json:"values,omitempty"`
	Components    []filledInput `json:"components,omitempty"`
}

type resolved struct {
	Users    map[string]*wireUser       `json:"users,omitempty"`
	Members  map[string]*wireMember     `json:"members,omitempty"`
	Roles    map[string]wireRole        `json:"roles,omitempty"`
	Messages map[string]json.RawMessage `json:"messages,omitempty"`
}

// filledInput is a component of a submitted modal: a row or a label, and what was written in it.
type filledInput struct {
	Type       int           `json:"type"`
	CustomID   string        `json:"custom_id,omitempty"`
	Value      *string       `json:"value,omitempty"`
	Components []filledInput `json:"components,omitempty"`
	Component  *filledInput  `json:"component,omitempty"`
}

// Slash lets a user run a slash command. Once commands are registered, it has to be one of them.
func (s *Server) Slash(channel, user, command string, options ...Option) *Interaction {
	return s.command(channel, user, chatCommand, commandInteraction, command, "", options)
}

// MessageCommand lets a user choose a command from the menu of a message, whose content the bot is given.
func (s *Server) MessageCommand(user, command, message string) *Interaction {
	s.mu.Lock()
	channel := s.mustMessage(message).ChannelID
	s.mu.Unlock()
	return s.command(channel, user, messageCommand, commandInteraction, command, message, nil)
}

// Autocomplete lets a user type into an option, made with [Typing].
func (s *Server) Autocomplete(channel, user, command string, options ...Option) *Interaction {
	return s.command(channel, user, chatCommand, autocompleteInteraction, command, "", options)
}

func (s *Server) command(channel, user string, kind, interaction int, name, target string, options []Option) *Interaction {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.newInteraction(interaction, channel, user)
	data := &wireData{Name: name, Type: kind, TargetID: target, Options: options}
	cmd, any := s.registered(kind, name, i.GuildID)
	switch {
	case cmd != nil:
		data.ID, data.GuildID = cmd.ID, cmd.GuildID
		data.Options = fill(options, cmd.Options, interaction == autocompleteInteraction)
	case any:
		panic(fmt.Sprintf("discordfake: no command %q is registered here", name))
	default:
		data.ID = s.newID()
	}
	data.Resolved = s.resolve(i.GuildID, target, named(options))
	s.deliver(i, data)
	return i
}

// registered finds a command of the guild or a global one, and reports whether any are registered there.
func (s *Server) registered(kind int, name, guild string) (*Command, bool) {
	sets := []*commandSet{s.commandSet("")}
	if guild != "" {
		sets = append(sets, s.commandSet(guild))
	}
	any := false
	for _, set := range slices.Backward(sets) {
		any = any || len(set.commands) > 0
		for i := range set.commands {
			if c := &set.commands[i]; c.Type == kind && c.Name == name {
				return c, true
			}
		}
	}
	return nil, any
}

// resolve tells of the message that a command was chosen on, and of the people and roles that its options name.
func (s *Server) resolve(guild, message string, named []string) *resolved {
	if message == "" && len(named) == 0 {
		return nil
	}
	r := &resolved{Users: map[string]*wireUser{}, Members: map[string]*wireMember{}, Roles: map[string]wireRole{}}
	for _, id := range named {
		if guild != "" {
			if role, ok := s.guilds[guild].role(id); ok {
				r.Roles[id] = role.wire(0)
				continue
			}
		}
		r.Users[id] = s.mustUser(id).wire()
		if guild != "" {
			r.Members[id] = s.member(guild, id).wire()
		}
	}
	if message != "" {
		r.Messages = map[string]json.RawMessage{message: s.messageJSON(s.mustMessage(message), true, false)}
	}
	return r
}

// Press lets a user press a button of a message.
func (s *Server) Press(message, user, customID string) *Interaction {
	return s.use(message, user, customID, nil)
}

// Select lets a user choose values of a select menu.
func (s *Server) Select(message, user, customID string, values ...string) *Interaction {
	return s.use(message, user, customID, append([]string{}, values...))
}

func (s *Server) use(message, user, customID string, values []string) *Interaction {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.mustMessage(message)
	c, ok := m.Find(customID)
	switch {
	case m.For != "" && m.For != user:
		panic("discordfake: the message is ephemeral, for somebody else")
	case !ok:
		panic(fmt.Sprintf("discordfake: the message has no component %q", customID))
	case c.Disabled:
		panic(fmt.Sprintf("discordfake: the component %q is disabled", customID))
	case (c.Type == button) != (values == nil):
		panic(fmt.Sprintf("discordfake: buttons are pressed, menus are selected from: %q", customID))
	}
	for _, v := range values {
		offered := func(o SelectOption) bool { return o.Value == v }
		if c.Type == stringSelect && !slices.ContainsFunc(c.Options, offered) {
			panic(fmt.Sprintf("discordfake: the menu %q doesn't offer %q", customID, v))
		}
	}
	i := s.newInteraction(componentInteraction, m.ChannelID, user)
	i.source = m
	s.deliver(i, &wireData{CustomID: customID, ComponentType: c.Type, Values: values})
	return i
}

// SubmitModal lets the user fill in the modal that answered an interaction, and send it. Values go by custom id; what
// has none keeps what it was shown with.
func (s *Server) SubmitModal(shown *Interaction, values map[string]string) *Interaction {
	s.mu.Lock()
	defer s.mu.Unlock()
	if shown.answer == nil || shown.answer.Type != answerModal {
		panic("discordfake: the interaction wasn't answered with a modal")
	}
	modal := shown.answer.Modal
	for id := range values {
		if _, ok := (&Message{Components: modal.Components}).Find(id); !ok {
			panic(fmt.Sprintf("discordfake: the modal has no input %q", id))
		}
	}
	i := s.newInteraction(modalInteraction, shown.ChannelID, shown.UserID)
	i.source = shown.source
	data := &wireData{CustomID: modal.CustomID}
	for j := range modal.Components {
		data.Components = append(data.Components, filled(&modal.Components[j], values))
	}
	s.deliver(i, data)
	return i
}

func filled(c *Component, values map[string]string) filledInput {
	out := filledInput{Type: c.Type, CustomID: c.CustomID}
	if c.Type == textInput {
		value, given := values[c.CustomID]
		if !given {
			value = c.Value
		}
		if value == "" && (c.Required == nil || *c.Required) || c.MaxLength != nil && length(value) > *c.MaxLength {
			panic(fmt.Sprintf("discordfake: the input %q doesn't take %q", c.CustomID, value))
		}
		out.Value = &value
	}
	for i := range c.Components {
		out.Components = append(out.Components, filled(&c.Components[i], values))
	}
	if c.Component != nil {
		inner := filled(c.Component, values)
		out.Component = &inner
	}
	return out
}

func (s *Server) newInteraction(kind int, channel, user string) *Interaction {
	c := s.mustChannel(channel)
	s.mustUser(user)
	s.forgetInteractions()
	i := &Interaction{
		s: s, ID: s.newID(), Token: rand.Text(), Kind: kind, ChannelID: channel, GuildID: c.GuildID, UserID: user,
		At: s.opts.Now(),
	}
	s.interactions[i.Token] = i
	return i
}

// forgetInteractions frees those whose token ended long ago.
func (s *Server) forgetInteractions() {
	if len(s.interactions)%4096 != 4095 {
		return
	}
	for token, i := range s.interactions {
		if s.opts.Now().Sub(i.At) > 2*s.opts.TokenFor {
			delete(s.interactions, token)
		}
	}
}

// deliver tells the bot of an interaction: by the gateway, or where an endpoint is set by a signed request.
func (s *Server) deliver(i *Interaction, data *wireData) {
	body := encode(s.wireInteraction(i, data))
	if s.endpoint != "" {
		endpoint := s.endpoint
		s.running.Go(func() { s.send(endpoint, i, body) })
		return
	}
	s.dispatchEach(i.GuildID, 0, "INTERACTION_CREATE", func(int) json.RawMessage { return body })
}

func (s *Server) wireInteraction(i *Interaction, data *wireData) wireInteraction {
	c, u := s.channels[i.ChannelID], s.users[i.UserID]
	w := wireInteraction{
		ID: i.ID, ApplicationID: s.application, Type: i.Kind, Data: data, ChannelID: i.ChannelID, Token: i.Token, Version: 1,
		AppPerms: strconv.FormatInt(c.Bot, 10), Locale: u.Locale, Entitlements: []string{}, MaxAttachment: maxFile,
	}
	channel := s.wireChannel(c)
	w.Channel = &channel
	if i.source != nil {
		w.Message = s.messageJSON(i.source, true, false)
	}
	kind := 1 // direct messages with the bot
	if i.GuildID == "" {
		w.User = u.wire()
		w.Owners = map[string]string{"0": "0"}
	} else {
		kind = 0
		g := s.guilds[i.GuildID]
		m := s.member(i.GuildID, i.UserID)
		w.Member = m.wire()
		w.Member.User = u.wire()
		w.Member.Permissions = strconv.FormatInt(g.permissionsIn(c, m), 10)
		w.GuildID, w.GuildLocale = g.ID, g.Locale
		w.Guild = &partialGuild{g.ID, g.Locale, []string{}}
		w.Owners = map[string]string{"0": g.ID}
	}
	w.Context = &kind
	return w
}
