package main

import (
	"context"
	"fmt"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/whosays/whosays/adapters/console"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/exchange"
)

func newBaseImport(k *keeper) *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "import FILE… | -",
		Short: "Add and revise claims from files, all of them or none",
		Long: `Add and revise claims from files: YAML, JSON Lines, CSV, and ClaimReview as JSON-LD. All of it is taken over
in one change, or nothing: each broken claim is named with its line. Claims that say the same as those that are there stay as they
are, and so do claims that no file has. --tenant says whose the claims become, whatever the files say.`,
		Example: `  whosays base import claims.yaml --dry-run
  whosays base import report.jsonl --reason "the March report"
  curl -s https://example.org/reviews.jsonld | whosays base import - --format jsonld`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return k.with(c.Context(), func(o *opened) error { return k.importFiles(c.Context(), o, args, format) })
		},
	}
	c.Flags().StringVar(&format, "format", "", "`FORMAT` of standard input: yaml, jsonl, csv, jsonld (default yaml)")
	k.edits(c, true)
	k.tells(c)
	return c
}

func (k *keeper) importFiles(ctx context.Context, o *opened, args []string, format string) error {
	progress := console.NewProgress(k.errs, k.env)
	defer progress.Done()
	progress.Stage("reading")
	claims, err := k.readFiles(o, args, format)
	if err != nil {
		return err
	}
	progress.Stage(fmt.Sprintf("comparing %d claims with the base", len(claims)))
	d, err := o.base.Import(ctx, k.tenant, claims)
	if err != nil {
		return err
	}
	progress.Done()
	if err := k.sure(ctx, o, d.Edits...); err != nil {
		return err
	}
	progress.Stage(fmt.Sprintf("writing %d claims", len(d.Edits)))
	if err := k.make(ctx, o, d); err != nil {
		return err
	}
	if !k.dry && len(d.Edits) >= manyEdits {
		progress.Stage("indexing")
		if err := o.base.Refresh(ctx, k.tenant); err != nil {
			return err
		}
		o.saveIndex(ctx)
	}
	progress.Done()
	return k.report(d)
}

// manyEdits is from how many on an import indexes what it has written, so that the next start needn't.
const manyEdits = 10_000

// readFiles reads claims from files, or from standard input.
func (k *keeper) readFiles(o *opened, args []string, format string) ([]knowledge.Claim, error) {
	if !slices.Contains(args, "-") {
		return exchange.LoadPaths(o.lex, args...)
	}
	if len(args) > 1 {
		return nil, usageError{"- stands alone: it reads one file from standard input"}
	}
	if format == "" {
		format = "yaml"
	}
	return exchange.LoadReader(o.lex, "standard-input."+format, k.in)
}

func newBaseExport(k *keeper) *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "export [FILE]",
		Short: "Write the claims to a file, or to standard output",
		Long: `Write the claims with all their fields, whatever their status, in the format that the name of the file or --format
says. Importing what was exported changes nothing.`,
		Example: `  whosays base export base.yaml
  whosays base export --format csv > base.csv
  whosays base export base.jsonld --as-of 2026-05-01`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return k.with(c.Context(), func(o *opened) error { return k.export(c.Context(), o, args, format) })
		},
	}
	c.Flags().StringVar(&format, "format", "", "`FORMAT`: yaml, jsonl, csv, jsonld (default: that of the name, else yaml)")
	c.Flags().Var(&k.asOf, "as-of", "as the base was at the end of a `DATE`, or at a moment")
	return c
}

func (k *keeper) export(ctx context.Context, o *opened, args []string, format string) error {
	name := "export.yaml"
	if len(args) > 0 {
		name = args[0]
	}
	if format != "" {
		name = "export." + format
	}
	f, err := exchange.FormatOf(name)
	if err != nil {
		return err
	}
	claims, err := o.base.Own(ctx, k.tenant, k.asOf.at())
	if err != nil {
		return err
	}
	if len(args) == 0 {
		return exchange.Write(k.out, f, each(claims...))
	}
	return k.exportTo(args[0], f, claims)
}

// exportTo writes a file beside, and puts it in its place once it is whole.
func (k *keeper) exportTo(path string, f exchange.Format, claims []knowledge.Claim) error {
	if err := replace(path, func(file *os.File) error { return exchange.Write(file, f, each(claims...)) }); err != nil {
		return err
	}
	if k.json {
		return k.printer().document(struct {
			File   string `json:"file"`
			Claims int    `json:"claims"`
		}{path, len(claims)})
	}
	return k.say("%s has %d claims.", path, len(claims))
}
