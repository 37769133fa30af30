package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whosays/whosays/adapters/console"
	"github.com/whosays/whosays/bot/digest"
	"github.com/whosays/whosays/knowledge/lexicon"
)

func newDigest(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "digest",
		Short: "Look at digests as channels get them",
		Long: `Look at digests as channels get them. A channel of a server or workspace subscribes with /digest subscribe; while serve
runs, what has changed is told there at its hour.`,
		Example: "  whosays digest preview --tenant discord:1234 --lang uk",
		GroupID: groupOperate,
		Args:    noText,
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newDigestPreview(a))
	return c
}

func newDigestPreview(a *app) *cobra.Command {
	var tenant, topics string
	c := &cobra.Command{
		Use:   "preview",
		Short: "Show the first digest that a channel would get now",
		Long: `Show the first digest that a channel would get now: where the negotiations stand, what is contested, and the figures that
were stated last, of the shared base and of a tenant's own.`,
		Example: `  whosays digest preview
  whosays digest preview --tenant discord:1234 --lang uk
  whosays digest preview --topics casualties --json`,
		Args: noText,
		RunE: func(c *cobra.Command, _ []string) error { return a.previewDigest(c, tenant, topics) },
	}
	c.Flags().StringVar(&tenant, "tenant", "", "whose claims are told beside the shared ones")
	c.Flags().StringVar(&topics, "topics", "", "what about, with commas between: negotiations, casualties, corrections, or the topic of an issue (default all)")
	a.jsonFlag(c)
	return c
}

func (a *app) previewDigest(c *cobra.Command, tenant, topics string) error {
	w, err := a.wire(c.Context())
	if err != nil {
		return err
	}
	editor, err := digest.NewEditor(w.base, w.lex)
	if err != nil {
		return err
	}
	now := a.moment()
	s := digest.Subscription{Tenant: tenant, Lang: cmp.Or(string(a.lang), console.Locale(a.env))}
	for t := range strings.SplitSeq(topics, ",") {
		switch t = strings.TrimSpace(t); {
		case t == "":
		case slices.Contains(digest.Topics(), digest.Topic(t)) || w.lex.Has(lexicon.Topic, t):
			s.Topics = append(s.Topics, digest.Topic(t))
		default:
			return usageError{fmt.Sprintf("%.40q is no topic: name negotiations, casualties, corrections, or the topic of an issue, like territory", t)}
		}
	}
	reply, _, _, err := editor.Compose(c.Context(), s, now)
	if err != nil {
		return err
	}
	return a.printer().reply(reply, documents{w.lex, reply.Lang}.status(reply))
}
