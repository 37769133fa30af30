package slack

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/slack/slackfake"
	"github.com/whosays/whosays/bot/chat"
)

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
