package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/whosays/whosays/adapters/sqlstore"
)

func newMigrate(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "migrate",
		Short: "Show or apply the changes of the database's layout",
		Long: `Show or apply the changes of the database's layout. Whatever opens the database applies them by itself; migrate up
is for those who want to do it beforehand.`,
		Example: `  whosays migrate status
  whosays migrate up`,
		GroupID: groupOperate,
		Args:    noCommand,
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	a.jsonFlagOf(c.PersistentFlags(), "write JSON, an object a line")
	c.AddCommand(
		&cobra.Command{
			Use: "status", Short: "Show which changes were applied, and when", Example: "  whosays migrate status --json", Args: noText,
			RunE: func(c *cobra.Command, _ []string) error { return a.migrate(c.Context(), false) },
		},
		&cobra.Command{
			Use: "up", Short: "Apply the changes that weren't yet", Example: "  whosays migrate up", Args: noText,
			RunE: func(c *cobra.Command, _ []string) error { return a.migrate(c.Context(), true) },
		})
	return c
}

// migrationDoc is one change of the layout.
type migrationDoc struct {
	Version   int64      `json:"version"`
	Name      string     `json:"name"`
	AppliedAt *time.Time `json:"applied_at"` // null: not yet
}

func (a *app) migrate(ctx context.Context, up bool) error {
	store, _, err := a.openStore(ctx, sqlstore.Options{Existing: !up, Unmigrated: !up})
	if err != nil {
		return err
	}
	all, err := store.Migrations(ctx)
	if err != nil {
		return err
	}
	for _, m := range all {
		if err := a.migration(m); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) migration(m sqlstore.Migration) error {
	k := keeper{app: a}
	doc := migrationDoc{Version: m.Version, Name: m.Name}
	when := "not applied yet"
	if !m.AppliedAt.IsZero() {
		doc.AppliedAt = &m.AppliedAt
		when = "applied " + m.AppliedAt.UTC().Format(time.DateTime)
	}
	if a.json {
		return k.printer().document(doc)
	}
	return k.say("%04d  %s  %s", m.Version, m.Name, when)
}
