package main

import (
	"github.com/spf13/cobra"

	"github.com/whosays/whosays/bot/chat"
)

func newAsk(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "ask TEXT | -",
		Short: "Answer a question",
		Long: `Answer a question with the sourced claims that it is about.
With - it answers each line of standard input, and writes each answer before it reads on.`,
		Example: `  whosays ask "{question}"
  whosays ask --lang uk "{question}"
  whosays ask --json - < questions.txt
  whosays ask --base claims.yaml --now 2026-03-01 "{question}"`,
		GroupID: groupAsk,
		Args:    needText("a question"),
		RunE:    a.ask,
	}
	a.jsonFlag(c)
	return c
}

func (a *app) ask(c *cobra.Command, args []string) error {
	return a.reply(c.Context(), chat.CommandAsk, args)
}

// jsonFlag adds --json to a command.
func (a *app) jsonFlag(c *cobra.Command) {
	c.Flags().BoolVar(&a.json, "json", false, "write one JSON object for each answer, on a line of its own")
}
