package main

import (
	"net/http"
	"strings"
	"testing"

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
	b := newBoth(t)
	onDiscord, stopDiscord := b.serves("--only", "discord")
	b.onDiscord()
	onDiscord.comesTo("/readyz", "database: ok\nbase: ok\ndiscord: ok\nready\n")
	if n := b.slack.Connections(); n != 0 {
		t.Errorf("Slack was connected to %d times", n)
	}
	onSlack, stopSlack := b.serves("--only", "slack")
	b.onSlack()
	onSlack.comesTo("/readyz", "database: ok\nbase: ok\nslack: ok\nready\n")
	b.asksDiscord(b.facts)
	b.asksSlack()
	rest, stopRest := b.serves("--only", "corrections,digests,housekeeping")
	rest.want("/readyz", http.StatusOK, "database: ok\nbase: ok\nready\n")
	rest.want("/metrics", http.StatusOK, "whosays_digest_lateness_seconds_count")
	b.retracts(killedClaim, "the office withdrew it")
	b.told(takenBack)
	rest.comesTo("/metrics", `whosays_corrections_total{desk="slack",end="said"} 1`)
	for _, other := range []running{onDiscord, onSlack} {
		if _, page := other.get("/metrics"); strings.Contains(page, "whosays_corrections_total{") || strings.Contains(page, "whosays_digest_slots_total") {
			t.Error("another corrects or writes digests, too")
		}
	}
	if n := len(b.slack.Messages(b.thread)) + len(b.discord.Messages(b.facts)); n != 6 {
		t.Errorf("there are %d messages", n)
	}
	stopRest()
	stopSlack()
	stopDiscord()
}
