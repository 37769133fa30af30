package main

import (
	"context"
	"errors"
	"io"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/whosays/whosays/adapters/console"
	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/config"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/exchange"
	"github.com/whosays/whosays/knowledge/lexicon"
	"github.com/whosays/whosays/knowledge/starter"
)

// app is one call of the program: what it was given, and its surroundings.
type app struct {
	in        io.Reader
	out, errs io.Writer
	env       func(string) string
	clock     func() time.Time // read in moment only
	screen    console.Screen

	sources config.Sources // of the configuration

	bases []string
	lang  language
	now   moment
	json  bool
	limit int

	started bool // the command line was understood; what fails from here on is no mistake of the caller
}

// wiring is what the commands work with.
type wiring struct {
	lex  *lexicon.Lexicon
	base *knowledge.Base
	bot  *bot.Bot
}

// wire puts the parts together. Nothing of it holds anything that would have to be closed.
func (a *app) wire(ctx context.Context) (*wiring, error) {
	lex, claims, err := a.read()
	if err != nil {
		return nil, err
	}
	store, err := knowledge.NewMemory(claims)
	if err != nil {
		return nil, err
	}
	base, err := knowledge.NewBase(ctx, lex, store)
	if err != nil {
		return nil, err
	}
	answers, err := bot.New(base, lex)
	if err != nil {
		return nil, err
	}
	return &wiring{lex, base, answers}, nil
}

// read returns the lexicon and the claims: those of the files that were named, else the starter base, which is read
// beside the lexicon, for both take their time.
func (a *app) read() (*lexicon.Lexicon, []knowledge.Claim, error) {
	var own []knowledge.Claim
	var starting errgroup.Group
	if len(a.bases) == 0 {
		starting.Go(func() (err error) {
			own, err = starter.Claims()
			return err
		})
	}
	lex, err := lexicon.Default()
	if err := errors.Join(err, starting.Wait()); err != nil {
		return nil, nil, err
	}
	if len(a.bases) == 0 {
		return lex, own, nil
	}
	own, err = exchange.LoadPaths(lex, a.bases...)
	return lex, own, err
}

// request makes the request of a command.
func (a *app) request(command chat.Command, text string) chat.Request {
	return chat.Request{Command: command, Text: text, Lang: a.lang.String(), Now: a.moment()}
}

// moment returns the time at which it is asked.
func (a *app) moment() time.Time {
	if now := time.Time(a.now); !now.IsZero() {
		return now
	}
	return a.clock()
}

// printer returns the way out for answers.
func (a *app) printer() *printer {
	return &printer{out: a.out, screen: a.screen, json: a.json}
}
