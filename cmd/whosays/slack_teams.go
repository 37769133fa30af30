package main

import (
	"cmp"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/whosays/whosays/adapters/console"
	"github.com/whosays/whosays/adapters/slack"
	"github.com/whosays/whosays/adapters/sqlstore"
)

func newSlackTeams(a *app) *cobra.Command {
	c := &cobra.Command{
		Use: "teams", Short: "List the workspaces that have installed the bot",
		Long: `List the workspaces that have installed the bot at /slack/install, each with what became of it: live; refused, where
Slack takes its token no more and it has to be installed anew; leaving, while what was kept of it is deleted. No token is shown.`,
		Example: "  whosays slack teams\n  whosays slack teams --json",
		Args:    noText,
		RunE: func(c *cobra.Command, _ []string) error {
			store, _, err := a.openStore(c.Context(), sqlstore.Options{Existing: true})
			if err != nil {
				return err
			}
			all, err := slack.List(c.Context(), store.Installs())
			if err != nil {
				return err
			}
			return a.slackTeams(all)
		},
	}
	a.jsonFlagOf(c.Flags(), "write JSON, an object a line")
	return c
}

// slackTeams writes a line for each installation. Names are of others: they are cleaned.
func (a *app) slackTeams(all []slack.Install) error {
	var text strings.Builder
	table := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	for _, in := range all {
		if a.json {
			if err := a.printer().document(in); err != nil {
				return err
			}
			continue
		}
		state := string(in.State)
		if in.Why != "" {
			state += " (" + in.Why + ")"
		}
		expires := "-"
		if !in.Expires.IsZero() {
			expires = in.Expires.UTC().Format(time.DateTime)
		}
		_, _ = fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", in.Team, console.Clean(cmp.Or(in.Name, "-")), console.Clean(state), in.At.UTC().Format(time.DateTime), expires)
	}
	_ = table.Flush() // to memory
	_, err := a.out.Write([]byte(text.String()))
	return err
}
