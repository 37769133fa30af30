package main

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/slack/slackfake"
	"github.com/whosays/whosays/config"
)

// TestServeNowhere doesn't begin where there is nothing to do, and says what would be.
func TestServeNowhere(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		args []string
		says []string
	}{
		"nothing configured": {nil, []string{"whosays init discord", "whosays init slack", "make run", "WHOSAYS_DISCORD_TOKEN"}},
		"discord isn't":      {[]string{"--only", "discord,digests"}, []string{"discord is what this process is to do", "set discord.token", "whosays init discord"}},
		"slack isn't":        {[]string{"--only", "slack"}, []string{"whosays init slack"}},
		"no such role":       {[]string{"--only", "discord,digest"}, []string{"--only has to be of the roles", "did you mean digests?"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, errs, status := ran(t, []string{"WHOSAYS_HTTP_LISTEN=127.0.0.1:0"}, append([]string{"serve"}, tc.args...)...)
			if status != exitUsage || out != "" || strings.Contains(errs, "listening") {
				t.Errorf("status %d: %s%s", status, out, errs)
			}
			for _, says := range tc.says {
				if !strings.Contains(errs, says) {
					t.Errorf("it doesn't say %q: %s", says, errs)
				}
			}
		})
	}
}

func TestOnlyGoesOverTheConfiguration(t *testing.T) {
	t.Parallel()
	cfg := config.Default()
	cfg.Serve.Only = config.Roles{config.RoleDiscord}
	if err := employ(&cfg, "housekeeping"); err != nil || cfg.Serve.Only.String() != "housekeeping" {
		t.Errorf("%v, %v", cfg.Serve.Only, err)
	}
}

// TestServeInParts has three processes on one database: one on Discord, one on Slack, and one for all else. Each does its part, and no
// other: what was told on both platforms is corrected on both, by the third.
func TestServeInParts(t *testing.T) {
	t.Parallel()
	discord, environ := fakeDiscord(t)
	slack, team, slackEnviron := fakeSlack(t)
	environ = append(append(environ, slackEnviron...), "WHOSAYS_SLACK_APP_TOKEN="+slackAppToken, "WHOSAYS_DATABASE_URL="+filepath.Join(t.TempDir(), "base.db"))
	facts := discord.AddChannel(discordfake.Channel{GuildID: discord.AddGuild(discordfake.Guild{Name: "Kyiv"}), Name: "facts"})
	thread := slack.AddChannel(slackfake.Channel{TeamID: team, Name: "facts"})
	olena, anna := discord.AddUser(discordfake.User{Username: "olena"}), slack.AddUser(slackfake.User{TeamID: team, Name: "anna"})
	part := func(roles string) (running, func()) {
		log, stop, done := serving(t, environ, "--only", roles)
		r := running{t: t, log: log, url: "http://" + log.wait(t, "listening").Addr}
		log.wait(t, "ready")
		return r, func() {
			stop()
			if status := <-done; status != exitOK {
				t.Errorf("%s: status %d: %s", roles, status, log)
			}
		}
	}
	onDiscord, stopDiscord := part("discord")
	if err := discord.AwaitReady(soon(t), 1); err != nil {
		t.Fatal(err)
	}
	onDiscord.comesTo("/readyz", "database: ok\nbase: ok\ndiscord: ok\nready\n")
	if n := slack.Connections(); n != 0 {
		t.Errorf("Slack was connected to %d times", n)
	}
	onSlack, stopSlack := part("slack")
	if err := slack.AwaitSockets(soon(t), 1); err != nil {
		t.Fatal(err)
	}
	onSlack.comesTo("/readyz", "database: ok\nbase: ok\nslack: ok\nready\n")
	asked := discord.Say(facts, olena, "<@"+discord.BotID()+"> "+killedQuestion)
	if _, err := discord.AwaitMessage(soon(t), facts, func(m discordfake.Message) bool { return m.Reference != nil && m.Reference.MessageID == asked.ID }); err != nil {
		t.Fatal(err)
	}
	slack.Say(thread, anna, "<@"+slack.BotUser(team)+"> "+killedQuestion)
	if _, err := slack.AwaitMessage(soon(t), thread, nil); err != nil {
		t.Fatal(err)
	}
	rest, stopRest := part("corrections,digests,housekeeping")
	rest.want("/readyz", http.StatusOK, "database: ok\nbase: ok\nready\n")
	rest.want("/metrics", http.StatusOK, "whosays_digest_lateness_seconds_count")
	if out, errs, status := ran(t, environ, "base", "retract", killedClaim, "--reason", "the office withdrew it"); status != exitOK {
		t.Fatalf("status %d: %s%s", status, out, errs)
	}
	if _, err := discord.AwaitMessage(soon(t), facts, func(m discordfake.Message) bool { return strings.Contains(told(m), takenBack) }); err != nil {
		t.Error(err)
	}
	if _, err := slack.AwaitMessage(soon(t), thread, func(m slackfake.Message) bool { return strings.Contains(m.Text, takenBack) }); err != nil {
		t.Error(err)
	}
	rest.comesTo("/metrics", `whosays_corrections_total{desk="slack",end="said"} 1`)
	for _, other := range []running{onDiscord, onSlack} {
		if _, page := other.get("/metrics"); strings.Contains(page, "whosays_corrections_total{") || strings.Contains(page, "whosays_digest_slots_total") {
			t.Error("another corrects or writes digests, too")
		}
	}
	if n := len(slack.Messages(thread)) + len(discord.Messages(facts)); n != 6 {
		t.Errorf("there are %d messages", n)
	}
	stopRest()
	stopSlack()
	stopDiscord()
}
