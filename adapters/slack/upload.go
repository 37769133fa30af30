package slack

import (
	"bytes"
	"context"
	"fmt"

	"github.com/slack-go/slack"

	"github.com/whosays/whosays/bot/chat"
)

// upload gives somebody a file in their direct conversation with the bot: what one person alone sees elsewhere can't have one.
func (c *Client) upload(ctx context.Context, t *turn, f *chat.File, comment string) (err error) {
	ctx, end := chat.StepSend.Begin(ctx)
	defer func() { end(chat.Mark{Err: err}) }()
	to, err := c.conversation(ctx, t.Team, t.User)
	if err != nil {
		return fmt.Errorf("slack: the file %.80q has nowhere to go: %w", f.Name, err)
	}
	return c.call(ctx, t.Team, "upload/"+to.Channel, func(ctx context.Context, api *slack.Client) error {
		_, err := api.UploadFileContext(ctx, slack.UploadFileParameters{
			Reader: bytes.NewReader(f.Body), FileSize: len(f.Body), Filename: f.Name, Title: f.Name, Channel: to.Channel, InitialComment: comment,
		})
		return err
	})
}

// whisper shows somebody a message in a channel that nobody else sees.
func (c *Client) whisper(ctx context.Context, at place, user string, m message) (err error) {
	ctx, end := chat.StepSend.Begin(ctx)
	defer func() { end(chat.Mark{Err: err}) }()
	return c.call(ctx, at.Team, "post/"+at.Channel, func(ctx context.Context, api *slack.Client) error {
		_, err := api.PostEphemeralContext(ctx, at.Channel, user, m.options()...)
		return err
	})
}

// confide says something in somebody's direct conversation with the bot.
func (c *Client) confide(ctx context.Context, t *turn, m message) (err error) {
	ctx, end := chat.StepSend.Begin(ctx)
	defer func() { end(chat.Mark{Err: err}) }()
	to, err := c.conversation(ctx, t.Team, t.User)
	if err != nil {
		return fmt.Errorf("slack: the answer has nowhere to go: %w", err)
	}
	m.ThreadTS = ""
	return c.call(ctx, to.Team, "post/"+to.Channel, func(ctx context.Context, api *slack.Client) error {
		_, _, err := api.PostMessageContext(ctx, to.Channel, m.options()...)
		return err
	})
}
