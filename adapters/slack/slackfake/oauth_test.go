package slackfake_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/whosays/whosays/adapters/slack/slackfake"
)

const callback = "https://bot.example/slack/callback"

// link is what the app sends an admin to.
func (p place) link(state string) string {
	id, _ := p.Client()
	return "https://slack.com/oauth/v2/authorize?" + url.Values{
		"client_id": {id}, "scope": {"chat:write,commands"}, "state": {state}, "redirect_uri": {callback},
	}.Encode()
}

// code is that of a new consent.
func (p place) code(t *testing.T, team string) string {
	t.Helper()
	back, err := p.Authorize(p.link("s1"), team, p.user)
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(back)
	if err != nil || u.Query().Get("state") != "s1" || u.Host != "bot.example" {
		t.Fatalf("%s, %v", back, err)
	}
	return u.Query().Get("code")
}

func (p place) exchange(t *testing.T, code, redirect string) (*slack.OAuthV2Response, error) {
	t.Helper()
	id, secret := p.Client()
	return slack.GetOAuthV2ResponseContext(within(t), client(t), id, secret, code, redirect, slack.OAuthOptionAPIURL(p.APIURL()))
}

func (p place) refresh(t *testing.T, token string) (*slack.OAuthV2Response, error) {
	t.Helper()
	id, secret := p.Client()
	return slack.RefreshOAuthV2TokenContext(within(t), client(t), id, secret, token, slack.OAuthOptionAPIURL(p.APIURL()))
}

func TestInstalling(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	team := p.AddTeam(slackfake.Team{Name: "Lviv", NotInstalled: true})
	code := p.code(t, team)
	if _, err := p.exchange(t, code, "https://elsewhere.example"); errorText(err) != "bad_redirect_uri" {
		t.Errorf("err = %v", err)
	}
	got, err := p.exchange(t, code, callback)
	if err != nil || got.Team.ID != team || got.Team.Name != "Lviv" || got.AccessToken != p.Token(team) || got.BotUserID != p.BotUser(team) ||
		got.Scope != "chat:write,commands" || got.TokenType != "bot" || got.AuthedUser.ID != p.user || got.RefreshToken != "" {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := p.exchange(t, code, callback); errorText(err) != "code_already_used" {
		t.Errorf("err = %v", err)
	}
	if _, err := p.exchange(t, "x", callback); errorText(err) != "invalid_code" {
		t.Errorf("err = %v", err)
	}
	if _, err := slack.GetOAuthV2ResponseContext(within(t), client(t), "x", "y", code, callback, slack.OAuthOptionAPIURL(p.APIURL())); errorText(err) != "invalid_client_id" {
		t.Errorf("err = %v", err)
	}
	back, err := p.Deny(p.link("s2"))
	if want := callback + "?error=access_denied&state=s2"; back != want || err != nil {
		t.Errorf("%s, %v", back, err)
	}
	if _, err := p.Authorize("https://slack.com/oauth/v2/authorize?client_id=x", team, p.user); err == nil {
		t.Error("a link of another app is taken")
	}
}

func TestTokensRotate(t *testing.T) {
	t.Parallel()
	clock := newClock()
	p := newPlace(t, slackfake.Options{Now: clock.Now, Rotation: true})
	team := p.AddTeam(slackfake.Team{NotInstalled: true})
	first, err := p.exchange(t, p.code(t, team), callback)
	if err != nil || first.ExpiresIn != 43200 || first.RefreshToken == "" {
		t.Fatalf("%+v, %v", first, err)
	}
	check := func(token, want string) {
		t.Helper()
		_, err := slack.New(token, slack.OptionAPIURL(p.APIURL()), slack.OptionHTTPClient(client(t))).AuthTestContext(within(t))
		if got := errorText(err); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	clock.advance(11 * time.Hour)
	second, err := p.refresh(t, first.RefreshToken)
	if err != nil || second.AccessToken == first.AccessToken {
		t.Fatalf("%+v, %v", second, err)
	}
	if _, err := p.refresh(t, first.RefreshToken); errorText(err) != "invalid_refresh_token" {
		t.Errorf("a refresh token twice: %v", err)
	}
	check(first.AccessToken, "")
	clock.advance(time.Hour)
	check(first.AccessToken, "token_expired")
	check(second.AccessToken, "")
	p.ExpireTokens(team)
	check(second.AccessToken, "token_expired")
	third, err := p.refresh(t, second.RefreshToken)
	if err != nil {
		t.Fatal(err)
	}
	check(first.AccessToken, "token_revoked")
	check(third.AccessToken, "")
}

func TestATokenIsRevokedByItsOwner(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	p.serve(t, nil)
	bot := p.slack(t)
	if got, err := bot.SendAuthRevokeContext(within(t), ""); err != nil || !got.Revoked {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := bot.AuthTestContext(within(t)); errorText(err) != "token_revoked" {
		t.Errorf("err = %v", err)
	}
	d, err := p.AwaitDelivery(within(t), "tokens_revoked", 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Ack(within(t)); err != nil {
		t.Error(err)
	}
}

// TestTokenOfAnOrganisation: it is good in every workspace that has the app, for what the call is about.
func TestTokenOfAnOrganisation(t *testing.T) {
	t.Parallel()
	const org = "xoxb-of-an-organisation"
	p := newPlace(t, slackfake.Options{OrgToken: org})
	lviv := p.AddTeam(slackfake.Team{Name: "Lviv"})
	facts := p.AddChannel(slackfake.Channel{TeamID: lviv, Name: "facts"})
	ivan := p.AddUser(slackfake.User{TeamID: lviv, Name: "ivan"})
	odesa := p.AddTeam(slackfake.Team{Name: "Odesa", NotInstalled: true})
	for name, test := range map[string]struct{ method, body, team, code string }{
		"a channel":      {"chat.postMessage", `{"channel":"` + facts + `","text":"a fact"}`, lviv, ""},
		"another's":      {"chat.postMessage", `{"channel":"` + p.channel + `","text":"a fact"}`, p.team, ""},
		"somebody":       {"users.info", `{"user":"` + ivan + `"}`, lviv, ""},
		"a home":         {"views.publish", `{"user_id":"` + ivan + `","view":{"type":"home","blocks":[]}}`, lviv, ""},
		"a workspace":    {"auth.test", `{"team_id":"` + lviv + `"}`, lviv, ""},
		"none":           {"users.info", `{}`, "", "missing_argument"},
		"itself":         {"auth.test", `{}`, p.team, ""},
		"without an app": {"auth.test", `{"team_id":"` + odesa + `"}`, "", "team_access_not_granted"},
		"of an app":      {"apps.connections.open", `{}`, "", "not_allowed_token_type"},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := p.try(t, p.APIURL()+test.method, "application/json", "Bearer "+org, test.body)
			if err != nil || a.code(t) != test.code {
				t.Fatalf("%+v, %v", a, err)
			}
			all := p.Requests(test.method)
			if got := all[len(all)-1].Team; got != test.team {
				t.Errorf("in %q, wanted %q", got, test.team)
			}
		})
	}
}
