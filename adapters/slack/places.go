package slack

import (
	"context"
	"errors"
	"strings"

	"github.com/slack-go/slack"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// own fills in whether the channel of a place is the team's alone. Where the bot may not ask, it isn't: then only what all may see is
// said there. The error is of a Slack that doesn't answer.
func (c *Client) own(ctx context.Context, p place) (place, error) {
	if p.direct() {
		return p, nil
	}
	is, err := c.reach(ctx, p.Team, p.Channel)
	p.Own = is.own
	return p, err
}

// reach is who can read a channel.
type reach struct {
	own  bool   // the team alone
	open bool   // everybody in the team, or of the others it is shared with, who isn't a guest
	by   string // who made the channel
}

// reach asks who can read a channel. Where the bot may not ask, it is nobody that is known.
func (c *Client) reach(ctx context.Context, team, channel string) (reach, error) {
	return c.reaches.or(team+"/"+channel, func() (out reach, err error) {
		err = c.call(ctx, team, "conversations.info", func(ctx context.Context, api *slack.Client) error {
			is, err := api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: channel})
			if err == nil {
				out.own = !is.IsIM && !is.IsMpIM && !is.IsShared && !is.IsExtShared && !is.IsOrgShared && !is.IsPendingExtShared
				out.open = is.IsChannel && !is.IsPrivate
				out.by = is.Creator
			}
			return err
		})
		if errors.Is(err, chat.ErrRefused) {
			return reach{}, nil
		}
		return out, err
	})
}

// language returns the language of somebody's Slack; "" for one that the bot doesn't speak, and where Slack doesn't tell.
func (c *Client) language(ctx context.Context, team, user string) string {
	locale, _ := c.locales.or(team+"/"+user, func() (string, error) {
		is, err := c.profile(ctx, team, user)
		return is.locale, err
	})
	base, _, _ := strings.Cut(locale, "-")
	for _, lang := range lexicon.Languages {
		if base == lang {
			return lang
		}
	}
	return ""
}

// conversation opens the direct conversation with somebody.
func (c *Client) conversation(ctx context.Context, team, user string) (place, error) {
	p := place{Team: team}
	err := c.call(ctx, team, "conversations.open", func(ctx context.Context, api *slack.Client) error {
		is, _, _, err := api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{user}, ReturnIM: true})
		if err == nil {
			p.Channel = is.ID
		}
		return err
	})
	return p, err
}

// open shows a form to whoever has just pressed something.
func (c *Client) open(ctx context.Context, team, trigger string, form slack.ModalViewRequest) (err error) {
	ctx, end := chat.StepSend.Begin(ctx)
	defer func() { end(chat.Mark{Err: err}) }()
	return c.call(ctx, team, "views.open", func(ctx context.Context, api *slack.Client) error {
		_, err := api.OpenViewContext(ctx, trigger, form)
		return err
	})
}

// publish shows somebody the App Home.
func (c *Client) publish(ctx context.Context, team, user string, v slack.HomeTabViewRequest) error {
	return c.call(ctx, team, "views.publish", func(ctx context.Context, api *slack.Client) error {
		_, err := api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: user, View: v})
		return err
	})
}
