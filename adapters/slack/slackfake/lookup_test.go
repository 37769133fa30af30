package slackfake_test

import (
	"testing"

	"github.com/whosays/whosays/adapters/slack/slackfake"
)

func TestWhatLookingUpIsRefused(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	deleted := p.AddUser(slackfake.User{TeamID: p.team, Deleted: true})
	abroad := p.AddUser(slackfake.User{TeamID: p.AddTeam(slackfake.Team{})})
	secret := p.AddChannel(slackfake.Channel{TeamID: p.team, Kind: slackfake.Private, NoBot: true})
	for name, c := range map[string]struct{ method, body, want string }{
		"nobody":           {"conversations.open", `{}`, "users_list_not_supplied"},
		"unknown":          {"conversations.open", `{"users":"U0"}`, "user_not_found"},
		"of elsewhere":     {"conversations.open", `{"users":` + quote(abroad) + `}`, "user_not_found"},
		"deactivated":      {"conversations.open", `{"users":` + quote(deleted) + `}`, "user_disabled"},
		"itself":           {"conversations.open", `{"users":` + quote(p.BotUser(p.team)) + `}`, "cannot_dm_bot"},
		"several":          {"conversations.open", `{"users":"U1,U2"}`, "missing_scope"},
		"a secret channel": {"conversations.info", `{"channel":` + quote(secret) + `}`, "channel_not_found"},
		"a stranger":       {"users.info", `{"user":` + quote(abroad) + `}`, "user_not_visible"},
		"unknown types":    {"conversations.list", `{"types":"x"}`, "invalid_types"},
		"types unscoped":   {"conversations.list", `{"types":"mpim"}`, "missing_scope"},
		"no such group":    {"usergroups.users.list", `{"usergroup":"S0"}`, "no_such_subteam"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := p.call(t, c.method, c.body); got.code(t) != c.want {
				t.Errorf("%s, want %s", got.body, c.want)
			}
		})
	}
}

func TestScopesAndSharedChannelsDecideWhoIsSeen(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	p.AddChannel(slackfake.Channel{TeamID: p.team, SharedWith: []string{p.AddTeam(slackfake.Team{ID: "T0SHARED"})}})
	guest := p.AddUser(slackfake.User{TeamID: "T0SHARED", Name: "guest"})
	if u, err := p.slack(t).GetUserInfoContext(within(t), guest); err != nil || u.TeamID != "T0SHARED" {
		t.Errorf("somebody of a shared channel: %+v, %v", u, err)
	}
	p.SetScopes(p.team, "chat:write")
	if _, err := p.slack(t).GetUserInfoContext(within(t), p.user); errorText(err) != "missing_scope" {
		t.Errorf("err = %v", err)
	}
}
