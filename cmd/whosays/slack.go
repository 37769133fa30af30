package main

import (
	"github.com/spf13/cobra"

	"github.com/whosays/whosays/adapters/slack"
)

func newSlack(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "slack",
		Short: "Add the bot to Slack workspaces",
		Long: `Add the bot to Slack workspaces. While serve runs with slack.bot_token, the bot answers in one; with slack.client_id,
slack.client_secret, slack.token_key and slack.url, in all that install it at /slack/install. It hears of them by Socket Mode
with slack.app_token, by HTTP with slack.signing_secret.`,
		Example: "  whosays slack manifest\n  whosays slack manifest --url https://bot.example\n  whosays slack teams",
		GroupID: groupOperate,
		Args:    noCommand, SuggestionsMinimumDistance: 2,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	var o slack.ManifestOptions
	manifest := &cobra.Command{
		Use: "manifest", Short: "Print what Slack makes the app from",
		Long: `Print the app manifest, from which Slack makes the app with exactly the commands, scopes and events that it needs: paste
it at https://api.slack.com/apps?new_app=1. Without --url it is for Socket Mode, which needs no public address.`,
		Example: "  whosays slack manifest > manifest.yaml\n  whosays slack manifest --url https://bot.example --installable",
		Args:    noText, RunE: func(*cobra.Command, []string) error { return a.slackManifest(o) },
	}
	manifest.Flags().BoolVar(&o.Installable, "installable", false, "let any number of workspaces install it at --url, with tokens that rotate")
	manifest.Flags().StringVar(&o.URL, "url", "", "take events by HTTP at this public address of serve")
	a.jsonFlagOf(manifest.Flags(), "write one JSON object, on one line, with the manifest as YAML in it")
	c.AddCommand(manifest, newSlackTeams(a))
	return c
}

// manifestDoc is what slack manifest --json writes.
type manifestDoc struct {
	Manifest string `json:"manifest"`
}

func (a *app) slackManifest(o slack.ManifestOptions) error {
	all, err := commandTable()
	if err != nil {
		return err
	}
	text, err := slack.Manifest(all, o)
	if err != nil {
		return usageError{err.Error()}
	}
	if a.json {
		return keeper{app: a}.printer().document(manifestDoc{string(text)})
	}
	_, err = a.out.Write(text)
	return err
}
