package slack

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"github.com/whosays/whosays/bot/chat"
)

// TestManifest reads the manifests as Slack does, and holds them to its limits.
func TestManifest(t *testing.T) {
	t.Parallel()
	b, err := onStarter()
	if err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]string{"": "", "https://bot.example": "https://bot.example/slack/events", "https://bot.example/a/": "https://bot.example/a/slack/events"} {
		text, err := Manifest(b.Commands(), ManifestOptions{URL: address})
		if err != nil {
			t.Fatal(err)
		}
		var m manifest
		if err := yaml.Unmarshal(text, &m); err != nil {
			t.Fatal(err)
		}
		if m.Settings.Socket != (want == "") || m.Settings.Events.URL != want || m.Settings.Interactivity.URL != want || m.Settings.Rotation || m.OAuth.Redirects != nil {
			t.Errorf("%q: %+v", address, m.Settings)
		}
		var names []string
		for _, c := range m.Features.Commands {
			names = append(names, c.Command)
			if c.URL != want || !c.Escape || c.About == "" || len(c.About) > 2000 || len(c.Hint) > 1000 {
				t.Errorf("%q: %+v", address, c)
			}
		}
		slices.Sort(names)
		if diff := cmp.Diff([]string{"/ask", "/check", "/claim", "/whosays"}, names); diff != "" {
			t.Error(diff)
		}
		if s := m.Features.Shortcuts; len(s) != 1 || s[0].Callback != factCheck || s[0].Type != "message" || len(s[0].Name) > 24 {
			t.Errorf("%+v", s)
		}
		if len(m.Display.Name) > 35 || len(m.Display.Description) > 140 {
			t.Errorf("%+v", m.Display)
		}
	}
	for _, bad := range []string{"bot.example", "http://bot.example", "https://", "https://bot.example?x=1", "https://u:p@bot.example", "::"} {
		if text, err := Manifest(b.Commands(), ManifestOptions{URL: bad}); err == nil {
			t.Errorf("%q makes %s", bad, text)
		}
	}
}

// TestInstallableManifest is that of an app that many teams install.
func TestInstallableManifest(t *testing.T) {
	t.Parallel()
	b, err := onStarter()
	if err != nil {
		t.Fatal(err)
	}
	text, err := Manifest(b.Commands(), ManifestOptions{URL: "https://bot.example/", Installable: true})
	if err != nil {
		t.Fatal(err)
	}
	var m manifest
	if err := yaml.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"https://bot.example/slack/oauth/callback"}, m.OAuth.Redirects); diff != "" || !m.Settings.Rotation || m.Settings.Org {
		t.Errorf("%s\n%+v", diff, m.Settings)
	}
	if _, err := Manifest(b.Commands(), ManifestOptions{Installable: true}); err == nil {
		t.Error("it is made without an address")
	}
}

// TestScopes holds that the bot's scopes are enough for all that it does: the fake refuses what lacks one.
func TestScopes(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	r.slack.SetScopes(r.team, scopes()...)
	r.reply(r.slack.Say(r.channel, r.olena, r.mention()+killed))
	r.reply(r.slack.Say(r.slack.DM(r.olena), r.olena, killed))
	_, err := r.slack.OpenHome(r.olena, "home").Ack(r.soon())
	r.ok(err)
	v := r.home(r.olena)
	_, err = r.slack.PressView(v.ID, r.olena, exampleID(1)).Ack(r.soon())
	r.ok(err)
	_, err = r.slack.AwaitRequest(r.soon(), "conversations.open", 0)
	r.ok(err)
	r.ok(r.inbox.Close(t.Context()))
	to := place{Team: r.team, Channel: r.channel}.address()
	_, presence, err := r.client.Lookup(t.Context(), chat.Post{To: to, Key: "nothing"}, time.Hour)
	if err != nil || presence != "absent" {
		t.Errorf("%s, %v", presence, err)
	}
	for _, q := range r.slack.Requests("") {
		if q.Error != "" {
			t.Errorf("%s is refused with %s", q.Method, q.Error)
		}
	}
}
