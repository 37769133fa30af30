package main

import (
	_ "embed"
	"io"

	"github.com/spf13/cobra"
)

// What is printed as it is. The tests of cmd/whosays/deploy hold it against those who read it, and what a service registers.
var (
	//go:embed metrics.md
	metricsTable string
	//go:embed alerts.yaml
	alertRules string
	//go:embed compose.yaml
	composeFile string
)

func newMetrics(a *app) *cobra.Command {
	return printing(a, metricsTable, &cobra.Command{
		Use:   "metrics",
		Short: "Print what serve measures",
		Long: `Print the metrics that serve shows at /metrics, with their labels and what they tell, as a table in Markdown. Those of Go
and of the process (go_…, process_…) are there, too. What counts nothing yet, and what belongs to a platform that isn't configured,
isn't shown at /metrics.`,
		Example: `  whosays metrics
  whosays metrics | grep digest`,
	})
}

func newAlerts(a *app) *cobra.Command {
	return printing(a, alertRules, &cobra.Command{
		Use:   "alerts",
		Short: "Print alert rules for Prometheus",
		Long: `Print alert rules for Prometheus: each with a summary, and what to do. Those with severity page are for somebody who is
woken up, those with severity ticket for the next working day.`,
		Example: `  whosays alerts > whosays.rules.yaml`,
	})
}

func newCompose(a *app) *cobra.Command {
	return printing(a, composeFile, &cobra.Command{
		Use:   "compose",
		Short: "Print a compose file with the bot, PostgreSQL and Redis",
		Long: `Print a compose file for Docker: the bot, PostgreSQL and Redis, with secrets as files, and file systems that can't be
written where nothing has to be. Its first lines say what to do before the first start.`,
		Example: `  whosays compose > compose.yaml`,
	})
}

// printing makes a command that prints a text.
func printing(a *app, text string, c *cobra.Command) *cobra.Command {
	c.GroupID, c.Args = groupOperate, noText
	c.RunE = func(*cobra.Command, []string) error {
		_, err := io.WriteString(a.out, text)
		return err
	}
	return c
}
