package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/whosays/whosays/adapters/console"
)

func newChat(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "chat",
		Short: "Ask in a conversation (what whosays does without a command)",
		Long: `Ask in a conversation. Every message stands alone; /help says what else there is.
Where standard input is no terminal, it answers line by line.`,
		Example: `  whosays chat
  whosays chat --lang uk`,
		GroupID: groupAsk,
		Args:    noText,
		RunE:    a.chat,
	}
}

// chat is what the chat command does, and the program without a command.
func (a *app) chat(c *cobra.Command, _ []string) error {
	w, err := a.wire(c.Context())
	if err != nil {
		return err
	}
	talk := console.Chat{
		Bot: w.bot, Out: a.out, Screen: a.screen,
		Lang: a.lang.String(), Locale: console.Locale(a.env), Now: a.moment,
	}
	if !console.Interactive(a.in, a.out) {
		talk.In = console.NewLines(a.in)
		return talk.Run(c.Context())
	}
	return a.converse(c.Context(), talk)
}

// converse holds the conversation with somebody who sits at the terminal.
func (a *app) converse(ctx context.Context, talk console.Chat) error {
	if err := talk.Greet(ctx); err != nil {
		return err
	}
	editor := console.NewEditor(a.env)
	talk.In = editor
	err := talk.Run(ctx)
	if closed := editor.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return talk.Leave()
}
