package slackfake

import (
	"cmp"
	"slices"
)

// Team is a workspace.
type Team struct {
	ID           string // by default a new one
	Name, Domain string
	NotInstalled bool     // the app comes later, by [Server.Authorize]
	Scopes       []string // of the bot's token; by default [Scopes]

	botUser, botID string
	installer      string
	groups         map[string]*UserGroup
}

// User is a person in a workspace, or a bot.
type User struct {
	ID       string // by default a new one
	TeamID   string
	Name     string // "olena"
	RealName string
	Locale   string // by default "en-US"
	TZ       string // by default "Europe/Kyiv"
	Bot      bool
	Admin    bool
	Owner    bool
	Guest    bool // of several channels
	Deleted  bool

	home *View
}

// Kind is what sort of conversation a channel is.
type Kind string

// The kinds of conversations, as events name them in channel_type.
const (
	Public  Kind = "channel"
	Private Kind = "group"
	Direct  Kind = "im"
	Group   Kind = "mpim"
)

// Channel is a conversation.
type Channel struct {
	ID         string // by default a new one
	TeamID     string
	Name       string
	Kind       Kind // by default Public
	Archived   bool
	NoBot      bool     // the app isn't a member
	ReadOnly   bool     // the app may not post here: restricted_action
	SharedWith []string // other workspaces that the channel is shared with (Slack Connect)
	Members    []string // the people in it; nil: everybody in its workspaces who isn't a guest
	Creator    string   // who made it; by default nobody that is told

	user     string // of a Direct one: with whom
	opened   bool
	messages []*Message
	changed  signal
}

func (c *Channel) in(team string) bool {
	return c.TeamID == team || slices.Contains(c.SharedWith, team)
}

// has reports whether somebody is in a conversation.
func (c *Channel) has(u *User) bool {
	if c.Members != nil {
		return slices.Contains(c.Members, u.ID)
	}
	return c.in(u.TeamID) && !u.Guest && (c.Kind != Direct || c.user == u.ID)
}

// UserGroup is a group that can be mentioned as a whole.
type UserGroup struct {
	ID     string // by default a new one
	TeamID string
	Handle string
	Users  []string
}

type world struct {
	teams    map[string]*Team
	users    map[string]*User
	channels map[string]*Channel
	dms      map[string]*Channel // by user
	messages map[string]*Message // by channel and ts, the ephemeral too
	uploads  map[string]*upload
	live     []string // what was live in what the app said
}

func newWorld() world {
	return world{
		teams: map[string]*Team{}, users: map[string]*User{}, channels: map[string]*Channel{}, dms: map[string]*Channel{},
		messages: map[string]*Message{}, uploads: map[string]*upload{},
	}
}

// AddTeam adds a workspace with the app installed, and returns its id.
func (s *Server) AddTeam(t Team) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	t.ID = cmp.Or(t.ID, s.ids.id("T"))
	t.Name = cmp.Or(t.Name, t.ID)
	t.Domain = cmp.Or(t.Domain, "example")
	if t.Scopes == nil {
		t.Scopes = Scopes()
	}
	t.groups = map[string]*UserGroup{}
	s.teams[t.ID] = &t
	if !t.NotInstalled {
		s.installApp(&t)
		s.grant(&t, false)
	}
	return t.ID
}

// installApp gives a workspace the app's bot user.
func (s *Server) installApp(t *Team) {
	t.NotInstalled = false
	if t.botUser != "" {
		return
	}
	t.botUser, t.botID = s.ids.id("U"), s.ids.id("B")
	s.users[t.botUser] = &User{
		ID: t.botUser, TeamID: t.ID, Name: "whosays", RealName: "WhoSays", Locale: "en-US", TZ: "America/Los_Angeles", Bot: true,
	}
}

// AddUser adds a person to a workspace, and returns the id.
func (s *Server) AddUser(u User) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mustTeam(u.TeamID)
	u.ID = cmp.Or(u.ID, s.ids.id("U"))
	u.Locale = cmp.Or(u.Locale, "en-US")
	u.TZ = cmp.Or(u.TZ, "Europe/Kyiv")
	u.RealName = cmp.Or(u.RealName, u.Name)
	s.users[u.ID] = &u
	return u.ID
}

// AddChannel adds a channel, of which the app is a member unless NoBot says otherwise, and returns its id.
func (s *Server) AddChannel(c Channel) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mustTeam(c.TeamID)
	c.Kind = cmp.Or(c.Kind, Public)
	c.ID = cmp.Or(c.ID, s.ids.id("C"))
	c.Name = cmp.Or(c.Name, "facts")
	s.channels[c.ID] = &c
	return c.ID
}

// AddUserGroup adds a group, and returns its id.
func (s *Server) AddUserGroup(g UserGroup) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	g.ID = cmp.Or(g.ID, s.ids.id("S"))
	s.mustTeam(g.TeamID).groups[g.ID] = &g
	return g.ID
}

// SetGroup changes who is in a group.
func (s *Server) SetGroup(team, id string, users ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.mustTeam(team).groups[id]
	if g == nil {
		panic("slackfake: no group " + id)
	}
	g.Users = users
}

// SetAdmin makes somebody an admin of their workspace, or takes it from them.
func (s *Server) SetAdmin(user string, admin bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mustUser(user).Admin = admin
}

// DM returns the channel of direct messages between a user and the app.
func (s *Server) DM(user string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dm(s.mustUser(user)).ID
}

func (s *Server) dm(u *User) *Channel {
	if c := s.dms[u.ID]; c != nil {
		return c
	}
	c := &Channel{ID: s.ids.id("D"), TeamID: u.TeamID, Kind: Direct, user: u.ID}
	s.dms[u.ID], s.channels[c.ID] = c, c
	return c
}

// Archive archives a channel, or takes it out of the archive.
func (s *Server) Archive(channel string, archived bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mustChannel(channel).Archived = archived
}

// Kick removes the app from a channel; [Server.Invite] brings it back.
func (s *Server) Kick(channel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mustChannel(channel).NoBot = true
}

// BotUser is the id of the app's bot user in a workspace: what people mention.
func (s *Server) BotUser(team string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mustTeam(team).botUser
}

// BotID is the id of the app's bot in a workspace: what bot_id of its messages is.
func (s *Server) BotID(team string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mustTeam(team).botID
}

func (s *Server) mustTeam(id string) *Team {
	if t := s.teams[id]; t != nil {
		return t
	}
	panic("slackfake: no workspace " + id)
}

func (s *Server) mustUser(id string) *User {
	if u := s.users[id]; u != nil {
		return u
	}
	panic("slackfake: no user " + id)
}

func (s *Server) mustChannel(id string) *Channel {
	if c := s.channels[id]; c != nil {
		return c
	}
	panic("slackfake: no channel " + id)
}

func (s *Server) mustMessage(channel, ts string) *Message {
	if m := s.messages[key(channel, ts)]; m != nil {
		return m
	}
	panic("slackfake: no message " + ts + " in " + channel)
}

func key(channel, ts string) string { return channel + "/" + ts }
