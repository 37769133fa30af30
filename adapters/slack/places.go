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
	own, err := c.owned.or(p.Team+"/"+p.Channel, func() (own bool, err error) {
		err = c.call(ctx, p.Team, "conversations.info", func(ctx context.Context, api *slack.Client) error {
			is, err := api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: p.Channel})
			if err == nil {
				own = !is.IsIM && !is.IsMpIM && !is.IsShared && !is.IsExtShared && !is.IsOrgShared && !is.IsPendingExtShared
			}
			return err
		})
		if errors.Is(err, chat.ErrRefused) {
			return false, nil
		}
		return own, err
	})
	p.Own = own
	return p, err
}

// language returns the language of somebody's Slack; "" for one that the bot doesn't speak, and where Slack doesn't tell.
func (c *Client) language(ctx context.Context, team, user string) string {
	locale, _ := c.locales.or(team+"/"+user, func() (locale string, err error) {
		err = c.call(ctx, team, "users.info", func(ctx context.Context, api *slack.Client) error {
			u, err := api.GetUserInfoContext(ctx, user)
			if err == nil {
				locale = u.Locale
			}
			return err
		})
		return locale, err
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
func (c *Client) open(ctx context.Context, team, trigger string, form slack.ModalViewRequest) error {
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
