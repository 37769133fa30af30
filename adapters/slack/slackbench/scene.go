package slackbench

import (
	"context"
	"os/exec"

	"github.com/whosays/whosays/adapters/loadbench"
	"github.com/whosays/whosays/adapters/slack/slackfake"
)

// scene is a bot on a Slack, and people who ask it.
type scene struct {
	*people
	run loadbench.Run
}

func begin(ctx context.Context, r loadbench.Run) (loadbench.Scene, error) {
	s, err := newSlack(ctx, r.Tenants)
	if err != nil {
		return nil, err
	}
	return &scene{newPeople(s, r.Texts), r}, nil
}

// Command implements loadbench.Scene.
func (s *scene) Command(ctx context.Context) (*exec.Cmd, error) {
	env := append(s.credentials(), "WHOSAYS_SLACK_API="+s.URL())
	return s.run.Serve(ctx, env...)
}

// credentials are what the bot is told of the app, and of its installations before it starts: one token for all.
func (s *scene) credentials() []string {
	out := []string{"WHOSAYS_SLACK_BOT_TOKEN=" + token}
	if s.run.Transport == overHTTP {
		return append(out, "WHOSAYS_SLACK_SIGNING_SECRET="+s.SigningSecret())
	}
	return append(out, "WHOSAYS_SLACK_APP_TOKEN="+s.AppToken())
}

// install lets every workspace install the app by what the bot serves for it: none has to, since one token is good in all.
func (s *scene) install(context.Context, *loadbench.Process) error { return nil }

// path is where the bot takes what Slack posts.
const path = "/slack/events"

// Meet implements loadbench.Scene.
func (s *scene) Meet(ctx context.Context, p *loadbench.Process) error {
	if err := s.install(ctx, p); err != nil {
		return err
	}
	if s.run.Transport == overSocket {
		return s.AwaitSockets(ctx, 1)
	}
	url := p.URL + path
	return s.SetEndpoints(ctx, slackfake.Endpoints{Events: url, Interactivity: url, Commands: url})
}
