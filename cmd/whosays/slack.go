package main

import (
	"github.com/spf13/cobra"

	"github.com/whosays/whosays/adapters/slack"
)

func newSlack(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "slack",
		Short: "Add the bot to a Slack workspace",
		Long: `Add the bot to a Slack workspace. While serve runs with slack.bot_token, the bot answers: by Socket Mode with
slack.app_token, by HTTP with slack.signing_secret.`,
		Example: "  whosays slack manifest\n  whosays slack manifest --url https://bot.example",
		GroupID: groupOperate,
		Args:    noCommand, SuggestionsMinimumDistance: 2,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	var address string
	manifest := &cobra.Command{
		Use: "manifest", Short: "Print what Slack makes the app from",
		Long: `Print the app manifest, from which Slack makes the app with exactly the commands, scopes and events that it needs: paste
it at https://api.slack.com/apps?new_app=1. Without --url it is for Socket Mode, which needs no public address.`,
		Example: "  whosays slack manifest > manifest.yaml\n  whosays slack manifest --url https://bot.example",
		Args:    noText, RunE: func(*cobra.Command, []string) error { return a.slackManifest(address) },
	}
	manifest.Flags().StringVar(&address, "url", "", "take events by HTTP at this public address of serve")
	a.jsonFlagOf(manifest.Flags(), "write one JSON object, on one line, with the manifest as YAML in it")
	c.AddCommand(manifest)
	return c
}

// manifestDoc is what slack manifest --json writes.
type manifestDoc struct {
	Manifest string `json:"manifest"`
}

func (a *app) slackManifest(address string) error {
	all, err := commandTable()
	if err != nil {
		return err
	}
	text, err := slack.Manifest(all, address)
	if err != nil {
		return usageError{err.Error()}
	}
	if a.json {
		return keeper{app: a}.printer().document(manifestDoc{string(text)})
	}
	_, err = a.out.Write(text)
	return err
}
