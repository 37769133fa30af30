package discordfake

import (
	"encoding/json"
	"strconv"
	"time"
)

// What the server writes: the fields of Discord's objects that a bot may look at.

type wireUser struct {
	ID            string  `json:"id"`
	Username      string  `json:"username"`
	GlobalName    *string `json:"global_name"`
	Discriminator string  `json:"discriminator"`
	Avatar        *string `json:"avatar"`
	Bot           bool    `json:"bot,omitempty"`
	PublicFlags   int     `json:"public_flags"`
}

func (u *User) wire() *wireUser {
	w := &wireUser{ID: u.ID, Username: u.Username, Discriminator: "0", Bot: u.Bot}
	if u.GlobalName != "" {
		w.GlobalName = &u.GlobalName
	}
	return w
}

type wireMember struct {
	User        *wireUser `json:"user,omitempty"`
	Nick        *string   `json:"nick"`
	Avatar      *string   `json:"avatar"`
	Roles       []string  `json:"roles"`
	JoinedAt    time.Time `json:"joined_at"`
	Deaf        bool      `json:"deaf"`
	Mute        bool      `json:"mute"`
	Flags       int       `json:"flags"`
	Permissions string    `json:"permissions,omitempty"`
}

// wireMember is a member without user and permissions, as in messages.
func (m Member) wire() *wireMember {
	w := &wireMember{Roles: append([]string{}, m.Roles...), JoinedAt: time.UnixMilli(epoch).UTC()}
	if m.Nick != "" {
		w.Nick = &m.Nick
	}
	return w
}

type wireRole struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Permissions string `json:"permissions"`
	Mentionable bool   `json:"mentionable"`
	Position    int    `json:"position"`
	Color       int    `json:"color"`
	Hoist       bool   `json:"hoist"`
	Managed     bool   `json:"managed"`
}

func (r *Role) wire(position int) wireRole {
	return wireRole{
		ID: r.ID, Name: r.Name, Permissions: strconv.FormatInt(r.Permissions, 10), Mentionable: r.Mentionable, Position: position,
	}
}

type wireOverwrite struct {
	ID    string `json:"id"`
	Type  int    `json:"type"` // 0 of a role, 1 of a member
	Allow string `json:"allow"`
	Deny  string `json:"deny"`
}

func (o Overwrite) wire() wireOverwrite {
	w := wireOverwrite{ID: o.ID, Allow: strconv.FormatInt(o.Allow, 10), Deny: strconv.FormatInt(o.Deny, 10)}
	if o.Member {
		w.Type = 1
	}
	return w
}

type wireThread struct {
	Archived            bool      `json:"archived"`
	Locked              bool      `json:"locked"`
	AutoArchiveDuration int       `json:"auto_archive_duration"`
	ArchiveTimestamp    time.Time `json:"archive_timestamp"`
}

type wireChannel struct {
	ID          string          `json:"id"`
	Type        int             `json:"type"`
	GuildID     string          `json:"guild_id,omitempty"`
	Name        string          `json:"name,omitempty"`
	ParentID    *string         `json:"parent_id,omitempty"`
	Position    int             `json:"position"`
	Overwrites  []wireOverwrite `json:"permission_overwrites"`
	Recipients  []*wireUser     `json:"recipients,omitempty"`
	Thread      *wireThread     `json:"thread_metadata,omitempty"`
	Permissions string          `json:"permissions,omitempty"`
}

func (s *Server) wireChannel(c *Channel) wireChannel {
	w := wireChannel{ID: c.ID, Type: c.Type, GuildID: c.GuildID, Name: c.Name, Overwrites: []wireOverwrite{}}
	for _, o := range c.Overwrites {
		w.Overwrites = append(w.Overwrites, o.wire())
	}
	if c.ParentID != "" {
		w.ParentID = &c.ParentID
	}
	if c.recipient != "" {
		w.Recipients = []*wireUser{s.users[c.recipient].wire()}
	}
	if c.thread() {
		w.Thread = &wireThread{c.Archived, c.Locked, 1440, time.UnixMilli(epoch).UTC()}
	}
	return w
}

type unavailableGuild struct {
	ID          string `json:"id"`
	Unavailable bool   `json:"unavailable,omitempty"`
}

type wireGuild struct {
	ID              string        `json:"id"`
	Name            string        `json:"name"`
	OwnerID         string        `json:"owner_id"`
	PreferredLocale string        `json:"preferred_locale"`
	Roles           []wireRole    `json:"roles"`
	Channels        []wireChannel `json:"channels"`
	Threads         []wireChannel `json:"threads"`
	Members         []*wireMember `json:"members"`
	MemberCount     int           `json:"member_count"`
	JoinedAt        time.Time     `json:"joined_at"`
	Large           bool          `json:"large"`
	Unavailable     bool          `json:"unavailable"`
	Features        []string      `json:"features"`
}

// wireGuild is a guild as GUILD_CREATE has it: with the channels that the bot sees.
func (s *Server) wireGuild(g *Guild) wireGuild {
	w := wireGuild{
		ID: g.ID, Name: g.Name, OwnerID: g.OwnerID, PreferredLocale: g.Locale, MemberCount: len(g.members),
		JoinedAt: time.UnixMilli(epoch).UTC(), Features: []string{}, Channels: []wireChannel{}, Threads: []wireChannel{},
	}
	for i, r := range g.roles {
		w.Roles = append(w.Roles, r.wire(i))
	}
	for _, c := range g.channels {
		switch {
		case !c.allows(permView):
		case c.thread():
			w.Threads = append(w.Threads, s.wireChannel(c))
		default:
			w.Channels = append(w.Channels, s.wireChannel(c))
		}
	}
	bot := g.members[s.bot.ID].wire()
	bot.User = s.bot.wire()
	w.Members = []*wireMember{bot}
	return w
}

// encode is JSON of the server's own types, which always can be encoded.
func encode(v any) json.RawMessage {
	data, err := json.Marshal(v)
	if err != nil {
		panic("discordfake: " + err.Error())
	}
	return data
}
