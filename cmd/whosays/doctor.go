package main

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/whosays/whosays/adapters/checkup"
	"github.com/whosays/whosays/adapters/console"
	"github.com/whosays/whosays/adapters/ops"
	"github.com/whosays/whosays/config"
)

func newDoctor(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Try each part of serve, and say what to do about what fails",
		Long: `Try each part of serve, side by side, and say in a sentence what to do about what fails: the configuration, the database,
the base, Redis, Discord, Slack, the addresses, the clock and the time zones. What isn't configured doesn't fail. Nothing is
changed, nothing is sent to anybody, and no secret is shown. The exit status is 1 where something fails.`,
		Example: "  whosays doctor\n  whosays doctor --config /etc/whosays/config.yaml\n  whosays doctor --json",
		GroupID: groupOperate,
		Args:    noText,
		RunE:    func(c *cobra.Command, _ []string) error { return a.doctor(c.Context()) },
	}
	a.jsonFlagOf(c.Flags(), "write one JSON object, on one line")
	return c
}

// doctorDoc is what doctor --json writes.
type doctorDoc struct {
	OK       bool              `json:"ok"`
	Findings []checkup.Finding `json:"findings"`
}

func (a *app) doctor(ctx context.Context) error {
	loaded, err := a.sources.Load()
	parts := []checkup.Part{{Name: "configuration", Within: time.Second, Try: func(context.Context) []checkup.Finding { return examineConfiguration(loaded, err) }}}
	if err == nil {
		parts = append(parts, examination{a, loaded.Config}.parts()...)
	}
	progress := console.NewProgress(a.errs, a.env)
	found := checkup.Run(ctx, parts, func(names []string) {
		if progress.Done(); len(names) > 0 {
			progress.Stage("trying " + strings.Join(names, ", "))
		}
	})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return a.diagnosis(found)
}

// diagnosis writes what was found. What adapters quote of others can hold anything: it is cleaned.
func (a *app) diagnosis(found []checkup.Finding) error {
	for i := range found {
		found[i].Saw, found[i].Do = ops.Redact(found[i].Saw), ops.Redact(found[i].Do)
	}
	ok := !slices.ContainsFunc(found, func(f checkup.Finding) bool { return f.State == checkup.Failed })
	var err error
	if a.json {
		err = a.printer().document(doctorDoc{ok, found})
	} else {
		_, err = io.WriteString(a.out, a.screen.Findings(found))
	}
	if err != nil || ok {
		return err
	}
	return errSaid
}

// examination is what is tried, with the configuration that is in effect.
type examination struct {
	*app
	cfg config.Config
}

// parts returns all of them, each with the time in which it answers where all is well, many times over.
func (e examination) parts() []checkup.Part {
	const soon, late, longest = 10 * time.Second, 30 * time.Second, 2 * time.Minute
	return []checkup.Part{
		{Name: "database", Within: late, Try: e.database},
		{Name: "base", Within: longest, Try: e.base},
		{Name: "redis", Within: soon, Try: e.redis},
		{Name: "discord", Within: late, Try: e.discord},
		{Name: "slack", Within: late, Try: e.slack},
		{Name: "address", Within: soon, Try: e.addresses},
		{Name: "clock", Within: soon, Try: e.clocks},
		{Name: "time zones", Within: soon, Try: func(context.Context) []checkup.Finding { return examineZones(time.LoadLocation) }},
	}
}
