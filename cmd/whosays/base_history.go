package main

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/whosays/whosays/adapters/console"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/exchange"
)

// changeDoc is one change of a claim.
type changeDoc struct {
	At       time.Time       `json:"at"`
	Action   string          `json:"action"`
	Actor    string          `json:"actor"`
	Reason   string          `json:"reason"`
	Revision int             `json:"revision"`
	Claim    knowledge.Claim `json:"claim"`
}

func newBaseHistory(k *keeper) *cobra.Command {
	return &cobra.Command{
		Use:   "history CLAIM",
		Short: "Show who changed what of a claim, when and why",
		Example: `  whosays base history CLAIM
  whosays base history CLAIM --json`,
		Args: needID,
		RunE: func(c *cobra.Command, args []string) error {
			return k.with(c.Context(), func(o *opened) error {
				changes, err := o.base.History(c.Context(), k.key(args[0]))
				if err != nil {
					return err
				}
				return k.history(changes)
			})
		},
	}
}

func (k *keeper) history(changes []knowledge.Change) error {
	var before []string
	for _, c := range changes {
		claim := c.Claims[0]
		if k.json {
			if err := k.printer().document(changeDoc{c.At, string(c.Action), c.Actor, c.Reason, claim.Revision, claim}); err != nil {
				return err
			}
			continue
		}
		reason := ""
		if c.Reason != "" {
			reason = ": " + c.Reason
		}
		if err := k.say("v%d  %s  %s by %s", claim.Revision, c.At.Format(time.DateTime), c.Action, console.Clean(c.Actor+reason)); err != nil {
			return err
		}
		now, err := fields(claim)
		if err != nil {
			return err
		}
		if err := k.changed(before, now); err != nil {
			return err
		}
		before = now
	}
	return nil
}

// fields returns what a version says, a field a line. The marks of the version itself aren't among them.
func fields(c knowledge.Claim) ([]string, error) {
	c.Revision, c.AddedBy, c.At = 0, "", time.Time{}
	var out bytes.Buffer
	err := exchange.Write(&out, exchange.YAML, each(c))
	return strings.Split(strings.TrimSpace(out.String()), "\n"), err
}

// changed writes the lines that one version has and the one before hasn't, and the other way round.
func (k *keeper) changed(before, now []string) error {
	if before == nil {
		return nil
	}
	for _, line := range before {
		if !slices.Contains(now, line) {
			if err := k.say("    - %s", console.Clean(line)); err != nil {
				return err
			}
		}
	}
	for _, line := range now {
		if !slices.Contains(before, line) {
			if err := k.say("    + %s", console.Clean(line)); err != nil {
				return err
			}
		}
	}
	return nil
}
