package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/whosays/whosays/bot/moderation/correction"
	"github.com/whosays/whosays/knowledge"
)

// tells adds the flags of commands behind which those are told who were told a claim.
func (k *keeper) tells(c *cobra.Command) {
	c.Flags().BoolVar(&k.quiet, "quiet", false, "don't answer the messages that quoted it with a correction")
	c.Flags().BoolVar(&k.yes, "yes", false, fmt.Sprintf("don't ask, though more than %d messages will be answered with a correction", correction.Many))
}

// sure asks again where many messages would be corrected.
func (k *keeper) sure(ctx context.Context, o *opened, edits ...knowledge.Edit) error {
	keys := correction.News(edits...)
	if k.quiet || k.yes || k.dry || len(keys) == 0 {
		return nil
	}
	quotes, err := o.quotes()
	if err != nil {
		return err
	}
	n, err := quotes.Count(ctx, keys...)
	if err != nil || n <= correction.Many {
		return err
	}
	_, _ = fmt.Fprintf(k.errs, "%d messages of the last %d days quote what changes; each is answered with a correction. Go on? [y/N] ",
		n, int(correction.Reach/(24*time.Hour))) // where it can't be asked, nobody says yes
	line, _ := bufio.NewReader(k.in).ReadString('\n')
	switch strings.ToLower(strings.TrimSpace(line)) {
	case "y", "yes":
		return nil
	}
	return errors.New("nothing was changed: say yes, or run it with --yes, or with --quiet, which answers none of the messages")
}

// surelyRetracted is sure, of a claim that is to be taken back.
func (k *keeper) surelyRetracted(ctx context.Context, o *opened, id string) error {
	was, err := o.base.Stored(ctx, k.key(id), time.Time{})
	if err != nil {
		return err
	}
	is := was
	is.Status = knowledge.StatusRetracted
	return k.sure(ctx, o, knowledge.Edit{Was: &was, Is: is})
}

// surelyRevised is sure, of a claim that is to say something else.
func (k *keeper) surelyRevised(ctx context.Context, o *opened, is knowledge.Claim) error {
	was, err := o.base.Stored(ctx, is.Key(), time.Time{})
	if err != nil {
		return err
	}
	return k.sure(ctx, o, knowledge.Edit{Was: &was, Is: is})
}
