package slack

import (
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/slack/slackfake"
)

// TestInstalling installs the bot in two teams, and each is answered with its own token.
func TestInstalling(t *testing.T) {
	t.Parallel()
	m := newMany(t, slackfake.Options{Rotation: true})
	second := m.slack.AddTeam(slackfake.Team{Name: "<b>Lviv</b>", NotInstalled: true})
	m.installs(m.team)
	b := browser(t)
	_, link, _ := m.fetched(b, m.door+InstallPath)
	back, err := m.slack.Authorize(link, second, m.olena)
	m.ok(err)
	if status, _, text := m.fetched(b, back); status != http.StatusOK || !strings.Contains(text, "&lt;b&gt;Lviv&lt;/b&gt;") {
		t.Errorf("%d: %s", status, text)
	}
	m.asks()
	there := m.slack.AddChannel(slackfake.Channel{TeamID: second, Name: "lviv"})
	taras := m.slack.AddUser(slackfake.User{TeamID: second, Name: "taras"})
	m.reply(m.slack.Say(there, taras, "<@"+m.slack.BotUser(second)+"> "+killed))
	if all := m.listed(); len(all) != 2 || all[0].State != Live || all[0].Expires.IsZero() || !strings.Contains(all[1].Scopes, "chat:write") {
		t.Errorf("%+v", all)
	}
}

// begins lets somebody begin to install the bot at a door, and returns with what Slack sends them back.
func (m *many) begins(b *http.Client, door string) url.Values {
	_, link, _ := m.fetched(b, door+InstallPath)
	back, err := m.slack.Authorize(link, m.team, m.olena)
	m.ok(err)
	u, err := url.Parse(back)
	m.ok(err)
	return u.Query()
}

// TestStates comes back from Slack with states that nobody may come back with.
func TestStates(t *testing.T) {
	t.Parallel()
	m := newMany(t, slackfake.Options{})
	door := m.opens(m.teams)
	other := m.opens(newTestTeams(m.rig, testKey("z"), nil))
	begin := m.begins
	for name, tc := range map[string]func() (*http.Client, url.Values){
		"no state": func() (*http.Client, url.Values) {
			b := browser(t)
			q := begin(b, door)
			q.Del("state")
			return b, q
		},
		"no cookie": func() (*http.Client, url.Values) { return browser(t), begin(browser(t), door) },
		"another browser's": func() (*http.Client, url.Values) {
			b := browser(t)
			begin(b, door)
			return b, begin(browser(t), door)
		},
		"an earlier one of this browser": func() (*http.Client, url.Values) {
			b := browser(t)
			q := begin(b, door)
			begin(b, door)
			return b, q
		},
		"altered": func() (*http.Client, url.Values) {
			b := browser(t)
			q := begin(b, door)
			q.Set("state", "A"+q.Get("state"))
			return b, q
		},
		"signed by another key": func() (*http.Client, url.Values) {
			b := browser(t)
			return b, begin(b, other)
		},
		"not a state": func() (*http.Client, url.Values) {
			b := browser(t)
			q := begin(b, door)
			q.Set("state", "<script>.1.%")
			return b, q
		},
	} {
		b, q := tc()
		if status, _, text := m.fetched(b, door+CallbackPath+"?"+q.Encode()); status != http.StatusBadRequest || !strings.Contains(text, "Почати знову") || strings.Contains(text, "script") {
			t.Errorf("%s: %d: %s", name, status, text)
		}
	}
	if n := len(m.slack.Requests("oauth.v2.access")); n != 0 {
		t.Errorf("%d codes were exchanged", n)
	}
}

// TestStatesInTime takes a state for as long as it lasts, once.
func TestStatesInTime(t *testing.T) {
	t.Parallel()
	var late atomic.Int64
	m := newMany(t, slackfake.Options{})
	m.teams.now = func() time.Time { return time.Now().Add(time.Duration(late.Load())) }
	door := m.opens(m.teams)
	b := browser(t)
	q := m.begins(b, door)
	late.Store(int64(stateFor))
	if status, _, _ := m.fetched(b, door+CallbackPath+"?"+q.Encode()); status != http.StatusBadRequest {
		t.Errorf("too late: %d", status)
	}
	late.Store(0)
	if n := len(m.slack.Requests("oauth.v2.access")); n != 0 {
		t.Errorf("%d codes were exchanged", n)
	}
	if status, _, text := m.fetched(b, door+CallbackPath+"?"+q.Encode()); status != http.StatusOK {
		t.Errorf("in time: %d: %s", status, text)
	}
	if status, _, _ := m.fetched(b, door+CallbackPath+"?"+q.Encode()); status != http.StatusBadRequest || len(m.listed()) != 1 {
		t.Errorf("again: %d", status)
	}
}

// TestNotInstalled says clearly what came of it.
func TestNotInstalled(t *testing.T) {
	t.Parallel()
	exchange := slackfake.Calling("oauth.v2.access")
	answer := func(body string) slackfake.Fault {
		return slackfake.Fault{Match: exchange, Times: 1, Status: http.StatusOK, Body: body}
	}
	for name, tc := range map[string]struct {
		fault  *slackfake.Fault
		status int
		says   string
	}{
		"cancelled":         {nil, http.StatusOK, "Ви цього не дозволили"},
		"refused":           {new(slackfake.Erring("invalid_code", exchange)), http.StatusBadGateway, "не вдалося"},
		"500 in HTML":       {new(slackfake.Broken(http.StatusInternalServerError, exchange)), http.StatusBadGateway, "не вдалося"},
		"lost":              {new(slackfake.Lost(exchange)), http.StatusBadGateway, "не вдалося"},
		"429":               {new(slackfake.RateLimited(time.Second, exchange)), http.StatusBadGateway, "не вдалося"},
		"no token":          {new(answer(`{"ok":true,"token_type":"bot","team":{"id":"T1"}}`)), http.StatusBadGateway, "не вдалося"},
		"a person's":        {new(answer(`{"ok":true,"token_type":"user","access_token":"xoxp-canary","team":{"id":"T1"}}`)), http.StatusBadGateway, "не вдалося"},
		"of a strange team": {new(answer(`{"ok":true,"token_type":"bot","access_token":"xoxb-canary","team":{"id":"../1"}}`)), http.StatusBadGateway, "не вдалося"},
		"an organisation": {
			new(answer(`{"ok":true,"token_type":"bot","access_token":"xoxb-canary","is_enterprise_install":true,"team":null,"enterprise":{"id":"E1","name":"Acme"}}`)),
			http.StatusBadRequest, "один робочий простір",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMany(t, slackfake.Options{})
			b := browser(t)
			_, link, _ := m.fetched(b, m.door+InstallPath)
			back, err := m.slack.Deny(link)
			if tc.fault != nil {
				m.slack.Inject(*tc.fault)
				back, err = m.slack.Authorize(link, m.team, m.olena)
			}
			m.ok(err)
			if status, _, text := m.fetched(b, back); status != tc.status || !strings.Contains(text, tc.says) || strings.Contains(text, "xox") {
				t.Errorf("%d: %s", status, text)
			}
			if all := m.listed(); len(all) != 0 || strings.Contains(m.log.String(), "canary") {
				t.Errorf("%+v, %s", all, m.log)
			}
		})
	}
}
