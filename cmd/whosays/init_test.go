package main

import (
	"bytes"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/discord"
	"github.com/whosays/whosays/adapters/slack/slackfake"
)

// initialised runs init with lines on its standard input.
func initialised(t *testing.T, environ []string, in string, args ...string) (out, errs string, status int) {
	t.Helper()
	a := surroundings(t, environ)
	var o, e bytes.Buffer
	a.in, a.out, a.errs = strings.NewReader(in), &o, &e
	status = a.execute(t.Context(), append([]string{"init"}, args...))
	return o.String(), e.String(), status
}

// private returns what a file holds that only its owner can read.
func private(t *testing.T, path string) string {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
	}
	return string(text)
}

func TestInitDiscord(t *testing.T) {
	t.Parallel()
	fake, _ := fakeDiscord(t)
	environ := []string{"WHOSAYS_DISCORD_API=" + fake.URL()}
	file := filepath.Join(t.TempDir(), "a", "config.yaml")
	out, errs, status := initialised(t, environ, discordToken+"\n", "discord", "--config", file)
	want := "Written into " + file + ", which only you can read: discord.token.\n\nNext:\n1. Add the bot to a server: open " + discord.Invite(fake.ApplicationID()) + "\n2. whosays serve --config " + file + "\n"
	if diff := cmp.Diff(want, out); diff != "" || status != exitOK || !strings.Contains(errs, "Discord takes the token; it is that of whosays.") {
		t.Errorf("status %d, %s (-want +got):\n%s", status, errs, diff)
	}
	if got := private(t, file); got != "discord:\n  token: "+discordToken+"\n" {
		t.Errorf("%q", got)
	}
	if strings.Contains(out+errs, discordToken) {
		t.Errorf("the token is told: %s%s", out, errs)
	}

	// Again: nothing is replaced that nobody wants replaced.
	if _, errs, status := initialised(t, environ, discordToken+"\n", "discord", "--config", file); status != exitUsage || !strings.Contains(errs, "--replace") {
		t.Errorf("status %d: %s", status, errs)
	}
	commented := "# mine\ndiscord:\n  token: x.y.z # old\n  shards: 2\n"
	if err := os.WriteFile(file, []byte(commented), 0o644); err != nil { //nolint:gosec // it is to be closed
		t.Fatal(err)
	}
	if _, errs, status := initialised(t, environ, discordToken+"\n", "discord", "--http", "--replace", "--config", file); status != exitOK {
		t.Errorf("status %d: %s", status, errs)
	}
	want = "# mine\ndiscord:\n  public_key: " + hex.EncodeToString(fake.PublicKey()) + "\n  token: " + discordToken + " # old\n  shards: 2\n"
	if got := private(t, file); got != want {
		t.Errorf("(-want +got):\n%s", cmp.Diff(want, got))
	}
	if out, _, status := initialised(t, append(environ, "WHOSAYS_DISCORD_TOKEN=a.b.c"), discordToken+"\n", "discord", "--replace", "--config", file); status != exitOK ||
		!strings.Contains(out, "WHOSAYS_DISCORD_TOKEN is set, and goes over what the file says.") {
		t.Errorf("status %d: %s", status, out)
	}
}

func TestInitSlack(t *testing.T) {
	t.Parallel()
	fake, team, environ := fakeSlack(t)
	environ = environ[2:3] // slack.api
	token := fake.Token(team)
	for name, tc := range map[string]struct {
		in, want string
		args     []string
		says     string
	}{
		"Socket Mode": {token + "\n" + slackAppToken + "\n", "slack:\n  app_token: " + slackAppToken + "\n  bot_token: " + token + "\n", nil, "Slack takes the app-level token."},
		"HTTP":        {token + "\r\n" + slackSecret, "slack:\n  signing_secret: " + slackSecret + "\n  bot_token: " + token + "\n", []string{"--http"}, "whosays slack manifest --url"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "config.yaml")
			out, errs, status := initialised(t, environ, tc.in, append([]string{"slack", "--config", file}, tc.args...)...)
			if status != exitOK || !strings.Contains(out, "whosays serve --config "+file) || !strings.Contains(errs, tc.says) || !strings.Contains(errs, "in Kyiv") {
				t.Errorf("status %d: %s%s", status, out, errs)
			}
			if diff := cmp.Diff(tc.want, private(t, file)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if strings.Contains(out+errs, "canary") || strings.Contains(out+errs, token) {
				t.Errorf("a secret is told: %s%s", out, errs)
			}
		})
	}
}

// TestInitRefuses writes nothing of what isn't good.
func TestInitRefuses(t *testing.T) {
	t.Parallel()
	onDiscord, _ := fakeDiscord(t)
	onSlack, team, _ := fakeSlack(t)
	poor := onSlack.AddTeam(slackfake.Team{Name: "Lviv"})
	onSlack.SetScopes(poor, "commands")
	environ := []string{"WHOSAYS_DISCORD_API=" + onDiscord.URL(), "WHOSAYS_SLACK_API=" + onSlack.URL()}
	for name, tc := range map[string]struct {
		platform, in string
		status       int
		says         string
	}{
		"a token that Discord refuses":    {"discord", "canary-x.y.z\n", exitFail, "Reset it"},
		"what is no token":                {"discord", "canary\n", exitFail, "three parts with dots"},
		"an empty line":                   {"discord", "\n", exitFail, "That is nothing."},
		"nothing":                         {"discord", "", exitUsage, "there is no line for discord.token"},
		"a token that Slack refuses":      {"slack", "xoxb-canary\nxapp-x\n", exitFail, "page OAuth & Permissions"},
		"too few scopes":                  {"slack", onSlack.Token(poor) + "\n" + slackAppToken + "\n", exitFail, "whosays slack manifest"},
		"an app token that Slack refuses": {"slack", onSlack.Token(team) + "\nxapp-canary\n", exitFail, "connections:write"},
		"no app token":                    {"slack", onSlack.Token(team) + "\n", exitUsage, "there is no line for slack.app_token"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "config.yaml")
			out, errs, status := initialised(t, environ, tc.in, tc.platform, "--config", file)
			if status != tc.status || out != "" || !strings.Contains(errs, tc.says) || strings.Contains(errs, "canary") {
				t.Errorf("status %d: %s%s", status, out, errs)
			}
			if _, err := os.Stat(file); err == nil {
				t.Error("a file was written")
			}
		})
	}
	if _, errs, status := initialised(t, nil, "", "discord"); status != exitUsage || !strings.Contains(errs, "--config") {
		t.Errorf("without a place: status %d: %s", status, errs)
	}
	file := written(t, "log:\n  level: loud\n")
	if _, errs, status := initialised(t, nil, "", "discord", "--config", file); status != exitFail || !strings.Contains(errs, ":2: log.level has to be") {
		t.Errorf("with mistakes: status %d: %s", status, errs)
	}
}
