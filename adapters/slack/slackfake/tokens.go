package slackfake

import (
	"crypto/rand"
	"maps"
	"slices"
	"strings"
	"time"
)

// token is a bot's token.
type token struct {
	text    string
	team    *Team
	scopes  []string
	expires time.Time // zero: never
	refresh string    // of a rotated one
	dead    string    // the error of a token that is no longer good
}

type tokens struct {
	byText  map[string]*token
	refresh map[string]*Team // refresh tokens that weren't used yet
	codes   map[string]*code
}

func newTokens() tokens {
	return tokens{byText: map[string]*token{}, refresh: map[string]*Team{}, codes: map[string]*code{}}
}

// Scopes are the bot's scopes in the app's manifest, and those for usergroups.users.list.
func Scopes() []string {
	return []string{
		"app_mentions:read", "chat:write", "commands", "im:history", "im:write", "im:read", "channels:read", "groups:read",
		"channels:history", "groups:history", "files:write", "files:read", "users:read", "usergroups:read",
	}
}

// grant gives the app a new token for a workspace.
func (s *Server) grant(t *Team, rotating bool) *token {
	g := &token{team: t, scopes: slices.Clone(t.Scopes), text: "xoxb-" + t.ID + "-" + rand.Text()}
	if rotating {
		g.text = "xoxe." + g.text
		g.expires = s.opts.Now().Add(s.opts.TokenFor)
		g.refresh = "xoxe-1-" + rand.Text()
		s.refresh[g.refresh] = t
	}
	s.byText[g.text] = g
	return g
}

// Token is the bot's newest token in a workspace.
func (s *Server) Token(team string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var newest string
	for text, g := range s.byText {
		if g.team.ID == team && g.dead == "" && (newest == "" || g.expires.After(s.byText[newest].expires)) {
			newest = text
		}
	}
	if newest == "" {
		panic("slackfake: the app has no token in " + team)
	}
	return newest
}

// ExpireTokens lets the bot's rotated tokens of a workspace expire now.
func (s *Server) ExpireTokens(team string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, g := range s.byText {
		if g.team.ID == team && !g.expires.IsZero() {
			g.expires = s.opts.Now()
		}
	}
}

// SetScopes changes what the bot's tokens of a workspace allow.
func (s *Server) SetScopes(team string, scopes ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mustTeam(team).Scopes = scopes
	for _, g := range s.byText {
		if g.team.ID == team {
			g.scopes = slices.Clone(scopes)
		}
	}
}

// bury makes all tokens of a workspace answer with an error: "token_revoked", "account_inactive".
func (s *Server) bury(t *Team, why string) {
	for _, g := range s.byText {
		if g.team == t && g.dead == "" {
			g.dead = why
		}
	}
	for text, team := range s.refresh {
		if team == t {
			delete(s.refresh, text)
		}
	}
}

// authenticate returns the bot's token of a call; its error is Slack's. The token of an app returns neither.
func (s *Server) authenticate(c *call, m method) (*token, *apiError) {
	text := c.token()
	app, org := strings.HasPrefix(text, "xapp-"), text == s.opts.OrgToken
	g := s.byText[text]
	switch {
	case text == "":
		return nil, fail("not_authed")
	case app && text != s.opts.AppToken, !app && !org && g == nil:
		return nil, fail("invalid_auth")
	case app != m.app:
		return nil, fail("not_allowed_token_type")
	case app:
		return nil, nil
	case org:
		return s.inOrg(c)
	case g.dead != "":
		return nil, fail(g.dead)
	case !g.expires.IsZero() && !s.opts.Now().Before(g.expires):
		return nil, fail("token_expired")
	}
	return g, nil
}

// inOrg is the token of an organisation, for the workspace of what a call is about, or for the one that it names. Slack's auth.test
// tells of the organisation itself where none is named, which isn't played: it is one of the workspaces
// (docs: enterprise/organization-ready-apps).
func (s *Server) inOrg(c *call) (*token, *apiError) {
	id := c.args["team_id"]
	if t := s.triggers[c.args["trigger_id"]]; t != nil {
		id = t.team
	}
	for _, arg := range []string{"user", "user_id"} {
		if u := s.users[c.args[arg]]; u != nil {
			id = u.TeamID
		}
	}
	if channel := s.channels[c.args["channel"]]; channel != nil {
		id = channel.TeamID
	}
	if id == "" && c.method == "auth.test" { // who a token is of may be asked without a workspace
		id = slices.Min(slices.Collect(maps.Keys(s.teams)))
	}
	t := s.teams[id]
	switch {
	case id == "":
		return nil, fail("missing_argument")
	case t == nil || t.NotInstalled:
		return nil, fail("team_access_not_granted")
	}
	return &token{text: s.opts.OrgToken, team: t, scopes: t.Scopes}, nil
}

// lacks is the error of a call whose token has none of the scopes, of which one is enough; nil where it has.
func (g *token) lacks(scopes ...string) *apiError {
	for _, scope := range scopes {
		if scope == "" || slices.Contains(g.scopes, scope) {
			return nil
		}
	}
	return &apiError{Error: "missing_scope", Needed: strings.Join(scopes, ","), Provided: strings.Join(g.scopes, ",")}
}
