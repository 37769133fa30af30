package main

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/whosays/whosays/adapters/console"
)

// each calls answer with the text of the command line, or with every line of standard input where the text
// is "-": blank lines too, so that what reads the output can count.
func (a *app) each(ctx context.Context, args []string, answer func(ctx context.Context, text string) error) error {
	if len(args) != 1 || args[0] != "-" {
		return answer(ctx, strings.Join(args, " "))
	}
	lines := console.NewLines(a.in)
	for {
		line, err := lines.Next(ctx)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := answer(ctx, line); err != nil {
			return err
		}
	}
}
