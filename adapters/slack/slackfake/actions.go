package slackfake

import (
	"encoding/json"
	"net/url"
)

// interactionJSON is the payload of an interaction (docs: reference/interaction-payloads).
type interactionJSON struct {
	Type         string          `json:"type"`
	Token        string          `json:"token"`
	AppID        string          `json:"api_app_id"`
	ActionTS     string          `json:"action_ts,omitempty"`
	CallbackID   string          `json:"callback_id,omitempty"`
	TriggerID    string          `json:"trigger_id"`
	ResponseURL  string          `json:"response_url,omitempty"`
	Team         actorTeamJSON   `json:"team"`
	User         actorJSON       `json:"user"`
	Channel      *namedJSON      `json:"channel,omitempty"`
	Enterprise   *namedJSON      `json:"enterprise"`
	IsEnterprise bool            `json:"is_enterprise_install"`
	Container    *containerJSON  `json:"container,omitempty"`
	MessageTS    string          `json:"message_ts,omitempty"`
	Message      json.RawMessage `json:"message,omitempty"`
	View         *viewJSON       `json:"view,omitempty"`
	State        json.RawMessage `json:"state,omitempty"`
	Actions      []actionJSON    `json:"actions,omitempty"`
	ResponseURLs []string        `json:"response_urls,omitempty"`
	IsCleared    *bool           `json:"is_cleared,omitempty"`
}

type actorTeamJSON struct {
	ID     string `json:"id"`
	Domain string `json:"domain"`
}

type actorJSON struct {
	ID       string `json:"id"`
	Username string `json:"username"`
	Name     string `json:"name"`
	TeamID   string `json:"team_id"`
}

type namedJSON struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type containerJSON struct {
	Type      string `json:"type"`
	MessageTS string `json:"message_ts,omitempty"`
	ThreadTS  string `json:"thread_ts,omitempty"`
	ChannelID string `json:"channel_id,omitempty"`
	Ephemeral *bool  `json:"is_ephemeral,omitempty"`
	ViewID    string `json:"view_id,omitempty"`
}

type actionJSON struct {
	ActionID string     `json:"action_id"`
	BlockID  string     `json:"block_id"`
	Text     *namedText `json:"text,omitempty"`
	Value    string     `json:"value,omitempty"`
	Type     string     `json:"type"`
	TS       string     `json:"action_ts"`
	Selected *Option    `json:"selected_option,omitempty"`
}

type namedText struct {
	Type  string `json:"type"`
	Text  string `json:"text"`
	Emoji bool   `json:"emoji"`
}

// payload is what every interaction of a user has.
func (s *Server) payload(kind string, i *Interaction) interactionJSON {
	u := s.users[i.User]
	t := s.teams[u.TeamID]
	i.Type = kind
	p := interactionJSON{
		Type: kind, Token: verification, AppID: s.opts.AppID, TriggerID: i.TriggerID, ResponseURL: i.ResponseURL,
		Team: actorTeamJSON{t.ID, t.Domain}, User: actorJSON{u.ID, u.Name, u.Name, u.TeamID},
	}
	if c := s.channels[i.Channel]; c != nil {
		p.Channel = &namedJSON{c.ID, c.shownName()}
	}
	return p
}

// shownName is a conversation's name in commands and interactions.
func (c *Channel) shownName() string {
	switch c.Kind {
	case Direct:
		return "directmessage"
	case Private:
		return "privategroup"
	default:
		return c.Name
	}
}

func (s *Server) carry(i *Interaction, p interactionJSON) *Interaction {
	i.payload = encode(p)
	s.dispatch(i.Delivery)
	return i
}

// commandJSON is a command as Socket Mode has it.
type commandJSON struct {
	Token        string `json:"token"`
	TeamID       string `json:"team_id"`
	TeamDomain   string `json:"team_domain"`
	ChannelID    string `json:"channel_id"`
	ChannelName  string `json:"channel_name"`
	UserID       string `json:"user_id"`
	UserName     string `json:"user_name"`
	Command      string `json:"command"`
	Text         string `json:"text"`
	AppID        string `json:"api_app_id"`
	IsEnterprise string `json:"is_enterprise_install"`
	ResponseURL  string `json:"response_url"`
	TriggerID    string `json:"trigger_id"`
}

