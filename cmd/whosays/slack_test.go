package main

import (
	"encoding/json"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/whosays/whosays/adapters/slack"
	"github.com/whosays/whosays/adapters/slack/slackfake"
)

const (
	slackAppToken = "xapp-1-A0FAKE00001-1-canary"
	slackSecret   = "canary-signing-secret"
)

// fakeSlack is a Slack with a team, and the environment of a bot in it.
func fakeSlack(t *testing.T) (fake *slackfake.Server, team string, environ []string) {
	t.Helper()
	fake = slackfake.Start(t, slackfake.Options{AppToken: slackAppToken, SigningSecret: slackSecret})
	t.Cleanup(func() {
		if live := fake.Live(); len(live) > 0 {
			t.Errorf("live: %q", live)
		}
	})
	team = fake.AddTeam(slackfake.Team{Name: "Kyiv"})
	return fake, team, []string{
		"WHOSAYS_HTTP_LISTEN=127.0.0.1:0", "WHOSAYS_LOG_LEVEL=debug", "WHOSAYS_SLACK_API=" + fake.URL(), "WHOSAYS_SLACK_BOT_TOKEN=" + fake.Token(team),
	}
}

// TestServeSlack serves a team of Slack by both transports, until it is asked to stop.
func TestServeSlack(t *testing.T) {
	t.Parallel()
	for name, socket := range map[string]bool{"Socket Mode": true, "HTTP": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake, team, environ := fakeSlack(t)
			channel, olena := fake.AddChannel(slackfake.Channel{TeamID: team, Name: "facts"}), fake.AddUser(slackfake.User{TeamID: team, Name: "olena"})
			if socket {
				environ = append(environ, "WHOSAYS_SLACK_APP_TOKEN="+slackAppToken)
			} else {
				environ = append(environ, "WHOSAYS_SLACK_SIGNING_SECRET="+slackSecret)
			}
			log, stop, done := serving(t, environ)
			r := running{t: t, log: log, url: "http://" + log.wait(t, "listening").Addr}
			log.wait(t, "ready")
			if socket {
				if err := fake.AwaitSockets(soon(t), 1); err != nil {
					t.Fatal(err)
				}
			} else if err := fake.SetEndpoints(soon(t), slackfake.Endpoints{Events: r.url + slack.Path, Interactivity: r.url + slack.Path, Commands: r.url + slack.Path}); err != nil {
				t.Fatal(err)
			}
			asked := fake.Say(channel, olena, "<@"+fake.BotUser(team)+"> How many Ukrainian soldiers have been killed?")
			if m, err := fake.AwaitMessage(soon(t), channel, nil); err != nil || m.ThreadTS != asked.TS || !strings.Contains(m.Text, "55,000") {
				t.Errorf("%q: %v", m.Text, err)
			}
			if m, err := fake.Slash(channel, olena, "/whosays", "help").Response(soon(t), 0); err != nil || m.For != olena {
				t.Errorf("%+v: %v", m, err)
			}
			if socket {
				r.comesTo("/readyz", "database: ok\nbase: ok\nslack: ok\nready\n")
			}
			r.want("/metrics", http.StatusOK, `whosays_slack_requests_total{result="ok"}`)
			stop()
			if status := <-done; status != exitOK {
				t.Errorf("status %d", status)
			}
			for _, secret := range []string{fake.Token(team), slackAppToken, slackSecret} {
				if strings.Contains(log.String(), secret) {
					t.Errorf("the log holds a secret: %s", log)
				}
			}
		})
	}
}

// TestServeTeams lets a team install the bot, answers it, lists it, and goes on without a token that Slack refuses.
func TestServeTeams(t *testing.T) {
	t.Parallel()
	const public = "http://bot.example"
	key, db := canaryKey(), filepath.Join(t.TempDir(), "base.db")
	fake := slackfake.Start(t, slackfake.Options{SigningSecret: slackSecret, Rotation: true, ClientSecret: "canary-client-secret"})
	team := fake.AddTeam(slackfake.Team{Name: "Kyiv", NotInstalled: true})
	id, secret := fake.Client()
	environ := []string{
		"WHOSAYS_HTTP_LISTEN=127.0.0.1:0", "WHOSAYS_LOG_LEVEL=debug", "WHOSAYS_DATABASE_URL=" + db, "WHOSAYS_SLACK_API=" + fake.URL(), "WHOSAYS_SLACK_URL=" + public,
		"WHOSAYS_SLACK_SIGNING_SECRET=" + slackSecret, "WHOSAYS_SLACK_CLIENT_ID=" + id, "WHOSAYS_SLACK_CLIENT_SECRET=" + secret, "WHOSAYS_SLACK_TOKEN_KEY=" + key,
	}
	log, stop, done := serving(t, environ)
	r := running{t: t, log: log, url: "http://" + log.wait(t, "listening").Addr}
	log.wait(t, "ready")
	olena := fake.AddUser(slackfake.User{TeamID: team, Name: "olena"})
	began := visit(t, r.url+slack.InstallPath, nil)
	back, err := fake.Authorize(began.location, team, olena)
	if err != nil {
		t.Fatal(err)
	}
	if ended := visit(t, strings.Replace(back, public, r.url, 1), began.cookies); ended.status != http.StatusOK {
		t.Fatalf("the installation ends with %d: %s", ended.status, log)
	}
	if err := fake.SetEndpoints(soon(t), slackfake.Endpoints{Events: r.url + slack.Path, Interactivity: r.url + slack.Path, Commands: r.url + slack.Path}); err != nil {
		t.Fatal(err)
	}
	channel := fake.AddChannel(slackfake.Channel{TeamID: team, Name: "facts"})
	asked := fake.Say(channel, olena, "<@"+fake.BotUser(team)+"> How many Ukrainian soldiers have been killed?")
	if m, err := fake.AwaitMessage(soon(t), channel, nil); err != nil || m.ThreadTS != asked.TS {
		t.Errorf("%q: %v", m.Text, err)
	}
	if out, errs, status := ran(t, environ, "slack", "teams"); status != exitOK || !strings.Contains(out, team+"  Kyiv  live") {
		t.Errorf("status %d: %s%s", status, out, errs)
	}
	listed, _, _ := ran(t, environ, "slack", "teams", "--json")
	var in slack.Install
	if err := json.Unmarshal([]byte(listed), &in); err != nil || in.Team != team || in.State != slack.Live || strings.Contains(listed, "sealed") {
		t.Errorf("%s: %v", listed, err)
	}
	fake.ExpireTokens(team)
	fake.RevokeTokens(team)
	r.comesTo("/readyz", "database: ok\nbase: ok\nready\n")
	stop()
	if status := <-done; status != exitOK {
		t.Errorf("status %d", status)
	}
	for _, secret := range []string{"xoxe", secret, slackSecret, key, "code="} {
		if strings.Contains(log.String()+listed, secret) {
			t.Errorf("a secret is told: %s", log)
		}
	}
}

