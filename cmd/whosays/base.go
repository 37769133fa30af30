package main

import (
	"context"
	"fmt"
	"os/user"

	"github.com/spf13/cobra"

	"github.com/whosays/whosays/knowledge"
)

// keeper is what the commands of an operator share that keep the base in the database.
type keeper struct {
	*app

	tenant   string
	actor    string
	reason   string
	revision int
	dry      bool
	quiet    bool // nobody is told
	yes      bool // it isn't asked again
}

func newBase(a *app) *cobra.Command {
	k := &keeper{app: a}
	c := &cobra.Command{
		Use:   "base",
		Short: "Keep the base of claims in the database",
		Long: `Keep the base of claims in the database: the shared one, or with --tenant that of a server or workspace.
Every version of a claim is kept, with who made it, when and why.`,
		Example: `  whosays base list
  whosays base show CLAIM --as-of 2026-05-01
  whosays base import claims.yaml --dry-run
  whosays base retract CLAIM --reason "the source withdrew it"`,
		GroupID: groupOperate,
		Args:    noCommand,
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.PersistentFlags().StringVar(&k.tenant, "tenant", "", "the claims of this `TENANT` instead of the shared ones")
	a.jsonFlagOf(c.PersistentFlags(), "write JSON, an object a line")
	c.AddCommand(newBaseList(k), newBaseShow(k), newBaseAdd(k), newBaseRevise(k), newBaseRetract(k), newBaseReviewed(k),
		newBaseHistory(k), newBaseImport(k), newBaseExport(k), newBaseVerify(k), newBaseBackup(k), newBaseRestore(k), newBaseRevert(k), newBaseReports(k))
	return c
}

// edits adds the flags of commands that change claims.
func (k *keeper) edits(c *cobra.Command, dry bool) {
	c.Flags().StringVar(&k.reason, "reason", "", "why: it is kept with the change")
	c.Flags().StringVar(&k.actor, "as", "", "who makes the change (default: operator and your account here)")
	if dry {
		c.Flags().BoolVar(&k.dry, "dry-run", false, "say what would change, and change nothing")
	}
}

// by returns who makes a change now.
func (k *keeper) by() knowledge.By {
	actor := k.actor
	if actor == "" {
		actor = "operator"
		if u, err := user.Current(); err == nil && u.Username != "" {
			actor += ":" + u.Username
		}
	}
	return knowledge.By{Actor: actor, Reason: k.reason, Quiet: k.quiet, At: k.clock()}
}

// with opens the base, and calls do with it.
func (k *keeper) with(ctx context.Context, do func(*opened) error) error {
	o, err := k.open(ctx, true)
	if err != nil {
		return err
	}
	return do(o)
}

// key returns the key of a claim that is named on the command line.
func (k *keeper) key(id string) knowledge.Key { return knowledge.Key{Tenant: k.tenant, ID: id} }

// say writes a line for people.
func (k *keeper) say(format string, args ...any) error {
	_, err := fmt.Fprintf(k.out, format+"\n", args...)
	return err
}

// needID wants exactly one claim to be named.
func needID(c *cobra.Command, args []string) error {
	if len(args) == 1 {
		return nil
	}
	return usageError{fmt.Sprintf("%s needs the id of one claim; whosays base list shows them", c.CommandPath())}
}
