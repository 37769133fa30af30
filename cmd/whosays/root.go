package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// newRoot returns the command line. Without a command it opens the chat.
func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "whosays",
		Short: "Answers questions about contested figures, each with who says it",
		Long: `WhoSays answers questions about contested figures from a base of sourced claims:
who says it, on which side, on what basis, when, and what the figure leaves out.
Without a command it opens a chat.`,
		Example: `  whosays
  whosays ask "{question}"
  whosays check "{statement}"
  whosays status`,
		Args:                       noCommand,
		RunE:                       a.chat,
		SilenceUsage:               true,
		SilenceErrors:              true,
		PersistentPreRun:           func(*cobra.Command, []string) { a.started = true },
		SuggestionsMinimumDistance: 2,
	}
	root.AddGroup(&cobra.Group{ID: groupAsk, Title: "Asking:"}, &cobra.Group{ID: groupOperate, Title: "Operating:"},
		&cobra.Group{ID: groupMore, Title: "More:"})
	root.AddCommand(newChat(a), newAsk(a), newCheck(a), newSearch(a), newStatus(a),
		newServe(a), newDoctor(a), newInit(a), newDiscord(a), newSlack(a), newDigest(a), newBase(a), newMigrate(a), newConfig(a), newHealth(a), newMetrics(a), newAlerts(a), newCompose(a), newVersion(a))
	root.SetHelpCommand(newHelp())
	root.SetHelpCommandGroupID(groupMore)
	completion(root)
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usageError{fmt.Sprintf("%v; see %s --help", err, c.CommandPath())}
	})
	root.SetHelpFunc(guide{a, root.HelpFunc()}.show)
	a.flags(root)
	return root
}

// completion adds cobra's command, and has it refuse a shell that it doesn't know.
func completion(root *cobra.Command) {
	root.SetCompletionCommandGroupID(groupMore)
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() == "completion" {
			c.Args = noCommand
			c.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
			c.Example = "  whosays completion bash > /etc/bash_completion.d/whosays\n  source <(whosays completion zsh)"
		}
	}
}

// The groups of commands in the help.
const (
	groupAsk     = "ask"
	groupOperate = "operate"
	groupMore    = "more"
)

// flags adds the flags that all commands share.
func (a *app) flags(root *cobra.Command) {
	f := root.PersistentFlags()
	f.StringArrayVar(&a.bases, "base", nil, "answer from this `FILE` (.yaml, .jsonl, .csv) instead of the database or the starter base; repeatable")
	f.StringVar(&a.db, "db", "", "use this `DATABASE`: a file for SQLite, or postgres://… (default: that of the configuration, else whosays/whosays.db at the platform's place for data)")
	f.Var(&a.lang, "lang", "language of the replies: "+strings.Join(lexicon.Languages, ", ")+" (default: that of the question)")
	f.StringVar(&a.sources.File, "config", "", "read the configuration from this `FILE` (default: that of WHOSAYS_CONFIG, else the platform's)")
	f.Var(&a.now, "now", "answer as of a `DATE`, 2026-03-01 or 2026-03-01T12:00:00Z (default: the clock)")
	_ = root.MarkPersistentFlagFilename("base", "yaml", "yml", "jsonl", "csv") // the flag is there: two lines up
	_ = root.MarkPersistentFlagFilename("config", "yaml", "yml")
	_ = root.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions(lexicon.Languages, cobra.ShellCompDirectiveNoFileComp))
}

// noCommand refuses words that are no command.
func noCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if like := c.SuggestionsFor(args[0]); len(like) > 0 {
		return usageError{fmt.Sprintf("unknown command %q; did you mean %s?", args[0], strings.Join(like, " or "))}
	}
	return usageError{fmt.Sprintf("unknown command %q; %s --help lists the commands", args[0], c.CommandPath())}
}

// needText refuses a call that says nothing.
func needText(what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) > 1 && args[0] == "-" {
			return usageError{"- stands alone: it reads one text on each line of standard input"}
		}
		if len(args) > 0 {
			return nil
		}
		return usageError{fmt.Sprintf("%s needs %s: write it after the command, or - to read one on each line of standard input",
			c.Name(), what)}
	}
}

// noText refuses words after a command that takes none.
func noText(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return usageError{fmt.Sprintf("%s takes no text, but was given %q", c.Name(), args[0])}
}
