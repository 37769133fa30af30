package slackfake

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
)

type wireChannel struct {
	ID             string   `json:"id"`
	Name           string   `json:"name,omitempty"`
	NameNormalized string   `json:"name_normalized,omitempty"`
	IsChannel      bool     `json:"is_channel"`
	IsGroup        bool     `json:"is_group"`
	IsIM           bool     `json:"is_im"`
	IsMPIM         bool     `json:"is_mpim"`
	IsPrivate      bool     `json:"is_private"`
	IsArchived     bool     `json:"is_archived"`
	IsGeneral      bool     `json:"is_general"`
	IsShared       bool     `json:"is_shared"`
	IsExtShared    bool     `json:"is_ext_shared"`
	IsOrgShared    bool     `json:"is_org_shared"`
	IsMember       bool     `json:"is_member"`
	User           string   `json:"user,omitempty"`
	Creator        string   `json:"creator,omitempty"`
	ContextTeam    string   `json:"context_team_id,omitempty"`
	SharedTeams    []string `json:"shared_team_ids,omitempty"`
	Created        int64    `json:"created"`
}

func (c *Channel) wire(team string) wireChannel {
	w := wireChannel{
		ID: c.ID, IsChannel: c.Kind == Public, IsGroup: c.Kind == Private, IsIM: c.Kind == Direct, IsMPIM: c.Kind == Group,
		IsPrivate: c.Kind != Public, IsArchived: c.Archived, IsMember: !c.NoBot && c.Kind != Direct, User: c.user, Creator: c.Creator,
		ContextTeam: team, Created: 1_700_000_000,
	}
	if c.Kind != Direct {
		w.Name, w.NameNormalized = c.Name, c.Name
	}
	if len(c.SharedWith) > 0 {
		w.IsShared, w.IsExtShared = true, true
		w.SharedTeams = append([]string{c.TeamID}, c.SharedWith...)
	}
	return w
}

type channelJSON struct {
	OK          bool        `json:"ok"`
	Channel     wireChannel `json:"channel"`
	NoOp        bool        `json:"no_op,omitempty"`
	AlreadyOpen bool        `json:"already_open,omitempty"`
}

// conversationInfo tells of public channels that the app isn't in too.
func (s *Server) conversationInfo(c *call) reply {
	channel := s.channels[c.args["channel"]]
	team := c.granted.team
	if channel == nil || !channel.in(team.ID) || channel.NoBot && channel.Kind != Public {
		return refuse(c, fail("channel_not_found"))
	}
	if err := c.granted.lacks(channel.Kind.scope("read")); err != nil {
		return refuse(c, err)
	}
	return ok(channelJSON{OK: true, Channel: channel.wire(team.ID)})
}

// openConversation opens the direct messages with one user.
func (s *Server) openConversation(c *call) reply {
	if id := c.args["channel"]; id != "" {
		channel, err := s.reach(c, false)
		if err != nil {
			return refuse(c, err)
		}
		return ok(channelJSON{OK: true, Channel: channel.wire(c.granted.team.ID), NoOp: true, AlreadyOpen: true})
	}
	list := c.args["users"]
	u := s.users[list]
	switch {
	case list == "":
		return refuse(c, fail("users_list_not_supplied"))
	case strings.Contains(list, ","):
		return refuse(c, c.granted.lacksGroups())
	case u == nil || u.TeamID != c.granted.team.ID:
		return refuse(c, fail("user_not_found"))
	case u.Deleted:
		return refuse(c, fail("user_disabled"))
	case u.Bot:
		return refuse(c, fail("cannot_dm_bot"))
	}
	channel := s.dm(u)
	already := channel.opened
	channel.opened = true
	return ok(channelJSON{OK: true, Channel: channel.wire(c.granted.team.ID), NoOp: already, AlreadyOpen: already})
}

// lacksGroups refuses conversations of several: the app's manifest has no scope for them.
func (g *token) lacksGroups() *apiError {
	if err := g.lacks("mpim:write"); err != nil {
		return err
	}
	return fail("method_not_supported_for_channel_type")
}

type channelsJSON struct {
	OK       bool          `json:"ok"`
	Channels []wireChannel `json:"channels"`
	Metadata metaCursor    `json:"response_metadata"`
}

type metaCursor struct {
	Cursor string `json:"next_cursor"`
}

func (s *Server) listConversations(c *call) reply {
	return s.pageOfConversations(c, func(*Channel) bool { return true })
}

// userConversations lists those that a person is in, and the app may know of (docs: reference/methods/users.conversations).
func (s *Server) userConversations(c *call) reply {
	u := s.users[c.args["user"]]
	if u == nil || u.TeamID != c.granted.team.ID && !s.shares(u.TeamID, c.granted.team.ID) {
		return refuse(c, fail("user_not_found"))
	}
	return s.pageOfConversations(c, func(channel *Channel) bool { return channel.has(u) })
}