// visited is what a browser keeps of an answer.
type visited struct {
	status   int
	location string
	cookies  []*http.Cookie
}

// visit gets a page, and follows nothing.
func visit(t *testing.T, address string, cookies []*http.Cookie) visited {
	t.Helper()
	req, err := http.NewRequestWithContext(soon(t), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cookies {
		req.AddCookie(c)
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	if err := resp.Body.Close(); err != nil {
		t.Error(err)
	}
	return visited{resp.StatusCode, resp.Header.Get("Location"), resp.Cookies()}
}

// TestServeSlackAmbiguous doesn't begin where it isn't clear in which teams the bot is.
func TestServeSlackAmbiguous(t *testing.T) {
	t.Parallel()
	_, _, environ := fakeSlack(t)
	environ = append(environ, "WHOSAYS_SLACK_URL=https://bot.example", "WHOSAYS_SLACK_CLIENT_ID=1.2", "WHOSAYS_SLACK_CLIENT_SECRET=s")
	if out, errs, status := ran(t, environ, "config", "check"); status == exitOK || !strings.Contains(out, "slack.token_key") {
		t.Errorf("status %d: %s%s", status, out, errs)
	}
	environ = append(environ, "WHOSAYS_SLACK_TOKEN_KEY="+canaryKey(), "WHOSAYS_SLACK_APP_TOKEN="+slackAppToken)
	if _, errs, status := ran(t, environ, "serve"); status == exitOK || !strings.Contains(errs, "leave out slack.bot_token") {
		t.Errorf("status %d: %s", status, errs)
	}
}

// TestServeBoth serves Discord and Slack from one process.
func TestServeBoth(t *testing.T) {
	t.Parallel()
	b := newBoth(t)
	_, stop := b.serves()
	b.onDiscord()
	b.onSlack()
	stop()
}

// TestServeSlackDeaf doesn't begin where nothing would be heard of Slack.
func TestServeSlackDeaf(t *testing.T) {
	t.Parallel()
	_, _, environ := fakeSlack(t)
	if _, errs, status := ran(t, environ, "serve"); status == exitOK || !strings.Contains(errs, "slack.app_token") {
		t.Errorf("status %d: %s", status, errs)
	}
}

func TestSlackManifest(t *testing.T) {
	t.Parallel()
	out, errs, status := ran(t, nil, "slack", "manifest")
	if status != exitOK || !strings.Contains(out, "socket_mode_enabled: true") || !strings.Contains(out, "/whosays") {
		t.Errorf("status %d: %s%s", status, out, errs)
	}
	out, _, _ = ran(t, nil, "slack", "manifest", "--url", "https://bot.example", "--json")
	var doc manifestDoc
	if err := json.Unmarshal([]byte(out), &doc); err != nil || !strings.Contains(doc.Manifest, "request_url: https://bot.example/slack/events") {
		t.Errorf("%s: %v", out, err)
	}
	out, _, _ = ran(t, nil, "slack", "manifest", "--url", "https://bot.example", "--installable")
	if !strings.Contains(out, "- https://bot.example/slack/oauth/callback") || !strings.Contains(out, "token_rotation_enabled: true") {
		t.Error(out)
	}
	if _, errs, status := ran(t, nil, "slack", "manifest", "--installable"); status != exitUsage || !strings.Contains(errs, "public address") {
		t.Errorf("status %d: %s", status, errs)
	}
	if _, errs, status := ran(t, nil, "slack", "manifest", "--url", "bot.example"); status != exitUsage || !strings.Contains(errs, "https://") {
		t.Errorf("status %d: %s", status, errs)
	}
}
