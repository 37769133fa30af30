package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whosays/whosays/adapters/discord"
	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/knowledge/lexicon"
)

func newDiscord(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "discord",
		Short: "Add the bot to Discord servers, and look at its commands there",
		Long: `Add the bot to Discord servers, and look at its commands there. The token is discord.token of the configuration, or
WHOSAYS_DISCORD_TOKEN. While serve runs, the bot answers; it registers its commands itself, when they changed.`,
		Example: "  whosays discord invite\n  whosays discord commands --diff\n  whosays discord commands --register",
		GroupID: groupOperate,
		Args:    noCommand, SuggestionsMinimumDistance: 2,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	a.jsonFlagOf(c.PersistentFlags(), "write one JSON object, on one line")
	invite := &cobra.Command{
		Use: "invite", Short: "Print the link by which the manager of a server adds the bot",
		Long: `Print the link by which the manager of a server adds the bot, with exactly the scopes and permissions that it needs: to
see the channels, write there and in threads, show embeds, and answer messages.`,
		Example: "  whosays discord invite", Args: noText, RunE: a.discordInvite,
	}
	var how commandsFlags
	commands := &cobra.Command{
		Use: "commands", Short: "Show how the registered commands differ, and register them",
		Long: `Show how the commands that Discord offers differ from those of this version; with --register, register them all at
once, if some differ. With --diff, the exit code is 1 where some differ.`,
		Example: "  whosays discord commands --diff\n  whosays discord commands --register", Args: noText,
		RunE: func(c *cobra.Command, _ []string) error { return a.discordCommands(c.Context(), how) },
	}
	commands.Flags().BoolVar(&how.diff, "diff", false, "show what differs, and change nothing (the default)")
	commands.Flags().BoolVar(&how.register, "register", false, "register the commands where some differ")
	commands.MarkFlagsMutuallyExclusive("diff", "register")
	c.AddCommand(invite, commands)
	return c
}

type commandsFlags struct{ diff, register bool }

// discordClient returns the client of the configured bot.
func (a *app) discordClient() (*discord.Client, error) {
	cfg, err := a.configuration()
	if err != nil {
		return nil, err
	}
	token := cfg.Discord.Token.Reveal()
	if token == "" {
		return nil, usageError{"there is no discord.token: set it in the configuration, or WHOSAYS_DISCORD_TOKEN; the developer portal shows it on the page Bot of the application"}
	}
	return discord.NewClient(discord.ClientOptions{Token: token, API: cfg.Discord.API})
}

// inviteDoc is what discord invite --json writes.
type inviteDoc struct {
	Application string `json:"application"`
	URL         string `json:"url"`
}

func (a *app) discordInvite(c *cobra.Command, _ []string) error {
	client, err := a.discordClient()
	if err != nil {
		return err
	}
	application, err := client.Application(c.Context())
	if err != nil {
		return err
	}
	doc := inviteDoc{application, discord.Invite(application)}
	if a.json {
		return keeper{app: a}.printer().document(doc)
	}
	_, err = fmt.Fprintln(a.out, doc.URL)
	return err
}

// commandsDoc is what discord commands --json writes.
type commandsDoc struct {
	Changes    []discord.CommandChange `json:"changes"`
	Registered bool                    `json:"registered"`
}

// errDiffers is the error of a comparison that found something.
var errDiffers = errors.New("the registered commands differ: whosays discord commands --register brings them up to date")

func (a *app) discordCommands(ctx context.Context, how commandsFlags) error {
	client, err := a.discordClient()
	if err != nil {
		return err
	}
	all, err := commandTable()
	if err != nil {
		return err
	}
	application, err := client.Application(ctx)
	if err != nil {
		return err
	}
	do := client.CommandChanges
	if how.register {
		do = client.RegisterCommands
	}
	changes, err := do(ctx, application, all)
	if err != nil {
		return err
	}
	if err := a.printCommands(commandsDoc{Changes: changes, Registered: how.register && len(changes) > 0}); err != nil {
		return err
	}
	if how.diff && len(changes) > 0 {
		return errDiffers
	}
	return nil
}

// commandTable returns the bot's commands, which don't hang on a base.
func commandTable() ([]bot.Command, error) {
	lex, err := lexicon.Default()
	if err != nil {
		return nil, err
	}
	b, err := bot.New(nil, lex)
	if err != nil {
		return nil, err
	}
	return b.Commands(), nil
}

func (a *app) printCommands(doc commandsDoc) error {
	if a.json {
		return keeper{app: a}.printer().document(doc)
	}
	if len(doc.Changes) == 0 {
		_, err := fmt.Fprintln(a.out, "The registered commands are those of this version.")
		return err
	}
	var lines strings.Builder
	for _, c := range doc.Changes {
		if c.Was != nil {
			fmt.Fprintf(&lines, "- %s\n", c.Was)
		}
		if c.Is != nil {
			fmt.Fprintf(&lines, "+ %s\n", c.Is)
		}
	}
	if _, err := io.WriteString(a.out, lines.String()); err != nil {
		return err
	}
	if doc.Registered {
		_, err := fmt.Fprintln(a.out, "Registered.")
		return err
	}
	return nil
}