// pageOfConversations is a page of those that the app may know of, and that are meant.
func (s *Server) pageOfConversations(c *call, meant func(*Channel) bool) reply {
	kinds, err := wanted(c.args["types"])
	if err != nil {
		return refuse(c, err)
	}
	for _, scope := range scopes(kinds, "read") {
		if err := c.granted.lacks(scope); err != nil {
			return refuse(c, err)
		}
	}
	limit, good := c.args.number("limit", 1, 1000, 100)
	if !good {
		return refuse(c, fail("invalid_limit"))
	}
	after, good := decodeCursor(c.args["cursor"])
	if !good {
		return refuse(c, fail("invalid_cursor"))
	}
	team := c.granted.team
	var found []*Channel
	for _, channel := range s.channels {
		if channel.in(team.ID) && slices.Contains(kinds, channel.Kind) && channel.ID > after && meant(channel) &&
			!(channel.NoBot && channel.Kind != Public) && !(channel.Archived && c.args.flag("exclude_archived")) {
			found = append(found, channel)
		}
	}
	slices.SortFunc(found, func(a, b *Channel) int { return cmp.Compare(a.ID, b.ID) })
	out := channelsJSON{OK: true, Channels: []wireChannel{}}
	if len(found) > limit {
		found = found[:limit]
		out.Metadata.Cursor = encodeCursor(found[limit-1].ID)
	}
	for _, channel := range found {
		out.Channels = append(out.Channels, channel.wire(team.ID))
	}
	return ok(out)
}

// wanted are the kinds of the argument types.
func wanted(types string) ([]Kind, *apiError) {
	names := map[string]Kind{"public_channel": Public, "private_channel": Private, "im": Direct, "mpim": Group}
	var kinds []Kind
	for name := range strings.SplitSeq(cmp.Or(types, "public_channel"), ",") {
		kind, known := names[strings.TrimSpace(name)]
		if !known {
			return nil, fail("invalid_types")
		}
		kinds = append(kinds, kind)
	}
	return kinds, nil
}

const cursorPrefix = "next:"

func encodeCursor(at string) string {
	return base64.StdEncoding.EncodeToString([]byte(cursorPrefix + at))
}

func decodeCursor(text string) (string, bool) {
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return "", false
	}
	at, found := strings.CutPrefix(string(data), cursorPrefix)
	return at, found || text == ""
}

type historyJSON struct {
	OK       bool              `json:"ok"`
	Messages []json.RawMessage `json:"messages"`
	HasMore  bool              `json:"has_more"`
	Pins     int               `json:"pin_count"`
	Metadata *metaCursor       `json:"response_metadata,omitempty"`
}

// history returns the newest first; replies in threads only where they were sent to the channel too.
func (s *Server) history(c *call) reply {
	channel, err := s.readable(c)
	if err != nil {
		return refuse(c, err)
	}
	var list []*Message
	for _, m := range slices.Backward(channel.messages) {
		if m.ThreadTS == "" || m.ThreadTS == m.TS || m.Broadcast {
			list = append(list, m)
		}
	}
	return s.page(c, list, func(cursor, ts int64) bool { return ts < cursor })
}

// replies returns a thread, the oldest first.
func (s *Server) replies(c *call) reply {
	channel, err := s.readable(c)
	if err != nil {
		return refuse(c, err)
	}
	parent := s.messages[key(channel.ID, c.args["ts"])]
	if parent == nil || parent.For != "" {
		return refuse(c, fail("thread_not_found"))
	}
	var list []*Message
	for _, m := range channel.messages {
		if m == parent || m.ThreadTS == parent.TS {
			list = append(list, m)
		}
	}
	return s.page(c, list, func(cursor, ts int64) bool { return ts > cursor })
}

func (s *Server) readable(c *call) (*Channel, *apiError) {
	channel, err := s.reach(c, false)
	if err != nil {
		return nil, err
	}
	return channel, c.granted.lacks(channel.Kind.scope("history"))
}

// page is the part of a list that was asked for; beyond reports whether a message comes after that of a cursor.
func (s *Server) page(c *call, list []*Message, beyond func(cursor, ts int64) bool) reply {
	within, err := c.args.span()
	if err != nil {
		return refuse(c, err)
	}
	limit, good := c.args.number("limit", 1, s.opts.HistoryLimit, min(100, s.opts.HistoryLimit))
	if !good {
		return refuse(c, fail("invalid_limit"))
	}
	at, good := decodeCursor(c.args["cursor"])
	cursor, number := parseTS(at)
	if !good || at != "" && !number {
		return refuse(c, fail("invalid_cursor"))
	}
	out := historyJSON{OK: true, Messages: []json.RawMessage{}}
	var last string
	for _, m := range list {
		ts, _ := parseTS(m.TS)
		if !within(ts) || at != "" && !beyond(cursor, ts) {
			continue
		}
		if len(out.Messages) == limit {
			out.HasMore, out.Metadata = true, &metaCursor{encodeCursor(last)}
			break
		}
		last = m.TS
		out.Messages = append(out.Messages, s.written(m, s.wire(m, c.args.flag("include_all_metadata"))))
	}
	return ok(out)
}

// span is the time between oldest and latest, its ends only where inclusive says so.
func (a args) span() (func(ts int64) bool, *apiError) {
	oldest, latest := int64(0), int64(1<<62)
	var good bool
	if text := a["oldest"]; text != "" {
		if oldest, good = parseTS(text); !good {
			return nil, fail("invalid_ts_oldest")
		}
	}
	if text := a["latest"]; text != "" && text != "now" {
		if latest, good = parseTS(text); !good {
			return nil, fail("invalid_ts_latest")
		}
	}
	if a.flag("inclusive") {
		oldest, latest = oldest-1, latest+1
	}
	return func(ts int64) bool { return oldest < ts && ts < latest }, nil
}
