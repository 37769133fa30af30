//go:build conformance

package conformance_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/slack/slackfake"
)

// workspace is one with a channel and a person, where an app is at work over Socket Mode.
type workspace struct {
	*slackfake.Server
	team, channel, olena string
}

// within is a context in which all of a test has to be done.
func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// withClients starts Slack's clients in a workspace of their own.
func withClients(t *testing.T) workspace {
	t.Helper()
	// While the client connects again, events come again soon.
	s := slackfake.Start(t, slackfake.Options{Retries: []time.Duration{time.Second, time.Second, time.Second}})
	w := workspace{Server: s, team: s.AddTeam(slackfake.Team{Name: "Kyiv"})}
	w.channel = s.AddChannel(slackfake.Channel{TeamID: w.team, Name: "facts"})
	w.olena = s.AddUser(slackfake.User{TeamID: w.team, Name: "olena", Locale: "uk-UA"})
	run(t, "clients.mjs", s.APIURL(), s.Token(w.team), s.AppToken())
	t.Cleanup(func() { faultless(t, s) })
	return w
}

// task lets the app do something, and returns what its client says came of it.
func (w workspace) task(ctx context.Context, t *testing.T, name string) string {
	t.Helper()
	said := w.Say(w.channel, w.olena, "<@"+w.BotUser(w.team)+"> "+name)
	answer, err := w.AwaitMessage(ctx, w.channel, func(m slackfake.Message) bool {
		return m.ThreadTS == said.TS && len(m.Metadata) == 0 && len(m.Files) == 0
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := said.Ack(ctx); err != nil {
		t.Error(err)
	}
	return answer.Text
}

func TestSlacksWebClient(t *testing.T) {
	t.Parallel()
	w := withClients(t)
	for name, want := range map[string]string{
		"auth":    fmt.Sprintf("%s %s %s", w.team, w.BotUser(w.team), w.BotID(w.team)),
		"read":    w.olena + " k1",
		"change":  "no mistake true",
		"whisper": "true",
		"look":    "uk-UA facts D",
		"file":    "facts.csv",
		"home":    "home 1",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := w.task(within(t), t, name); got != want {
				t.Errorf("%q, wanted %q", got, want)
			}
		})
	}
}

// TestSlacksWebClientTurnsPages: it follows the cursors to the end, and takes every message once.
func TestSlacksWebClientTurnsPages(t *testing.T) {
	t.Parallel()
	w := withClients(t)
	for range 3 {
		w.Say(w.channel, w.olena, "hello")
	}
	if got := w.task(within(t), t, "page"); got != "4" {
		t.Errorf("%q messages", got)
	}
}

func TestSlacksWebClientKnowsWhatFailed(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		spoil func(w workspace)
		task  string
		want  string
	}{
		"a code":           {func(w workspace) { w.SetScopes(w.team, "chat:write") }, "look", "slack_webapi_platform_error missing_scope"},
		"too many":         {func(w workspace) { w.Inject(slackfake.RateLimited(7*time.Second, slackfake.Calling("auth.test"))) }, "auth", "slack_webapi_rate_limited_error 7"},
		"an error in HTML": {func(w workspace) { w.Inject(slackfake.Broken(503, slackfake.Calling("auth.test"))) }, "auth", "slack_webapi_http_error "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := withClients(t)
			test.spoil(w)
			if got := w.task(within(t), t, test.task); got != test.want {
				t.Errorf("%q, wanted %q", got, test.want)
			}
		})
	}
}

// TestSlacksSocketClient: it acknowledges with a payload, opens a form, and stays connected through what Slack does to
// connections.
func TestSlacksSocketClient(t *testing.T) {
	t.Parallel()
	w := withClients(t)
	ctx := within(t)
	if m, err := w.Slash(w.channel, w.olena, "/ask", "how many?").Response(ctx, 0); err != nil || m.Text != "you asked how many?" || m.For != w.olena {
		t.Errorf("%+v, %v", m, err)
	}
	form, err := w.Shortcut(w.olena, "report").Modal(ctx)
	if err != nil || form.Title.Text != "Report" {
		t.Fatalf("%+v, %v", form, err)
	}
	next, err := w.Submit(form.ID, map[string]string{"text": "a mistake"}).Modal(ctx)
	if err != nil || next.Title.Text != "Thanks" || len(w.Modals(w.olena)) != 1 {
		t.Errorf("%+v, %v", next, err)
	}
	for i, end := range []func(){
		func() {
			old := w.Sockets()
			old.Disconnect("refresh_requested")
			old.Close()
		},
		func() { w.Sockets().Drop() },
	} {
		end()
		if got := w.task(ctx, t, "whisper"); got != "true" || w.Connections() < i+2 {
			t.Errorf("%q over %d connections", got, w.Connections())
		}
	}
}
