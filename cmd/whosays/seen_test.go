package main

import (
	"context"
	"log/slog"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"gotest.tools/v3/golden"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/slack/slackfake"
	"github.com/whosays/whosays/adapters/telemetry/collectortest"
)

// words stand in every question, and in what it is answered with: they may be told to nobody else.
const words = "canarywords"

// asker asks a question on a platform in three ways, says what nobody understands, and returns once all of it is answered.
type asker func(t *testing.T, question string)

// platforms are the fakes, each with the environment of a bot there, and somebody who asks.
func platforms() map[string]func(t *testing.T) ([]string, asker) {
	return map[string]func(t *testing.T) ([]string, asker){"discord": askedOnDiscord, "slack": askedOnSlack}
}

func askedOnDiscord(t *testing.T) ([]string, asker) {
	t.Helper()
	fake, environ := fakeDiscord(t)
	channel := fake.AddChannel(discordfake.Channel{GuildID: fake.AddGuild(discordfake.Guild{Name: words}), Name: words})
	olena := fake.AddUser(discordfake.User{Username: words})
	return environ, func(t *testing.T, question string) {
		t.Helper()
		if err := fake.AwaitReady(soon(t), 1); err != nil {
			t.Fatal(err)
		}
		asked := fake.Say(channel, olena, "<@"+fake.BotID()+"> "+question)
		if _, err := fake.AwaitMessage(soon(t), channel, func(m discordfake.Message) bool {
			return m.Reference != nil && m.Reference.MessageID == asked.ID
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := fake.Slash(channel, olena, "ask", discordfake.Text("question", words)).Response(soon(t)); err != nil {
			t.Fatal(err)
		}
		for _, command := range []string{"ask", "check"} {
			option := map[string]string{"ask": "question", "check": "statement"}[command]
			if _, err := fake.Slash(channel, olena, command, discordfake.Text(option, question)).Response(soon(t)); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func askedOnSlack(t *testing.T) ([]string, asker) {
	t.Helper()
	fake, team, environ := fakeSlack(t)
	channel, olena := fake.AddChannel(slackfake.Channel{TeamID: team, Name: words}), fake.AddUser(slackfake.User{TeamID: team, Name: words})
	return append(environ, "WHOSAYS_SLACK_APP_TOKEN="+slackAppToken), func(t *testing.T, question string) {
		t.Helper()
		if err := fake.AwaitSockets(soon(t), 1); err != nil {
			t.Fatal(err)
		}
		asked := fake.Say(channel, olena, "<@"+fake.BotUser(team)+"> "+question)
		if _, err := fake.AwaitMessage(soon(t), channel, func(m slackfake.Message) bool { return m.ThreadTS == asked.TS }); err != nil {
			t.Fatal(err)
		}
		fake.Slash(channel, olena, "/ask", words)
		for _, command := range []string{"/ask", "/check"} {
			said := fake.Slash(channel, olena, command, question)
			if _, err := fake.AwaitMessage(soon(t), channel, func(m slackfake.Message) bool { return m.TS != asked.TS && m.ThreadTS == "" }); err != nil {
				t.Fatal(said, err)
			}
		}
	}
}

// TestSeenFromOutside asks a bot on each platform, and looks at all that is told of it elsewhere: at /metrics, to the collector, and in
// the log at its most talkative. None of it holds a word that anybody wrote, nor a name.
func TestSeenFromOutside(t *testing.T) {
	t.Parallel()
	for platform, begin := range platforms() {
		t.Run(platform, func(t *testing.T) {
			t.Parallel()
			c := collectortest.Start(t)
			environ, ask := begin(t)
			log, stop, done := serving(t, append(environ, "WHOSAYS_TRACES_ENDPOINT="+c.URL()))
			r := running{t: t, log: log, url: "http://" + log.wait(t, "listening").Addr}
			log.wait(t, "ready")
			ask(t, "How many Ukrainian soldiers have been killed, "+words+"?")
			for _, line := range countedOn(platform) {
				r.comesTo("/metrics", line)
			}
			_, metrics := r.get("/metrics")
			stop()
			if status := <-done; status != exitOK {
				t.Errorf("status %d", status)
			}
			spans := c.Spans()
			tracedOn(t, platform, spans)
			told := log.String() + metrics
			for _, s := range spans {
				told += s.All
			}
			if at := strings.Index(told, words); at >= 0 {
				t.Errorf("it tells what somebody wrote: …%s", told[max(at-300, 0):min(at+100, len(told))])
			}
		})
	}
}

// countedOn returns lines of /metrics after the questions on a platform.
func countedOn(platform string) []string {
	lines := []string{
		`whosays_questions_total{command="ask",outcome="answered",platform="PLATFORM"} 2`,
		`whosays_questions_total{command="check",outcome="checked",platform="PLATFORM"} 1`,
		`whosays_reply_seconds_count{platform="PLATFORM"} 4`,
		`whosays_step_seconds_count{step="understand"} 4`,
		`whosays_inbox_offers_total{verdict="accepted"}`, `whosays_inbox_queue_depth 0`, `whosays_inbox_queue_capacity 256`,
		`whosays_cache_claims_total{from="`, `whosays_cache_redis_up 0`,
		`whosays_PLATFORM_requests_total{result="ok"}`, `whosays_posts_total{desk="PLATFORM",end="sent"}`,
		`whosays_guard_stops_total 0`, `whosays_ready 1`, `whosays_check_ok{check="database"} 1`, `whosays_check_ok{check="PLATFORM"} 1`,
		`whosays_base_revision 1`, `whosays_base_reviewed_timestamp_seconds 1.`,
		`whosays_digest_lateness_seconds_count 0`, `whosays_trace_spans_total{result="sent"}`,
	}
	switch platform {
	case "discord":
		lines = append(lines, "whosays_discord_shards_connected 1", "whosays_discord_shards_held 1")
	case "slack":
		lines = append(lines, "whosays_slack_socket_connected 1")
	}
	for i, line := range lines {
		lines[i] = strings.ReplaceAll(line, "PLATFORM", platform)
	}
	return lines
}

// tracedOn checks that each question is one trace, from the event to the reply.
func tracedOn(t *testing.T, platform string, spans []collectortest.Span) {
	t.Helper()
	steps, roots := map[string]map[string]int{}, map[string]string{}
	for _, s := range spans {
		if steps[s.Trace] == nil {
			steps[s.Trace] = map[string]int{}
		}
		steps[s.Trace][s.Name]++
		if s.Parent == "" {
			roots[s.Trace] = s.Name + " " + s.Attributes["whosays.platform"] + " " + s.Attributes["whosays.command"] + " " + s.Attributes["whosays.outcome"]
			if s.Attributes["whosays.request_id"] == "" {
				t.Errorf("a trace has no id of the log: %s", s.All)
			}
		}
	}
	found := map[string]int{}
	for id, root := range roots {
		if strings.HasSuffix(root, " unsourced") { // nothing was looked for
			continue
		}
		found[root]++
		for _, step := range []string{"receive", "understand", "find", "compose", "guard", "send"} {
			if steps[id][step] == 0 {
				t.Errorf("the trace of %q has no %s: %v", root, step, steps[id])
			}
		}
	}
	want := map[string]int{"event " + platform + " ask answered": 2, "event " + platform + " check checked": 1}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestServeWithADeadCollector is about a collector that isn't there: it keeps nobody waiting.
func TestServeWithADeadCollector(t *testing.T) {
	t.Parallel()
	environ, ask := askedOnDiscord(t)
	log, stop, done := serving(t, append(environ, "WHOSAYS_TRACES_ENDPOINT=http://127.0.0.1:1", "WHOSAYS_TRACES_HEADERS=api-key="+canary))
	log.wait(t, "ready")
	ask(t, "How many Ukrainian soldiers have been killed?")
	stop()
	if status := <-done; status != exitOK || strings.Contains(log.String(), canary) {
		t.Errorf("status %d: %s", status, log)
	}
}

// described is what a registry says of a metric.
var described = regexp.MustCompile(`^Desc\{fqName: "([^"]+)", help: "(.*)", unit: "[^"]*", constLabels: \{.*\}, variableLabels: \{(.*)\}\}$`)

// registered returns the metrics of a service that has all parts, by name, each as a line of a table. Those of Go and of the process are
// described elsewhere.
func registered(t *testing.T) map[string]string {
	t.Helper()
	a := surroundings(t, []string{
		"WHOSAYS_HTTP_LISTEN=127.0.0.1:0", "WHOSAYS_TRACES_ENDPOINT=http://127.0.0.1:1",
		"WHOSAYS_DISCORD_TOKEN=" + discordToken, "WHOSAYS_DISCORD_API=http://127.0.0.1:1", "WHOSAYS_SLACK_API=http://127.0.0.1:1",
		"WHOSAYS_SLACK_URL=https://bot.example", "WHOSAYS_SLACK_APP_TOKEN=" + slackAppToken, "WHOSAYS_SLACK_CLIENT_ID=1.2",
		"WHOSAYS_SLACK_CLIENT_SECRET=s", "WHOSAYS_SLACK_TOKEN_KEY=" + canaryKey(),
	})
	cfg, err := a.configuration()
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	s := newService(cfg.Config, slog.New(slog.DiscardHandler))
	if err := s.run(ctx, func(ctx context.Context, s *service) error {
		defer stop()
		return a.build(ctx, s)
	}); err != nil {
		t.Fatal(err)
	}
	all := make(chan *prometheus.Desc)
	go func() {
		defer close(all)
		s.metrics.Describe(all)
	}()
	lines := map[string]string{}
	for d := range all {
		m := described.FindStringSubmatch(d.String())
		if m == nil {
			t.Fatalf("%s can't be read", d)
		}
		if !strings.HasPrefix(m[1], "whosays_") {
			continue
		}
		labels := ""
		if m[3] != "" {
			labels = "{" + m[3] + "}"
		}
		lines[m[1]] = "| `" + m[1] + labels + "` | " + m[2] + " |\n"
	}
	return lines
}

// TestMetricsOfTheTable compares what `whosays metrics` prints with what a service registers; -update writes it.
func TestMetricsOfTheTable(t *testing.T) {
	t.Parallel()
	lines := registered(t)
	table := "| metric | what it tells |\n|---|---|\n"
	for _, name := range slices.Sorted(maps.Keys(lines)) {
		table += lines[name]
	}
	if golden.FlagUpdate() {
		if err := os.WriteFile("metrics.md", []byte(table), 0o644); err != nil { //nolint:gosec // a file that everybody reads
			t.Fatal(err)
		}
		return
	}
	out, errs, status := ran(t, nil, "metrics")
	if diff := cmp.Diff(strings.Split(table, "\n"), strings.Split(out, "\n")); diff != "" || status != exitOK || errs != "" {
		t.Errorf("metrics.md is stale; go test ./cmd/whosays -run MetricsOfTheTable -update (-registered +printed):\n%s%s", diff, errs)
	}
}
