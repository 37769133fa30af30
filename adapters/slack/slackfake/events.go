package slackfake

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// envelopeJSON is the outer event (docs: apis/events-api).
type envelopeJSON struct {
	Token          string              `json:"token"`
	TeamID         string              `json:"team_id"`
	ContextTeam    string              `json:"context_team_id"`
	ContextOrg     *string             `json:"context_enterprise_id"`
	AppID          string              `json:"api_app_id"`
	Event          json.RawMessage     `json:"event"`
	Type           string              `json:"type"`
	EventID        string              `json:"event_id"`
	EventTime      int64               `json:"event_time"`
	Authorizations []authorizationJSON `json:"authorizations"`
	ExtShared      bool                `json:"is_ext_shared_channel"`
	EventContext   string              `json:"event_context"`
}

type authorizationJSON struct {
	EnterpriseID *string `json:"enterprise_id"`
	TeamID       string  `json:"team_id"`
	UserID       string  `json:"user_id"`
	IsBot        bool    `json:"is_bot"`
	IsEnterprise bool    `json:"is_enterprise_install"`
}

// envelope wraps an event of a workspace (whose member acted) for the installation in another, mostly the same.
func (s *Server) envelope(from, team, bot string, shared bool, event json.RawMessage) envelopeJSON {
	id := s.ids.id("Ev")
	return envelopeJSON{
		Token: verification, TeamID: from, ContextTeam: from, AppID: s.opts.AppID, Event: event, Type: "event_callback",
		EventID: id, EventTime: s.opts.Now().Unix(), ExtShared: shared, EventContext: "4-" + id,
		Authorizations: []authorizationJSON{{TeamID: team, UserID: bot, IsBot: true}},
	}
}

// send delivers an event to the installation of a workspace, where the app subscribed to it under a name.
func (s *Server) send(t *Team, from string, shared bool, subscription string, event any) *Delivery {
	if !slices.Contains(s.opts.Events, subscription) {
		return nil
	}
	e := s.envelope(from, t.ID, t.botUser, shared, encode(event))
	kind, _, _ := strings.Cut(subscription, ".")
	return s.dispatch(&Delivery{Kind: EventKind, Type: kind, EventID: e.EventID, Team: t.ID, payload: encode(e)})
}

// sendAll delivers an event of a conversation to every installation that sees it: each workspace of a shared channel
// gets its own, with its own event_id.
func (s *Server) sendAll(c *Channel, from, subscription string, event any) []*Delivery {
	var all []*Delivery
	for _, id := range append([]string{c.TeamID}, c.SharedWith...) {
		t := s.teams[id]
		if t == nil || t.NotInstalled || c.NoBot {
			continue
		}
		if d := s.send(t, from, len(c.SharedWith) > 0, subscription, event); d != nil {
			all = append(all, d)
		}
	}
	return all
}

// messages is the subscription for the messages of a kind of conversation.
func (k Kind) messages() string {
	return "message." + map[Kind]string{Public: "channels", Private: "groups", Direct: "im", Group: "mpim"}[k]
}

// tell delivers a message: as a message, and where it mentions the app elsewhere than in its direct messages also as an
// app_mention. The app's own messages come back to it as messages.
func (s *Server) tell(c *Channel, m *Message) []*Delivery {
	w := s.wire(m, true)
	w.Channel, w.ChannelType, w.EventTS = c.ID, c.Kind, m.TS
	return append(s.sendAll(c, m.TeamID, c.Kind.messages(), s.written(m, w)), s.tellMention(c, m)...)
}

// tellMention delivers an app_mention to each workspace's app that a message mentions; an edit does so too.
func (s *Server) tellMention(c *Channel, m *Message) []*Delivery {
	if c.Kind == Direct || m.AppID == s.opts.AppID {
		return nil
	}
	var all []*Delivery
	w := s.wire(m, true)
	w.Channel, w.EventTS = c.ID, cmp.Or(m.EditedTS, m.TS)
	w.Type, w.Subtype = "app_mention", ""
	for _, id := range append([]string{c.TeamID}, c.SharedWith...) {
		t := s.teams[id]
		if t != nil && !t.NotInstalled && !c.NoBot && slices.Contains(m.Pings.Users, t.botUser) {
			if d := s.send(t, m.TeamID, len(c.SharedWith) > 0, "app_mention", s.written(m, w)); d != nil {
				all = append(all, d)
			}
		}
	}
	return all
}

type changedJSON struct {
	Type        string          `json:"type"`
	Subtype     string          `json:"subtype"`
	Message     json.RawMessage `json:"message,omitempty"`
	Previous    json.RawMessage `json:"previous_message"`
	DeletedTS   string          `json:"deleted_ts,omitempty"`
	Channel     string          `json:"channel"`
	ChannelType Kind            `json:"channel_type"`
	Hidden      bool            `json:"hidden"`
	TS          string          `json:"ts"`
	EventTS     string          `json:"event_ts"`
}

