package slack

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/adapters/slack/slackfake"
	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/bot/chat"
)

// testKey returns a key of one repeated letter.
func testKey(letter string) string {
	return base64.StdEncoding.EncodeToString([]byte(strings.Repeat(letter, keySize)))
}

// newTestTeams returns the tokens of many teams on the rig's database: those of one replica.
func newTestTeams(r *rig, keys string, now func() time.Time) *Teams {
	r.Helper()
	k, err := ParseKeys(keys)
	r.ok(err)
	id, secret := r.slack.Client()
	transport := http.DefaultTransport.(*http.Transport).Clone()
	r.Cleanup(transport.CloseIdleConnections)
	t, err := NewTeams(TeamsOptions{
		Installs: r.store.Installs(), Leases: r.store.Leases(), Keys: k, ClientID: id, ClientSecret: secret, API: r.slack.URL(),
		Transport: transport, Now: now, Log: slog.New(slog.NewTextHandler(r.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	r.ok(err)
	return t
}

// many is a rig with the tokens of many teams, and a door to install it at.
type many struct {
	*rig

	teams *Teams
	door  string // its address
}

func newMany(t testing.TB, fake slackfake.Options) *many {
	t.Helper()
	m := &many{}
	o := rigOptions{fake: fake, http: true, teams: func(r *rig) Tokens {
		if m.teams == nil {
			m.teams = newTestTeams(r, testKey("a"), nil)
		}
		return m.teams
	}}
	m.rig = newRig(t, o)
	m.door = m.opens(m.teams)
	return m
}

// opens serves a door to teams.
func (m *many) opens(teams *Teams) string {
	m.Helper()
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	m.Cleanup(server.Close)
	door, err := NewDoor(teams, server.URL, nobodyElse{})
	m.ok(err)
	door.Handle(mux)
	return server.URL
}

// nobodyElse is what replicas share where there are none.
type nobodyElse struct{}

func (nobodyElse) First(context.Context, string) bool { return true }

func (nobodyElse) Seen(context.Context, string) bool { return false }

var _ inbox.SeenBefore = nobodyElse{}

// browser is one with cookies, that follows no redirection.
func browser(t testing.TB) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// fetched returns the status, what is told to go to, and the text of an answer.
func (m *many) fetched(b *http.Client, to string) (status int, location, text string) {
	m.Helper()
	req, err := http.NewRequestWithContext(m.soon(), http.MethodGet, to, http.NoBody)
	m.ok(err)
	req.Header.Set("Accept-Language", "uk-UA,en;q=0.5")
	resp, err := b.Do(req)
	m.ok(err)
	var body strings.Builder
	_, err = io.Copy(&body, resp.Body)
	m.ok(errors.Join(err, resp.Body.Close()))
	if resp.StatusCode == http.StatusFound {
		return resp.StatusCode, resp.Header.Get("Location"), body.String()
	}
	if csp := resp.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || resp.Header.Get("Referrer-Policy") != "no-referrer" {
		m.Errorf("the headers of a page: %v", resp.Header)
	}
	return resp.StatusCode, "", body.String()
}

// installs lets an admin of a team install the bot.
func (m *many) installs(team string) {
	m.Helper()
	b := browser(m)
	_, link, _ := m.fetched(b, m.door+InstallPath)
	back, err := m.slack.Authorize(link, team, m.olena)
	m.ok(err)
	if status, _, text := m.fetched(b, back); status != http.StatusOK || !strings.Contains(text, "WhoSays встановлено") {
		m.Fatalf("%d: %s", status, text)
	}
}

// asks asks in a channel of a team, and holds that it is answered.
func (m *many) asks() slackfake.Message {
	m.Helper()
	return m.reply(m.slack.Say(m.channel, m.olena, m.mention()+killed))
}

// listed returns the installations.
func (m *many) listed() []Install {
	m.Helper()
	all, err := List(m.Context(), m.store.Installs())
	m.ok(err)
	return all
}

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

// TestStates comes back from Slack with states that nobody may come back with.
func TestStates(t *testing.T) {
	t.Parallel()
	var late atomic.Int64
	m := newMany(t, slackfake.Options{})
	m.teams.now = func() time.Time { return time.Now().Add(time.Duration(late.Load())) }
	door := m.opens(m.teams)
	other := m.opens(newTestTeams(m.rig, testKey("z"), nil))
	begin := func(b *http.Client, door string) url.Values {
		_, link, _ := m.fetched(b, door+InstallPath)
		back, err := m.slack.Authorize(strings.ReplaceAll(link, url.QueryEscape(other), url.QueryEscape(door)), m.team, m.olena)
		m.ok(err)
		u, err := url.Parse(back)
		m.ok(err)
		return u.Query()
	}
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
	b := browser(t)
	q := begin(b, door)
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

// TestOneRenewal lets a token expire under ten concurrent calls of two replicas: it is renewed once, and all go through.
func TestOneRenewal(t *testing.T) {
	t.Parallel()
	m := newMany(t, slackfake.Options{Rotation: true})
	m.installs(m.team)
	before := len(m.slack.Requests("oauth.v2.access"))
	other, err := NewClient(ClientOptions{Tokens: newTestTeams(m.rig, testKey("a"), nil), Label: m.client.label, API: m.slack.URL(), Transport: m.client.http.Transport})
	m.ok(err)
	for _, c := range []*Client{m.client, other} { // both believe the first token
		_, err := c.tokens.Token(t.Context(), m.team)
		m.ok(err)
	}
	m.slack.ExpireTokens(m.team)
	reply := handle(t, chat.Request{Command: chat.CommandAsk, Text: killed})
	var calls sync.WaitGroup
	for i := range 10 {
		c, p := []*Client{m.client, other}[i%2], chat.Post{To: place{Team: m.team, Channel: m.channel}.address(), Key: fmt.Sprint(i), Reply: reply}
		calls.Go(func() {
			if _, err := c.Send(t.Context(), p); err != nil {
				t.Errorf("%d: %v", i, err)
			}
		})
	}
	calls.Wait()
	if renewals, n := len(m.slack.Requests("oauth.v2.access"))-before, m.replies(m.channel); renewals != 1 || n != 10 {
		t.Errorf("%d renewals, %d posts", renewals, n)
	}
}

// TestRenewedAhead renews a token before it expires, and goes on with it where that can't be done yet.
func TestRenewedAhead(t *testing.T) {
	t.Parallel()
	m := newMany(t, slackfake.Options{Rotation: true})
	m.installs(m.team)
	first, err := m.teams.Token(t.Context(), m.team)
	m.ok(err)
	m.teams.now = func() time.Time { return time.Now().Add(11*time.Hour + time.Minute) }
	m.slack.Inject(slackfake.Broken(http.StatusBadGateway, slackfake.Calling("oauth.v2.access")))
	for range 2 { // the second isn't tried so soon
		if got, err := m.teams.Token(t.Context(), m.team); got != first || err != nil {
			t.Errorf("the token that is still good isn't used: %v", err)
		}
	}
	if n := len(m.slack.Requests("oauth.v2.access")); n != 2 {
		t.Errorf("%d tries", n)
	}
	m.teams.tried.drop(m.team)
	second, err := m.teams.Token(t.Context(), m.team)
	if err != nil || second == first {
		t.Errorf("it isn't renewed: %v", err)
	}
	if again, err := m.teams.Token(t.Context(), m.team); again != second || err != nil {
		t.Error("it is renewed again", err)
	}
}

// TestRenewalThatFails holds what becomes of a call whose token has expired and can't be renewed.
func TestRenewalThatFails(t *testing.T) {
	t.Parallel()
	exchange := slackfake.Calling("oauth.v2.access")
	for name, tc := range map[string]struct {
		fault slackfake.Fault
		final bool
	}{
		"502":                   {slackfake.Broken(http.StatusBadGateway, exchange), false},
		"cut":                   {slackfake.Fault{Match: exchange, Times: 1, Cut: true}, false},
		"429":                   {slackfake.RateLimited(time.Second, exchange), false},
		"our secret":            {slackfake.Erring("bad_client_secret", exchange), false},
		"the refresh token":     {slackfake.Erring("invalid_refresh_token", exchange), true},
		"an answer of nothing":  {slackfake.Fault{Match: exchange, Times: 1, Status: http.StatusOK, Body: `{"ok":true}`}, false},
		"the bot's user is out": {slackfake.Erring("account_inactive", exchange), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMany(t, slackfake.Options{Rotation: true})
			m.installs(m.team)
			m.slack.ExpireTokens(m.team)
			m.teams.now = func() time.Time { return time.Now().Add(13 * time.Hour) }
			m.teams.known.drop(m.team)
			m.slack.Inject(tc.fault)
			_, err := m.teams.Token(t.Context(), m.team)
			if err == nil || errors.Is(err, chat.ErrRefused) != tc.final || (m.listed()[0].State == Refused) != tc.final {
				t.Errorf("%v, %+v", err, m.listed())
			}
			if _, err := m.teams.Token(t.Context(), m.team); (err == nil) == tc.final {
				t.Errorf("afterwards: %v", err)
			}
		})
	}
}

// fickle is a store whose changes of installs fail for a while.
type fickle struct {
	sqlstore.Installs
	fails atomic.Int64
}

func (f *fickle) Swap(ctx context.Context, tenant, body, version string) (string, error) {
	if f.fails.Add(-1) >= 0 {
		return "", errors.New("the database is away")
	}
	return f.Installs.Swap(ctx, tenant, body, version)
}

// TestRenewedIsKept keeps a renewed token though the database is away as it comes: its refresh token was used.
func TestRenewedIsKept(t *testing.T) {
	t.Parallel()
	m := newMany(t, slackfake.Options{Rotation: true})
	m.installs(m.team)
	store := &fickle{Installs: m.store.Installs()}
	store.fails.Store(1)
	m.teams.installs = store
	m.slack.ExpireTokens(m.team)
	m.asks()
	in, err := newTestTeams(m.rig, testKey("a"), nil).load(t.Context(), m.team)
	if err != nil || in.Tokens.Access != m.slack.Token(m.team) {
		t.Errorf("the newest token isn't kept: %v", err)
	}
}

// TestReinstalledWhileRenewed holds that a renewal doesn't replace what was installed anew meanwhile.
func TestReinstalledWhileRenewed(t *testing.T) {
	t.Parallel()
	m := newMany(t, slackfake.Options{Rotation: true})
	m.installs(m.team)
	in, err := m.teams.load(t.Context(), m.team)
	m.ok(err)
	m.installs(m.team)
	renewed := *in
	renewed.Tokens = grant{"xoxe.late", "xoxe-1-late"}
	got, err := m.teams.keep(t.Context(), &renewed, in.Tokens.Refresh)
	if err != nil || got.Tokens.Access == "xoxe.late" || got.Tokens.Access == in.Tokens.Access {
		t.Errorf("%v", err)
	}
	marked := *got
	marked.Why = "looked at"
	if ok, err := m.teams.swap(t.Context(), &marked); !ok || err != nil {
		t.Fatal(ok, err)
	}
	renewed.version, renewed.Tokens = got.version, grant{"xoxe.new", "xoxe-1-new"}
	if got, err := m.teams.keep(t.Context(), &renewed, got.Tokens.Refresh); err != nil || got.Tokens.Access != "xoxe.new" {
		t.Errorf("a row that was only looked at keeps a renewal from being kept: %v", err)
	}
}

// TestReinstalled replaces a token under questions: another replica that believes the old one answers nevertheless.
func TestReinstalled(t *testing.T) {
	t.Parallel()
	m := newMany(t, slackfake.Options{})
	m.installs(m.team)
	m.asks()
	elsewhere := newTestTeams(m.rig, testKey("a"), nil)
	m.slack.RevokeTokens(m.team)
	other := *m
	other.door = m.opens(elsewhere)
	other.installs(m.team)
	m.asks()
	if all := m.listed(); len(all) != 1 || all[0].State != Live {
		t.Errorf("%+v", all)
	}
}

// TestStranger holds that nothing is said in a team that hasn't installed the bot, which is logged and counted.
func TestStranger(t *testing.T) {
	t.Parallel()
	m := newMany(t, slackfake.Options{})
	said := m.slack.Say(m.channel, m.olena, m.mention()+killed)
	m.ok(said.Ack(m.soon()))
	i := m.slack.Slash(m.channel, m.olena, "/ask", killed)
	_, err := i.Ack(m.soon())
	m.ok(err)
	m.slack.OpenHome(m.olena, "home")
	_, err = m.slack.Event(m.team, `{"type":"app_mention"}`).Ack(m.soon())
	m.ok(err)
	for ctx := m.soon(); strings.Count(m.log.String(), "isn't installed: nothing is said") < 3; <-tick() {
		m.ok(ctx.Err())
	}
	m.ok(m.inbox.Close(t.Context()))
	if n := m.replies(m.channel); n != 0 || len(i.Responses()) != 0 {
		t.Errorf("%d replies, %v", n, i.Responses())
	}
	{
		org, ok := decodeAs[envelope]([]byte(`{"type":"event_callback","authorizations":[{"enterprise_id":"E1","team_id":null,"is_enterprise_install":true}],"event":{"type":"app_mention"}}`))
		if !ok || !m.adapter.event(t.Context(), &org).taken || !strings.Contains(m.log.String(), "whole organisation") {
			t.Error("an event of an organisation isn't taken")
		}
	}
}

// TestRemovedTeam removes the bot from a team: all that was kept of it goes, what was said in direct conversations and in shared channels
// too, and nothing of another team. Installed again, it answers.
func TestRemovedTeam(t *testing.T) {
	t.Parallel()
	m := newMany(t, slackfake.Options{})
	second := m.slack.AddTeam(slackfake.Team{Name: "Lviv"})
	taras := m.slack.AddUser(slackfake.User{TeamID: second, Name: "taras"})
	m.installs(m.team)
	m.installs(second)
	shared := m.slack.AddChannel(slackfake.Channel{TeamID: m.team, Name: "both", SharedWith: []string{second}})
	var ours []string
	ours = append(ours, m.record(m.asks()))
	m.sent(m.tenant(), ours[0])
	for _, channel := range []string{m.slack.DM(m.olena), shared} {
		id := m.record(m.reply(m.slack.Say(channel, m.olena, m.mention()+killed)))
		m.sent("", id)
		ours = append(ours, id)
	}
	theirs := m.record(m.reply(m.slack.Say(m.slack.DM(taras), taras, killed)))
	m.sent("", theirs)
	m.slack.Uninstall(m.team)
	m.logs("what was kept of it is deleted")
	for ctx := m.soon(); len(m.listed()) != 1; <-tick() {
		m.ok(ctx.Err())
	}
	for i, tenant := range []string{m.tenant(), "", ""} {
		if _, err := m.desk.Get(t.Context(), tenant, ours[i]); err == nil {
			t.Errorf("record %d is still there", i)
		}
	}
	if _, err := m.desk.Get(t.Context(), "", theirs); err != nil {
		t.Errorf("another team's record is gone: %v", err)
	}
	m.installs(m.team)
	m.asks()
}

// TestLateRemoval holds that events from before an installation remove nothing of it, and that a revocation is believed where Slack
// refuses the token.
func TestLateRemoval(t *testing.T) {
	t.Parallel()
	m := newMany(t, slackfake.Options{})
	m.installs(m.team)
	leave := func(at time.Time, sure, want bool) {
		t.Helper()
		if left, err := m.teams.Leave(t.Context(), m.team, at, sure); left != want || err != nil {
			t.Errorf("left: %t, %v", left, err)
		}
	}
	leave(time.Now().Add(-time.Minute), true, false)
	leave(time.Now().Add(time.Minute), false, false)
	m.slack.Inject(slackfake.Broken(http.StatusInternalServerError, slackfake.Calling("auth.test")))
	if left, err := m.teams.Leave(t.Context(), m.team, time.Now(), false); left || err == nil {
		t.Error("it is believed though Slack doesn't answer")
	}
	m.asks()
	m.slack.RevokeTokens(m.team)
	leave(time.Now().Add(-time.Minute), false, true)
	leave(time.Now(), false, true)
	if _, err := m.teams.Token(t.Context(), m.team); !errors.Is(err, chat.ErrRefused) {
		t.Error(err)
	}
	if teams, err := m.teams.Leaving(t.Context()); !cmp.Equal(teams, []string{m.team}) && len(m.listed()) > 0 || err != nil {
		t.Errorf("%v, %v", teams, err)
	}
}

// TestRemovalInterrupted ends at the next start what a process that was killed had begun.
func TestRemovalInterrupted(t *testing.T) {
	t.Parallel()
	m := newMany(t, slackfake.Options{})
	m.installs(m.team)
	id := m.record(m.asks())
	m.sent(m.tenant(), id)
	if left, err := m.teams.Leave(t.Context(), m.team, time.Now().Add(time.Minute), true); !left || err != nil {
		t.Fatal(left, err)
	}
	body, _, err := m.store.Installs().Get(t.Context(), m.tenant())
	if err != nil || strings.Contains(body, "sealed") {
		t.Errorf("the tokens are still there: %s, %v", body, err)
	}
	m.ok(m.adapter.Settle(t.Context()))
	m.logs("what was kept of it is deleted")
	if _, err := m.desk.Get(t.Context(), m.tenant(), id); err == nil || len(m.listed()) != 0 {
		t.Errorf("%+v is still there", m.listed())
	}
}

// TestRevokedWhileSending holds that a token that Slack takes no more ends the installation and isn't tried again, and that one
// answer alone doesn't.
func TestRevokedWhileSending(t *testing.T) {
	t.Parallel()
	m := newMany(t, slackfake.Options{Events: []string{"app_mention"}})
	m.installs(m.team)
	p := chat.Post{To: place{Team: m.team, Channel: m.channel}.address(), Key: "k", Reply: handle(t, chat.Request{Command: chat.CommandAsk, Text: killed})}
	m.slack.Inject(slackfake.Erring("invalid_auth", posting))
	if _, err := m.client.Send(t.Context(), p); !errors.Is(err, chat.ErrRefused) || m.listed()[0].State != Live {
		t.Errorf("%v, %+v", err, m.listed())
	}
	m.slack.RevokeTokens(m.team)
	for range 2 {
		if _, err := m.client.Send(t.Context(), p); !errors.Is(err, chat.ErrRefused) {
			t.Error(err)
		}
	}
	if got := m.listed()[0]; got.State != Refused || got.Why != "token_revoked" {
		t.Errorf("%+v", got)
	}
	if n := len(m.slack.Requests("chat.postMessage")); n != 2 {
		t.Errorf("%d posts were tried", n)
	}
	m.installs(m.team)
	m.asks()
}

// TestUserTokens holds that the tokens of people are no end of the bot's.
func TestUserTokens(t *testing.T) {
	t.Parallel()
	m := newMany(t, slackfake.Options{})
	m.installs(m.team)
	_, err := m.slack.Event(m.team, `{"type":"tokens_revoked","tokens":{"oauth":["`+m.olena+`"],"bot":[]}}`).Ack(m.soon())
	m.ok(err)
	m.asks()
}

// TestKeysChange seals with a new key while an old one still opens.
func TestKeysChange(t *testing.T) {
	t.Parallel()
	m := newMany(t, slackfake.Options{})
	m.installs(m.team)
	want, err := m.teams.Token(t.Context(), m.team)
	m.ok(err)
	token := func(keys string) (string, error) {
		teams := newTestTeams(m.rig, keys, nil)
		return teams.Token(t.Context(), m.team)
	}
	if got, err := token(testKey("b")); err == nil || errors.Is(err, chat.ErrRefused) || got != "" || !strings.Contains(err.Error(), "slack.token_key") {
		t.Errorf("%v", err)
	}
	both := testKey("b") + ", " + testKey("a")
	if got, err := token(both); got != want || err != nil {
		t.Error(err)
	}
	m.ok(newTestTeams(m.rig, both, nil).Reseal(t.Context()))
	if got, err := token(testKey("b")); got != want || err != nil {
		t.Error(err)
	}
	lost := newTestTeams(m.rig, testKey("c"), nil)
	if err := lost.Reseal(t.Context()); err == nil || !strings.Contains(err.Error(), m.team) {
		t.Error(err)
	}
	left, err := lost.Leave(t.Context(), m.team, time.Now().Add(time.Minute), true) // a team can go though its tokens can't be opened
	m.ok(errors.Join(err, lost.Left(t.Context(), m.team)))
	if !left || len(m.listed()) != 0 {
		t.Errorf("%+v stays", m.listed())
	}
}

// TestSealed opens nothing that was altered, or moved to another team.
func TestSealed(t *testing.T) {
	t.Parallel()
	k, err := ParseKeys(testKey("a"))
	if err != nil {
		t.Fatal(err)
	}
	in := install{Install: Install{Team: "T1", Enterprise: "E1", State: Live}, Tokens: grant{"xoxb-canary", "xoxe-canary"}}
	body, err := k.pack(&in)
	if err != nil || strings.Contains(body, "canary") {
		t.Fatal(body, err)
	}
	for name, change := range map[string]func(*install){
		"another team":         func(in *install) { in.Team = "T2" },
		"another organisation": func(in *install) { in.Enterprise = "" },
		"a digit": func(in *install) {
			in.Sealed = in.Sealed[:20] + map[bool]string{true: "A", false: "B"}[in.Sealed[20] != 'A'] + in.Sealed[21:]
		},
		"cut":     func(in *install) { in.Sealed = in.Sealed[:30] },
		"nothing": func(in *install) { in.Sealed = "" },
		"bare":    func(in *install) { in.Sealed = `{"access":"x"}` },
	} {
		is, err := unpack("slack:T1", body)
		if err != nil {
			t.Fatal(err)
		}
		if change(is); k.unseal(is) == nil {
			t.Errorf("%s: it opens", name)
		}
	}
	is, err := unpack("slack:T1", body)
	if err := errors.Join(err, k.unseal(is)); err != nil || is.Tokens != in.Tokens {
		t.Error(err)
	}
	if _, err := unpack("slack:T2", body); err == nil {
		t.Error("another's row is read")
	}
	if text := fmt.Sprintf("%v %+v %#v %v %#v", in, &in, in.Tokens, k, k); strings.Contains(text, "canary") {
		t.Error(text)
	}
	for _, bad := range []string{"", "canary", testKey("a") + ",", testKey("a")[:40], testKey("a") + "," + testKey("canary")} {
		if _, err := ParseKeys(bad); err == nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// TestTokensAreNowhere looks for tokens in the files of the database and in the log, after installations, renewals and a removal.
func TestTokensAreNowhere(t *testing.T) {
	t.Parallel()
	m := newMany(t, slackfake.Options{Rotation: true})
	var secrets []string
	keep := func() {
		in, err := m.teams.load(t.Context(), m.team)
		m.ok(err)
		secrets = append(secrets, in.Tokens.Access, in.Tokens.Refresh)
	}
	m.installs(m.team)
	keep()
	m.slack.ExpireTokens(m.team)
	m.asks()
	keep()
	m.slack.Inject(slackfake.Fault{Match: slackfake.Calling("oauth.v2.access"), Times: 1, Cut: true})
	m.slack.ExpireTokens(m.team)
	token, err := m.teams.Token(t.Context(), m.team)
	m.ok(err)
	failed := m.teams.Refused(t.Context(), m.team, token, tokenExpired)
	if failed == nil {
		t.Error("the renewal wasn't cut")
	}
	m.ok(m.teams.Refused(t.Context(), m.team, token, tokenExpired))
	keep()
	m.slack.Uninstall(m.team)
	m.logs("what was kept of it is deleted")
	_, secret := m.slack.Client()
	secrets = append(secrets, secret, testKey("a"))
	var all strings.Builder
	fmt.Fprintln(&all, m.log, failed)
	m.ok(filepath.WalkDir(m.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		all.Write(raw)
		return err
	}))
	if all.Len() < 10_000 {
		t.Errorf("only %d bytes were looked through", all.Len())
	}
	for _, s := range secrets {
		if s == "" || strings.Contains(all.String(), s) {
			t.Errorf("%q is told", s)
		}
	}
}

// TestOneTokenIsTested holds that a wrong token of the configuration is known at the start.
func TestOneTokenIsTested(t *testing.T) {
	t.Parallel()
	for name, right := range map[string]bool{"right": true, "wrong": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, rigOptions{teams: func(r *rig) Tokens {
				if right {
					return OneToken(r.slack.Token(r.team))
				}
				return OneToken("xoxb-wrong")
			}})
			if err := r.adapter.Test(t.Context()); (err == nil) != right || !right && !strings.Contains(err.Error(), "slack.bot_token") {
				t.Error(err)
			}
			r.ok(r.adapter.Settle(t.Context()))
		})
	}
}

// FuzzSealed opens what nobody has sealed, and reads rows that nobody has written.
func FuzzSealed(f *testing.F) {
	k, err := ParseKeys(testKey("a"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(`{"team":"T1","state":"live","sealed":"v1.` + k.all[0].id + `.AAAA"}`)
	f.Fuzz(func(t *testing.T, text string) {
		if is, err := unpack("slack:T1", text); err == nil && is.State == Live && k.unseal(is) == nil {
			t.Errorf("it opens: %q", text)
		}
	})
}