// Slash lets a user type a command, such as "/ask", in a conversation, also in one that the app isn't in. The text is as
// Slack sends it: with should_escape a mention is "<@U…|name>".
func (s *Server) Slash(channel, user, command, text string) *Interaction {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, u := s.mustChannel(channel), s.mustUser(user)
	i := s.interaction(CommandKind, u, c, "commands")
	i.Type = command
	p := commandJSON{
		Token: verification, TeamID: u.TeamID, TeamDomain: s.teams[u.TeamID].Domain, ChannelID: c.ID,
		ChannelName: c.shownName(), UserID: u.ID, UserName: u.Name, Command: command, Text: text, AppID: s.opts.AppID,
		IsEnterprise: "false", ResponseURL: i.ResponseURL, TriggerID: i.TriggerID,
	}
	i.payload = encode(p)
	i.form = url.Values{}
	var fields map[string]string
	_ = json.Unmarshal(i.payload, &fields)
	for name, value := range fields {
		i.form.Set(name, value)
	}
	i.acked = s.takeCommandAck(i)
	s.dispatch(i.Delivery)
	return i
}

// Press lets a user press a button of a message, an ephemeral one too.
func (s *Server) Press(channel, ts, user, action string) *Interaction {
	return s.Choose(channel, ts, user, action, "")
}

// Choose lets a user choose the option with a value of a menu of a message.
func (s *Server) Choose(channel, ts, user, action, value string) *Interaction {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, u, m := s.mustChannel(channel), s.mustUser(user), s.mustMessage(channel, ts)
	if m.For != "" && m.For != user {
		panic("slackfake: " + user + " doesn't see the message " + ts)
	}
	i := s.interaction(InteractiveKind, u, c, "actions")
	i.source = m
	p := s.payload("block_actions", i)
	ephemeral := m.For != ""
	p.Container = &containerJSON{Type: "message", MessageTS: ts, ThreadTS: m.ThreadTS, ChannelID: channel, Ephemeral: &ephemeral}
	if !ephemeral {
		p.Message = s.written(m, s.wire(m, false))
	}
	p.State = encode(stateOf(m.Blocks, nil))
	p.Actions = []actionJSON{s.act(m.Blocks, action, value)}
	return s.carry(i, p)
}

// PressView lets a user press a button of a modal or of the App Home.
func (s *Server) PressView(view, user, action string) *Interaction {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.views[view]
	if v == nil || !v.Open || v.UserID != user {
		panic("slackfake: " + user + " doesn't see the view " + view)
	}
	i := s.interaction(InteractiveKind, s.mustUser(user), nil, "")
	i.view = v
	p := s.payload("block_actions", i)
	p.Container = &containerJSON{Type: "view", ViewID: view}
	p.View = v.wire(s)
	p.Actions = []actionJSON{s.act(v.Blocks, action, "")}
	return s.carry(i, p)
}

// act is what a person did with an element, or panics where it isn't shown.
func (s *Server) act(blocks []Block, action, value string) actionJSON {
	b, e := find(blocks, action)
	if e == nil {
		panic("slackfake: no element has the action_id " + action)
	}
	a := actionJSON{ActionID: action, BlockID: b.BlockID, Type: e.Type, TS: s.ids.ts(s.opts.Now())}
	if e.Type == "button" {
		a.Value = e.Value
		a.Text = &namedText{e.Text.Type, e.Text.Text, true}
		return a
	}
	a.Selected = e.option(value)
	return a
}

// option is the choice with a value, or panics where there is none.
func (e *Element) option(value string) *Option {
	options := e.Options
	for _, group := range e.Groups {
		options = append(options, group.Options...)
	}
	for i := range options {
		if options[i].Value == value {
			return &options[i]
		}
	}
	panic("slackfake: " + e.ActionID + " has no option " + value)
}

// MessageShortcut lets a user choose the app's shortcut on a message.
func (s *Server) MessageShortcut(channel, ts, user, callback string) *Interaction {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, u, m := s.mustChannel(channel), s.mustUser(user), s.mustMessage(channel, ts)
	i := s.interaction(InteractiveKind, u, c, "actions")
	p := s.payload("message_action", i)
	p.CallbackID, p.ActionTS, p.MessageTS = callback, s.ids.ts(s.opts.Now()), ts
	p.Message = s.written(m, s.wire(m, false))
	return s.carry(i, p)
}

// Shortcut lets a user choose the app's global shortcut.
func (s *Server) Shortcut(user, callback string) *Interaction {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.interaction(InteractiveKind, s.mustUser(user), nil, "")
	p := s.payload("shortcut", i)
	p.CallbackID, p.ActionTS = callback, s.ids.ts(s.opts.Now())
	return s.carry(i, p)
}

// Interact delivers an interaction of any kind, whose payload is JSON, such as a view_submission that nobody opened.
func (s *Server) Interact(team, payload string) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mustTeam(team)
	var head struct{ Type string }
	if err := json.Unmarshal([]byte(payload), &head); err != nil {
		panic("slackfake: a payload: " + err.Error())
	}
	return s.dispatch(&Delivery{Kind: InteractiveKind, Type: head.Type, Team: team, payload: json.RawMessage(payload)})
}
