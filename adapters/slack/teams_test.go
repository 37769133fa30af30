package slack

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/adapters/slack/slackfake"
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
