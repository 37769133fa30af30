package main

import (
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/whosays/whosays/adapters/console"
	"github.com/whosays/whosays/bot/moderation"
)

// mostReports is how many reports are listed unless more are asked for.
const mostReports = 50

func newBaseReports(k *keeper) *cobra.Command {
	limit := mostReports
	c := &cobra.Command{
		Use:   "reports",
		Short: "List the mistakes that people have reported",
		Long: `List the mistakes that people have reported with the button under an answer, the newest first: what they wrote, and
which versions of which claims they were shown. Those of a server are listed with --tenant; without it, those of direct
messages. Who reported isn't kept.`,
		Example: "  whosays base reports --tenant discord:1234\n  whosays base reports --json",
		Args:    noText,
		RunE: func(c *cobra.Command, _ []string) error {
			return k.with(c.Context(), func(o *opened) error {
				all, err := o.store.Reports().List(c.Context(), k.tenant, limit)
				if err != nil {
					return err
				}
				return k.reports(all)
			})
		},
	}
	c.Flags().IntVar(&limit, "limit", mostReports, "at most so many")
	return c
}

// reportDoc is a report as --json writes it.
type reportDoc struct {
	ID     string               `json:"id"`
	Tenant string               `json:"tenant"`
	At     time.Time            `json:"at"`
	Lang   string               `json:"lang"`
	Note   string               `json:"note"`
	Claims []moderation.Version `json:"claims"`
}

// reports writes a report in two lines.
func (k *keeper) reports(all []moderation.Report) error {
	for _, r := range all {
		if k.json {
			if err := k.printer().document(reportDoc(r)); err != nil {
				return err
			}
			continue
		}
		var ids []string
		for _, c := range r.Claims {
			ids = append(ids, c.ID)
		}
		note := console.Clean(strings.ReplaceAll(r.Note, "\n", " "))
		if err := k.say("%s  %s\n  %s", r.At.UTC().Format(time.DateTime), note, strings.Join(ids, " ")); err != nil {
			return err
		}
	}
	return nil
}
