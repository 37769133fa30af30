package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/whosays/whosays/adapters/checkup"
	"github.com/whosays/whosays/adapters/console"
	"github.com/whosays/whosays/adapters/ops"
	"github.com/whosays/whosays/config"
)

func newInit(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "init",
		Short: "Ask for what Discord or Slack needs, try it, and write the configuration",
		Long: `Ask for what Discord or Slack needs, try it there at once, and write it into the configuration: the file of --config, else
of WHOSAYS_CONFIG, else the platform's. The file is readable by you alone afterwards, and all else in it stays as it is. Tokens don't
show while they are typed; without a terminal, each is read from a line of standard input.`,
		Example: "  whosays init discord\n  whosays init slack\n  whosays init discord --config bot.yaml < token.txt",
		GroupID: groupOperate,
		Args:    noCommand, SuggestionsMinimumDistance: 2,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	s := &setup{app: a}
	c.PersistentFlags().BoolVar(&s.replace, "replace", false, "replace what the file has already, without asking")
	c.PersistentFlags().BoolVar(&s.http, "http", false, "take what happens by HTTP at a public address of serve")
	c.AddCommand(
		&cobra.Command{
			Use: "discord", Short: "Ask for the token of a Discord bot",
			Long: `Ask for the token of a Discord bot, which the developer portal (https://discord.com/developers/applications) shows on the
page Bot of its application, and try it. With --http, interactions come by HTTP too: the public key is asked of Discord.`,
			Example: "  whosays init discord\n  whosays init discord --http", Args: noText,
			RunE: func(c *cobra.Command, _ []string) error { return s.run(c.Context(), s.discord) },
		},
		&cobra.Command{
			Use: "slack", Short: "Ask for the tokens of a Slack app in one workspace",
			Long: `Ask for the tokens of a Slack app in one workspace, and try them: the bot's, and the app's for Socket Mode, which needs no
public address; with --http the signing secret instead. whosays slack manifest prints what Slack makes the app from. How any number of
workspaces can install one app is in README.md.`,
			Example: "  whosays init slack\n  whosays init slack --http", Args: noText,
			RunE: func(c *cobra.Command, _ []string) error { return s.run(c.Context(), s.slack) },
		})
	return c
}

// setup is one call of init.
type setup struct {
	*app
	replace, http bool

	ask    *console.Asker
	path   string // of the file that is written
	loaded *config.Loaded
	values []config.Value
}

// run asks for the answers of a platform, writes them, and says what is next.
func (s *setup) run(ctx context.Context, platform func(context.Context) (next []string, err error)) error {
	s.ask = console.NewAsker(s.in, s.errs)
	if s.path = s.sources.Place(); s.path == "" {
		return usageError{"this platform has no place for configuration: name a file with --config"}
	}
	sources := s.sources
	if _, err := os.Stat(s.path); errors.Is(err, fs.ErrNotExist) {
		sources = sources.Without()
	}
	var err error
	if s.loaded, err = sources.Load(); err != nil {
		return fmt.Errorf("the configuration has mistakes:\n%w", err)
	}
	next, err := platform(ctx)
	if err != nil {
		return err
	}
	if err := config.Set(s.path, s.values...); err != nil {
		return err
	}
	return s.written(next)
}

// written says what was written where, and what is next.
func (s *setup) written(next []string) error {
	var out strings.Builder
	var keys []string
	for _, v := range s.values {
		keys = append(keys, v.Key)
	}
	fmt.Fprintf(&out, "Written into %s, which only you can read: %s.\n", s.path, strings.Join(keys, ", "))
	for _, is := range s.loaded.Settings {
		if is.Origin.Kind == config.FromEnvironment && slices.Contains(keys, is.Key) {
			fmt.Fprintf(&out, "%s is set, and goes over what the file says.\n", is.Origin.Name)
		}
	}
	out.WriteString("\nNext:\n")
	for i, step := range next {
		fmt.Fprintf(&out, "%d. %s\n", i+1, step)
	}
	_, err := io.WriteString(s.out, out.String())
	return err
}

// serves is the command that goes on with the file.
func (s *setup) serves() string {
	if s.sources.File != "" {
		return "whosays serve --config " + s.path
	}
	return "whosays serve"
}

// free makes sure that nothing is replaced in the file that nobody wants replaced.
func (s *setup) free(ctx context.Context, keys ...string) error {
	var taken []string
	for _, is := range s.loaded.Settings {
		if is.Origin.Kind == config.FromFile && is.Value != "" && slices.Contains(keys, is.Key) {
			taken = append(taken, is.Key)
		}
	}
	if len(taken) == 0 || s.replace {
		return nil
	}
	already := fmt.Sprintf("%s is set in %s already", strings.Join(taken, ", "), s.path)
	if !s.ask.Somebody() {
		return usageError{already + "; --replace replaces it"}
	}
	yes, err := s.ask.Line(ctx, already+". Replace it? [y/N]")
	if err != nil {
		return err
	}
	if !slices.Contains([]string{"y", "yes"}, strings.ToLower(yes)) {
		return errors.New("nothing was changed")
	}
	return nil
}

// tryFor is how long a platform may take to say what it thinks of a token.
const tryFor = 30 * time.Second

// secret asks for a secret until it is one that try finds nothing wrong with; where nobody can be asked again, once.
func (s *setup) secret(ctx context.Context, key, question string, try func(ctx context.Context, text string) []checkup.Finding) error {
	for {
		text, err := s.ask.Hidden(ctx, question)
		if errors.Is(err, io.EOF) {
			return usageError{fmt.Sprintf("there is no line for %s: write it on standard input, or run this in a terminal", key)}
		}
		if err != nil {
			return err
		}
		found, ok := s.tried(ctx, key, text, try)
		for _, f := range found {
			if err := s.tell(f); err != nil {
				return err
			}
		}
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case ok:
			s.values = append(s.values, config.Value{Key: key, Text: text})
			return nil
		case !s.ask.Somebody():
			return errors.New("nothing was written")
		}
	}
}

// tried tries a value, first whether it looks like one.
func (s *setup) tried(ctx context.Context, key, text string, try func(context.Context, string) []checkup.Finding) (found []checkup.Finding, ok bool) {
	if text == "" {
		return []checkup.Finding{checkup.Bad("", "That is nothing.", "Copy it as the page shows it.")}, false
	}
	if err := config.Check(key, text); err != nil {
		return []checkup.Finding{checkup.Bad("", err.Error()+".", "")}, false
	}
	ctx, cancel := context.WithTimeout(ctx, tryFor)
	defer cancel()
	progress := console.NewProgress(s.errs, s.env)
	progress.Stage("trying it")
	found = try(ctx, text)
	progress.Done()
	return found, !slices.ContainsFunc(found, func(f checkup.Finding) bool { return f.State == checkup.Failed })
}

// tell says what was found, beside the questions.
func (s *setup) tell(f checkup.Finding) error {
	text := f.Saw
	if f.Do != "" {
		text += " " + f.Do
	}
	_, err := fmt.Fprintln(s.errs, console.Clean(ops.Redact(text)))
	return err
}
