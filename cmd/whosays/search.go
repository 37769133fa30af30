package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
)

func newSearch(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "search TEXT | -",
		Short: "List the claims that are nearest to a text",
		Long: `List the claims that are nearest to a text, best first, and say whether the first of them is near enough
to be offered as an answer.
With - it searches for each line of standard input, and writes each list before it reads on.`,
		Example: `  whosays search "{words}"
  whosays search --limit 3 --json "{words}"`,
		GroupID: groupAsk,
		Args:    needText("a text"),
		RunE:    a.search,
	}
	a.jsonFlag(c)
	c.Flags().IntVar(&a.limit, "limit", 10, "list at most `N` claims")
	return c
}

func (a *app) search(c *cobra.Command, args []string) error {
	if a.limit < 1 {
		return usageError{fmt.Sprintf("--limit is %d; it has to be 1 or more", a.limit)}
	}
	w, err := a.wire(c.Context())
	if err != nil {
		return err
	}
	out := a.printer()
	return a.each(c.Context(), args, func(ctx context.Context, text string) error {
		result, err := w.bot.Search(ctx, "", text, a.limit)
		if err != nil {
			return err
		}
		return out.reply(documents{w.lex, a.lang.String()}.listing(result), a.found(text, result))
	})
}

// found makes the document of a search.
func (a *app) found(query string, result bot.SearchResult) searchDoc {
	doc := searchDoc{Query: query, Answered: result.Answered, Hits: make([]hitDoc, 0, len(result.Hits))}
	for _, h := range result.Hits {
		text, _ := h.Claim.In(a.lang.String())
		doc.Hits = append(doc.Hits, hitDoc{h.Claim.ID, h.Score, text})
	}
	return doc
}

// listing lays the result of a search out for people, who aren't helped by scores.
func (d documents) listing(result bot.SearchResult) chat.Reply {
	var r chat.Reply
	add := func(role chat.Role, label, id, text string) {
		part := chat.Part{Kind: chat.Sourced, ClaimID: id, Text: text}
		if id == "" {
			part.Kind = chat.Own
		}
		r.Blocks = append(r.Blocks, chat.Block{Role: role, Label: label, ClaimID: id, Parts: []chat.Part{part}})
	}
	for _, h := range result.Hits {
		doc := d.claim(h.Claim, nil)
		add(chat.RoleClaim, "", doc.ID, doc.Text)
		add(chat.RoleSaid, "says", doc.ID, doc.Attribution.who())
		add(chat.RoleSource, "id", doc.ID, doc.ID)
	}
	switch {
	case len(result.Hits) == 0:
		add(chat.RoleNote, "", "", "No claim has anything of this.")
	case !result.Answered:
		add(chat.RoleNote, "", "", "None of these is near enough to be offered as an answer.")
	}
	return r
}

// who names the claimant, with the office.
func (a attributionDoc) who() string {
	switch {
	case a.Name == "":
		return "nobody who is named"
	case a.Office == "":
		return a.Name
	}
	return a.Name + ", " + a.Office
}
