//go:build conformance

// Package conformance_test checks the fake with Slack's own clients: what they take, the fake speaks as Slack does. make
// conformance installs them, for Node.js, and runs it.
package conformance_test

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/whosays/whosays/adapters/slack/slackfake"
)

// run starts a program of testdata, and returns what it said after "ready". It ends with the test.
func run(t *testing.T, program string, args ...string) string {
	t.Helper()
	if os.Getenv("SLACK_CLIENTS") == "" {
		t.Fatal("SLACK_CLIENTS doesn't say where Slack's clients are installed: run make conformance")
	}
	cmd := exec.Command("node", append([]string{filepath.Join("testdata", program)}, args...)...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Wait()
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if rest, ready := strings.CutPrefix(lines.Text(), "ready"); ready {
			return strings.TrimSpace(rest)
		}
	}
	t.Fatal("it didn't start")
	return ""
}

func TestSlacksOwnFramework(t *testing.T) {
	t.Parallel()
	for _, transport := range []string{"Socket Mode", "HTTP"} {
		t.Run(transport, func(t *testing.T) {
			t.Parallel()
			ctx := within(t)
			s := slackfake.Start(t, slackfake.Options{})
			team := s.AddTeam(slackfake.Team{Name: "Kyiv"})
			if transport == "HTTP" {
				url := "http://127.0.0.1:" + run(t, "bolt.mjs", s.APIURL(), s.Token(team), "-", s.SigningSecret()) + "/slack/events"
				if err := s.SetEndpoints(ctx, slackfake.Endpoints{Events: url, Interactivity: url, Commands: url}); err != nil {
					t.Fatal(err)
				}
			} else {
				run(t, "bolt.mjs", s.APIURL(), s.Token(team), s.AppToken(), s.SigningSecret())
			}
			converse(ctx, t, s, team)
			faultless(t, s)
		})
	}
}

// faultless holds that nothing was asked of the fake that it doesn't have, or takes ill.
func faultless(t *testing.T, s *slackfake.Server) {
	t.Helper()
	for _, v := range s.Violations() {
		t.Error(v)
	}
	for _, r := range s.Unexpected() {
		t.Errorf("unexpected: %s %s", r.Method, r.Path)
	}
}

// converse lets a person do what the app answers.
func converse(ctx context.Context, t *testing.T, s *slackfake.Server, team string) {
	t.Helper()
	channel := s.AddChannel(slackfake.Channel{TeamID: team})
	olena := s.AddUser(slackfake.User{TeamID: team, Name: "olena"})
	said := s.Say(channel, olena, "<@"+s.BotUser(team)+"> how many?")
	answer, err := s.AwaitMessage(ctx, channel, nil)
	if err != nil || answer.Text != "nobody knows" || answer.ThreadTS != said.TS || len(answer.Blocks) != 2 {
		t.Fatalf("%+v, %v", answer, err)
	}
	if err := said.Ack(ctx); err != nil {
		t.Error(err)
	}
	if m, err := s.Press(channel, answer.TS, olena, "share").Response(ctx, 0); err != nil || m.TS != answer.TS || m.Text != "shared" {
		t.Errorf("%+v, %v", m, err)
	}
	if m, err := s.Slash(channel, olena, "/ask", "how many?").Response(ctx, 0); err != nil || m.Text != "you asked how many?" || m.For != olena {
		t.Errorf("%+v, %v", m, err)
	}
	modal, err := s.MessageShortcut(channel, said.TS, olena, "check").Modal(ctx)
	if err != nil || modal.Title.Text != "Fact-check" {
		t.Fatalf("%+v, %v", modal, err)
	}
	short := s.Submit(modal.ID, map[string]string{"text": "no"})
	if _, err := short.Ack(ctx); err != nil || short.Errors["b"] != "too short" || len(s.Modals(olena)) != 1 {
		t.Errorf("%v, %v", short.Errors, err)
	}
	if _, err := s.Submit(modal.ID, map[string]string{"text": "5,000 were killed"}).Ack(ctx); err != nil || len(s.Modals(olena)) != 0 {
		t.Errorf("%d modals are open, %v", len(s.Modals(olena)), err)
	}
}
