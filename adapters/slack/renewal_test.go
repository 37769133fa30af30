package slack

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/slack/slackfake"
	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/bot/chat"
)

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
