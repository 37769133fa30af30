package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/knowledge"
)

// headDoc is the end of a tenant's chain, as it is noted outside the database.
type headDoc struct {
	Tenant   string `json:"tenant"`
	Revision int64  `json:"revision"`
	Hash     string `json:"hash"`
}

// String returns the form that --head reads: TENANT@REVISION:HASH.
func (h headDoc) String() string { return fmt.Sprintf("%s@%d:%s", h.Tenant, h.Revision, h.Hash) }

// parseHead reads what String writes.
func parseHead(s string) (headDoc, error) {
	at := strings.LastIndexByte(s, '@')
	revision, hash, ok := strings.Cut(s[at+1:], ":")
	n, err := strconv.ParseInt(revision, 10, 64)
	if at < 0 || !ok || err != nil || n < 1 || hash == "" {
		return headDoc{}, usageError{fmt.Sprintf("%q is no head: write TENANT@REVISION:HASH, as backup prints it", s)}
	}
	return headDoc{s[:at], n, hash}, nil
}

// verdictDoc is what verify found of one tenant.
type verdictDoc struct {
	headDoc

	Removed *removedDoc `json:"removed,omitempty"`
	Wrong   []string    `json:"wrong"`
}

// removedDoc is the last time that all that was kept of a tenant was removed: by which change of its chain, and when.
type removedDoc struct {
	Revision int64     `json:"revision"`
	At       time.Time `json:"at"`
}

func newBaseVerify(k *keeper) *cobra.Command {
	var heads []string
	c := &cobra.Command{
		Use:   "verify",
		Short: "Check that no change was altered, taken out or cut off",
		Long: `Check the chain of changes of every tenant, or of one: each carries a hash over the one before it. That the end
of a chain was cut off shows only against a head that was kept elsewhere: backup prints it, and serve logs it daily.`,
		Example: `  whosays base verify
  whosays base verify --head @84:5feceb66ffc8…`,
		Args: noText,
		RunE: func(c *cobra.Command, _ []string) error {
			kept := map[string]knowledge.Head{}
			for _, s := range heads {
				h, err := parseHead(s)
				if err != nil {
					return err
				}
				kept[h.Tenant] = knowledge.Head{Revision: h.Revision, Hash: h.Hash}
			}
			return k.verify(c, kept)
		},
	}
	c.Flags().StringArrayVar(&heads, "head", nil, "a head that was kept, `TENANT@REVISION:HASH`; repeatable")
	return c
}

// verify opens no base: rows that were altered may be such that none can be made of them.
func (k *keeper) verify(c *cobra.Command, kept map[string]knowledge.Head) error {
	store, _, err := k.openStore(c.Context(), sqlstore.Options{Existing: true})
	if err != nil {
		return err
	}
	tenants, err := k.tenants(c, store)
	if err != nil {
		return err
	}
	for t := range kept {
		if !slices.Contains(tenants, t) && !c.Flags().Changed("tenant") {
			tenants = append(tenants, t) // nothing is left of it
		}
	}
	wrong := 0
	for _, t := range tenants {
		v, err := knowledge.Verify(c.Context(), store, t, kept[t])
		if err != nil {
			return err
		}
		wrong += len(v.Wrong)
		if err := k.verdict(v); err != nil {
			return err
		}
	}
	if wrong > 0 {
		return &knowledge.Error{Kind: knowledge.Conflict, Msg: "The audit chain is broken: compare with a backup whose head you kept."}
	}
	return nil
}

// tenants returns the tenant that was named, else all.
func (k *keeper) tenants(c *cobra.Command, store knowledge.Store) ([]string, error) {
	if c.Flags().Changed("tenant") {
		return []string{k.tenant}, nil
	}
	return store.Tenants(c.Context())
}

func (k *keeper) verdict(v knowledge.Verdict) error {
	h := headDoc{v.Tenant, v.Head.Revision, v.Head.Hash}
	if k.json {
		doc := verdictDoc{headDoc: h, Wrong: list(v.Wrong)}
		if v.Removed.Revision > 0 {
			doc.Removed = &removedDoc{v.Removed.Revision, v.Removed.At}
		}
		return k.printer().document(doc)
	}
	who := cmp.Or(v.Tenant, "the shared base")
	if len(v.Wrong) == 0 && v.Removed.Revision > 0 {
		return k.say("%s: removed on %s by change %d, with all before it; changes since: %d, each as it was made\n  head %s",
			who, v.Removed.At.Format(time.DateOnly), v.Removed.Revision, h.Revision-v.Removed.Revision, h)
	}
	if len(v.Wrong) == 0 {
		return k.say("%s: %d changes, each as it was made\n  head %s", who, h.Revision, h)
	}
	return k.say("%s: WRONG\n  %s", who, strings.Join(v.Wrong, "\n  "))
}

