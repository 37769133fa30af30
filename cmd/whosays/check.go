package main

import (
	"github.com/spf13/cobra"

	"github.com/whosays/whosays/bot/chat"
)

func newCheck(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "check TEXT | -",
		Short: "Compare a statement with the sourced claims",
		Long: `Compare each figure and position of a statement with the sourced claims: does a source say this,
something else, the same of something else, or nothing at all?
With - it checks each line of standard input, and writes each result before it reads on.`,
		Example: `  whosays check "{statement}"
  whosays check --json - < statements.txt`,
		GroupID: groupAsk,
		Args:    needText("a statement"),
		RunE:    a.check,
	}
	a.jsonFlag(c)
	a.asOfFlag(c)
	return c
}

func (a *app) check(c *cobra.Command, args []string) error {
	return a.reply(c.Context(), chat.CommandCheck, args)
}