func (s *Server) tellChanged(c *Channel, m, old *Message) []*Delivery {
	return s.sendAll(c, m.TeamID, c.Kind.messages(), changedJSON{
		Type: "message", Subtype: "message_changed", Message: s.written(m, s.wire(m, true)),
		Previous: s.written(old, s.wire(old, true)), Channel: c.ID, ChannelType: c.Kind, Hidden: true, TS: m.EditedTS,
		EventTS: m.EditedTS,
	})
}

func (s *Server) tellDeleted(c *Channel, m *Message) []*Delivery {
	ts := s.ids.ts(s.opts.Now())
	return s.sendAll(c, m.TeamID, c.Kind.messages(), changedJSON{
		Type: "message", Subtype: "message_deleted", Previous: s.written(m, s.wire(m, true)), DeletedTS: m.TS,
		Channel: c.ID, ChannelType: c.Kind, Hidden: true, TS: ts, EventTS: ts,
	})
}

type eventJSON struct {
	Type        string     `json:"type"`
	User        string     `json:"user,omitempty"`
	Channel     string     `json:"channel,omitempty"`
	ChannelType string     `json:"channel_type,omitempty"`
	Team        string     `json:"team,omitempty"`
	Inviter     string     `json:"inviter,omitempty"`
	Tab         string     `json:"tab,omitempty"`
	View        *viewJSON  `json:"view,omitempty"`
	Tokens      *tokensIDs `json:"tokens,omitempty"`
	EventTS     string     `json:"event_ts"`
}

type tokensIDs struct {
	OAuth []string `json:"oauth"`
	Bot   []string `json:"bot"`
}

func (s *Server) tellRevoked(t *Team) *Delivery {
	return s.send(t, t.ID, false, "tokens_revoked", eventJSON{
		Type: "tokens_revoked", Tokens: &tokensIDs{OAuth: []string{}, Bot: []string{t.botUser}}, EventTS: s.ids.ts(s.opts.Now()),
	})
}

// OpenHome lets a user open the app's Home or Messages tab ("home", "messages").
func (s *Server) OpenHome(user, tab string) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.mustUser(user)
	e := eventJSON{Type: "app_home_opened", User: user, Channel: s.dm(u).ID, Tab: tab, EventTS: s.ids.ts(s.opts.Now())}
	if u.home != nil && tab == "home" {
		e.View = u.home.wire(s)
	}
	return s.send(s.mustTeam(u.TeamID), u.TeamID, false, "app_home_opened", e)
}

// Invite lets a user add the app to a channel.
func (s *Server) Invite(channel, user string) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.mustChannel(channel)
	t := s.mustTeam(c.TeamID)
	c.NoBot = false
	return s.send(t, t.ID, len(c.SharedWith) > 0, "member_joined_channel", eventJSON{
		Type: "member_joined_channel", User: t.botUser, Channel: channel, ChannelType: channelType(c), Team: t.ID, Inviter: user,
		EventTS: s.ids.ts(s.opts.Now()),
	})
}

func channelType(c *Channel) string { return strings.ToUpper(string(c.Kind)[:1]) }

// Uninstall lets an admin remove the app from a workspace: its tokens end (account_inactive), and Slack tells it of both
// events, in either order.
func (s *Server) Uninstall(team string) []*Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.mustTeam(team)
	s.bury(t, "account_inactive")
	t.NotInstalled = true
	event := eventJSON{Type: "app_uninstalled", EventTS: s.ids.ts(s.opts.Now())}
	all := []*Delivery{s.send(t, team, false, "app_uninstalled", event), s.tellRevoked(t)}
	return slices.DeleteFunc(all, func(d *Delivery) bool { return d == nil })
}

// RevokeTokens lets an admin revoke the app's tokens of a workspace (token_revoked).
func (s *Server) RevokeTokens(team string) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.mustTeam(team)
	s.bury(t, "token_revoked")
	return s.tellRevoked(t)
}

// Event delivers an event of any type, whose JSON is given, to the app in a workspace, whatever it subscribed to.
func (s *Server) Event(team, event string) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.mustTeam(team)
	var inner struct{ Type string }
	if err := json.Unmarshal([]byte(event), &inner); err != nil {
		panic("slackfake: an event: " + err.Error())
	}
	e := s.envelope(team, team, t.botUser, false, json.RawMessage(event))
	return s.dispatch(&Delivery{Kind: EventKind, Type: inner.Type, EventID: e.EventID, Team: team, payload: encode(e)})
}
