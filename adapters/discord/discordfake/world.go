package discordfake

import (
	"cmp"
	"slices"
)

// User is a person, or a bot.
type User struct {
	ID         string // by default a new one
	Username   string
	GlobalName string
	Bot        bool
	Locale     string // of the person's Discord client; by default "en-US"
	NoDMs      bool   // refuses direct messages from the bot (50007)
}

// Member is a user in a guild.
type Member struct {
	UserID      string
	Nick        string
	Roles       []string
	Permissions int64 // beside those of the roles
}

// Role is a role of a guild.
type Role struct {
	ID          string // by default a new one
	Name        string
	Permissions int64
	Mentionable bool
}

// Guild is a server, as people call it.
type Guild struct {
	ID      string // by default a new one; see [ShardOf]
	Name    string
	OwnerID string
	Locale  string // by default "en-US"

	roles       []Role
	members     map[string]Member
	channels    []*Channel
	unavailable bool
}

// The types of channels.
const (
	TextChannel     = 0
	DirectMessage   = 1
	VoiceChannel    = 2
	Category        = 4
	NewsChannel     = 5
	NewsThread      = 10
	PublicThread    = 11
	PrivateThread   = 12
	ForumChannel    = 15
	botDefaultPerms = permView | permSend | permEmbed | permAttach | permHistory | permSendInThreads
)

// Channel is a channel of a guild, a thread, or the direct messages with a user.
type Channel struct {
	ID       string // by default a new one
	GuildID  string // empty: direct messages
	ParentID string // of a thread: the channel that it is in
	Name     string
	Type     int
	// Bot is what the bot may do here, as Discord's bits; by default it may see, write, also in threads, embed links,
	// attach files, and read the history.
	Bot              int64
	Archived, Locked bool // of a thread
	Overwrites       []Overwrite

	recipient string
	messages  []*Message
	changed   signal
}

// Overwrite changes in one channel what a role or a member may do.
type Overwrite struct {
	ID          string // of a role, or of a user where Member is true; that of the guild is everybody's role
	Member      bool
	Allow, Deny int64
}

func (c *Channel) thread() bool { return c.Type >= NewsThread && c.Type <= PrivateThread }

type world struct {
	application string
	bot         User
	users       map[string]*User
	guilds      map[string]*Guild
	channels    map[string]*Channel
	dms         map[string]*Channel // by user
	messages    map[string]*Message // all, the ephemeral too
	nonces      map[string]*Message
	files       map[string][]byte // the CDN, by path
	commands    map[string]*commandSet
	live        []string // what was live in what the bot said
}

func (s *Server) newWorld() world {
	w := world{
		application: s.ids.next(s.opts.Now()),
		users:       map[string]*User{}, guilds: map[string]*Guild{}, channels: map[string]*Channel{}, dms: map[string]*Channel{},
		messages: map[string]*Message{}, nonces: map[string]*Message{}, files: map[string][]byte{},
		commands: map[string]*commandSet{},
	}
	w.bot = User{ID: w.application, Username: "whosays", Bot: true, Locale: "en-US"}
	w.users[w.bot.ID] = &w.bot
	return w
}

// ApplicationID is the application's.
func (s *Server) ApplicationID() string { return s.application }

// BotID is the id of the bot's user.
func (s *Server) BotID() string { return s.bot.ID }

// AddUser adds a person, and returns the id.
func (s *Server) AddUser(u User) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	u.ID = cmp.Or(u.ID, s.newID())
	u.Locale = cmp.Or(u.Locale, "en-US")
	s.users[u.ID] = &u
	return u.ID
}

// AddGuild lets the bot join a guild, which is told to its shard, and returns the guild's id.
func (s *Server) AddGuild(g Guild) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	g.ID = cmp.Or(g.ID, s.ids.nextGuild())
	g.Locale = cmp.Or(g.Locale, "en-US")
	g.roles = []Role{{ID: g.ID, Name: "@everyone", Permissions: permView | permSend | permHistory}}
	g.members = map[string]Member{s.bot.ID: {UserID: s.bot.ID}}
	s.guilds[g.ID] = &g
	s.dispatch(g.ID, intentGuilds, "GUILD_CREATE", s.wireGuild(&g))
	return g.ID
}

// RemoveGuild throws the bot out of a guild.
func (s *Server) RemoveGuild(guild string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.mustGuild(guild).channels {
		s.forgetChannel(c)
	}
	delete(s.guilds, guild)
	s.dispatch(guild, intentGuilds, "GUILD_DELETE", unavailableGuild{ID: guild})
}

// SetAvailable takes a guild into an outage, which Discord tells as a GUILD_DELETE with unavailable, or out of it.
func (s *Server) SetAvailable(guild string, available bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.mustGuild(guild)
	g.unavailable = !available
	if available {
		s.dispatch(guild, intentGuilds, "GUILD_CREATE", s.wireGuild(g))
	} else {
		s.dispatch(guild, intentGuilds, "GUILD_DELETE", unavailableGuild{ID: guild, Unavailable: true})
	}
}

// AddRole adds a role to a guild, and returns its id.
func (s *Server) AddRole(guild string, r Role) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.mustGuild(guild)
	r.ID = cmp.Or(r.ID, s.newID())
	g.roles = append(g.roles, r)
	return r.ID
}

