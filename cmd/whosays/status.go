package main

import (
	"cmp"

	"github.com/spf13/cobra"

	"github.com/whosays/whosays/adapters/console"
	"github.com/whosays/whosays/bot/chat"
)

func newStatus(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "status",
		Short: "Show where things stand, as far as the base knows",
		Long: `Show where things stand, as far as the base knows: the stage, each contested issue with each side's
last attributed position, the statements, and how far the base reaches.`,
		Example: `  whosays status
  whosays status --lang uk
  whosays status --json`,
		GroupID: groupAsk,
		Args:    noText,
		RunE:    a.status,
	}
	a.jsonFlag(c)
	a.asOfFlag(c)
	return c
}

func (a *app) status(c *cobra.Command, _ []string) error {
	w, err := a.wire(c.Context())
	if err != nil {
		return err
	}
	req := a.request(chat.CommandStatus, "")
	req.Lang = cmp.Or(req.Lang, console.Locale(a.env)) // there is no text whose language it could take
	reply, err := w.bot.Handle(c.Context(), req)
	if err != nil {
		return err
	}
	return a.printer().reply(reply, documents{w.lex, reply.Lang}.status(reply))
}
