//go:build conformance

// Package conformance_test checks the fake with Slack's own framework: what it takes, the fake speaks as Slack does.
// Its client has to be installed first: npm ci in this directory.
package conformance_test

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/slack/slackfake"
)

// run starts the app, and returns what it said after "ready". It ends with the test.
func run(t *testing.T, s *slackfake.Server, team, appToken string) string {
	t.Helper()
	cmd := exec.Command("node", "app.mjs", s.APIURL(), s.Token(team), appToken, s.SigningSecret())
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
	t.Fatal("the app didn't start: is its client installed (npm ci)?")
	return ""
}

func TestSlacksOwnFramework(t *testing.T) {
	t.Parallel()
	for _, transport := range []string{"Socket Mode", "HTTP"} {
		t.Run(transport, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			t.Cleanup(cancel)
			s := slackfake.Start(t, slackfake.Options{})
			team := s.AddTeam(slackfake.Team{Name: "Kyiv"})
			if transport == "HTTP" {
				url := "http://127.0.0.1:" + run(t, s, team, "-") + "/slack/events"
				if err := s.SetEndpoints(ctx, slackfake.Endpoints{Events: url, Interactivity: url, Commands: url}); err != nil {
					t.Fatal(err)
				}
			} else {
				run(t, s, team, s.AppToken())
			}
			converse(ctx, t, s, team)
			for _, v := range s.Violations() {
				t.Error(v)
			}
			for _, r := range s.Unexpected() {
				t.Errorf("unexpected: %s %s", r.Method, r.Path)
			}
		})
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
