package main

import (
	"context"
	"fmt"

	"github.com/whosays/whosays/adapters/checkup"
	"github.com/whosays/whosays/adapters/discord"
	"github.com/whosays/whosays/adapters/slack"
	"github.com/whosays/whosays/config"
)

// discord asks for what the bot needs on Discord.
func (s *setup) discord(ctx context.Context) ([]string, error) {
	keys := []string{"discord.token"}
	if s.http {
		keys = append(keys, "discord.public_key")
	}
	if err := s.free(ctx, keys...); err != nil {
		return nil, err
	}
	var is discord.Account
	try := func(ctx context.Context, token string) []checkup.Finding {
		var found checkup.Finding
		is, found = discord.Recognise(ctx, discord.ExamineOptions{Token: token, API: s.loaded.Discord.API})
		return []checkup.Finding{found}
	}
	err := s.secret(ctx, "discord.token", "The token of the bot, from the page Bot of its application in the developer portal:", try)
	if err != nil {
		return nil, err
	}
	next := []string{"Add the bot to a server: open " + discord.Invite(is.Application), s.serves()}
	if s.http {
		s.values = append(s.values, config.Value{Key: "discord.public_key", Text: is.PublicKey})
		next = append(next, "Name its public address, with "+discordPath+" behind it, as Interactions Endpoint URL on the page General Information.")
	}
	return next, nil
}

// slack asks for what the bot needs in one workspace of Slack.
func (s *setup) slack(ctx context.Context) ([]string, error) {
	hears := "slack.app_token"
	manifest := "whosays slack manifest"
	if s.http {
		hears, manifest = "slack.signing_secret", "whosays slack manifest --url https://your.host"
	}
	if err := s.free(ctx, "slack.bot_token", hears); err != nil {
		return nil, err
	}
	if _, err := fmt.Fprintf(s.errs, "Where there is no app yet: paste what %s prints at https://api.slack.com/apps?new_app=1, From a manifest, and install it.\n", manifest); err != nil {
		return nil, err
	}
	o := slack.ExamineOptions{API: s.loaded.Slack.API}
	err := s.secret(ctx, "slack.bot_token", "The token of the bot, from the page OAuth & Permissions: xoxb-…:", func(ctx context.Context, token string) []checkup.Finding {
		o.BotToken = token
		_, found := slack.Recognise(ctx, o)
		return found
	})
	if err != nil {
		return nil, err
	}
	invite := "Invite the bot into a channel, and mention it."
	if s.http {
		err := s.secret(ctx, hears, "The signing secret, from the page Basic Information:", func(context.Context, string) []checkup.Finding {
			return []checkup.Finding{checkup.OK("", "Slack has no way to try it: it shows itself once serve runs.")}
		})
		return []string{s.serves(), "Lead the public address of the app's manifest to it.", invite}, err
	}
	err = s.secret(ctx, hears, "The app-level token with connections:write, from the page Basic Information: xapp-…:", func(ctx context.Context, token string) []checkup.Finding {
		o.AppToken = token
		return []checkup.Finding{slack.TryAppToken(ctx, o)}
	})
	return []string{s.serves(), invite}, err
}
