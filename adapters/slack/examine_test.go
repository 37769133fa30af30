package slack

import (
	"context"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/checkup"
	"github.com/whosays/whosays/adapters/checkup/checkuptest"
	"github.com/whosays/whosays/adapters/slack/slackfake"
	"github.com/whosays/whosays/adapters/sqlstore"
)

const (
	examinedApp    = "xapp-1-A0FAKE00001-1-canary"
	examinedSecret = "canary-of-the-client"
)

// examined is a Slack at which all is well, unless a case changes it.
type examined struct {
	*slackfake.Server
	testing.TB
	team    string
	options ExamineOptions
}

// newExamined has one team, heard by Socket Mode.
func newExamined(t testing.TB) *examined {
	t.Helper()
	e := &examined{Server: slackfake.Start(t, slackfake.Options{AppToken: examinedApp, ClientSecret: examinedSecret}), TB: t}
	e.team = e.AddTeam(slackfake.Team{Name: "Kyiv"})
	e.options = ExamineOptions{BotToken: e.Token(e.team), AppToken: examinedApp, API: e.URL()}
	return e
}

// byHTTP has events come to something that answers with a status.
func (e *examined) byHTTP(status int) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
	e.Cleanup(s.Close)
	e.options.AppToken, e.options.SigningSecret, e.options.URL = "", "canary-signing", s.URL
}

// installable has any number of teams, of which some have installed the bot, whose tokens were sealed with a key.
func (e *examined) installable(states ...State) {
	store, err := sqlstore.Open(e.Context(), filepath.Join(e.TempDir(), "base.db"), sqlstore.Options{})
	if err != nil {
		e.Fatal(err)
	}
	e.Cleanup(func() { _ = store.Close() })
	keys, err := ParseKeys(testKey("k"))
	if err != nil {
		e.Fatal(err)
	}
	for i, state := range states {
		in := &install{Install: Install{Team: "T" + string(rune('A'+i)), State: state}, Tokens: grant{Access: "xoxb-canary"}}
		body, err := keys.pack(in)
		if err != nil {
			e.Fatal(err)
		}
		if _, err := store.Installs().Put(e.Context(), in.tenant(), body); err != nil {
			e.Fatal(err)
		}
	}
	id, secret := e.Client()
	e.options.BotToken, e.options.ClientID, e.options.ClientSecret, e.options.TokenKey = "", id, secret, testKey("k")
	e.options.URL, e.options.Installs = "https://bot.example", store.Installs()
}

func TestExamine(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		sick func(e *examined)
		want checkup.Finding // of what isn't well, alone
	}{
		"well":            {sick: func(*examined) {}},
		"well, by HTTP":   {sick: func(e *examined) { e.byHTTP(http.StatusUnauthorized) }},
		"well, for many":  {sick: func(e *examined) { e.installable(Live, Live) }},
		"for nobody yet":  {sick: func(e *examined) { e.installable(); e.options.Installs = nil }},
		"a wrong token":   {sick: func(e *examined) { e.options.BotToken = "xoxb-canary" }, want: checkup.Bad("token", "page OAuth & Permissions", "")},
		"the app's token": {sick: func(e *examined) { e.options.BotToken = examinedApp }, want: checkup.Bad("token", "begins with xoxb-", "")},
		"nobody there": {sick: func(e *examined) {
			e.options.API, e.options.AppToken = "http://127.0.0.1:1", ""
			e.options.SigningSecret = "x"
		}, want: checkup.Bad("token", "connection refused", "")},
		"limited":           {sick: func(e *examined) { e.Inject(slackfake.RateLimited(time.Minute, slackfake.Calling("auth.test"))) }, want: checkup.Bad("token", "Wait 1m0s", "")},
		"broken":            {sick: func(e *examined) { e.Inject(slackfake.Broken(503, slackfake.Calling("auth.test"))) }, want: checkup.Bad("token", "503", "")},
		"too few scopes":    {sick: func(e *examined) { e.SetScopes(e.team, "chat:write", "commands") }, want: checkup.Bad("scopes", "app_mentions:read, channels:history", "")},
		"a wrong app token": {sick: func(e *examined) { e.options.AppToken = "xapp-canary" }, want: checkup.Bad("Socket Mode", "connections:write", "")},
		"Socket Mode is off": {sick: func(e *examined) {
			e.Inject(slackfake.Erring("not_allowed_token_type", slackfake.Calling("apps.connections.open")))
		}, want: checkup.Bad("Socket Mode", "Turn Socket Mode on", "")},
		"deaf":                 {sick: func(e *examined) { e.options.AppToken = "" }, want: checkup.Bad("hearing", "slack.signing_secret", "")},
		"an address of others": {sick: func(e *examined) { e.byHTTP(http.StatusNotFound) }, want: checkup.Bad("endpoint", "status 404", "")},
		"an address of nobody": {sick: func(e *examined) { e.byHTTP(0); e.options.URL = "http://127.0.0.1:1" }, want: checkup.Bad("endpoint", "connection refused", "")},
		"a wrong client":       {sick: func(e *examined) { e.installable(Live); e.options.ClientSecret = "canary" }, want: checkup.Bad("client", "bad_client_secret", "")},
		"a team that refuses":  {sick: func(e *examined) { e.installable(Live, Refused) }, want: checkup.Doubt("workspaces", "1 of 2 workspaces", "")},
		"another key":          {sick: func(e *examined) { e.installable(Live); e.options.TokenKey = testKey("x") }, want: checkup.Bad("workspaces", "after a comma", "")},
		"no key":               {sick: func(e *examined) { e.installable(Live); e.options.TokenKey = "canary" }, want: checkup.Bad("workspaces", "openssl rand -base64 32", "")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newExamined(t)
			tc.sick(e)
			found := Examine(t.Context(), e.options)
			checkuptest.Alone(t, found, tc.want, "canary", "ticket", e.Token(e.team))
			if tc.want == (checkup.Finding{}) && len(found) != 3 {
				t.Errorf("%+v", found)
			}
			if n := e.Connections(); n != 0 {
				t.Errorf("it was connected %d times", n)
			}
		})
	}
}

func TestClockOfSlack(t *testing.T) {
	t.Parallel()
	fake := slackfake.Start(t, slackfake.Options{})
	at, err := Clock(t.Context(), fake.URL())
	if off := time.Since(at).Abs(); err != nil || off > time.Minute {
		t.Errorf("%v, %v", at, err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := Clock(ended, fake.URL()); err == nil {
		t.Error("it has an answer, of nobody")
	}
}
