package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whosays/whosays/adapters/console"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// guide is the help of every command. It shows examples that the base in use can answer: the program itself
// knows no domain, its texts only say where a question, a statement or words go.
type guide struct {
	app   *app
	plain func(*cobra.Command, []string) // cobra's own
}

func (g guide) show(c *cobra.Command, args []string) {
	c.Example = g.app.samples(c.Root().Context()).Replace(c.Example)
	g.plain(c, args)
}

// samples returns what to put into examples; a base that can't be read leaves the placeholders' names.
func (a *app) samples(ctx context.Context) *strings.Replacer {
	question, statement, words := "QUESTION", "STATEMENT", "WORDS"
	if w, err := a.wire(ctx); err == nil {
		question = cmp.Or(w.question(ctx), question)
		claim := w.figure(ctx)
		statement = cmp.Or(claim.Text, statement)
		if metric, ok := w.lex.Get(lexicon.Metric, claim.Scope.Metric); ok {
			words = metric.In("en")
		}
	}
	return strings.NewReplacer("{question}", question, "{statement}", statement, "{words}", words)
}

// question returns the first question that the bot itself suggests, "" where there is none.
func (w *wiring) question(ctx context.Context) string {
	reply, err := w.bot.Handle(ctx, chat.Request{Command: chat.CommandHelp, Lang: "en"})
	if err != nil {
		return ""
	}
	for _, b := range reply.Blocks {
		if b.Role == chat.RoleExample && quotable(b.Text()) {
			return b.Text()
		}
	}
	return ""
}

// figure returns the first claim of the base that states a figure in English, else the zero one.
func (w *wiring) figure(ctx context.Context) knowledge.Claim {
	claims, err := w.base.List(ctx, "", knowledge.KindFigure)
	if err != nil {
		return knowledge.Claim{}
	}
	for _, c := range claims {
		if text, lang := c.In("en"); lang == "en" && quotable(text) {
			c.Text = text
			return c
		}
	}
	return knowledge.Claim{}
}

// quotable reports whether a text can stand between double quotes on a command line.
func quotable(text string) bool {
	return text == console.Clean(text) && !strings.ContainsAny(text, "\"$`\\!")
}

// newHelp returns the help command; cobra's own says that a command is unknown and leaves with success.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND]",
		Short:   "Print the help of a command",
		Example: "  whosays help ask",
		RunE: func(c *cobra.Command, args []string) error {
			found, rest, err := c.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return usageError{fmt.Sprintf("there is no command %q; whosays --help lists them", strings.Join(args, " "))}
			}
			found.InitDefaultHelpFlag()
			return found.Help()
		},
	}
}
