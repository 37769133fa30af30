package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/whosays/whosays/adapters/console"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/exchange"
)

func newBaseList(k *keeper) *cobra.Command {
	var kinds []string
	var status string
	c := &cobra.Command{
		Use:   "list",
		Short: "List the claims",
		Example: `  whosays base list
  whosays base list --kind issue --status retracted
  whosays base list --as-of 2026-05-01 --json`,
		Args: noText,
		RunE: func(c *cobra.Command, _ []string) error {
			return k.with(c.Context(), func(o *opened) error {
				claims, err := o.base.Own(c.Context(), k.tenant, k.asOf.at(), kindsOf(kinds)...)
				if err != nil {
					return err
				}
				return k.list(claims, knowledge.Status(status))
			})
		},
	}
	c.Flags().StringSliceVar(&kinds, "kind", nil, "only claims of this `KIND`: figure, statement, status, issue, context")
	c.Flags().StringVar(&status, "status", "", "only claims with this `STATUS`: live, pending, superseded, retracted")
	c.Flags().Var(&k.asOf, "as-of", "as the base was at the end of a `DATE`, or at a moment")
	return c
}

func kindsOf(names []string) []knowledge.Kind {
	var out []knowledge.Kind
	for _, n := range names {
		out = append(out, knowledge.Kind(n))
	}
	return out
}

// list writes a claim a line.
func (k *keeper) list(claims []knowledge.Claim, only knowledge.Status) error {
	table := tabwriter.NewWriter(k.out, 0, 4, 2, ' ', 0)
	for _, c := range claims {
		status := statusOf(c)
		if only != "" && only != status {
			continue
		}
		if k.json {
			if err := k.printer().document(c); err != nil {
				return err
			}
			continue
		}
		if _, err := fmt.Fprintf(table, "%s\tv%d\t%s\t%s\t%s\n", c.ID, c.Revision, status, c.Kind, console.Clean(c.Text)); err != nil {
			return err
		}
	}
	return table.Flush()
}

func statusOf(c knowledge.Claim) knowledge.Status {
	if c.Live() {
		return knowledge.StatusLive
	}
	return c.Status
}

func newBaseShow(k *keeper) *cobra.Command {
	c := &cobra.Command{
		Use:   "show CLAIM",
		Short: "Show a claim with all its fields",
		Example: `  whosays base show CLAIM
  whosays base show CLAIM --as-of 2026-05-01 --json`,
		Args: needID,
		RunE: func(c *cobra.Command, args []string) error {
			return k.with(c.Context(), func(o *opened) error {
				claim, err := o.base.Stored(c.Context(), k.key(args[0]), k.asOf.at())
				if err != nil {
					return err
				}
				if k.json {
					return k.printer().document(claim)
				}
				return exchange.Write(k.out, exchange.YAML, each(claim))
			})
		},
	}
	c.Flags().Var(&k.asOf, "as-of", "the version that was current at the end of a `DATE`, or at a moment")
	return c
}

// each yields claims as the exchange of files wants them.
func each(claims ...knowledge.Claim) func(func(knowledge.Claim, error) bool) {
	return func(yield func(knowledge.Claim, error) bool) {
		for _, c := range claims {
			if !yield(c, nil) {
				return
			}
		}
	}
}
