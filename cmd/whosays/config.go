package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/whosays/whosays/adapters/console"
	"github.com/whosays/whosays/config"
)

func newConfig(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "config",
		Short: "Print, check and explain the configuration of serve",
		Long: `Print, check and explain the configuration of serve: a YAML file, and environment variables over it.
The file is the one of --config, else of WHOSAYS_CONFIG, else whosays/config.yaml at the platform's place for
configuration ($XDG_CONFIG_HOME), if it is there. WHOSAYS_HTTP_LISTEN sets http.listen, and so on for every key.`,
		Example: "  whosays config example > config.yaml\n  whosays config check config.yaml",
		GroupID: groupOperate,
		Args:    noCommand, SuggestionsMinimumDistance: 2,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	example := &cobra.Command{
		Use: "example", Short: "Print a file with every key, what it means, and its default",
		Example: "  whosays config example > config.yaml",
		Args:    noText, RunE: a.configExample,
	}
	check := &cobra.Command{
		Use: "check [FILE]", Short: "Say what is wrong with the configuration, by line",
		Example: "  whosays config check\n  whosays config check config.yaml\n  whosays config check --json",
		Args:    atMostOneFile, RunE: a.configCheck,
	}
	show := &cobra.Command{
		Use: "show", Short: "Print what is in effect, and where it comes from; secrets as ***",
		Example: "  whosays config show\n  WHOSAYS_LOG_LEVEL=debug whosays config show --json",
		Args:    noText, RunE: a.configShow,
	}
	for _, sub := range []*cobra.Command{check, show} {
		sub.Flags().BoolVar(&a.json, "json", false, "write one JSON object, on one line")
	}
	c.AddCommand(example, check, show)
	return c
}

// atMostOneFile refuses a second file.
func atMostOneFile(c *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usageError{fmt.Sprintf("%s takes one file, but was given %q too", c.Name(), args[1])}
	}
	return nil
}

// configuration reads the configuration that is in effect.
func (a *app) configuration() (*config.Loaded, error) {
	loaded, err := a.sources.Load()
	if err != nil {
		return nil, fmt.Errorf("the configuration has mistakes:\n%w", err)
	}
	return loaded, nil
}

func (a *app) configExample(*cobra.Command, []string) error {
	_, err := io.WriteString(a.out, config.Example())
	return err
}

// The documents that --json writes.
type (
	configCheckDoc struct {
		OK        bool            `json:"ok"`
		File      string          `json:"file"`      // what was read; empty: no file
		Variables []string        `json:"variables"` // that set a key
		Mistakes  config.Mistakes `json:"mistakes"`
	}
	configDoc struct {
		File     string       `json:"file"`
		Settings []settingDoc `json:"settings"`
	}
	settingDoc struct {
		Key   string            `json:"key"`
		Value string            `json:"value"`
		From  config.OriginKind `json:"from"`
		Name  string            `json:"name,omitempty"` // of the file or the variable
		Line  int               `json:"line,omitempty"` // in the file
	}
)

func (a *app) configCheck(_ *cobra.Command, args []string) error {
	a.sources.File = cmp.Or(strings.Join(args, ""), a.sources.File)
	loaded, err := a.sources.Load()
	doc, text := checked(loaded, err)
	doc.File = a.sources.Path()
	if err := a.configOut(doc, text); err != nil || doc.OK {
		return err
	}
	return errSaid
}

// checked says what a check has found, for programs and for people.
func checked(loaded *config.Loaded, err error) (configCheckDoc, string) {
	doc := configCheckDoc{OK: err == nil, Variables: []string{}, Mistakes: config.Mistakes{}}
	if err != nil {
		doc.Mistakes = config.MistakesOf(err)
		return doc, err.Error() + "\n"
	}
	for _, s := range loaded.Settings {
		if s.Origin.Kind == config.FromEnvironment {
			doc.Variables = append(doc.Variables, s.Origin.Name)
		}
	}
	read := append([]string{cmp.Or(loaded.File, "no file")}, doc.Variables...)
	return doc, "No mistakes; read: " + strings.Join(read, ", ") + ".\n"
}

func (a *app) configShow(*cobra.Command, []string) error {
	loaded, err := a.configuration()
	if err != nil {
		return err
	}
	doc := configDoc{File: loaded.File, Settings: []settingDoc{}}
	var text strings.Builder
	table := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	for _, s := range loaded.Settings {
		doc.Settings = append(doc.Settings, settingDoc{s.Key, s.Value, s.Origin.Kind, s.Origin.Name, s.Origin.Line})
		_, _ = fmt.Fprintf(table, "%s\t%s\t%s\n", s.Key, cmp.Or(s.Value, "-"), s.Origin) // to memory
	}
	_ = table.Flush()
	return a.configOut(doc, text.String())
}

// configOut writes the document or the text, in which files are quoted: it is cleaned, line by line.
func (a *app) configOut(doc any, text string) error {
	if a.json {
		return a.printer().document(doc)
	}
	for line := range strings.Lines(text) {
		if _, err := io.WriteString(a.out, console.Clean(strings.TrimSuffix(line, "\n"))+"\n"); err != nil {
			return err
		}
	}
	return nil
}
