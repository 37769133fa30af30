package slackfake

import (
	"cmp"
	"slices"
)

type authJSON struct {
	OK         bool   `json:"ok"`
	URL        string `json:"url"`
	Team       string `json:"team"`
	User       string `json:"user"`
	TeamID     string `json:"team_id"`
	UserID     string `json:"user_id"`
	BotID      string `json:"bot_id"`
	Enterprise bool   `json:"is_enterprise_install"`
}

func (s *Server) authTest(c *call) reply {
	t := c.granted.team
	return ok(authJSON{
		OK: true, URL: "https://" + t.Domain + ".slack.com/", Team: t.Name, User: s.users[t.botUser].Name, TeamID: t.ID,
		UserID: t.botUser, BotID: t.botID,
	})
}

type wireUser struct {
	ID       string      `json:"id"`
	TeamID   string      `json:"team_id"`
	Name     string      `json:"name"`
	Deleted  bool        `json:"deleted"`
	RealName string      `json:"real_name"`
	TZ       string      `json:"tz"`
	Locale   string      `json:"locale,omitempty"`
	IsAdmin  bool        `json:"is_admin"`
	IsOwner  bool        `json:"is_owner"`
	IsBot    bool        `json:"is_bot"`
	IsGuest  bool        `json:"is_restricted"`
	IsSingle bool        `json:"is_ultra_restricted"`
	Profile  wireProfile `json:"profile"`
}

type wireProfile struct {
	RealName    string `json:"real_name"`
	DisplayName string `json:"display_name"`
	Team        string `json:"team"`
}

type userJSON struct {
	OK   bool     `json:"ok"`
	User wireUser `json:"user"`
}

func (s *Server) userInfo(c *call) reply {
	u := s.users[c.args["user"]]
	switch {
	case c.args["user"] == "", u == nil:
		return refuse(c, fail("user_not_found"))
	case u.TeamID != c.granted.team.ID && !s.shares(u.TeamID, c.granted.team.ID):
		return refuse(c, fail("user_not_visible"))
	}
	w := wireUser{
		ID: u.ID, TeamID: u.TeamID, Name: u.Name, Deleted: u.Deleted, RealName: u.RealName, TZ: u.TZ, IsAdmin: u.Admin,
		IsOwner: u.Owner, IsBot: u.Bot, IsGuest: u.Guest, Profile: wireProfile{RealName: u.RealName, DisplayName: u.Name, Team: u.TeamID},
	}
	if c.args.flag("include_locale") {
		w.Locale = u.Locale
	}
	return ok(userJSON{true, w})
}

// shares reports whether two workspaces share a channel: then their people see each other.
func (s *Server) shares(a, b string) bool {
	for _, c := range s.channels {
		if c.in(a) && c.in(b) {
			return true
		}
	}
	return false
}

type groupUsersJSON struct {
	OK    bool     `json:"ok"`
	Users []string `json:"users"`
}

func (s *Server) userGroupUsers(c *call) reply {
	g := c.granted.team.groups[c.args["usergroup"]]
	if g == nil {
		return refuse(c, fail("no_such_subteam"))
	}
	return ok(groupUsersJSON{true, append([]string{}, g.Users...)})
}

type wireGroup struct {
	ID     string   `json:"id"`
	TeamID string   `json:"team_id"`
	Handle string   `json:"handle"`
	Users  []string `json:"users,omitempty"`
}

type groupsJSON struct {
	OK     bool        `json:"ok"`
	Groups []wireGroup `json:"usergroups"`
}

// listUserGroups tells who is in a group only where that is asked for.
func (s *Server) listUserGroups(c *call) reply {
	out := groupsJSON{OK: true, Groups: []wireGroup{}}
	for _, g := range c.granted.team.groups {
		w := wireGroup{ID: g.ID, TeamID: c.granted.team.ID, Handle: g.Handle}
		if c.args.flag("include_users") {
			w.Users = g.Users
		}
		out.Groups = append(out.Groups, w)
	}
	slices.SortFunc(out.Groups, func(a, b wireGroup) int { return cmp.Compare(a.ID, b.ID) })
	return ok(out)
}