func newBaseBackup(k *keeper) *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "Write a copy of the database, and print the heads to keep with it",
		Long: `Write a copy of the database while it is in use; it holds everything that was acknowledged before. The heads
that it prints belong outside the database: verify compares with them.`,
		Example: `  whosays base backup whosays-$(date +%F).db`,
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			store, _, err := k.openStore(c.Context(), sqlstore.Options{Existing: true})
			if err != nil {
				return err
			}
			heads, err := headsOf(c.Context(), store)
			if err != nil {
				return err
			}
			if err := store.Backup(c.Context(), args[0]); err != nil {
				return err
			}
			return k.backedUp(args[0], heads)
		},
	}
}

// headsOf returns the heads of all tenants.
func headsOf(ctx context.Context, store knowledge.Store) ([]headDoc, error) {
	tenants, err := store.Tenants(ctx)
	if err != nil {
		return nil, err
	}
	var out []headDoc
	for _, t := range tenants {
		h, err := store.Heads(ctx, t)
		if err != nil {
			return nil, err
		}
		out = append(out, headDoc{t, h.Of(t).Revision, h.Of(t).Hash})
	}
	return out, nil
}

func (k *keeper) backedUp(path string, heads []headDoc) error {
	if k.json {
		return k.printer().document(struct {
			File  string    `json:"file"`
			Heads []headDoc `json:"heads"`
		}{path, heads})
	}
	if err := k.say("%s is a copy of the database. Keep its heads elsewhere:", path); err != nil {
		return err
	}
	for _, h := range heads {
		if err := k.say("  head %s", h); err != nil {
			return err
		}
	}
	return nil
}

func newBaseRevert(k *keeper) *cobra.Command {
	var by string
	var since moment
	c := &cobra.Command{
		Use:   "revert --by ACTOR --since DATE",
		Short: "Undo what one account has changed since a date",
		Long: `Undo what one account has changed since a date, in one change: each claim says again what it said before, and
what the account added is retracted. A claim that somebody else has changed behind it stays as it is, and is named.`,
		Example: `  whosays base revert --by discord:4711 --since 2026-05-01 --dry-run
  whosays base revert --by discord:4711 --since 2026-05-01T12:00:00Z --reason "account taken over"`,
		Args: noText,
		RunE: func(c *cobra.Command, _ []string) error {
			if by == "" || time.Time(since).IsZero() {
				return usageError{"revert needs --by ACTOR and --since DATE"}
			}
			return k.with(c.Context(), func(o *opened) error {
				d, err := o.base.Revert(c.Context(), k.by(), k.tenant, by, time.Time(since))
				if err != nil {
					return err
				}
				if err := k.sure(c.Context(), o, d.Edits...); err != nil {
					return err
				}
				return k.commit(c.Context(), o, d)
			})
		},
	}
	c.Flags().StringVar(&by, "by", "", "the `ACTOR` whose changes are undone, as history names it")
	c.Flags().Var(&since, "since", "the `DATE` since when, or a moment")
	k.edits(c, true)
	k.tells(c)
	return c
}

func newBaseRestore(k *keeper) *cobra.Command {
	return &cobra.Command{
		Use:   "restore FILE",
		Short: "Load the backup of a PostgreSQL database into an empty one",
		Long: `Load what backup has written of a PostgreSQL database into an empty database of either kind: all changes, each as it
was made. A backup of SQLite is a database of its own, and needs no loading.`,
		Example: `  whosays base restore backup.jsonl --db postgres://whosays@localhost/restored`,
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := k.restore(c.Context(), args[0]); err != nil {
				return err
			}
			return k.say("%s is loaded; whosays base verify compares it with the heads that you kept.", args[0])
		},
	}
}

// restore doesn't open the base as other commands do: the starter base would be in it.
func (k *keeper) restore(ctx context.Context, path string) error {
	f, err := os.Open(path) //nolint:gosec // the operator names the file
	if err != nil {
		return &knowledge.Error{Kind: knowledge.NotFound, Msg: "The backup " + path + " can't be read.", Err: err}
	}
	defer f.Close() //nolint:errcheck // nothing was written
	store, _, err := k.openStore(ctx, sqlstore.Options{})
	if err != nil {
		return err
	}
	return store.Restore(ctx, f)
}
