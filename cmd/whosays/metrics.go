package main

import (
	_ "embed"
	"io"

	"github.com/spf13/cobra"
)

// metricsTable are the metrics of a service that has all parts. A test compares it with what one registers.
//
//go:embed metrics.md
var metricsTable string

func newMetrics(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "metrics",
		Short: "Print what serve measures",
		Long: `Print the metrics that serve shows at /metrics, with their labels and what they tell, as a table in Markdown. Those of Go
and of the process (go_…, process_…) are there, too. What counts nothing yet, and what belongs to a platform that isn't configured,
isn't shown at /metrics.`,
		Example: `  whosays metrics
  whosays metrics | grep digest`,
		GroupID: groupOperate,
		Args:    noText,
		RunE: func(*cobra.Command, []string) error {
			_, err := io.WriteString(a.out, metricsTable)
			return err
		},
	}
}
