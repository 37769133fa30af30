package main

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

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
  whosays ask --as-of 2026-11-30 "{question}"
  whosays ask --base claims.yaml --now 2026-03-01 "{question}"`,
		GroupID: groupAsk,
		Args:    needText("a question"),
		RunE:    a.ask,
	}
	a.jsonFlag(c)
	a.asOfFlag(c)
	return c
}

func (a *app) ask(c *cobra.Command, args []string) error {
	return a.reply(c.Context(), chat.CommandAsk, args)
}

// jsonFlag adds --json to a command.
func (a *app) jsonFlag(c *cobra.Command) {
	a.jsonFlagOf(c.Flags(), "write one JSON object for each answer, on a line of its own")
}

func (a *app) jsonFlagOf(f *pflag.FlagSet, usage string) { f.BoolVar(&a.json, "json", false, usage) }

// asOfFlag adds --as-of to a command.
func (a *app) asOfFlag(c *cobra.Command) {
	c.Flags().Var(&a.asOf, "as-of", "answer with what was live in the base at the end of a `DATE`, or at a moment")
}
