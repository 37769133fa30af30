package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/exchange"
)

func newBaseAdd(k *keeper) *cobra.Command {
	var set []string
	c := &cobra.Command{
		Use:   "add [FILE | -]",
		Short: "Add a claim: from a file, or from --set",
		Long: `Add a claim that isn't there yet. A file has one claim, in any of the formats of import; - reads YAML from
standard input. Several claims are for import.`,
		Example: `  whosays base add claim.yaml --reason "new report"
  whosays base add --set id=dam-holds --set kind=statement --set text="The dam holds." \
    --set attribution.standing=unattributed --set source.title="The Valley Courier"`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return k.with(c.Context(), func(o *opened) error {
				claim, err := k.given(o, args, set)
				if err != nil {
					return err
				}
				return k.told(o.base.Add(c.Context(), k.by(), claim))
			})
		},
	}
	setFlag(c, &set)
	k.edits(c, false)
	return c
}

func setFlag(c *cobra.Command, set *[]string) {
	c.Flags().StringArrayVar(set, "set", nil, "`FIELD=VALUE`, repeatable; fields are the columns of CSV: figure.best, source.url; nothing behind = empties the field")
}

// given returns the claim of a file with what --set says on top.
func (k *keeper) given(o *opened, args, set []string) (knowledge.Claim, error) {
	var claim knowledge.Claim
	if len(args) == 0 && len(set) == 0 {
		return claim, usageError{"add needs a claim: a file, - for standard input, or --set FIELD=VALUE"}
	}
	if len(args) > 0 {
		claims, err := k.readFiles(o, args, "")
		if err != nil {
			return claim, err
		}
		if len(claims) != 1 {
			return claim, usageError{fmt.Sprintf("%s has %d claims; add takes one, whosays base import takes many", args[0], len(claims))}
		}
		claim = claims[0]
	}
	claim, err := exchange.Set(claim, set)
	claim.Tenant = k.tenant
	return claim, err
}

// told writes the version that a change has made.
func (k *keeper) told(c knowledge.Claim, err error) error {
	if err != nil {
		return err
	}
	if k.json {
		return k.printer().document(c)
	}
	return k.say("%s is version %d, %s.", c.ID, c.Revision, statusOf(c))
}

func newBaseRevise(k *keeper) *cobra.Command {
	var set []string
	c := &cobra.Command{
		Use:   "revise CLAIM --set FIELD=VALUE",
		Short: "Make a new version of a claim",
		Long: `Make a new version of a claim. With --revision it is made only where that version is still current; without,
of whichever is. A new figure of a series is no revision, but a claim of its own: add it. Where it changes a figure, its scope
or whose it is, the messages of the last 30 days that quoted it are answered with a correction, as long as whosays serve runs.`,
		Example: `  whosays base revise CLAIM --set figure.best=56000 --set text="About 56,000 …" --reason "misread"
  whosays base revise CLAIM --revision 3 --set source.archive_url=https://archive.example/x`,
		Args: needID,
		RunE: func(c *cobra.Command, args []string) error {
			if len(set) == 0 {
				return usageError{"revise needs at least one --set FIELD=VALUE"}
			}
			return k.with(c.Context(), func(o *opened) error {
				claim, err := k.revised(c.Context(), o, args[0], set)
				if err != nil {
					return err
				}
				if err := k.surelyRevised(c.Context(), o, claim); err != nil {
					return err
				}
				return k.told(o.base.Revise(c.Context(), k.by(), claim))
			})
		},
	}
	setFlag(c, &set)
	k.edits(c, false)
	k.tells(c)
	k.revisionFlag(c)
	return c
}

func (k *keeper) revisionFlag(c *cobra.Command) {
	c.Flags().IntVar(&k.revision, "revision", 0, "the `VERSION` that this is based on (default: the current one)")
}

// revised returns the current version of a claim with what --set says on top.
func (k *keeper) revised(ctx context.Context, o *opened, id string, set []string) (knowledge.Claim, error) {
	was, err := o.base.Stored(ctx, k.key(id), time.Time{})
	if err != nil {
		return knowledge.Claim{}, err
	}
	claim, err := exchange.Set(was, set)
	if err != nil {
		return knowledge.Claim{}, err
	}
	claim.ID, claim.Tenant, claim.Revision = was.ID, was.Tenant, was.Revision
	if k.revision > 0 {
		claim.Revision = k.revision
	}
	return claim, nil
}

func newBaseRetract(k *keeper) *cobra.Command {
	c := &cobra.Command{
		Use:   "retract CLAIM --reason WHY",
		Short: "Take a claim back: no answer shows it any more",
		Long: `Take a claim back: no answer shows it any more. Where whosays serve runs, the messages of the last 30 days that quoted it are
answered with a correction, which says the reason.`,
		Example: `  whosays base retract CLAIM --reason "the source withdrew it"`,
		Args:    needID,
		RunE: func(c *cobra.Command, args []string) error {
			return k.with(c.Context(), func(o *opened) error {
				if err := k.surelyRetracted(c.Context(), o, args[0]); err != nil {
					return err
				}
				return k.told(o.base.Retract(c.Context(), k.by(), k.key(args[0]), k.revision))
			})
		},
	}
	k.edits(c, false)
	k.tells(c)
	k.revisionFlag(c)
	return c
}

func newBaseReviewed(k *keeper) *cobra.Command {
	var all bool
	var on moment
	c := &cobra.Command{
		Use:   "reviewed CLAIM… | --all",
		Short: "Note that somebody looked at claims, and found them right",
		Long: `Note that somebody looked at claims, and found them right as of a date. Answers say how long ago the base was
last reviewed, and after a fortnight that there may be newer figures.`,
		Example: `  whosays base reviewed CLAIM
  whosays base reviewed --all --on 2026-11-25`,
		RunE: func(c *cobra.Command, args []string) error {
			if all == (len(args) > 0) {
				return usageError{"reviewed needs the ids of claims, or --all"}
			}
			return k.with(c.Context(), func(o *opened) error {
				d, err := o.base.Reviewed(c.Context(), k.tenant, dayOf(on.or(k.clock())), args...)
				if err != nil {
					return err
				}
				return k.commit(c.Context(), o, d)
			})
		},
	}
	c.Flags().BoolVar(&all, "all", false, "all live claims")
	c.Flags().Var(&on, "on", "the `DATE` on which it was (default: today)")
	k.edits(c, true)
	return c
}

func dayOf(t time.Time) knowledge.Date {
	t = t.UTC()
	return knowledge.Date{Year: t.Year(), Month: t.Month(), Day: t.Day()}
}
