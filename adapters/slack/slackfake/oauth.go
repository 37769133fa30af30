package slackfake

import (
	"cmp"
	"crypto/rand"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
)

// code is what an admin's consent gives the app, to be exchanged once (docs: authentication/installing-with-oauth).
type code struct {
	team     *Team
	user     string
	scopes   []string
	redirect string
	until    time.Time
	used     bool
}

// codeFor is how long a code may be exchanged.
const codeFor = 10 * time.Minute

// Authorize lets an admin follow the app's link to Slack (…/oauth/v2/authorize?client_id=…) and allow what it asks for
// in a workspace. It returns the URL that Slack then sends the admin's browser to: the redirect_uri with code and state.
func (s *Server) Authorize(link, team, user string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.mustTeam(team)
	to, form, err := s.consent(link)
	if err != nil {
		return "", err
	}
	text := fmt.Sprintf("%s.%s", team, rand.Text())
	s.codes[text] = &code{
		team: t, user: user, scopes: strings.Split(form.Get("scope"), ","), redirect: form.Get("redirect_uri"),
		until: s.opts.Now().Add(codeFor),
	}
	return withQuery(to, "code", text, "state", form.Get("state")), nil
}

// Deny is an admin who follows the app's link and presses Cancel. It returns where Slack sends the browser.
func (s *Server) Deny(link string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	to, form, err := s.consent(link)
	if err != nil {
		return "", err
	}
	return withQuery(to, "error", "access_denied", "state", form.Get("state")), nil
}

// consent reads a link to Slack, and fails where Slack would show an error instead of asking.
func (s *Server) consent(link string) (*url.URL, url.Values, error) {
	u, err := url.Parse(link)
	if err != nil {
		return nil, nil, fmt.Errorf("slackfake: the link to Slack: %w", err)
	}
	form := u.Query()
	to, err := url.Parse(form.Get("redirect_uri"))
	switch {
	case !strings.HasSuffix(u.Path, "/oauth/v2/authorize"):
		return nil, nil, fmt.Errorf("slackfake: the link to Slack has the path %s", u.Path)
	case form.Get("client_id") != s.opts.ClientID:
		return nil, nil, fmt.Errorf("slackfake: invalid client_id %q", form.Get("client_id"))
	case form.Get("scope") == "":
		return nil, nil, fmt.Errorf("slackfake: no scopes requested")
	case err != nil || to.Host == "":
		return nil, nil, fmt.Errorf("slackfake: redirect_uri did not match any configured URIs: %q", form.Get("redirect_uri"))
	}
	return to, form, nil
}

func withQuery(u *url.URL, pairs ...string) string {
	query := u.Query()
	for pair := range slices.Chunk(pairs, 2) {
		query.Set(pair[0], pair[1])
	}
	next := *u
	next.RawQuery = query.Encode()
	return next.String()
}

type oauthJSON struct {
	OK           bool           `json:"ok"`
	AppID        string         `json:"app_id"`
	AuthedUser   oauthUserJSON  `json:"authed_user"`
	Scope        string         `json:"scope"`
	TokenType    string         `json:"token_type"`
	AccessToken  string         `json:"access_token"`
	BotUser      string         `json:"bot_user_id"`
	Team         oauthTeamJSON  `json:"team"`
	Enterprise   *oauthTeamJSON `json:"enterprise"`
	IsEnterprise bool           `json:"is_enterprise_install"`
	RefreshToken string         `json:"refresh_token,omitempty"`
	ExpiresIn    int            `json:"expires_in,omitempty"`
}

type oauthUserJSON struct {
	ID string `json:"id,omitempty"`
}

type oauthTeamJSON struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

func (s *Server) oauthAccess(c *call) reply {
	id, secret, basic := c.BasicAuth()
	if !basic {
		id, secret = c.args["client_id"], c.args["client_secret"]
	}
	switch {
	case id != s.opts.ClientID:
		return refuse(c, fail("invalid_client_id"))
	case secret != s.opts.ClientSecret:
		return refuse(c, fail("bad_client_secret"))
	}
	switch grant := cmp.Or(c.args["grant_type"], "authorization_code"); grant {
	case "authorization_code":
		return s.exchangeCode(c)
	case "refresh_token":
		return s.refreshToken(c)
	default:
		return refuse(c, fail("invalid_grant_type"))
	}
}

func (s *Server) exchangeCode(c *call) reply {
	found := s.codes[c.args["code"]]
	switch {
	case found == nil:
		return refuse(c, fail("invalid_code"))
	case found.used:
		return refuse(c, fail("code_already_used"))
	case s.opts.Now().After(found.until):
		return refuse(c, fail("code_expired"))
	case c.args["redirect_uri"] != found.redirect:
		return refuse(c, fail("bad_redirect_uri"))
	}
	found.used = true
	found.team.Scopes, found.team.installer = found.scopes, found.user
	s.installApp(found.team)
	return ok(s.granting(found.team, s.grant(found.team, s.opts.Rotation)))
}

// refreshToken takes a refresh token once. The token before stays good until it expires, one older than that doesn't:
// at most two are (docs: authentication/using-token-rotation).
func (s *Server) refreshToken(c *call) reply {
	text := c.args["refresh_token"]
	t := s.refresh[text]
	if t == nil {
		return refuse(c, fail("invalid_refresh_token"))
	}
	delete(s.refresh, text)
	for _, g := range s.byText {
		if g.team == t && g.refresh != text && g.dead == "" && !g.expires.IsZero() {
			g.dead = "token_revoked"
		}
	}
	return ok(s.granting(t, s.grant(t, true)))
}

func (s *Server) granting(t *Team, g *token) oauthJSON {
	out := oauthJSON{
		OK: true, AppID: s.opts.AppID, AuthedUser: oauthUserJSON{t.installer}, Scope: strings.Join(g.scopes, ","),
		TokenType: "bot", AccessToken: g.text, BotUser: t.botUser, Team: oauthTeamJSON{t.ID, t.Name},
	}
	if g.refresh != "" {
		out.RefreshToken, out.ExpiresIn = g.refresh, int(s.opts.TokenFor.Seconds())
	}
	return out
}

type revokedJSON struct {
	OK      bool `json:"ok"`
	Revoked bool `json:"revoked"`
}

// authRevoke revokes the token that it is called with, which Slack also tells as an event.
func (s *Server) authRevoke(c *call) reply {
	if c.args.flag("test") {
		return ok(revokedJSON{OK: true})
	}
	c.granted.dead = "token_revoked"
	s.tellRevoked(c.granted.team)
	return ok(revokedJSON{OK: true, Revoked: true})
}
