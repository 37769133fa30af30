package main

import (
	"fmt"

	"github.com/whosays/whosays/config"
)

// nowhere is the error of a bot that would be nowhere.
const nowhere = `nothing is configured where the bot could be:
  whosays init discord   asks for what Discord needs (or set WHOSAYS_DISCORD_TOKEN)
  whosays init slack     asks for what Slack needs (or set WHOSAYS_SLACK_BOT_TOKEN and WHOSAYS_SLACK_APP_TOKEN)
  make run               chats in this terminal, as whosays does without a command
With --only digests,corrections,housekeeping it does what needs no platform.`

// employ decides what the process does: what only says, else the configuration, else all. The error says what is missing for that.
func employ(cfg *config.Config, only string) error {
	if only != "" {
		roles, err := config.ParseRoles(only)
		if err != nil {
			return usageError{"--only " + err.Error()}
		}
		cfg.Serve.Only = roles
	}
	there := map[config.Role]bool{config.RoleDiscord: cfg.Discord.Token.Reveal() != "", config.RoleSlack: onSlack(cfg.Slack)}
	needs := map[config.Role]string{config.RoleDiscord: "discord.token", config.RoleSlack: "slack.bot_token, or slack.client_id and what belongs to it"}
	if len(cfg.Serve.Only) == 0 && !there[config.RoleDiscord] && !there[config.RoleSlack] {
		return usageError{nowhere}
	}
	for _, role := range cfg.Serve.Only {
		if need, platform := needs[role]; platform && !there[role] {
			return usageError{fmt.Sprintf("%s is what this process is to do, but it isn't configured: set %s, or run whosays init %s", role, need, role)}
		}
	}
	return nil
}

// onSlack reports whether the bot is there on Slack: in one workspace, or in those that install it.
func onSlack(cfg config.Slack) bool { return cfg.BotToken.Reveal() != "" || cfg.Installable() }

// speaks reports whether the process says things on a platform: who answers there, and who corrects what was said there.
func speaks(roles config.Roles, platform config.Role) bool {
	return roles.Has(platform) || roles.Has(config.RoleCorrections)
}