// SetRole changes what a role permits. The guild's id is that of everybody's.
func (s *Server) SetRole(guild, role string, permissions int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.mustGuild(guild)
	for i := range g.roles {
		if g.roles[i].ID == role {
			g.roles[i].Permissions = permissions
			return
		}
	}
	panic("discordfake: no role " + role + ": add it with AddRole")
}

// AddMember lets a user join a guild, or changes what the user is there. Who acts in a guild without having been added
// joins it without roles.
func (s *Server) AddMember(guild string, m Member) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mustUser(m.UserID)
	s.mustGuild(guild).members[m.UserID] = m
}

// AddChannel adds a channel or a thread to a guild, and returns its id.
func (s *Server) AddChannel(c Channel) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.mustGuild(c.GuildID)
	c.ID = cmp.Or(c.ID, s.newID())
	c.Bot = cmp.Or(c.Bot, botDefaultPerms)
	s.channels[c.ID] = &c
	g.channels = append(g.channels, &c)
	if !c.allows(permView) {
		return c.ID // who doesn't see a channel isn't told of it
	}
	event := "CHANNEL_CREATE"
	if c.thread() {
		event = "THREAD_CREATE"
	}
	s.dispatch(c.GuildID, intentGuilds, event, s.wireChannel(&c))
	return c.ID
}

// RemoveChannel deletes a channel and what was written there.
func (s *Server) RemoveChannel(channel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.mustChannel(channel)
	g := s.mustGuild(c.GuildID)
	g.channels = slices.DeleteFunc(g.channels, func(other *Channel) bool { return other == c })
	s.forgetChannel(c)
	event := "CHANNEL_DELETE"
	if c.thread() {
		event = "THREAD_DELETE"
	}
	s.dispatch(c.GuildID, intentGuilds, event, s.wireChannel(c))
}

// forgetChannel forgets a channel, and all that was written in it.
func (s *Server) forgetChannel(c *Channel) {
	delete(s.channels, c.ID)
	for id, m := range s.messages {
		if m.ChannelID == c.ID {
			delete(s.messages, id)
		}
	}
}

// SetBot changes what the bot may do in a channel; 0 is nothing.
func (s *Server) SetBot(channel string, permissions int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mustChannel(channel).Bot = permissions
}

// SetNoDMs changes whether a user refuses direct messages from the bot.
func (s *Server) SetNoDMs(user string, refuses bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mustUser(user).NoDMs = refuses
}

// OpenDM returns the id of the direct messages between the bot and a user.
func (s *Server) OpenDM(user string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mustUser(user)
	return s.dm(user).ID
}

func (s *Server) dm(user string) *Channel {
	if c := s.dms[user]; c != nil {
		return c
	}
	c := &Channel{ID: s.newID(), Type: DirectMessage, Bot: botDefaultPerms, recipient: user}
	s.channels[c.ID], s.dms[user] = c, c
	return c
}

func (s *Server) newID() string { return s.ids.next(s.opts.Now()) }

func (s *Server) mustUser(id string) *User {
	if u := s.users[id]; u != nil {
		return u
	}
	panic("discordfake: no user " + id + ": add it with AddUser")
}

func (s *Server) mustGuild(id string) *Guild {
	if g := s.guilds[id]; g != nil {
		return g
	}
	panic("discordfake: no guild " + id + ": add it with AddGuild")
}

func (s *Server) mustChannel(id string) *Channel {
	if c := s.channels[id]; c != nil {
		return c
	}
	panic("discordfake: no channel " + id + ": add it with AddChannel or OpenDM")
}

// member is whoever acts in a guild; it joins if need be.
func (s *Server) member(guild, user string) Member {
	g := s.mustGuild(guild)
	m, ok := g.members[user]
	if !ok {
		m = Member{UserID: s.mustUser(user).ID}
		g.members[user] = m
	}
	return m
}

func (g *Guild) role(id string) (Role, bool) {
	i := slices.IndexFunc(g.roles, func(r Role) bool { return r.ID == id })
	if i < 0 {
		return Role{}, false
	}
	return g.roles[i], true
}

// permissions of a member in the guild: everybody's, its own, and those of its roles.
func (g *Guild) permissions(m Member) int64 {
	everybody, _ := g.role(g.ID)
	all := m.Permissions | everybody.Permissions
	for _, id := range m.Roles {
		r, _ := g.role(id)
		all |= r.Permissions
	}
	if m.UserID == g.OwnerID {
		all |= permAdministrator
	}
	return all
}

// permissionsIn are those of a member in a channel (docs: topics/permissions, "Permission Overwrites").
func (g *Guild) permissionsIn(c *Channel, m Member) int64 {
	all := g.permissions(m)
	if all&permAdministrator != 0 {
		return -1 ^ -1<<62
	}
	var roles, own Overwrite
	for _, o := range c.Overwrites {
		switch {
		case o.Member && o.ID == m.UserID:
			own = o
		case !o.Member && o.ID == g.ID:
			all = all&^o.Deny | o.Allow
		case !o.Member && slices.Contains(m.Roles, o.ID):
			roles.Deny, roles.Allow = roles.Deny|o.Deny, roles.Allow|o.Allow
		}
	}
	all = all&^roles.Deny | roles.Allow
	return all&^own.Deny | own.Allow
}
